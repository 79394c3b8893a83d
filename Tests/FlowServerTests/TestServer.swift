import FlowProgram
import FlowRuntime
import FlowServer
import FlowWebhook
import Logging
import ServiceLifecycle

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A server on a free port of loopback, for as long as `body` runs.
func withServer<Result>(
    _ conversation: any ConversationAnswering = EchoConversation(),
    configuration: ServerConfiguration = ServerConfiguration(port: 0), startToken: String? = nil,
    readiness: @escaping Readiness = { true },
    _ body: (_ port: Int, _ services: ServiceGroup) async throws -> Result
) async throws -> Result {
    let ports = AsyncStream.makeStream(of: Int.self)
    let webhook = Webhook(
        conversation: conversation,
        configuration: try Webhook.Configuration(isInsecure: true, startToken: startToken))
    let server = try Server(
        configuration: configuration, webhook: webhook, readiness: readiness, logger: quiet
    ) {
        ports.continuation.yield($0)
    }
    let services = ServiceGroup(services: [server], logger: quiet)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { ports.continuation.finish() }
            try await services.run()
        }
        var iterator = ports.stream.makeAsyncIterator()
        guard let port = await iterator.next() else {
            try await tasks.waitForAll()
            throw NotListening()
        }
        let result = try await body(port, services)
        await services.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}

struct NotListening: Error {}

/// Answers at once with the digits it was sent.
struct EchoConversation: ConversationAnswering {
    func answer(_ request: Conversation.Request) async -> Conversation.Answer {
        echo(request)
    }

    func answerNow(_ request: Conversation.Request) -> Conversation.Answer? {
        echo(request)
    }
}

/// As `EchoConversation`, but turns of the flow `slow` wait until they are let go.
final class GatedConversation: ConversationAnswering {
    /// One element for each turn that waits.
    let asked: AsyncStream<Void>
    private let askedContinuation: AsyncStream<Void>.Continuation
    private let gate: AsyncStream<Void>
    private let gateContinuation: AsyncStream<Void>.Continuation

    init() {
        (asked, askedContinuation) = AsyncStream.makeStream()
        (gate, gateContinuation) = AsyncStream.makeStream()
    }

    func open() {
        gateContinuation.finish()
    }

    func answer(_ request: Conversation.Request) async -> Conversation.Answer {
        askedContinuation.yield()
        for await _ in gate {}
        return echo(request)
    }

    func answerNow(_ request: Conversation.Request) -> Conversation.Answer? {
        request.flow == Array("slow".utf8) ? nil : echo(request)
    }

    func excuse(for request: Conversation.Request) -> Conversation.Answer? {
        guard request.channel == .voice, request.position == nil, request.purpose == .turn else { return nil }
        return .document(Array("apology of \(String(decoding: request.flow, as: UTF8.self))".utf8))
    }
}

private func echo(_ request: Conversation.Request) -> Conversation.Answer {
    .document(Array((request.parameters.text("Digits") ?? "none").utf8))
}
