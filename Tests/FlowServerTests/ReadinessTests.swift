import FlowWebhook
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import FlowServer

@Suite(.timeLimit(.minutes(1)))
struct ReadinessTests {
    private static let get = "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `it is ready while its store answers`() async throws {
        let isThere = Mutex(true)
        try await withServer(readiness: { isThere.withLock { $0 } }) { port, _ in
            let statuses = try await withClient(port) { client in
                var statuses: [Int?] = []
                for present in [true, false, true] {
                    isThere.withLock { $0 = present }
                    try await client.send(Self.get)
                    statuses.append(await client.answer()?.status)
                }
                try await client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
                statuses.append(await client.answer()?.status)
                return statuses
            }
            #expect(statuses == [200, 503, 200, 200])
        }
    }

    @Test func `told to stop it is unready first, and answers until it has left`() async throws {
        let configuration = ServerConfiguration(port: 0, leave: .milliseconds(600))
        try await withServer(configuration: configuration) { port, services in
            await services.triggerGracefulShutdown()
            try await Task.sleep(for: .milliseconds(200))
            let answers = try await withClient(port) { client in
                try await client.send(Self.get)
                let ready = await client.answer()
                try await client.send(post("main", digits: "7"))
                return (ready, await client.answer())
            }
            #expect(answers.0?.status == 503 && answers.0?.body == "stopping")
            #expect(answers.1?.status == 200 && answers.1?.body == "7")
        }
    }

    @Test func `more turns than can wait are answered with 503 at once`() async throws {
        let conversation = GatedConversation()
        let configuration = ServerConfiguration(port: 0, maxWaitingTurns: 1)
        try await withServer(conversation, configuration: configuration) { port, _ in
            try await withClient(port) { first in
                try await first.send(post("slow", digits: "1"))
                var asked = conversation.asked.makeAsyncIterator()
                await asked.next()
                let refused = try await withClient(port) { second in
                    try await second.send(post("slow", digits: "2"))
                    let refused = await second.answer()
                    // What needs no waiting is answered.
                    try await second.send(post("main", digits: "3"))
                    return (refused, await second.answer())
                }
                #expect(refused.0?.status == 503 && refused.0?.headers.contains("Retry-After: 1") == true)
                #expect(refused.1?.body == "3")
                conversation.open()
                #expect(await first.answer()?.body == "1")
            }
        }
    }
}

/// `--shed apology`.
@Suite(.timeLimit(.minutes(1)))
struct ShedTests {
    @Test(arguments: [
        ("/voice/slow", "apology of slow"), ("/voice/slow/1.0", nil), ("/sms/slow", nil),
        ("/status/slow", nil),
        ("/fallback/slow", nil),
    ])
    func `a call's first request hears the apology, others are answered 503`(
        path: String, body: String?
    ) async throws {
        let conversation = GatedConversation()
        let configuration = ServerConfiguration(port: 0, maxWaitingTurns: 1, shed: .apologize)
        try await withServer(conversation, configuration: configuration) { port, _ in
            try await withClient(port) { first in
                try await first.send(post("slow", digits: "1"))
                var asked = conversation.asked.makeAsyncIterator()
                await asked.next()
                let refused = try await withClient(port) { second in
                    try await second.send(
                        post("slow", digits: "2").replacing("/voice/slow", with: path)
                            .replacing(
                                "CallSid=CA", with: path.hasPrefix("/sms") ? "MessageSid=SM" : "CallSid=CA"))
                    return await second.answer()
                }
                #expect(refused?.status == (body == nil ? 503 : 200))
                if let body { #expect(refused?.body == body) }
                #expect((body == nil) == (refused?.headers.contains("Retry-After: 1") == true))
                conversation.open()
                #expect(await first.answer()?.body == "1")
            }
        }
    }
}

@Suite struct JSONLogTests {
    @Test func `an event is a line with its fields in order`() {
        let lines = Mutex("")
        var logger = Logger(label: "test") { _ in
            JSONLog(
                write: { line in lines.withLock { $0 += String(decoding: line, as: UTF8.self) } },
                time: { "now" })
        }
        logger[metadataKey: "flow"] = "a"
        logger.notice(
            "it \"broke\"\n\u{1}", metadata: ["b": "é", "a": "1", "level": "x", "list": ["1", "2"]])
        logger.debug("unseen")
        #expect(
            lines.withLock { $0 }
                == #"{"time":"now","level":"notice","message":"it \"broke\"\n\u0001","a":"1","b":"é","flow":"a","#
                + #""level_":"x","list":"[\"1\", \"2\"]"}"# + "\n")
    }
}
