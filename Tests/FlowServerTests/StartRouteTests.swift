import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import Testing

@testable import FlowServer

/// `POST /start/{flow}` over HTTP, down to the provider's REST API.
@Suite(.timeLimit(.minutes(1)))
struct StartRouteTests {
    private static let account = "AC00000000000000000000000000000001"

    private static let flows = [
        """
        flow: reminder
        channel: [voice, sms]
        params: {order: "digits(1..6)", note: "text(20)?"}
        steps:
          - say: Order ${order}, ${note ?? 'no note'}.
          - ask: Is that right?
            as: yes_no
            into: sure
            otherwise: next
          - end
        """,
        """
        flow: call-back
        channel: voice
        params: {count: integer, urgent: bool}
        steps:
          - say: ${count}
          - if: urgent
            then: [{say: Urgent.}]
          - hangup
        """,
    ]

    private func program() throws -> [ProgramFile.Entry] {
        let compilation = compile(
            Self.flows.enumerated().map { SourceFile(id: UInt32($0), name: "\($0).yaml", text: $1) },
            options: CompilerOptions(knowsTimezone: { _ in true }))
        #expect(compilation.diagnostics.filter { $0.severity == .error } == [])
        return compilation.programs
    }

    /// The server's answer, and what the provider was asked.
    private func post(
        _ path: String, _ body: String, type: String = "application/x-www-form-urlencoded",
        authorization: String? = "Bearer a-start-token", startToken: String? = "a-start-token",
        verb: String = "POST"
    ) async throws -> (answer: TestClient.Answer?, requests: [ProviderServer.Request]) {
        let provider = ProviderServer()
        let port = try await provider.start()
        let client = HTTPFetcher(logger: quiet, privateHosts: .named(["127.0.0.1"]))
        let api = ProviderAPI(
            credentials: .init(accountSid: Self.account, user: "SK1", password: "secret"),
            url: "http://127.0.0.1:\(port)/", client: client, logger: quiet)
        let conversation = Conversation(
            deployment: try Deployment(try program(), environment: [:]), store: MemoryStore(),
            fetcher: client, sender: api, baseURL: "https://flows.example.com", account: Self.account)
        let request =
            "\(verb) \(path) HTTP/1.1\r\nHost: flows.example.com\r\nContent-Type: \(type)\r\n"
            + (authorization.map { "Authorization: \($0)\r\n" } ?? "")
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let answer = try await withServer(conversation, startToken: startToken) { port, _ in
            try await withClient(port) { client in
                try await client.send(request)
                return await client.answer()
            }
        }
        await conversation.attendDue()
        try await client.shutdown()
        try await provider.stop()
        return (answer, provider.requests)
    }

    private static let form = "to=%2B15555550111&from=%2B15555550100&channel=voice&order=123"

    @Test
    func `A form places a call that comes back to the flow`() async throws {
        let (answer, requests) = try await post("/start/reminder", Self.form)
        #expect(answer?.status == 201)
        #expect(answer?.body == "{\"call\":\"CA1\"}")
        let request = try #require(requests.first)
        #expect(request.path == "/2010-04-01/Accounts/\(Self.account)/Calls.json")
        #expect(request.fields.contains("To=%2B15555550111"))
        #expect(
            request.fields.contains {
                $0.hasPrefix("Url=https%3A%2F%2Fflows.example.com%2Fvoice%2Freminder%3Frun%3Dstart-")
            })
        #expect(requests.count == 1)
    }

    @Test
    func `A JSON body begins a text conversation, whose first text goes by the outbox`() async throws {
        let body =
            #"{"to": "+15555550111", "from": "+15555550100", "channel": "sms", "order": 123456, "note": "é & so"}"#
        let (answer, requests) = try await post("/start/reminder", body, type: "application/json")
        #expect(answer?.status == 202)
        #expect(answer?.body == "{\"message\":\"queued\"}")
        let request = try #require(requests.first)
        #expect(request.path == "/2010-04-01/Accounts/\(Self.account)/Messages.json")
        #expect(
            request.fields.contains("Body=Order%20123456%2C%20%C3%A9%20%26%20so.%0AIs%20that%20right%3F"),
            "\(request.fields)")
    }

    @Test
    func `JSON's numbers and booleans are params`() async throws {
        let body = #"{"to": "+15555550111", "from": "+15555550100", "count": 3, "urgent": true}"#
        let (answer, _) = try await post("/start/call-back", body, type: "application/json; charset=utf-8")
        #expect(answer?.status == 201)
    }

    @Test(arguments: [
        nil, "Bearer another", "Bearer a-start-token2", "Basic a-start-token", "a-start-token", "Bearer ",
    ])
    func `Without the token nothing happens`(authorization: String?) async throws {
        let (answer, requests) = try await post("/start/reminder", Self.form, authorization: authorization)
        #expect(answer?.status == 401)
        #expect(requests.isEmpty)
    }

    @Test
    func `A server without a token has no such route`() async throws {
        let (answer, requests) = try await post("/start/reminder", Self.form, startToken: nil)
        #expect(answer?.status == 404)
        #expect(requests.isEmpty)
    }

    @Test
    func `An unknown flow is not found`() async throws {
        let (answer, requests) = try await post("/start/nobody", Self.form)
        #expect(answer?.status == 404)
        #expect(answer?.body == "{\"problems\":[\"no such flow\"]}")
        #expect(requests.isEmpty)
    }

    @Test(arguments: [
        ("from=%2B15555550100&channel=voice&order=123", "to is missing"),
        ("to=%2B15555550111&channel=voice&order=123", "from is missing"),
        (
            "to=soon&from=%2B15555550100&channel=voice&order=123",
            "to: 'soon' is no phone number such as +15555550123"
        ),
        ("to=%2B15555550111&from=%2B15555550100&order=123", "channel is missing: voice or sms"),
        ("to=%2B15555550111&from=%2B15555550100&channel=voice", "order is missing: digits(1..6)"),
        (form + "4567", "order is no digits(1..6)"), (form + "x", "order is no digits(1..6)"),
        (form + "&colour=red", "colour is no param of the flow"),
        (form + "&note=" + String(repeating: "x", count: 21), "note is no text(20)?"),
    ])
    func `What doesn't fit is said, and nobody is called`(body: String, problem: String) async throws {
        let (answer, requests) = try await post("/start/reminder", body)
        #expect(answer?.status == 400)
        #expect(answer?.body == "{\"problems\":[\"\(problem)\"]}")
        #expect(requests.isEmpty)
    }

    @Test(arguments: [
        ("{", "application/json", 400), ("[1]", "application/json", 400),
        (#"{"to": {"a": 1}}"#, "application/json", 400),
        ("to=%2B1&to=%2B2", "application/x-www-form-urlencoded", 400),
        ("channel=fax", "application/x-www-form-urlencoded", 400),
        ("to=%FF", "application/x-www-form-urlencoded", 400),
        ("to=1", "text/plain", 415), (String(repeating: "x", count: 300_000), "application/json", 413),
    ])
    func `A body that can't be read is refused`(body: String, type: String, status: Int) async throws {
        let (answer, requests) = try await post("/start/reminder", body, type: type)
        #expect(answer?.status == status, "\(answer?.body ?? "")")
        #expect(requests.isEmpty)
    }

    @Test
    func `Only POST starts anything`() async throws {
        let (answer, requests) = try await post("/start/reminder", "", verb: "GET")
        #expect(answer?.status == 405)
        #expect(requests.isEmpty)
    }
}
