import Testing
import TwiML

struct Written: CustomTestStringConvertible {
    let xml: String
    let verb: VoiceVerb

    init(_ xml: String, _ verb: VoiceVerb) {
        self.xml = xml
        self.verb = verb
    }

    var testDescription: String { xml }
}

@Suite struct `Voice verbs` {
    @Test(arguments: [
        Written("<Say>Hello.</Say>", .say(Say("Hello."))),
        Written(
            #"<Say voice="Polly.Mia-Neural" language="es-MX" loop="2">Hola.</Say>"#,
            .say(Say("Hola.", voice: "Polly.Mia-Neural", language: "es-MX", loop: 2))),
        Written(
            #"<Say>Wait<break time="1500ms"/><emphasis level="strong">now</emphasis></Say>"#,
            .say(Say([.text("Wait"), .silence(milliseconds: 1_500), .emphasis(.strong, [.text("now")])]))),
        Written(
            #"<Say><lang xml:lang="es-MX">Hola</lang> <say-as interpret-as="digits">123</say-as></Say>"#,
            .say(Say([.language("es-MX", [.text("Hola")]), .text(" "), .sayAs(.digits, "123")]))),
        Written(
            "<Play>https://example.com/a.mp3?x=1&amp;y=2</Play>",
            .play(Play(url: "https://example.com/a.mp3?x=1&y=2"))),
        Written(#"<Play loop="3" digits="1w2"/>"#, .play(Play(digits: "1w2", loop: 3))),
        Written("<Pause/>", .pause(Pause())),
        Written(#"<Pause length="3"/>"#, .pause(Pause(length: 3))),
        Written(
            #"<Gather action="/voice/menu/1.0#rc=2&amp;rp=all" input="dtmf" numDigits="1"><Say>Press 1.</Say></Gather>"#,
            .gather(
                Gather(
                    action: "/voice/menu/1.0#rc=2&rp=all", input: .dtmf, numDigits: 1,
                    prompt: [.say(Say("Press 1."))]))),
        Written(
            #"<Gather action="/a" method="GET" input="dtmf speech" timeout="7" speechTimeout="auto" "#
                + #"finishOnKey="" numDigits="6" actionOnEmptyResult="true" language="en-US" "#
                + #"hints="sales,tech support" profanityFilter="false"/>"#,
            .gather(
                Gather(
                    action: "/a", method: .get, input: .dtmfAndSpeech, timeout: 7, speechTimeout: .auto,
                    finishOnKey: "", numDigits: 6, actionOnEmptyResult: true, language: "en-US",
                    hints: ["sales", "tech support"], profanityFilter: false))),
        Written(
            #"<Gather input="speech" speechTimeout="3" speechModel="phone_call"><Play>/a.wav</Play><Pause length="2"/></Gather>"#,
            .gather(
                Gather(
                    input: .speech, speechTimeout: .seconds(3), speechModel: "phone_call",
                    prompt: [.play(Play(url: "/a.wav")), .pause(Pause(length: 2))]))),
        Written("<Record/>", .record(Record())),
        Written(
            ##"<Record action="/r" method="POST" timeout="4" finishOnKey="#*" maxLength="120" playBeep="false" "##
                + #"transcribe="true" transcribeCallback="/t" recordingStatusCallback="/s"/>"#,
            .record(
                Record(
                    action: "/r", method: .post, timeout: 4, finishOnKey: "#*", maxLength: 120,
                    playBeep: false, transcribe: true, transcribeCallback: "/t",
                    recordingStatusCallback: "/s"))),
        Written("<Dial>+15555550111</Dial>", .dial(Dial(.number("+15555550111")))),
        Written(
            #"<Dial action="/d" timeout="20" callerId="+15555550100" timeLimit="600" sequential="true">"#
                + #"<Number sendDigits="ww1">+15555550111</Number><Client>ann</Client>"#
                + "<Sip>sip:bob@example.com</Sip></Dial>",
            .dial(
                Dial(
                    .nouns([
                        .number(Dial.Number("+15555550111", sendDigits: "ww1")), .client("ann"),
                        .sip("sip:bob@example.com"),
                    ]), action: "/d", timeout: 20, callerId: "+15555550100", timeLimit: 600,
                    sequential: true))),
        Written("<Dial><Queue>support</Queue></Dial>", .dial(Dial(.nouns([.queue("support")])))),
        Written(
            "<Dial><Conference>A &amp; B</Conference></Dial>", .dial(Dial(.nouns([.conference("A & B")])))),
        Written(
            #"<Enqueue action="/q">support</Enqueue>"#, .enqueue(Enqueue(.queue("support"), action: "/q"))),
        Written(
            #"<Enqueue workflowSid="WW0123456789abcdef0123456789abcdef"><Task priority="5" timeout="60">{"order":"12"}</Task></Enqueue>"#,
            .enqueue(
                Enqueue(
                    .workflow(
                        sid: "WW0123456789abcdef0123456789abcdef",
                        Enqueue.Task(#"{"order":"12"}"#, priority: 5, timeout: 60))))),
        Written(#"<Enqueue workflowSid="WW1"/>"#, .enqueue(Enqueue(.workflow(sid: "WW1", nil)))),
        Written("<Hangup/>", .hangup),
        Written("<Reject/>", .reject(Reject())),
        Written(#"<Reject reason="busy"/>"#, .reject(Reject(reason: .busy))),
        Written(
            #"<Redirect method="POST">/voice/menu/1.1#rp=all</Redirect>"#,
            .redirect(Redirect("/voice/menu/1.1#rp=all", method: .post))),
    ])
    func `are written exactly`(_ row: Written) {
        #expect(row.verb.written == [.xml(row.xml)])
    }

    @Test func `give runs between their placeholders`() {
        let verb = VoiceVerb.gather(
            Gather(
                action: .placeholder(0), input: .dtmf,
                prompt: [.say(Say("Hello " + .placeholder(1) + .placeholder(2) + "!"))]))
        #expect(
            verb.written == [
                .xml(#"<Gather action=""#), .placeholder(0, inAttribute: true),
                .xml(#"" input="dtmf"><Say>Hello "#), .placeholder(1, inAttribute: false),
                .placeholder(2, inAttribute: false), .xml("!</Say></Gather>"),
            ])
    }

    @Test func `write no empty runs and no two side by side`() {
        let verb = VoiceVerb.say(Say([.text("a"), .text(""), .text("b"), .text(.placeholder(7)), .text("")]))
        #expect(verb.written == [.xml("<Say>ab"), .placeholder(7, inAttribute: false), .xml("</Say>")])
    }
}

@Suite struct `Messaging verbs` {
    @Test(arguments: [
        (Message("Hi & bye"), "<Message>Hi &amp; bye</Message>"),
        (
            Message("See", media: ["https://example.com/a.png", "/b.png"]),
            "<Message><Body>See</Body><Media>https://example.com/a.png</Media><Media>/b.png</Media></Message>"
        ),
        (Message(media: ["/b.png"]), "<Message><Media>/b.png</Media></Message>"),
    ])
    func `write messages exactly`(_ message: Message, _ xml: String) {
        #expect(MessagingVerb.message(message).written == [.xml(xml)])
    }

    @Test func `write a redirect`() {
        #expect(MessagingVerb.redirect(Redirect("/x")).written == [.xml("<Redirect>/x</Redirect>")])
    }
}

@Suite struct `A document` {
    @Test func `has a declaration and one root`() {
        let bytes = Document.voice([.say(Say("Hi")), .hangup]).bytes
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"<?xml version="1.0" encoding="UTF-8"?><Response><Say>Hi</Say><Hangup/></Response>"#)
    }

    @Test(arguments: [Document.voice([]), .messaging([])])
    func `without verbs is the empty root`(_ document: Document) {
        #expect(document.bytes == Document.empty)
        #expect(
            String(decoding: document.bytes, as: UTF8.self)
                == #"<?xml version="1.0" encoding="UTF-8"?><Response/>"#)
    }

    @Test func `takes values for its placeholders and escapes them by their place`() {
        let document = Document.voice([.dial(Dial(.number(.placeholder(1)), callerId: .placeholder(0)))])
        let bytes = document.bytes { $0 == 0 ? "\"&" : "\"<" }
        #expect(
            String(decoding: bytes, as: UTF8.self).contains(
                #"<Dial callerId="&quot;&amp;">"&lt;</Dial>"#))
    }

    @Test func `of letters composed otherwise is another document`() {
        let composed = Document.voice([.say(Say("caf\u{E9}"))])
        let decomposed = Document.voice([.say(Say("cafe\u{301}"))])
        #expect(composed != decomposed)
    }
}
