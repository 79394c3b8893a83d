import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import Testing

/// What each verb makes of itself in the document of a call or a text.
@Suite("Documents of verbs")
struct VerbDocumentTests {
    private static let action =
        #"action="https://example.com/voice/shown/1.0#rc=2&amp;rp=all&amp;rt=5000""#
    /// Behind what may come to nothing.
    private static let silence =
        "<Redirect>https://example.com/voice/shown/1.1#rc=2&amp;rp=all&amp;rt=5000</Redirect>"

    /// A step, and what it says in a call.
    private static let voice: [(step: String, document: String)] = [
        ("say: [Hello, {emphasis: you}]", "<Say>Hello <emphasis level=\"strong\">you</emphasis></Say>"),
        ("play: https://example.com/a.mp3?b=1&c=2", "<Play>https://example.com/a.mp3?b=1&amp;c=2</Play>"),
        ("play:\n  digits: ww1", "<Play digits=\"ww1\"/>"), ("pause: 2s", "<Pause length=\"2\"/>"),
        (
            "menu: Press 1.\n  choices: {1: next}\n  attempts: 1\n  sensitive: true\n  otherwise: next",
            "<Gather \(action) input=\"dtmf\" finishOnKey=\"\" numDigits=\"1\"><Say>Press 1.</Say></Gather>"
        ),
        (
            "ask: Your PIN?\n  as: digits(4)\n  into: pin\n  attempts: 1\n  sensitive: true\n  otherwise: next",
            "<Gather \(action) input=\"dtmf speech\" speechTimeout=\"auto\" numDigits=\"4\" language=\"en-US\"><Say>Your PIN?</Say></Gather>"
        ),
        (
            "gather: Speak.\n  input: [speech]\n  partial_results: https://example.com/p\n  partial_results_method: GET\n  into: raw\n  otherwise: next",
            "<Gather \(action) input=\"speech\" speechTimeout=\"auto\" language=\"en-US\" partialResultCallback=\"https://example.com/p\" partialResultCallbackMethod=\"GET\"><Say>Speak.</Say></Gather>"
        ),
        (
            "record: Speak.\n  max: 2m\n  finish_on: \"#\"\n  otherwise: next",
            "<Say>Speak.</Say><Record \(action) finishOnKey=\"#\" maxLength=\"120\"/>\(silence)"
        ),
        ("dial: \"+15555550111\"\n  otherwise: next", "<Dial \(action)>+15555550111</Dial>"),
        (
            "dial: [{client: ann, parameters: {order: \"1<2\"}}, {client: bob}]\n  in_turn: true\n  refer_url: https://example.com/r\n  otherwise: next",
            "<Dial \(action) sequential=\"true\" referUrl=\"https://example.com/r\"><Client><Identity>ann</Identity><Parameter name=\"order\" value=\"1&lt;2\"/></Client><Client>bob</Client></Dial>"
        ),
        (
            "dial: {sip: \"sip:a@example.com\", username: acme, password: \"${config.token}\"}\n  otherwise: next",
            "<Dial \(action)><Sip username=\"acme\" password=\"s3cret\">sip:a@example.com</Sip></Dial>"
        ),
        (
            "dial: {sip: \"sip:a@example.com\", headers: {X-Order: \"12\"}}\n  otherwise: next",
            "<Dial \(action)><Sip><Uri>sip:a@example.com</Uri><Headers><Header name=\"X-Order\" value=\"12\"/></Headers></Sip></Dial>"
        ),
        (
            "dial: {sip: \"sip:a@example.com\", priority: 1, uris: [{uri: \"sips:b@example.com\", priority: 2, weight: 5, username: acme, password: \"${config.token}\"}]}\n  otherwise: next",
            "<Dial \(action)><Sip><Uri priority=\"1\">sip:a@example.com</Uri><Uri priority=\"2\" weight=\"5\" username=\"acme\" password=\"s3cret\">sips:b@example.com</Uri></Sip></Dial>"
        ),
        ("enqueue: support\n  otherwise: next", "<Enqueue \(action)>support</Enqueue>"),
        (
            "enqueue: {queue: support, max_queue_size: 20}\n  otherwise: next",
            "<Enqueue \(action) maxQueueSize=\"20\">support</Enqueue>"
        ),
        (
            "enqueue: {workflow: WW0123456789abcdef0123456789abcdef, task: {a: \"<${person}>\"}, priority: 3}\n  otherwise: next",
            "<Enqueue \(action) workflowSid=\"WW0123456789abcdef0123456789abcdef\"><Task priority=\"3\">{\"a\":\"&lt;+15555550123&gt;\"}</Task></Enqueue>"
        ),
        (
            "connect: {conversation_relay: \"wss://example.com/r\", language: \"${language}\", languages: [{code: es-MX, voice: Mia}]}",
            "<Connect \(action)><ConversationRelay url=\"wss://example.com/r\" language=\"en-US\"><Language code=\"es-MX\" voice=\"Mia\"/></ConversationRelay></Connect>"
        ),
        (
            "start: {transcription: words, status_callback: \"https://example.com/s\", status_callback_method: GET}",
            "<Start><Transcription name=\"words\" statusCallbackUrl=\"https://example.com/s\" statusCallbackMethod=\"GET\"/></Start>"
        ),
        ("stop: {stream: media}", "<Stop><Stream name=\"media\"/></Stop>"),
        (
            "pay:\n  charge: 12.5\n  prompts: [{for: security-code, say: [Your code, {pause: 1s}], card_type: [visa, amex], attempt: [1, 2]}]\n  otherwise: next",
            "<Pay \(action) chargeAmount=\"12.5\"><Prompt for=\"security-code\" cardType=\"visa amex\" attempt=\"1 2\"><Say>Your code</Say><Pause length=\"1\"/></Prompt></Pay>\(silence)"
        ),
        (
            "refer: sip:desk@example.com\n  referred: next\n  otherwise: next",
            "<Refer \(action)><Sip>sip:desk@example.com</Sip></Refer>"
        ),
        ("reject: busy", "<Reject reason=\"busy\"/>"),
        (
            "redirect: https://example.com/a?b=c&d=e\n  method: GET",
            "<Redirect method=\"GET\">https://example.com/a?b=c&amp;d=e</Redirect>"
        ),
        ("hangup", "<Hangup/>"), ("end", "<Hangup/>"),
    ]

    private static let sms: [(step: String, document: String)] = [
        ("say: [Hello, {spell: ab}]", "<Message>Hello ab</Message>"),
        (
            "say: Look.\n  media: https://example.com/a.png?b=1&c=2",
            "<Message><Body>Look.</Body><Media>https://example.com/a.png?b=1&amp;c=2</Media></Message>"
        ),
        (
            "menu: Yes or no?\n  choices: {\"1, yes\": next}\n  otherwise: next",
            "<Message>Yes or no?</Message>"
        ),
        ("ask: How many?\n  as: integer\n  into: count\n  otherwise: next", "<Message>How many?</Message>"),
        ("redirect: https://example.com/sms", "<Redirect method=\"POST\">https://example.com/sms</Redirect>"),
        ("end", ""),
    ]

    /// Those that say nothing themselves, and those that are heard beside a call (SideTests).
    private static let silent: Set<Verb> = [
        .goto, .if, .switch, .run, .return, .set, .fetch, .log, .send, .leave, .accept, .decline,
    ]

    @Test("A call's document is this one", arguments: voice)
    func call(_ row: (step: String, document: String)) async throws {
        let document = try await Self.document(of: row.step, .voice)
        #expect(document == row.document)
    }

    @Test("A text's document is this one", arguments: sms)
    func text(_ row: (step: String, document: String)) async throws {
        let document = try await Self.document(of: row.step, .sms)
        #expect(document == row.document)
    }

    @Test("No verb is left out")
    func everyVerb() {
        for (channel, rows) in [(FlowChannel.voice, Self.voice), (.sms, Self.sms)] {
            let shown = Set(rows.map { String($0.step.prefix { $0 != ":" }) })
            for row in VerbTable.rows where row.channels.contains(channel) && !Self.silent.contains(row.verb)
            {
                #expect(shown.contains(row.verb.rawValue), "\(row.verb.rawValue) in \(channel.rawValue)")
            }
        }
    }

    /// Of a conversation that begins with the step: without what stands around all documents, and what follows the verb.
    private static func document(of step: String, _ channel: FlowProgram.Channel) async throws -> String {
        let ends = ["hangup", "end", "reject", "redirect"].contains { step.hasPrefix($0) }
        let text = """
            flow: shown
            channel: \(channel.rawValue)
            config: {token: {type: secret, default: s3cret}}
            steps:
              - \(step.replacing("\n", with: "\n  "))
            \(ends ? "" : "  - end")
            """
        let compilation = compile(
            [SourceFile(id: 0, name: "shown.yaml", text: text + "\n")],
            options: CompilerOptions(knowsTimezone: { _ in true }))
        try #require(!compilation.hasErrors, "\(compilation.diagnostics.map(\.headline))\n\(text)")
        let conversation = Conversation(
            deployment: try Deployment(compilation.programs, environment: [:]), store: MemoryStore(),
            fetcher: NoAnswers(), baseURL: "https://example.com")
        let answer = await conversation.answer(
            Conversation.Request(
                channel: channel, flow: Array("shown".utf8),
                parameters: Parameters([
                    (channel == .voice ? "CallSid" : "MessageSid", "SM1"), ("From", "+15555550123"),
                    ("To", "+15555550100"), ("Body", "Hello"),
                ]), fingerprint: []))
        guard case .document(let bytes) = answer else { return "\(answer)" }
        var document = String(decoding: bytes, as: UTF8.self)
        for part in [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<Response>", "</Response>", "<Response/>"] {
            document = document.replacing(part, with: "")
        }
        let goesOn = document.hasSuffix("<Hangup/>") && !ends && document != "<Hangup/>"
        return goesOn ? String(document.dropLast("<Hangup/>".count)) : document
    }
}

private struct NoAnswers: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}
