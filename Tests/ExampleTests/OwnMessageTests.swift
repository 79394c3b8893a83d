import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import Synchronization
import Testing
import TwiML

/// Messages that leave by the outbox are cut as those are that answer a text.
@Suite("Messages of the outbox")
struct OwnMessageTests {
    @Test("A text conversation that begins with us keeps to max_segments", arguments: [1, 2])
    func begun(_ segments: Int) async throws {
        let sent = try await Self.sent(
            """
            flow: begun
            channel: sms
            defaults: {max_segments: \(segments)}
            params: {name: text(500)}
            steps:
              - say: "Hello ${name}."
              - say: Goodbye.
              - end

            """, name: String(repeating: "a b ", count: 125))
        let body = try #require(sent.first)
        #expect(MessageSegments(of: body).count == segments)
        #expect(body.hasPrefix("Hello a b a b") && body.hasSuffix("..."))
    }

    @Test("What fits is whole")
    func whole() async throws {
        let sent = try await Self.sent(
            """
            flow: begun
            channel: sms
            defaults: {max_segments: 1}
            params: {name: text(500)}
            steps:
              - say: "Hello ${name} & all."
              - say: Goodbye.
              - end

            """, name: "Ann")
        #expect(sent == ["Hello Ann & all.\nGoodbye."])
    }

    @Test(
        "A message sent from a call ends within what the provider takes",
        arguments: [FlowProgram.Channel.voice, .sms])
    func long(_ channel: FlowProgram.Channel) async throws {
        let line = String(repeating: "<&>é😀 ", count: 300)
        let sent = try await Self.sent(
            """
            flow: begun
            channel: \(channel.rawValue)
            params: {name: text(500)}
            steps:
              - send: "\(line)${name}"
                to: ${person}
                allow: any
              - end

            """, name: "Ann")
        let body = try #require(sent.first)
        #expect(body.utf16.count <= 1_600 && body.utf16.count > 1_590)
        #expect(body.hasPrefix("<&>é😀 <&>é😀 ") && body.hasSuffix("…"))
    }

    /// What is sent where a conversation begins: by a start, or by a call.
    private static func sent(_ flow: String, name: String) async throws -> [String] {
        let compilation = compile(
            [SourceFile(id: 0, name: "begun.yaml", text: flow)],
            options: CompilerOptions(knowsTimezone: { _ in true }))
        try #require(!compilation.hasErrors, "\(compilation.diagnostics.map(\.headline))")
        let sender = KeepingSender()
        let conversation = Conversation(
            deployment: try Deployment(compilation.programs, environment: [:]), store: MemoryStore(),
            fetcher: NoAnswer(), sender: sender, baseURL: "https://example.com")
        if compilation.programs[0].program.channel == .sms {
            let answer = await conversation.start(
                Conversation.Start(
                    flow: Array("begun".utf8), to: "+15555550123", from: "+15555550100",
                    parameters: [("name", name)]))
            #expect(answer == .begun)
        } else {
            _ = await conversation.answer(
                Conversation.Request(
                    channel: .voice, flow: Array("begun".utf8),
                    parameters: Parameters([
                        ("CallSid", "CA1"), ("From", "+15555550123"), ("To", "+15555550100"), ("name", name),
                    ]), fingerprint: []))
        }
        await conversation.attendDue()
        return sender.bodies.withLock { $0 }
    }
}

private final class KeepingSender: Sender {
    let bodies = Mutex<[String]>([])

    func send(_ message: OutgoingMessage) async -> SendAnswer {
        bodies.withLock { $0.append(message.body) }
        return .sent(sid: "SM1")
    }

    func place(_ call: OutgoingCall) async -> SendAnswer { .refused(code: nil) }
}

private struct NoAnswer: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}
