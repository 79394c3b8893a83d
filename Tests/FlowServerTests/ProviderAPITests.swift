import FlowProgram
import FlowRuntime
import Testing

@testable import FlowServer

@Suite(.timeLimit(.minutes(1)))
struct ProviderAPITests {
    private static let account = "AC00000000000000000000000000000001"
    private static let message = OutgoingMessage(
        to: "+15555550111", from: "+15555550100", body: "Fish & chips, 50% off é",
        media: ["https://example.com/a.png"], statusCallback: "https://example.com/message/x?call=CA1#rc=2",
        timeout: 5_000)

    private func withAPI<Result>(
        key: String = "SK1", _ body: (ProviderAPI, ProviderServer) async throws -> Result
    ) async throws -> Result {
        let server = ProviderServer()
        let port = try await server.start()
        let client = HTTPFetcher(logger: quiet, privateHosts: .named(["127.0.0.1"]))
        let api = ProviderAPI(
            credentials: .init(accountSid: Self.account, user: key, password: "secret"),
            url: "http://127.0.0.1:\(port)/", client: client, logger: quiet)
        let result = try await body(api, server)
        try await client.shutdown()
        try await server.stop()
        return result
    }

    @Test
    func `A message is a form with credentials, and its sid comes back`() async throws {
        try await withAPI { api, server in
            #expect(await api.send(Self.message) == .sent(sid: "SM1"))
            let request = try #require(server.requests.first)
            #expect(request.path == "/2010-04-01/Accounts/\(Self.account)/Messages.json")
            #expect(request.authorization == "Basic U0sxOnNlY3JldA==")
            #expect(
                request.fields == [
                    "To=%2B15555550111", "From=%2B15555550100",
                    "Body=Fish%20%26%20chips%2C%2050%25%20off%20%C3%A9",
                    "MediaUrl=https%3A%2F%2Fexample.com%2Fa.png",
                    "StatusCallback=https%3A%2F%2Fexample.com%2Fmessage%2Fx%3Fcall%3DCA1%23rc%3D2",
                ])
        }
    }

    @Test(arguments: [false, true])
    func `A call names its URL, and asks who answers if told to`(detects: Bool) async throws {
        try await withAPI { api, server in
            let call = OutgoingCall(
                to: "+15555550111", from: "+15555550100", url: "https://example.com/voice/x?run=start-a",
                statusCallback: "https://example.com/status/x?run=start-a", detectsMachines: detects,
                timeout: 5_000)
            #expect(await api.place(call) == .sent(sid: "CA1"))
            let fields = try #require(server.requests.first?.fields)
            #expect(fields.contains("Url=https%3A%2F%2Fexample.com%2Fvoice%2Fx%3Frun%3Dstart-a"))
            #expect(fields.contains("MachineDetection=DetectMessageEnd") == detects)
        }
    }

    @Test(
        arguments: [
            (400, 21_610, .refused(code: 21_610)), (404, nil, .refused(code: nil)),
            (429, 20_429, .failed("status-429")), (500, nil, .failed("status-500")),
            (503, nil, .failed("status-503")), (200, nil, .failed("no-sid")),
        ] as [(Int, Int?, SendAnswer)])
    func `What goes wrong is told apart`(status: Int, code: Int?, answer: SendAnswer) async throws {
        try await withAPI { api, server in
            server.fail(status, code: code)
            #expect(await api.send(Self.message) == answer)
            #expect(await api.send(Self.message) == .sent(sid: "SM1"))
        }
    }

    @Test
    func `Wrong credentials are refused, and nobody there may pass`() async throws {
        try await withAPI(key: "SK2") { api, _ in
            #expect(await api.send(Self.message) == .refused(code: 20_003))
        }
        let client = HTTPFetcher(logger: quiet, privateHosts: .named(["127.0.0.1"]))
        let api = ProviderAPI(
            credentials: .init(accountSid: Self.account, user: "SK1", password: "secret"),
            url: "http://127.0.0.1:1", client: client, logger: quiet)
        #expect(await api.send(Self.message) == .failed("unreachable"))
        try await client.shutdown()
    }

    @Test(
        arguments: [
            (["TWILIO_ACCOUNT_SID": "AC1", "TWILIO_API_KEY": "SK1", "TWILIO_API_SECRET": "s"], "SK1", "s"),
            (["TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": " t1 ,t2"], "AC1", "t1"),
            (["TWILIO_ACCOUNT_SID": "AC1", "TWILIO_API_KEY": "SK1", "TWILIO_AUTH_TOKEN": "t"], "AC1", "t"),
            (["TWILIO_ACCOUNT_SID": "AC1"], nil, nil), (["TWILIO_AUTH_TOKEN": "t"], nil, nil),
            ([:], nil, nil),
        ] as [([String: String], String?, String?)])
    func `Credentials come from the environment`(
        environment: [String: String], user: String?, password: String?
    ) {
        let credentials = ProviderAPI.Credentials(environment: environment)
        #expect(credentials?.user == user)
        #expect(credentials?.password == password)
    }
}
