import FlowTestSupport
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The servers of `Examples/`, which embed flowc's libraries: started and called as their users would.
@Suite("Sample servers", .timeLimit(.minutes(2)))
struct SampleServerTests {
    private static let call =
        "printf 'call\\npress 4\\n' | flowc talk --server %URL --flow key-menu --webhooks --script -"

    private func withSample(
        _ name: String, _ body: (_ url: String, _ shell: CommandShell) async throws -> Void
    ) async throws -> String {
        let shell = try CommandShell(environment: ["TWILIO_AUTH_TOKEN": "a-token"])
        defer { shell.remove() }
        #expect(try shell.run("flowc build flows/key-menu.yaml -o shop.flows").status == 0)
        // Its public URL holds its port, which the signatures are made with: a free one is found first.
        let probe = try shell.run(
            "python3 -c 'import socket; s = socket.socket(); s.bind((\"127.0.0.1\", 0)); print(s.getsockname()[1])'"
        )
        let port = probe.output.split(separator: "\n").first ?? ""
        let server = try shell.start("exec \(name) shop.flows \(port) http://127.0.0.1:\(port)")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        try await body(url, shell)
        server.terminate()
        #expect(server.wait() == 0, "\(server.output)")
        return server.output
    }

    private func answersCalls(_ url: String, _ shell: CommandShell) throws {
        let talk = try shell.run(Self.call.replacing("%URL", with: url))
        #expect(talk.status == 0, "\(talk.output)")
        #expect(talk.output.contains("<-- 200 text/xml; charset=utf-8\n"), "\(talk.output)")
        #expect(talk.output.contains("\n  say We are at 12 River Road"))
        let forged = try shell.run(
            "export TWILIO_AUTH_TOKEN=another; " + Self.call.replacing("%URL", with: url))
        #expect(forged.output.contains("<-- 403 "))
    }

    @Test("FlowServer as a service of a larger application")
    func largerApplication() async throws {
        let output = try await withSample("LargerApplication") { url, shell in
            try answersCalls(url, shell)
        }
        #expect(output.contains("the shop is open") && output.contains("the shop is closed"), "\(output)")
        #expect(output.hasSuffix("closed\n"))
    }

    @Test("FlowWebhook in the routes of a Hummingbird server")
    func hummingbirdRoutes() async throws {
        _ = try await withSample("HummingbirdRoutes") { url, shell in
            try answersCalls(url, shell)
            func status(_ path: String, _ body: Data? = nil) async throws -> (Int, String) {
                var request = URLRequest(url: try #require(URL(string: url + path)))
                if let body { (request.httpMethod, request.httpBody) = ("POST", body) }
                let (data, response) = try await URLSession.shared.data(for: request)
                return (
                    (response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self)
                )
            }
            #expect(try await status("/") == (200, "The shop's own page.\n"))
            #expect(try await status("/voice/nobody").0 == 403)
            #expect(try await status("/elsewhere").0 == 404)
            #expect(try await status("/voice/key-menu", Data(count: 256 * 1024 + 1)).0 == 413)
        }
    }

    @Test(
        "Their manifests ask for the versions that this package is built with",
        arguments: [
            "LargerApplication", "HummingbirdRoutes",
        ])
    func manifests(_ name: String) {
        let own = Repository.file("Package.swift").text
        let sample = Repository.file("Examples/\(name)/Package.swift").text
        let dependencies = sample.split(separator: "\n").filter { $0.contains(".package(url:") }
        #expect(!dependencies.isEmpty)
        for line in dependencies { #expect(own.contains(line.drop { $0 == " " }), "\(line)") }
        for name in sample.matches(of: /name: "(Flow\w+)", package/) {
            #expect(own.contains(".library(name: \"\(name.output.1)\""))
        }
    }
}
