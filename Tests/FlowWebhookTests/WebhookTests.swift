import Crypto
import FlowProgram
import FlowRuntime
import Testing

@testable import FlowWebhook

private let account = "AC00000000000000000000000000000001"
private let callSid = "CA00000000000000000000000000000002"
private let messageSid = "SM00000000000000000000000000000003"
private let call = [
    ("CallSid", callSid), ("AccountSid", account), ("From", "+15555550100"), ("To", "+15555550101"),
]
private let message = [("MessageSid", messageSid), ("AccountSid", account), ("Body", "hello there")]

struct WebhookTests {
    @Test
    func `A call's first request is its entry`() throws {
        let turn = try #require(try read(post("/voice/main-menu", call)).turn)
        #expect(turn.channel == .voice)
        #expect(turn.flow == Array("main-menu".utf8))
        #expect(turn.position == nil)
        #expect(turn.run.isEmpty)
        #expect(turn.purpose == .turn)
        #expect(turn.fingerprint.count == 16)
        #expect(turn.parameters.text("From") == "+15555550100")
    }

    @Test
    func `A position is read from the path`() throws {
        let turn = try #require(try read(post("/voice/main-menu/12.3", call)).turn)
        #expect(turn.position == Position(turn: 12, wait: 3))
    }

    @Test
    func `A message is read`() throws {
        let turn = try #require(try read(post("/sms/weather", message)).turn)
        #expect(turn.channel == .sms)
        #expect(turn.parameters.text("Body") == "hello there")
    }

    @Test
    func `A GET brings its parameters in the query`() throws {
        let target = "/voice/main-menu/1.0?run=second&" + encodeForm(call + [("Digits", "1")])
        let turn = try #require(
            try read(signed(WebhookRequest(method: "GET", target: target, headers: [] as Headers, body: [])))
                .turn)
        #expect(turn.parameters.text("Digits") == "1")
        #expect(turn.run == Array("second".utf8))
    }

    @Test
    func `The query of a POST never stands for a parameter`() throws {
        let turn = try #require(try read(post("/voice/main-menu?Digits=9&run=b", call)).turn)
        #expect(turn.parameters.value("Digits") == nil)
        #expect(turn.run == Array("b".utf8))
    }

    @Test
    func `A run in a body names no session`() throws {
        let turn = try #require(try read(post("/voice/main-menu", call + [("run", "b")])).turn)
        #expect(turn.run.isEmpty)
    }

    @Test(arguments: [
        ("https://flows.example.com/voice/main-menu/3.1", "3.1", ""),
        ("https://flows.example.com/behind/a/proxy/voice/main-menu/3.1?run=b#rc=2&rp=all", "3.1", "b"),
        ("http://127.0.0.1:8080/voice/main-menu/12.0", "12.0", ""),
        ("https://flows.example.com/voice/other/3.1", nil, ""),
        ("https://flows.example.com/voice/main-menu", nil, ""),
        ("https://flows.example.com/sms/main-menu/3.1", nil, ""),
        ("https://flows.example.com/voice/main-menu/3", nil, ""),
        ("https://flows.example.com/voice/main-menu/3.1?run=NO", nil, ""),
        (
            "https://flows.example.com/voice/main-menu/CA00000000000000000000000000000002/1.0.0/3.1", nil, ""
        ),
        ("voice/main-menu/3.1", nil, ""), ("/voice/main-menu/3.1", "3.1", ""), ("", nil, ""),
        ("://", nil, ""),
    ])
    func `A fallback is for the place where the provider couldn't go on`(
        url: String, position: String?, run: String
    ) throws {
        let turn = try #require(try read(post("/fallback/main-menu", call + [("ErrorUrl", url)])).turn)
        #expect(turn.position == position.flatMap { Position($0.utf8) })
        #expect(turn.run == Array(run.utf8))
    }

    @Test(arguments: [(call, Channel.voice), (message, Channel.sms)])
    func `What a status is of tells the channel`(form: [(String, String)], channel: Channel) throws {
        let turn = try #require(try read(post("/status/main-menu", form)).turn)
        #expect(turn.purpose == .status)
        #expect(turn.channel == channel)
        let fallback = try #require(try read(post("/fallback/main-menu", form)).turn)
        #expect(fallback.purpose == .fallback)
        #expect(fallback.channel == channel)
    }

    @Test(arguments: [
        ("GET", "/health", 200), ("POST", "/health", 200), ("HEAD", "/health", 405), ("GET", "/", 404),
        ("GET", "/healthy", 404), ("GET", "/health/", 404), ("GET", "", 404), ("GET", "*", 404),
        ("POST", "/voice", 404), ("POST", "/voice/", 404), ("POST", "/voice/a/", 404),
        ("POST", "/voice/a/0.0", 404), ("POST", "/voice/a/1.00", 404), ("POST", "/voice/a/1.0/2", 404),
        ("POST", "/voice/a/1", 404), ("POST", "/sms/a/1.0", 404), ("POST", "/status/a/1.0", 404),
        ("POST", "/voice/A", 404), ("POST", "/voice/a%20b", 404), ("POST", "//voice/a", 404),
        ("POST", "http://example.com/voice/a", 404), ("HEAD", "/voice/a", 405), ("PUT", "/voice/a", 405),
        ("DELETE", "/sms/a", 405), ("OPTIONS", "/status/a", 405), ("get", "/voice/a", 405),
        ("PUT", "/nowhere", 404), ("POST", "/voice/a", 403),
    ])
    func `Routes and methods are answered`(method: String, target: String, status: Int) throws {
        let request = WebhookRequest(method: method, target: target, headers: [] as Headers, body: [])
        #expect(try read(request).answer?.status == status)
    }

    @Test
    func `A refused method says which are allowed`() throws {
        let answer = try read(
            WebhookRequest(method: "PUT", target: "/voice/a", headers: [] as Headers, body: [])
        ).answer
        #expect(answer?.header("Allow") == "GET, POST")
    }

    @Test(arguments: [
        "/voice/a?run=", "/voice/a?run=abcdefghijklmnopqrstuvwxyz-01234", "/voice/a?x=1",
        "/voice/a?run=a&run=B",
    ])
    func `A run's name is taken`(target: String) throws {
        #expect(try read(post(target, call)).turn != nil)
    }

    @Test(arguments: [
        "/voice/a?run=A", "/voice/a?run=a%20b", "/voice/a?run=a_b", "/voice/a?run=%C3%A1",
        "/voice/a?run=abcdefghijklmnopqrstuvwxyz-012345", "/voice/a?run=%", "/voice/a?%GG=1",
    ])
    func `A run that is no name is refused`(target: String) throws {
        #expect(try read(post(target, call)).answer?.status == 400)
    }

    @Test(arguments: [
        [("AccountSid", account)],
        [("CallSid", callSid)],
        [("CallSid", ""), ("AccountSid", account)],
        [("CallSid", "CA1"), ("AccountSid", account)],
        [("CallSid", callSid + "0"), ("AccountSid", account)],
        [("CallSid", "CA0000000000000000000000000000000g"), ("AccountSid", account)],
        [("CallSid", messageSid), ("AccountSid", account)],
        [("CallSid", callSid), ("AccountSid", callSid)],
        call + [("CallSid", "CA00000000000000000000000000000009")],
        call + [("CallStatus", "In Progress")],
        call + [("CallStatus", "")],
    ])
    func `A call without a good identity is refused`(form: [(String, String)]) throws {
        #expect(try read(post("/voice/a", form)).answer?.status == 400)
    }

    @Test(arguments: [
        [("AccountSid", account)], [("MessageSid", callSid), ("AccountSid", account)],
        [("MessageSid", messageSid)],
        message + [("MessageStatus", "<sent>")],
    ])
    func `A message without a good identity is refused`(form: [(String, String)]) throws {
        #expect(try read(post("/sms/a", form)).answer?.status == 400)
    }

    @Test(arguments: ["MM", "SM"])
    func `A message of either kind is taken`(prefix: String) throws {
        let form = [("MessageSid", prefix + messageSid.dropFirst(2)), ("AccountSid", account)]
        #expect(try read(post("/sms/a", form)).turn != nil)
    }

    @Test
    func `A status that is new to us is taken`() throws {
        #expect(try read(post("/status/a", call + [("CallStatus", "half-asleep")])).turn != nil)
    }

    @Test
    func `An unsigned request gets nothing else than its refusal`() throws {
        let conversation = RecordedConversation()
        let webhook = Webhook(conversation: conversation, configuration: try configuration())
        var request = post("/voice/a?run=A", [("CallSid", "nonsense")])
        request = WebhookRequest(
            method: "POST", target: "/voice/a?run=A", headers: [formType], body: request.body)
        #expect(webhook.answerNow(request)?.status == 403)
        #expect(conversation.count == 0)
    }

    @Test
    func `Another parameter than the signed one is refused`() throws {
        var request = post("/voice/a/1.0", call + [("Digits", "1")])
        request.body = Array(encodeForm(call + [("Digits", "2")]).utf8)
        #expect(try read(request).answer?.status == 403)
    }

    @Test
    func `Insecure takes what is unsigned`() throws {
        let request = WebhookRequest(
            method: "POST", target: "/voice/a", headers: [formType], body: Array(encodeForm(call).utf8))
        let webhook = Webhook(
            conversation: RecordedConversation(), configuration: try Webhook.Configuration(isInsecure: true))
        #expect(webhook.isInsecure)
        #expect(webhook.read(request).turn != nil)
    }

    @Test(arguments: [
        "text/plain", "application/x-www-form-urlencoded2", "multipart/form-data", "", "application/json",
    ])
    func `A body that is no form is refused`(type: String) throws {
        let request = WebhookRequest(
            method: "POST", target: "/voice/a", headers: [("Content-Type", type)] as Headers,
            body: Array(encodeForm(call).utf8))
        let insecure = Webhook(
            conversation: RecordedConversation(), configuration: try Webhook.Configuration(isInsecure: true))
        #expect(insecure.read(request).answer?.status == 415)
        #expect(try read(request).answer?.status == 403)
    }

    @Test
    func `A body may be as large as the bound, and no larger`() throws {
        let start = Array((encodeForm(call) + "&x=").utf8)
        let fits = start + Array(repeating: UInt8(ascii: "x"), count: 256 * 1024 - start.count)
        #expect(try read(post("/voice/a", body: fits)).turn != nil)
        #expect(try read(post("/voice/a", body: fits + [0x78])).answer?.status == 413)
    }

    @Test
    func `A broken form is refused`() throws {
        #expect(try read(post("/voice/a", body: Array("CallSid=%".utf8))).answer?.status == 400)
    }

    @Test(arguments: ["X-Twilio-Signature", "Content-Type", "Host", "x-twilio-webhooks-signature-settings"])
    func `A header that decides must come once`(name: String) throws {
        var request = post("/voice/a", call)
        request.take(name: name, value: "x")
        request.take(name: name, value: "x")
        #expect(try read(request).answer?.status == 400)
    }

    @Test
    func `A repeat has the same fingerprint in whatever order it comes`() throws {
        let webhook = try webhook()
        let one = try #require(webhook.read(post("/voice/a/1.0", call)).turn)
        let other = try #require(webhook.read(post("/voice/a/1.0", Array(call.reversed()))).turn)
        #expect(one.fingerprint == other.fingerprint)
    }

    @Test
    func `Requests that differ have other fingerprints`() throws {
        let webhook = try webhook()
        let requests = [
            post("/voice/a/1.0", call), post("/voice/a/1.1", call), post("/voice/a", call),
            post("/voice/a?run=b", call), post("/voice/a/1.0", call + [("Digits", "12"), ("X", "")]),
            post("/voice/a/1.0", call + [("Digits", "1"), ("2X", "")]),
            post("/voice/a/1.0", call + [("Digits", ""), ("12X", "")]),
        ]
        let prints = try requests.map { try #require(webhook.read($0).turn).fingerprint }
        #expect(Set(prints).count == requests.count)
    }

    @Test
    func `Processes with one key make one fingerprint`() throws {
        let request = post("/voice/a", call)
        let one = try #require(webhook(fingerprintKey: [1, 2, 3]).read(request).turn)
        let same = try #require(webhook(fingerprintKey: [1, 2, 3]).read(request).turn)
        let other = try #require(webhook(fingerprintKey: [1, 2, 4]).read(request).turn)
        #expect(one.fingerprint == same.fingerprint)
        #expect(one.fingerprint != other.fingerprint)
    }

    @Test(
        arguments: [
            (Conversation.Answer.document(Array("<Response/>".utf8)), 200, "text/xml; charset=utf-8", "11"),
            (.noContent, 204, nil, nil),
            (.unknownFlow, 404, "text/plain; charset=utf-8", "12"),
            (.badRequest("From is missing"), 400, "text/plain; charset=utf-8", "15"),
            (.busy, 503, "text/plain; charset=utf-8", "4"),
        ] as [(Conversation.Answer, Int, String?, String?)])
    func `What comes of a turn is answered`(
        answer: Conversation.Answer, status: Int, type: String?, length: String?
    ) async throws {
        let webhook = Webhook(
            conversation: RecordedConversation(answer: answer), configuration: try configuration())
        let answered = await webhook.answer(post("/voice/a", call))
        #expect(answered.status == status)
        #expect(answered.header("Content-Type") == type)
        #expect(answered.header("Content-Length") == length)
        #expect((answered.header("Retry-After") != nil) == (status == 503))
    }

    @Test
    func `A turn that must wait isn't answered now`() async throws {
        let webhook = Webhook(
            conversation: RecordedConversation(mustWait: true), configuration: try configuration())
        #expect(webhook.answerNow(post("/voice/a", call)) == nil)
        #expect(await webhook.answer(post("/voice/a", call)).status == 200)
    }
}

private let formType = (name: "Content-Type", value: "application/x-www-form-urlencoded")

private func configuration(fingerprintKey: [UInt8]? = nil) throws -> Webhook.Configuration {
    try Webhook.Configuration(
        tokens: ["12345"], publicURL: "https://flows.example.com", fingerprintKey: fingerprintKey)
}

private func webhook(fingerprintKey: [UInt8]? = nil) throws -> Webhook {
    Webhook(
        conversation: RecordedConversation(), configuration: try configuration(fingerprintKey: fingerprintKey)
    )
}

private func read(_ request: WebhookRequest) throws -> Webhook.Reading {
    try webhook().read(request)
}

private func post(_ target: String, _ form: [(String, String)]) -> WebhookRequest {
    post(target, body: Array(encodeForm(form).utf8))
}

private func post(_ target: String, body: [UInt8]) -> WebhookRequest {
    signed(WebhookRequest(method: "POST", target: target, headers: [formType], body: body))
}

/// Signs as the provider does; `SignatureTests` has its own numbers for that.
private func signed(_ request: WebhookRequest) -> WebhookRequest {
    var text = Array("https://flows.example.com".utf8) + request.target
    if request.method == "POST", let form = try? FormBytes(decoding: request.body[...]) {
        text += CanonicalParameters(form).bytes
    }
    let code = HMAC<Insecure.SHA1>
        .authenticationCode(for: text, using: SymmetricKey(data: Array("12345".utf8)))
    var request = request
    request.take(name: "X-Twilio-Signature", value: String(decoding: base64(Array(code)), as: UTF8.self))
    return request
}

extension Webhook.Reading {
    fileprivate var turn: Conversation.Request? {
        if case .turn(let turn) = self { turn } else { nil }
    }

    fileprivate var answer: WebhookAnswer? {
        if case .answered(let answer) = self { answer } else { nil }
    }
}

extension WebhookAnswer {
    fileprivate func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
