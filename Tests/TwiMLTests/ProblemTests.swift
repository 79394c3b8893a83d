import Testing
import TwiML

struct Faulty: CustomTestStringConvertible {
    let code: ErrorCode
    let place: String
    let verb: VoiceVerb

    init(_ code: ErrorCode, _ place: String, _ verb: VoiceVerb) {
        self.code = code
        self.place = place
        self.verb = verb
    }

    var testDescription: String { "\(code.rawValue) at \(place)" }
}

@Suite struct Problems {
    @Test(arguments: [
        Faulty(.sayText, "Say", .say(Say(" \n"))),
        Faulty(.sayText, "Say", .say(Say([.silence(milliseconds: 10)]))),
        Faulty(.sayLoop, "Say.loop", .say(Say("a", loop: 1_001))),
        Faulty(.sayVoice, "Say.voice", .say(Say("a", voice: "Polly.Nobody"))),
        Faulty(.sayTooLong, "Say", .say(Say(Text(String(repeating: "a", count: 4_097))))),
        Faulty(
            .sayTooLong, "Say", .say(Say(Text(String(repeating: "a", count: 3_001)), voice: "Polly.Joanna"))),
        Faulty(.sayTooLong, "Say", .say(Say(Text(String(repeating: "é", count: 751))))),
        Faulty(.playLoop, "Play.loop", .play(Play(url: "/a", loop: -1))),
        Faulty(.playDigits, "Play.digits", .play(Play(digits: "12x"))),
        Faulty(.playDigits, "Play.digits", .play(Play(digits: ""))),
        Faulty(.schema, "Play", .play(Play(url: ""))),
        Faulty(.pauseLength, "Pause.length", .pause(Pause(length: 0))),
        Faulty(.gatherTimeout, "Gather.timeout", .gather(Gather(timeout: 0))),
        Faulty(.gatherNumDigits, "Gather.numDigits", .gather(Gather(numDigits: 0))),
        Faulty(.gatherFinishOnKey, "Gather.finishOnKey", .gather(Gather(finishOnKey: "12"))),
        Faulty(.gatherFinishOnKey, "Gather.finishOnKey", .gather(Gather(finishOnKey: "a"))),
        Faulty(.gatherSpeechTimeout, "Gather.speechTimeout", .gather(Gather(speechTimeout: .seconds(0)))),
        Faulty(
            .gatherAutoWithModel, "Gather.speechTimeout",
            .gather(Gather(speechTimeout: .auto, speechModel: "default"))),
        Faulty(.gatherAutoWithModel, "Gather.speechTimeout", .gather(Gather(speechModel: "default"))),
        Faulty(
            .gatherModel, "Gather.speechModel",
            .gather(Gather(speechTimeout: .seconds(2), speechModel: "phone_calls"))),
        Faulty(
            .gatherModel, "Gather.speechModel",
            .gather(Gather(speechTimeout: .seconds(2), language: "de-DE", speechModel: "phone_call"))),
        Faulty(
            .gatherProfanityFilter, "Gather.profanityFilter",
            .gather(
                Gather(speechTimeout: .seconds(2), speechModel: "numbers_and_commands", profanityFilter: true)
            )),
        Faulty(.gatherLanguage, "Gather.language", .gather(Gather(language: "en"))),
        Faulty(.gatherHints, "Gather.hints", .gather(Gather(hints: ["a,b"]))),
        Faulty(
            .gatherHints, "Gather.hints", .gather(Gather(hints: [Text(String(repeating: "a", count: 101))]))),
        Faulty(.gatherHints, "Gather.hints", .gather(Gather(hints: Array(repeating: "a", count: 501)))),
        Faulty(.gatherNested, "Gather", .gather(Gather(prompt: [.play(Play(digits: "1"))]))),
        Faulty(.pauseLength, "Pause.length", .gather(Gather(prompt: [.pause(Pause(length: 0))]))),
        Faulty(.recordTimeout, "Record.timeout", .record(Record(timeout: -1))),
        Faulty(.recordMaxLength, "Record.maxLength", .record(Record(maxLength: 1))),
        Faulty(.recordMaxLength, "Record.maxLength", .record(Record(maxLength: 14_401))),
        Faulty(
            .recordTooLongToTranscribe, "Record.maxLength", .record(Record(maxLength: 121, transcribe: true))),
        Faulty(.recordFinishOnKey, "Record.finishOnKey", .record(Record(finishOnKey: "x"))),
        Faulty(.dialTimeout, "Dial.timeout", .dial(Dial(.number("+15555550111"), timeout: 4))),
        Faulty(.dialTimeLimit, "Dial.timeLimit", .dial(Dial(.number("+15555550111"), timeLimit: 0))),
        Faulty(.dialCallerID, "Dial.callerId", .dial(Dial(.number("+15555550111"), callerId: ""))),
        Faulty(.numberFormat, "Dial", .dial(Dial(.number("sales")))),
        Faulty(.numberFormat, "Number", .dial(Dial(.nouns([.number(Dial.Number("+1234567890123456"))])))),
        Faulty(
            .sendDigits, "Number.sendDigits",
            .dial(Dial(.nouns([.number(Dial.Number("+15555550111", sendDigits: "p"))])))),
        Faulty(.dialNested, "Dial", .dial(Dial(.nouns([])))),
        Faulty(.dialNested, "Dial", .dial(Dial(.nouns(Array(repeating: .client("a"), count: 11))))),
        Faulty(.dialNested, "Client", .dial(Dial(.nouns([.client("")])))),
        Faulty(.dialNested, "Dial", .dial(Dial(.nouns([.queue("a"), .client("b")])))),
        Faulty(.conferenceMixed, "Dial", .dial(Dial(.nouns([.conference("a"), .client("b")])))),
        Faulty(
            .conferenceName, "Conference",
            .dial(Dial(.nouns([.conference(Text(String(repeating: "a", count: 129)))])))),
        Faulty(.dialledQueueNameTooShort, "Queue", .dial(Dial(.nouns([.queue("")])))),
        Faulty(
            .dialledQueueNameTooLong, "Queue",
            .dial(Dial(.nouns([.queue(Text(String(repeating: "a", count: 65)))])))),
        Faulty(.sipAddress, "Sip", .dial(Dial(.nouns([.sip("bob@example.com")])))),
        Faulty(.queueNameTooShort, "Enqueue", .enqueue(Enqueue(.queue("")))),
        Faulty(
            .queueNameTooLong, "Enqueue", .enqueue(Enqueue(.queue(Text(String(repeating: "a", count: 65)))))),
        Faulty(.workflow, "Enqueue.workflowSid", .enqueue(Enqueue(.workflow(sid: "WW12", nil)))),
        Faulty(
            .taskAttributes, "Task",
            .enqueue(
                Enqueue(.workflow(sid: "WW0123456789abcdef0123456789abcdef", Enqueue.Task("order"))))),
    ])
    func `are found with the provider's code`(_ row: Faulty) {
        #expect(row.verb.problems.map(\.code) == [row.code])
        #expect(row.verb.problems.map(\.place) == [row.place])
    }

    @Test(arguments: [
        VoiceVerb.say(Say(Text(String(repeating: "a", count: 4_096)))),
        .say(Say(Text(String(repeating: "a", count: 3_000)), voice: "Polly.Joanna")),
        .say(Say(.placeholder(0), loop: 0)),
        .gather(
            Gather(
                timeout: 1, finishOnKey: "", numDigits: 1, hints: [Text(String(repeating: "é", count: 100))])),
        .gather(Gather(speechTimeout: .seconds(1), language: "en-GB", speechModel: "phone_call")),
        .record(Record(timeout: 0, maxLength: 2)),
        .record(Record(maxLength: 120, transcribe: true)),
        .dial(Dial(.number("(555) 555-0111"), timeout: 600, timeLimit: 14_400)),
        .dial(Dial(.number(.placeholder(0)))),
        .dial(Dial(.nouns([.queue(.placeholder(0))]))),
        .enqueue(Enqueue(.queue(Text(String(repeating: "é", count: 64))))),
    ])
    func `aren't found at the edge of what is allowed`(_ verb: VoiceVerb) {
        #expect(verb.problems == [])
    }

    @Test func `count markup for a Google voice and not for a Polly voice`() {
        let parts: [Say.Part] = [.text("ab"), .silence(milliseconds: 5)]
        #expect(Say(parts, voice: "Polly.Joanna").textBytes == 2)
        #expect(
            Say(parts, voice: "Google.en-US-Standard-A").textBytes == #"ab<break time="5ms"/>"#.utf8.count)
    }

    @Test(
        arguments: [
            (Message(), .messageBody),
            (Message(Text(String(repeating: "a", count: 1_601))), .messageTooLong),
            (Message("a", media: Array(repeating: "/a", count: 11)), .tooManyMedia),
            (Message("a", media: [""]), .mediaURL),
        ] as [(Message, ErrorCode)])
    func `are found in messages`(_ message: Message, _ code: ErrorCode) {
        #expect(MessagingVerb.message(message).problems.map(\.code) == [code])
    }

    @Test func `count a character outside the basic plane as two units of a message`() {
        #expect(Message(Text(String(repeating: "😀", count: 800))).problems == [])
        #expect(Message(Text(String(repeating: "😀", count: 801))).problems.map(\.code) == [.messageTooLong])
    }

    @Test func `are found in documents with too many messages or bytes`() {
        let eleven = Document.messaging(Array(repeating: .message(Message("a")), count: 11))
        #expect(eleven.problems.map(\.code) == [.tooManyMessages])
        let says = Array(repeating: VoiceVerb.say(Say(Text(String(repeating: "a", count: 4_000)))), count: 16)
        #expect(Document.voice(says).problems.map(\.code) == [.documentTooLarge])
    }

    @Test func `say whether the provider goes on`() {
        #expect(Pause(length: 0).problems.map(\.isWarning) == [true])
        #expect(Enqueue(.queue("")).problems.map(\.isWarning) == [false])
        #expect(
            Pause(length: 0).problems.map(\.description)
                == ["warning 13910 at Pause.length: 0 isn't at least 1"])
    }
}
