import FlowRuntime
import FlowServer
import FlowWebhook
import NIOCore
import ServiceLifecycle
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ServerTests {
    @Test
    func `Health is answered`() async throws {
        let answer = try await ask("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(answer?.status == 200)
        #expect(answer?.body == "ok")
    }

    @Test
    func `A turn is answered with its document`() async throws {
        let answer = try await ask(post("menu", digits: "12"))
        #expect(answer?.status == 200)
        #expect(answer?.body == "12")
        #expect(answer?.headers == ["Content-Type: text/xml; charset=utf-8", "Content-Length: 2"])
    }

    @Test
    func `A turn that waits is answered with its document`() async throws {
        let conversation = GatedConversation()
        conversation.open()
        #expect(try await ask(post("slow", digits: "12"), of: conversation)?.body == "12")
    }

    @Test
    func `A connection takes one request after another`() async throws {
        let bodies = try await withServer { port, _ in
            try await withClient(port) { client in
                var bodies: [String?] = []
                for number in 1...3 {
                    try await client.send(post("menu", digits: "\(number)"))
                    bodies.append(await client.answer()?.body)
                }
                return bodies
            }
        }
        #expect(bodies == ["1", "2", "3"])
    }

    @Test(arguments: [
        "GET /health HTTP/1.0\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /health HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    ])
    func `A connection that isn't kept is closed behind its answer`(request: String) async throws {
        let (first, second) = try await askTwice(request)
        #expect(first?.status == 200)
        #expect(first?.headers.contains("Connection: close") == true)
        #expect(second == nil)
    }

    @Test
    func `A tunnel is refused and the connection closed`() async throws {
        let (first, second) = try await askTwice("CONNECT example.com:80 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(first?.status == 404)
        #expect(first?.headers.contains("Connection: close") == true)
        #expect(second == nil)
    }

    @Test
    func `Requests sent at once are answered in their order`() async throws {
        let bodies = try await pipeline(["menu", "menu", "menu"], EchoConversation())
        #expect(bodies == ["0", "1", "2"])
    }

    @Test
    func `Requests behind one that waits are answered after it`() async throws {
        let conversation = GatedConversation()
        conversation.open()
        let bodies = try await pipeline(["slow", "menu", "slow", "slow", "menu"], conversation)
        #expect(bodies == ["0", "1", "2", "3", "4"])
    }

    @Test
    func `A flood behind a request that waits ends the connection`() async throws {
        let conversation = GatedConversation()
        let answer = try await withServer(conversation) { port, _ in
            defer { conversation.open() }
            return try await withClient(port) { client in
                let flood = String(repeating: "GET /health HTTP/1.1\r\nHost: a\r\n\r\n", count: 1_000)
                try await client.send(post("slow", digits: "1") + flood)
                return await client.answer()
            }
        }
        #expect(answer == nil)
    }

    @Test(arguments: ["PUT", "DELETE", "OPTIONS", "PATCH"])
    func `Other methods are refused`(method: String) async throws {
        let answer = try await ask("\(method) /voice/menu HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        #expect(answer?.status == 405)
        #expect(answer?.headers.contains("Allow: GET, POST") == true)
    }

    @Test
    func `HEAD is refused without a body`() async throws {
        let (head, next) = try await withServer { port, _ in
            try await withClient(port) { client in
                try await client.send("HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n")
                let head = await client.answer(hasBody: false)
                try await client.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                return (head, await client.answer())
            }
        }
        #expect(head?.status == 405)
        #expect(next?.status == 200)
        #expect(next?.body == "ok")
    }

    @Test
    func `A body in chunks is put together`() async throws {
        let request = """
            POST /voice/menu HTTP/1.1\r
            Host: a\r
            Content-Type: application/x-www-form-urlencoded\r
            Transfer-Encoding: chunked\r
            \r
            2a\r
            CallSid=CA00000000000000000000000000000002\r
            38\r
            &AccountSid=AC00000000000000000000000000000001&Digits=12\r
            0\r
            \r

            """
        #expect(try await ask(request)?.body == "12")
    }

    @Test(arguments: ["Content-Length: 262145\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n40001\r\n"])
    func `A body beyond the bound is refused and the connection closed`(framing: String) async throws {
        let body = String(repeating: "x", count: 262_145)
        let end = framing.hasPrefix("T") ? "\r\n0\r\n\r\n" : ""
        let (first, second) = try await askTwice(
            "POST /voice/menu HTTP/1.1\r\nHost: a\r\n\(framing)\(body)\(end)")
        #expect(first?.status == 413)
        #expect(second == nil)
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /\0 HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "GET /health HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 101) + "\r\n",
        "GET /health HTTP/1.1\r\nA: " + String(repeating: "b", count: 65_537) + "\r\n\r\n",
        "GET /" + String(repeating: "a", count: 65_537) + " HTTP/1.1\r\n\r\n",
    ])
    func `What isn't HTTP, or too much of it, is refused and the connection closed`(bytes: String)
        async throws
    {
        let (first, second) = try await askTwice(bytes)
        #expect(first == nil || first?.status == 400)
        #expect(second == nil)
    }

    @Test(arguments: [
        "", "GET /health HT", "GET /health HTTP/1.1\r\nHost: a\r\n",
        "POST /voice/menu HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
    ])
    func `A request that doesn't go on is dropped`(begun: String) async throws {
        let timeouts = ServerConfiguration.Timeouts(
            head: .milliseconds(50), body: .milliseconds(50), idle: .milliseconds(50))
        let answer = try await withServer(configuration: ServerConfiguration(port: 0, timeouts: timeouts)) {
            port, _ in
            try await withClient(port) { client in
                // On a busy machine the connection may be gone before the first byte is sent.
                if !begun.isEmpty { try? await client.send(begun) }
                return await client.answer()
            }
        }
        #expect(answer == nil)
    }

    @Test(arguments: [
        ("POST /voice/menu HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", "x"),
        ("POST /voice/menu HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
        ("POST /voice/menu HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;", "x"),
        ("POST /voice/menu HTTP/1.1\r\nHost: a\r\nX: ", "x"), ("POST /voice/", "x"), ("\r\n", "\r\n"),
    ])
    func `A request that trickles in is dropped, however long it goes on`(
        beginning: String, more: String
    ) async throws {
        let timeouts = ServerConfiguration.Timeouts(
            head: .milliseconds(100), body: .milliseconds(100), idle: .milliseconds(100))
        let sent = try await withServer(configuration: ServerConfiguration(port: 0, timeouts: timeouts)) {
            port, _ in
            try await withClient(port) { client in
                try await client.send(beginning)
                for count in 0..<100_000 {
                    do {
                        try await client.send(more)
                        try await Task.sleep(for: .milliseconds(10))
                    } catch {
                        return count
                    }
                }
                return 100_000
            }
        }
        #expect(sent < 100_000)
    }

    @Test
    func `A kept connection is closed when nothing more comes`() async throws {
        let timeouts = ServerConfiguration.Timeouts(idle: .milliseconds(50))
        let (first, second) = try await askTwice(
            "GET /health HTTP/1.1\r\nHost: a\r\n\r\n", ServerConfiguration(port: 0, timeouts: timeouts))
        #expect(first?.status == 200)
        #expect(second == nil)
    }

    @Test
    func `A turn that takes too long is answered as busy`() async throws {
        let conversation = GatedConversation()
        let timeouts = ServerConfiguration.Timeouts(answer: .milliseconds(50))
        let answer = try await withServer(
            conversation, configuration: ServerConfiguration(port: 0, timeouts: timeouts)
        ) { port, _ in
            defer { conversation.open() }
            return try await withClient(port) { client in
                try await client.send(post("slow", digits: "1"))
                return await client.answer()
            }
        }
        #expect(answer?.status == 503)
        #expect(answer?.headers.contains("Retry-After: 1") == true)
    }

    @Test
    func `Stopping finishes the turn in flight and takes no new connection`() async throws {
        let conversation = GatedConversation()
        let (answer, next) = try await withServer(conversation) { port, services in
            try await withClient(port) { client in
                try await client.send(post("slow", digits: "7"))
                for await _ in conversation.asked { break }
                await services.triggerGracefulShutdown()
                while (try? await withClient(port) { _ in }) != nil { await Task.yield() }
                conversation.open()
                return (await client.answer(), await client.answer())
            }
        }
        #expect(answer?.body == "7")
        #expect(next == nil)
    }

    @Test
    func `Stopping closes idle connections`() async throws {
        let answer = try await withServer { port, services in
            try await withClient(port) { client in
                try await client.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = await client.answer()
                await services.triggerGracefulShutdown()
                return await client.answer()
            }
        }
        #expect(answer == nil)
    }

    @Test
    func `Stopping waits no longer than it is told for a request that doesn't go on`() async throws {
        let configuration = ServerConfiguration(port: 0, drain: .milliseconds(50))
        let answer = try await withServer(configuration: configuration) { port, services in
            try await withClient(port) { client in
                try await client.send("POST /voice/menu HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                await services.triggerGracefulShutdown()
                return await client.answer()
            }
        }
        #expect(answer == nil)
    }

    @Test
    func `A turn is finished though its connection is gone`() async throws {
        let conversation = GatedConversation()
        try await withServer(conversation) { port, services in
            try await withClient(port) { client in
                try await client.send(post("slow", digits: "1"))
                for await _ in conversation.asked { break }
            }
            conversation.open()
            // Stopping, behind this, waits for the turn.
        }
    }

    @Test
    func `Many connections are answered at once`() async throws {
        let bodies = try await withServer(configuration: ServerConfiguration(port: 0, threads: 2)) {
            port, _ in
            try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        try await withClient(port) { client in
                            try await client.send(post("menu", digits: "\(number)"))
                            return await client.answer()?.body
                        }
                    }
                }
                var bodies: Set<String?> = []
                for try await body in group { bodies.insert(body) }
                return bodies
            }
        }
        #expect(bodies == Set((0..<50).map { "\($0)" }))
    }

    @Test
    func `A connection beyond the bound is closed`() async throws {
        let configuration = ServerConfiguration(port: 0, maxConnections: 1)
        let (first, second) = try await withServer(configuration: configuration) { port, _ in
            try await withClient(port) { client in
                try await client.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                let first = await client.answer()
                let second = try await withClient(port) { await $0.answer() }
                return (first, second)
            }
        }
        #expect(first?.status == 200)
        #expect(second == nil)
    }

    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1", "flows.example.com", "localhost.example.com"])
    func `Insecure listens on loopback only`(host: String) throws {
        let webhook = Webhook(
            conversation: EchoConversation(), configuration: try Webhook.Configuration(isInsecure: true))
        #expect(throws: ServerError.insecureOutsideLoopback(host: host)) {
            try Server(configuration: ServerConfiguration(host: host), webhook: webhook, logger: quiet)
        }
    }

    @Test
    func `A port that is taken is an error`() async throws {
        _ = try await withServer { port, _ in
            await #expect(throws: (any Error).self) {
                _ = try await withServer(configuration: ServerConfiguration(port: port)) { _, _ in }
            }
        }
    }
}

private func ask(
    _ request: String, of conversation: any ConversationAnswering = EchoConversation()
) async throws -> TestClient.Answer? {
    try await withServer(conversation) { port, _ in
        try await withClient(port) { client in
            try await client.send(request)
            return await client.answer()
        }
    }
}

/// The answer, and what comes after it: nil if the connection is closed.
private func askTwice(
    _ request: String, _ configuration: ServerConfiguration = ServerConfiguration(port: 0)
) async throws -> (TestClient.Answer?, TestClient.Answer?) {
    try await withServer(configuration: configuration) { port, _ in
        try await withClient(port) { client in
            // The server may close while a large request is still being written.
            try? await client.send(request)
            return (await client.answer(), await client.answer())
        }
    }
}

/// Sends a request for each flow at once; each brings its number.
private func pipeline(
    _ flows: [String], _ conversation: any ConversationAnswering
) async throws -> [String?] {
    try await withServer(conversation) { port, _ in
        try await withClient(port) { client in
            let requests = flows.enumerated().map { post($1, digits: "\($0)") }
            try await client.send(requests.joined())
            var bodies: [String?] = []
            for _ in flows { bodies.append(await client.answer()?.body) }
            return bodies
        }
    }
}
