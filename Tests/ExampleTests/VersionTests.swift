import FlowTestSupport
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// New versions under a server that goes on, and servers that go on where another one died.
@Suite("Versions and restarts", .timeLimit(.minutes(2)))
struct VersionTests {
    private static func flow(_ words: String) -> String {
        """
        flow: door
        channel: voice
        states:
          start:
            - menu: \(words) press 1.
              choices: {1: open, 2: again}
              otherwise: hangup
          open:
            - say: \(words) opens.
            - hangup
        """
    }

    private static func call(
        _ url: String, _ sid: Int, at position: String? = nil, press digits: String? = nil
    )
        async throws -> String
    {
        let path = "/voice/door" + (position.map { "/" + $0 } ?? "")
        var request = URLRequest(url: try #require(URL(string: url + path)))
        request.httpMethod = "POST"
        request.timeoutInterval = 20
        let fields = [
            "CallSid=CA" + String(String(10_000 + sid).reversed()) + String(repeating: "0", count: 27),
            "AccountSid=AC" + String(repeating: "0", count: 32), "From=%2B15555550123", "To=%2B15555550100",
            "CallStatus=in-progress", digits.map { "Digits=\($0)" } ?? "x=",
        ]
        request.httpBody = Data(fields.joined(separator: "&").utf8)
        let (body, _) = try await URLSession.shared.data(for: request)
        return String(decoding: body, as: UTF8.self)
    }

    /// Until a new call hears these words, at most 30 s.
    private static func waits(_ url: String, for words: String) async throws -> Bool {
        for sid in 0..<150 {
            // Each a call of its own.
            if try await call(url, 100 + sid).contains(words) { return true }
            try await Task.sleep(for: .milliseconds(200))
        }
        return false
    }

    @Test(
        "Calls end on the version they began with, new ones begin with the new; what doesn't check is refused"
    )
    func newVersion() async throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        try shell.write(Self.flow("Alpha"), to: "doors/door.yaml")
        let server = try shell.start("exec flowc serve doors --port 0 --insecure")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        #expect(try await Self.call(url, 1).contains("Alpha press 1."))

        try shell.write(
            Self.flow("Beta").replacing("otherwise: hangup", with: "otherwise: nowhere"),
            to: "doors/door.yaml")
        for _ in 0..<100 where !server.output.contains("new version refused") {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(server.output.contains("error[unknown-state]: unknown state 'nowhere'"), "\(server.output)")
        #expect(try await Self.call(url, 2).contains("Alpha press 1."))

        try shell.write(Self.flow("Gamma"), to: "doors/door.yaml")
        #expect(try await Self.waits(url, for: "Gamma press 1."), "\(server.output)")
        #expect(try await Self.call(url, 1, at: "1.0", press: "2").contains("Alpha press 1."))
        #expect(try await Self.call(url, 1, at: "2.0", press: "1").contains("Alpha opens."))

        // Also one whose flow isn't there any more.
        try shell.write(Self.flow("Delta").replacing("flow: door", with: "flow: gate"), to: "doors/door.yaml")
        for _ in 0..<100 where !server.output.contains("gate") {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(try await Self.call(url, 2, at: "1.0", press: "1").contains("Alpha opens."))
        #expect(try await Self.call(url, 4) == "no such flow")
        server.terminate()
        #expect(server.wait() == 0)
    }

    @Test("SIGHUP reads the flows and the config again")
    func hangUpSignal() async throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let flow = Self.flow("${config.name}")
            .replacing("channel: voice\n", with: "channel: voice\nconfig: {name: text(20)}\n")
        try shell.write(flow, to: "door.yaml")
        try shell.write("NAME=Alpha\n", to: "a.env")
        let server = try shell.start("exec flowc serve door.yaml --port 0 --insecure --config a.env")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        #expect(try await Self.call(url, 1).contains("Alpha press 1."))
        try shell.write("NAME=Beta\n", to: "a.env")
        try server.send("HUP")
        #expect(try await Self.waits(url, for: "Beta press 1."), "\(server.output)")
        server.terminate()
        #expect(server.wait() == 0)
    }

    @Test(
        "After kill -9 a new process with new flows ends the calls of the old one",
        arguments: ["sqlite", "redis"])
    func restart(store: String) async throws {
        guard store == "sqlite" || RedisServer.isWanted else {
            print("skipped for redis: \(RedisServer.reason)")
            return
        }
        let redis = store == "redis" ? try RedisServer() : nil
        let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        let shell = try CommandShell(environment: ["FLOWC_STORE_KEY": key])
        defer { shell.remove() }
        let address = redis?.url ?? "sqlite:a.db"
        let command = "exec flowc serve door.yaml --port 0 --insecure --store \(address)"
        try shell.write(Self.flow("Alpha"), to: "door.yaml")
        let first = try shell.start(command)
        let firstURL = try #require(first.line(after: "listening on "), "\(first.output)")
        let start = try await Self.call(firstURL, 1)
        #expect(start.contains("Alpha press 1."))
        let again = try await Self.call(firstURL, 1, at: "1.0", press: "2")
        try first.kill()

        try shell.write(Self.flow("Beta"), to: "door.yaml")
        let second = try shell.start(command)
        let url = try #require(second.line(after: "listening on "), "\(second.output)")
        #expect(try await Self.call(url, 1, at: "1.0", press: "2") == again)
        #expect(try await Self.call(url, 1, at: "2.0", press: "1").contains("Alpha opens."))
        #expect(try await Self.call(url, 2).contains("Beta press 1."))
        try second.kill()

        // The flow isn't there any more, but for those who are in it.
        try shell.write(Self.flow("Delta").replacing("flow: door", with: "flow: gate"), to: "door.yaml")
        let third = try shell.start(command)
        let last = try #require(third.line(after: "listening on "), "\(third.output)")
        #expect(try await Self.call(last, 2, at: "1.0", press: "1").contains("Beta opens."))
        #expect(try await Self.call(last, 3) == "no such flow")
        third.terminate()
        #expect(third.wait() == 0)
        withExtendedLifetime(redis) {}
    }

    @Test("A store that goes away is 503, and all is well when it comes back")
    func outage() async throws {
        guard RedisServer.isWanted else {
            print("skipped: \(RedisServer.reason)")
            return
        }
        let redis = try RedisServer(["--appendonly", "yes", "--appendfsync", "always"])
        let shell = try CommandShell()
        defer { shell.remove() }
        try shell.write(Self.flow("Alpha"), to: "door.yaml")
        let server = try shell.start("exec flowc serve door.yaml --port 0 --insecure --store \(redis.url)")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        #expect(try await Self.call(url, 1).contains("Alpha press 1."))
        redis.kill()
        #expect(try await Self.call(url, 1, at: "1.0", press: "1") == "busy")
        try redis.start()
        var last = ""
        for _ in 0..<20 where !last.contains("Alpha opens.") {
            last = try await Self.call(url, 1, at: "1.0", press: "1")
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(last.contains("Alpha opens."), "\(server.output)")
    }

    @Test("A durable store without a key is a warning")
    func readableStore() throws {
        let shell = try CommandShell(environment: ["TWILIO_AUTH_TOKEN": "a-token"])
        defer { shell.remove() }
        let server = try shell.start("exec flowc serve flows/key-menu.yaml --port 0")
        _ = try #require(server.line(after: "listening on "), "\(server.output)")
        #expect(
            server.output.contains("warning") && server.output.contains("FLOWC_STORE_KEY"), "\(server.output)"
        )
        #expect(FileManager.default.fileExists(atPath: shell.folder.appendingPathComponent("flowc.db").path))
    }

    @Test("A flow that keeps a secret isn't served from a readable store")
    func secretInReadableStore() throws {
        let shell = try CommandShell(environment: ["TWILIO_AUTH_TOKEN": "a-token", "PIN": "4821"])
        defer { shell.remove() }
        try shell.write(
            """
            flow: safe
            channel: voice
            config: {pin: secret}
            vars:
              kept: {type: secret?}
            steps:
              - set: {kept: "${config.pin}"}
              - menu: Press 1.
                choices: {1: next}
                otherwise: hangup
              - if: kept == none
                then: hangup
              - hangup
            """, to: "safe.yaml")
        let refused = try shell.run("flowc serve safe.yaml --port 0")
        #expect(refused.status == 69)
        #expect(
            refused.output.contains(
                "flowc: flow 'safe' keeps a secret ('kept'), which --store sqlite:flowc.db would hold readable"
            ),
            "\(refused.output)")
        let sealed = try shell.start(
            "FLOWC_STORE_KEY=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= exec flowc serve safe.yaml --port 0"
        )
        _ = try #require(sealed.line(after: "listening on "), "\(sealed.output)")
    }
}
