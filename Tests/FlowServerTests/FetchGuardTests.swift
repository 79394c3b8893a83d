import FlowRuntime
import NIOCore
import NIOEmbedded
import Testing

@testable import FlowServer

/// A fetch reaches the public internet only, whatever its URL and its resolver say.
@Suite(.timeLimit(.minutes(1)))
struct FetchGuardTests {
    private func fetch(
        _ url: String, privateHosts: PrivateHosts = .none, breakers: Breakers = Breakers()
    ) async -> FetchAnswer {
        let fetcher = HTTPFetcher(logger: quiet, privateHosts: privateHosts, breakers: breakers)
        let answer = await fetcher.fetch(FetchRequest(method: "GET", url: url, timeout: 3_000))
        try? await fetcher.shutdown()
        return answer
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "LOCALHOST", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]",
    ])
    func `a server of this machine hears nothing of a fetch, by whatever name`(host: String) async throws {
        let server = try await CannedServer.start(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let answer = await fetch("http://\(host):\(server.port)/")
        #expect(answer == .failure(.refused))
        try await server.stop()
        #expect(server.received == "")
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a host that was allowed is reached, and no other`(host: String) async throws {
        let server = try await CannedServer.start(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let allowed = PrivateHosts.named([host, "10.0.0.1"])
        #expect(
            await fetch("http://\(host):\(server.port)/", privateHosts: allowed)
                == .response(status: 200, body: []))
        #expect(
            await fetch("http://\(host.uppercased()):\(server.port)/", privateHosts: allowed)
                == .response(status: 200, body: []))
        #expect(await fetch("http://127.0.0.2:\(server.port)/", privateHosts: allowed) == .failure(.refused))
        #expect(await fetch("http://127.1:\(server.port)/", privateHosts: allowed) == .failure(.refused))
        #expect(
            await fetch("http://127.1:\(server.port)/", privateHosts: .all)
                == .response(status: 200, body: []))
        try await server.stop()
    }

    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1",
        "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::2", "::127.0.0.1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "64:ff9b:1::1", "fc00::1",
        "fd00:ec2::254",
        "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:a00:1::", "2002:7f00:1::", "100::1",
        "4000::1",
    ])
    func `an address that isn't public`(text: String) throws {
        #expect(try !isPublic(SocketAddress(ipAddress: text, port: 80)))
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
        "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::", "2a00::1",
    ])
    func `an address that is`(text: String) throws {
        #expect(try isPublic(SocketAddress(ipAddress: text, port: 80)))
    }

    @Test func `a path of a socket isn't public`() throws {
        #expect(try !isPublic(SocketAddress(unixDomainSocketPath: "/tmp/x")))
    }

    @Test func `a host that fails again and again is spared for a while, others aren't`() {
        let breakers = Breakers(rest: .seconds(10))
        let now = ContinuousClock.now
        for _ in 1..<Breakers.failures { breakers.record("a", isFailure: true, now: now) }
        #expect(breakers.admits("a", now: now))
        breakers.record("a", isFailure: true, now: now)
        #expect(!breakers.admits("a", now: now))
        #expect(!breakers.admits("a", now: now + .seconds(9)))
        #expect(breakers.admits("b", now: now))
        // One tries it; what comes of that decides for all.
        let later = now + .seconds(10)
        #expect(breakers.admits("a", now: later))
        #expect(!breakers.admits("a", now: later))
        breakers.record("a", isFailure: true, now: later)
        #expect(!breakers.admits("a", now: later + .seconds(9)))
        #expect(breakers.admits("a", now: later + .seconds(10)))
        breakers.record("a", isFailure: false, now: later + .seconds(10))
        #expect(breakers.admits("a", now: later + .seconds(10)))
        #expect(breakers.admits("a", now: later + .seconds(10)))
    }

    @Test func `a success forgives earlier failures`() {
        let breakers = Breakers()
        for _ in 0..<3 {
            for _ in 1..<Breakers.failures { breakers.record("a", isFailure: true) }
            breakers.record("a", isFailure: false)
        }
        #expect(breakers.admits("a"))
    }

    @Test func `a spared host isn't asked`() async throws {
        let breakers = Breakers()
        let allowed = PrivateHosts.named(["127.0.0.1"])
        let server = try await CannedServer.start(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let url = "http://127.0.0.1:\(server.port)/"
        for _ in 0..<Breakers.failures { breakers.record("127.0.0.1", isFailure: true) }
        #expect(await fetch(url, privateHosts: allowed, breakers: breakers) == .failure(.unreachable))
        #expect(server.received == "")
        #expect(await fetch(url, privateHosts: allowed) == .response(status: 200, body: []))
        try await server.stop()
    }

    @Test func `a name is judged by where each connection leads, whatever it led to before`() throws {
        for (address, isPublic) in [
            ("8.8.8.8", true), ("127.0.0.1", false), ("8.8.8.8", true), ("::1", false),
        ] {
            let channel = EmbeddedChannel()
            try channel.connect(to: SocketAddress(ipAddress: address, port: 80)).wait()
            let judgement = Result { try judged(channel).wait() }
            channel.embeddedEventLoop.run()
            #expect(((try? judgement.get()) != nil) == isPublic)
            #expect(channel.isActive == isPublic)
            _ = try? channel.finish(acceptAlreadyClosed: true)
        }
    }

    @Test func `nothing of one fetch goes along with another`() async throws {
        let server = try await CannedServer.start(
            answering:
                "HTTP/1.1 200 OK\r\nSet-Cookie: session=of-one-call\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )
        let fetcher = HTTPFetcher(logger: quiet, privateHosts: .named(["127.0.0.1"]))
        let url = "http://127.0.0.1:\(server.port)/"
        _ = await fetcher.fetch(
            FetchRequest(
                method: "POST", url: url + "first?pin=1",
                headers: [.init("Authorization", "Bearer one-call")],
                body: Array("a=b".utf8), timeout: 3_000))
        let first = server.received
        let second = await fetcher.fetch(FetchRequest(method: "GET", url: url + "second", timeout: 3_000))
        #expect(second == .response(status: 200, body: []))
        let sent = server.received.dropFirst(first.count).lowercased()
        #expect(sent.hasPrefix("get /second http/1.1\r\n"))
        for word in ["cookie", "authorization", "referer", "one-call", "pin", "a=b"] {
            #expect(!sent.contains(word), "\(word)")
        }
        try await fetcher.shutdown()
        try await server.stop()
    }

    @Test func `one fetch too many fails at once`() async throws {
        let silent = try await CannedServer.start(answering: "")
        let fetcher = HTTPFetcher(logger: quiet, privateHosts: .named(["127.0.0.1", "localhost"]))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<512 {
                group.addTask {
                    _ = await fetcher.fetch(
                        FetchRequest(
                            method: "GET", url: "http://127.0.0.1:\(silent.port)/", timeout: 20_000))
                }
            }
            var answer: FetchAnswer?
            // Fewer than what would have the host rest.
            for _ in 1..<Breakers.failures where answer != .failure(.unreachable) {
                try? await Task.sleep(for: .milliseconds(300))
                answer = await fetcher.fetch(
                    FetchRequest(method: "GET", url: "http://localhost:\(silent.port)/", timeout: 100))
            }
            #expect(answer == .failure(.unreachable))
            group.cancelAll()
        }
        try await fetcher.shutdown()
        try await silent.stop()
    }
}
