import FlowProgram
import FlowProperties
import FlowWebhook
import Testing

/// Parameters that no provider sends: a wrong answer, the flow's way for what went wrong, or a 4xx; never another document.
@Suite("Hostile parameters")
struct HostileParameterTests {
    static let long = String(repeating: "7", count: 10_000)

    /// Forms that are a wrong answer to `digits(4)`, besides those that are silence.
    static let wrongAnswers = [
        "Digits=\(long)", "Digits=12", "Digits=-123", "Digits=%D9%A1%D9%A2%D9%A3%D9%A4", "Digits=12%0034",
        "Digits=%FF%FE",
        "Digits=A123", "Digits=+123", "Digits=1e99", "Digits=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94",
        "SpeechResult=%3C%2FSay%3E%3CHangup%2F%3E", "SpeechResult=%FF%FE%80",
        "SpeechResult=" + String(repeating: "%E2%98%83", count: 20_000),
        "SpeechResult=%00", "SpeechResult=%26amp%3B&Confidence=NaN",
        "SpeechResult=one+two&Confidence=Infinity",
        "SpeechResult=no&Confidence=-1", "SpeechResult=no&Confidence=1e400",
        "SpeechResult=no&Confidence=" + long,
        "Digits=12&Digits=1234", "SpeechResult=twelve+thousand+thousand",
    ]

    @Test("A wrong answer is no match", arguments: wrongAnswers)
    func noMatch(_ form: String) async throws {
        let line = try CompiledFlow(Self.digits)
        let first = try XMLElement.read(await line.answer("Direction=inbound").body)
        try #require(first.children.first?.name == "Gather")
        let answer = await line.answer(form, at: "1.0")
        #expect(answer.status == 200)
        #expect(DocumentRules.problem(in: answer.body, of: .voice) == nil)
        let root = try XMLElement.read(answer.body)
        #expect(root.children.prefix(2).map(\.name) == ["Say", "Gather"])
        #expect(root.children.first?.text == "Four digits.")
    }

    @Test(
        "An empty answer is silence",
        arguments: ["Digits=", "SpeechResult=", "Digits&SpeechResult", "Confidence=1", ""])
    func silence(_ form: String) async throws {
        let line = try CompiledFlow(Self.digits)
        _ = await line.answer("Direction=inbound")
        let root = try XMLElement.read(await line.answer(form, at: "1.0").body)
        #expect(root.children.first?.text == "Nothing heard.")
    }

    /// language.md: what comes in is a text, and no more.
    @Test(
        "What is said stays a text",
        arguments: [
            "</Say><Hangup/>", "<![CDATA[", "<!--", "&#0;", "\u{0}\u{FFFE}", "]]>",
            "\"'><Dial>+15555550199</Dial>", "${config.x}",
        ])
    func said(_ words: String) async throws {
        let line = try CompiledFlow(
            """
            flow: names
            channel: voice
            languages: en-US
            steps:
              - ask: Who are you?
                as: text(100)
                into: name
                otherwise: hangup
              - say: "Hello ${name}!"
              - hangup
            """)
        _ = await line.answer("Direction=inbound")
        let answer = await line.answer(encodeForm([("SpeechResult", words)]), at: "1.0")
        #expect(DocumentRules.problem(in: answer.body, of: .voice) == nil)
        #expect(try XMLElement.read(answer.body).children.map(\.name) == ["Say", "Hangup"])
    }

    @Test(
        "What speech recognition thinks of itself is a number from 0 to 1, or nothing",
        arguments: [
            ("0.5", "0.5"), ("1", "1"), ("NaN", "none"), ("-0.5", "none"), ("1e3", "none"), ("0x1", "none"),
            ("", "none"),
            ("1.0.0", "none"), (String(repeating: "9", count: 400), "none"), ("%FF", "none"),
        ])
    func confidence(_ row: (sent: String, said: String)) async throws {
        let line = try CompiledFlow(
            """
            flow: raw
            channel: voice
            languages: en-US
            steps:
              - gather: Say something.
                input: [speech]
                into: heard
                otherwise: hangup
              - if: heard.confidence == none
                then:
                  - say: none
                  - hangup
              - say: "${heard.confidence ?? 0}"
              - hangup
            """)
        _ = await line.answer("Direction=inbound")
        let answer = await line.answer("SpeechResult=hi&Confidence=\(row.sent)", at: "1.0")
        #expect(try XMLElement.read(answer.body).children.first?.text == row.said)
    }

    static let recordings = [
        "RecordingUrl=https%3A%2F%2Fexample.com%2Fa&RecordingDuration=-5",
        "RecordingUrl=https%3A%2F%2Fexample.com%2Fa&RecordingDuration=99999999999999999999",
        "RecordingUrl=https%3A%2F%2Fexample.com%2Fa&RecordingDuration=NaN",
        "RecordingUrl=https%3A%2F%2Fexample.com%2Fa&RecordingDuration=1.5",
        "RecordingUrl=https%3A%2F%2Fexample.com%2Fa&RecordingDuration=0",
        "RecordingUrl=https%3A%2F%2Fexample.com%2Fa", "RecordingUrl=&RecordingDuration=5",
        "RecordingDuration=5",
    ]

    @Test("A recording without a length or a URL is none", arguments: recordings)
    func recording(_ form: String) async throws {
        let line = try CompiledFlow(
            """
            flow: voicemail
            channel: voice
            languages: en-US
            steps:
              - record: Speak.
                into: message_left
                otherwise:
                  - say: Nothing.
                  - hangup
              - say: "${message_left.seconds} seconds"
              - hangup
            """)
        _ = await line.answer("Direction=inbound")
        let answer = await line.answer(form, at: "1.0")
        #expect(answer.status == 200)
        #expect(try XMLElement.read(answer.body).children.first?.text == "Nothing.")
    }

    @Test(
        "An outcome that nobody knows is a failure",
        arguments: [
            "DialCallStatus=", "DialCallStatus=%3Cx%3E", "DialCallStatus=COMPLETED", "",
            "DialCallStatus=" + long,
            "DialCallStatus=%FF&DialCallDuration=-1",
        ])
    func outcome(_ form: String) async throws {
        let line = try CompiledFlow(
            """
            flow: desk
            channel: voice
            languages: en-US
            steps:
              - dial: "+15555550111"
                answered: hangup
                failed:
                  - say: Failed.
                  - hangup
                otherwise: hangup
            """)
        _ = await line.answer("Direction=inbound")
        let answer = await line.answer(form, at: "1.0")
        #expect(try XMLElement.read(answer.body).children.first?.text == "Failed.")
    }

    @Test(
        "As many media as there are, at most ten, and only web addresses",
        arguments: [
            ("NumMedia=1000000000", 1), ("NumMedia=-1", 0), ("NumMedia=NaN", 0), ("NumMedia=0", 0), ("", 0),
            ("NumMedia=99999999999999999999", 0), ("NumMedia=2&MediaUrl1=javascript%3Aalert(1)", 1),
            ("NumMedia=2&MediaUrl1=%3CHangup%2F%3E", 1),
        ])
    func media(_ row: (form: String, count: Int)) async throws {
        let line = try CompiledFlow(
            """
            flow: pictures
            channel: sms
            steps:
              - say: "${count(message.media)}"
              - end
            """)
        let answer = await line.answer("Body=hi&MediaUrl0=https%3A%2F%2Fexample.com%2Fa.jpg&\(row.form)")
        #expect(answer.status == 200)
        #expect(try XMLElement.read(answer.body).text == "\(row.count)")
    }

    @Test(
        "A text of any bytes is a text",
        arguments: [
            "Body=%FF%FE%FD", "Body=" + String(repeating: "x", count: 100_000),
            "Body=%3C%2FMessage%3E%3CRedirect%3Ex%3C%2FRedirect%3E",
            "Body=%00%01%02", "Body", "Body=&Body=hello", "NumSegments=-1&SmsStatus=%3C%3E",
        ])
    func body(_ form: String) async throws {
        let line = try CompiledFlow(
            """
            flow: echo
            channel: sms
            steps:
              - say: "You wrote: ${message.body}"
              - end
            """)
        let answer = await line.answer(form)
        #expect(answer.status == 200)
        #expect(DocumentRules.problem(in: answer.body, of: .sms) == nil)
        #expect(try XMLElement.read(answer.body).children.map(\.name) == ["Message"])
    }

    @Test(
        "What isn't a form is refused",
        arguments: [
            "Digits=%ZZ", "Digits=%4", "Digits=%", "%G0=1", String(repeating: "a=1&", count: 1_001),
        ])
    func refused(_ form: String) async throws {
        let line = try CompiledFlow(Self.digits)
        _ = await line.answer("Direction=inbound")
        #expect(await line.answer(form, at: "1.0").status == 400)
        // Nothing has moved.
        let root = try XMLElement.read(await line.answer("Digits=1234", at: "1.0").body)
        #expect(root.children.first?.text == "Thanks.")
    }

    private static let digits = """
        flow: pin
        channel: voice
        languages: en-US
        steps:
          - ask: Your PIN?
            as: digits(4)
            into: pin
            no_input: Nothing heard.
            no_match: Four digits.
            otherwise: hangup
          - say: Thanks.
          - hangup
        """
}
