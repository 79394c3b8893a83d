import FlowProgram
import FlowRuntime

/// Makes the requests of callers: those that a document asks for, and all others.
struct CallerGenerator {
    var choices: Choices
    let channel: Channel
    let flow: [UInt8]
    private var messages = 0
    /// The CallSids that hear what is heard beside a call.
    private var legs: [SideAddress: String] = [:]

    init(_ choices: Choices, channel: Channel, flow: String) {
        self.choices = choices
        self.channel = channel
        self.flow = Array(flow.utf8)
    }

    /// - Parameter places: where the present document wants its caller back, and by which verb.
    mutating func request(places: [Place]) -> Conversation.Request {
        if choices.once(in: 12) { return notice() }
        return channel == .sms ? message() : call(places: places)
    }

    /// What is told of a conversation, also twice, out of order, or of one that nobody knows.
    private mutating func notice() -> Conversation.Request {
        let purposes: [(Conversation.Purpose, String, String)] = [
            (.recording, "RecordingSid", "RecordingStatus"),
            (.transcription, "TranscriptionSid", "TranscriptionStatus"),
            (.messageStatus, "MessageSid", "MessageStatus"),
        ]
        let (purpose, sidName, statusName) =
            channel == .sms ? purposes[2] : choices.pick(from: purposes)
        let statuses = ["in-progress", "completed", "failed", "sent", "delivered", "read", "undelivered"]
        let place: [[UInt8]]? = channel == .voice ? [sid("CA").bytes] : nil
        return request(
            [
                pair("CallSid", sid("CA")), pair("AccountSid", "AC00000000000000000000000000000001"),
                pair("From", "+15555550123"), pair("To", "+15555550100"),
                (sidName.bytes, choices.once(in: 8) ? hostile() : sid("XX").bytes),
                (statusName.bytes, choices.once(in: 8) ? hostile() : choices.pick(from: statuses).bytes),
                ("TranscriptionText".bytes, words()), pair("RecordingUrl", "https://api.example.com/RE1"),
                pair("ErrorCode", choices.pick(from: ["30003", "x", ""])),
            ], position: nil, place: purpose == .messageStatus ? place : nil, purpose: purpose)
    }

    private mutating func call(places: [Place]) -> Conversation.Request {
        var side: SideAddress?
        var pairs: [(name: [UInt8], value: [UInt8])] = [
            pair("CallSid", sid("CA")), pair("AccountSid", "AC00000000000000000000000000000001"),
            ("From".bytes, address()), pair("To", "+15555550123"), pair("CallStatus", "in-progress"),
        ]
        var position: Position?
        switch choices.pick(10) {
        case 0: break
        case 1:
            position = Position(turn: 1 + choices.pick(9), wait: choices.pick(10))
            pairs += answer(
                to: choices.pick(from: ["Gather", "Record", "Dial", "Enqueue", "Pay", "Refer", "Connect"]))
        default:
            if !places.isEmpty {
                let place = choices.pick(from: places)
                position = place.position
                side = place.side
                if let side { pairs[0] = pair("CallSid", leg(of: side, place.verb)) }
                pairs += answer(to: place.verb)
            }
        }
        if choices.once(in: 8) {
            pairs.insert(
                pair(
                    "CallStatus",
                    choices.pick(from: ["completed", "busy", "failed", "no-answer", "canceled", "ringing"])),
                at: 0)
        }
        let purpose: Conversation.Purpose =
            choices.once(in: 20) ? .status : choices.once(in: 20) ? .fallback : .turn
        return request(
            pairs, side: purpose == .turn ? side : nil, position: purpose == .turn ? position : nil,
            purpose: purpose)
    }

    private mutating func message() -> Conversation.Request {
        messages += choices.pick(8) == 0 ? 0 : 1
        let pairs: [(name: [UInt8], value: [UInt8])] = [
            pair("MessageSid", "SM\(messages)"), pair("AccountSid", "AC00000000000000000000000000000001"),
            pair("From", choices.pick(from: ["+15555550100", "+15555550100", "+15555550101"])),
            pair("To", "+15555550123"), ("Body".bytes, words()),
        ]
        return request(pairs, position: nil, purpose: .turn)
    }

    private mutating func request(
        _ known: [(name: [UInt8], value: [UInt8])], side: SideAddress? = nil, position: Position?,
        place: [[UInt8]]? = nil,
        purpose: Conversation.Purpose
    ) -> Conversation.Request {
        var pairs = known
        while choices.once(in: 4) {
            let names = [
                "Digits", "SpeechResult", "Confidence", "Body", "DialCallStatus", "RecordingUrl",
                "RecordingDuration",
                "QueueResult", "Greeting", "NumMedia", "MediaUrl0", "FromCity", "AnsweredBy", "CallSid",
                "From", "To",
            ]
            let new = (name: choices.pick(from: names).bytes, value: hostile())
            // What comes first counts.
            if choices.once(in: 3) { pairs.insert(new, at: 0) } else { pairs.append(new) }
        }
        let run = channel == .voice && choices.once(in: 12) ? "again" : ""
        var bytes: [UInt8] = []
        var entries: [Parameters.Entry] = []
        for (name, value) in pairs {
            let start = bytes.count
            bytes += name
            let middle = bytes.count
            bytes += value
            entries.append(Parameters.Entry(name: start..<middle, value: middle..<bytes.count))
        }
        let positionText = (side.map { "\($0)" } ?? "") + (position.map { "\($0.turn).\($0.wait)" } ?? "")
        return Conversation.Request(
            channel: channel, flow: flow, position: position, side: side, run: run.bytes, place: place,
            purpose: purpose,
            parameters: Parameters(bytes: bytes, entries: entries),
            fingerprint: fingerprint(of: bytes + positionText.bytes + run.bytes))
    }

    private mutating func answer(to verb: String) -> [(name: [UInt8], value: [UInt8])] {
        switch verb {
        case "Gather":
            switch choices.pick(5) {
            case 0: []
            case 1: [("SpeechResult".bytes, words()), ("Confidence".bytes, confidence())]
            case 2: [("Digits".bytes, digits()), ("SpeechResult".bytes, words())]
            default: [("Digits".bytes, digits())]
            }
        case "Record":
            [
                pair("RecordingUrl", "https://api.example.com/recordings/RE1"),
                pair("RecordingDuration", choices.pick(from: ["0", "5", "999999999", "-1", "5.5", ""])),
                pair("Digits", choices.pick(from: ["hangup", "#", ""])),
            ]
        case "Dial":
            [
                pair(
                    "DialCallStatus",
                    choices.pick(from: [
                        "completed", "answered", "busy", "no-answer", "failed", "canceled", "", "x",
                    ])),
                pair("DialCallDuration", choices.pick(from: ["0", "17", "9999999999", "x"])),
                pair("DialCallSid", choices.pick(from: ["CA9", "CA9", "CA8", "", "<&"])),
                pair("DialBridged", choices.pick(from: ["true", "true", "false", "x"])),
            ]
        case "queueWait":
            [
                pair("QueuePosition", choices.pick(from: ["1", "17", "0", "-1", "x", ""])),
                pair("QueueTime", "61"), pair("AvgQueueTime", choices.pick(from: ["0", "999999999", "1.5"])),
                pair("CurrentQueueSize", "3"),
            ]
        case "queueWhisper": [pair("DequeingCallSid", "CA1")]
        case "Enqueue":
            [
                pair(
                    "QueueResult",
                    choices.pick(from: [
                        "bridged", "leave", "hangup", "queue-full", "error", "system-error", "redirected",
                        "redirected-from-bridged", "", "x",
                    ])), pair("QueueTime", "17"),
            ]
        case "Pay":
            [
                pair(
                    "Result",
                    choices.pick(from: [
                        "success", "too-many-failed-attempts", "payment-connector-error",
                        "caller-interrupted-with-star", "caller-hung-up", "validation-error",
                        "internal-error", "x",
                    ])), ("PaymentToken".bytes, words()), pair("PaymentCardNumber", "xxxxxxxxxxxx1234"),
            ]
        case "Refer":
            [
                pair(
                    "ReferCallStatus",
                    choices.pick(from: ["in-progress", "busy", "failed", "canceled", "", "x"])),
                pair("ReferSipResponseCode", choices.pick(from: ["202", "486", "-1", "x"])),
            ]
        case "Connect":
            [
                pair("SessionStatus", choices.pick(from: ["ended", "completed", "failed", "", "x"])),
                ("HandoffData".bytes, choices.once(in: 2) ? hostile() : #"{"reason":"sales"}"#.bytes),
                pair(
                    "VirtualAgentStatus",
                    choices.pick(from: ["completed", "live-agent-handoff", "failed", "x"])),
                ("AgentHandoffParameters".bytes, hostile()),
            ]
        default: []
        }
    }

    private mutating func digits() -> [UInt8] {
        choices.once(in: 4)
            ? hostile()
            : choices.pick(from: [
                "1", "2", "10", "*", "0", "1234", "123456789012345678901234567890", "#", "15555550199",
                "7", "8", "9", "12252026", "12*50", "0930",
            ]).bytes
    }

    private mutating func words() -> [UInt8] {
        choices.once(in: 4)
            ? hostile()
            : choices.pick(from: [
                "word", "A few words.", "palabra", "red", "green", "yes", "no", "two", "star", "forty two",
                "1234",
                "2026-12-25", "December 25th", "half past nine", "$12.50", "3.5", "+15555550199",
                "https://example.com",
                "5 minutes", "agent", "Agent!", "three", "a, b, c", "Boston", "",
            ]).bytes
    }

    private mutating func confidence() -> [UInt8] {
        choices.pick(from: ["0.9", "NaN", "nan", "-nan(0x1)", "inf", "1e999", "-1", "0x1p3", ""]).bytes
    }

    private mutating func address() -> [UInt8] {
        choices.once(in: 4)
            ? hostile()
            : choices.pick(from: [
                "+15555550100", "anonymous", "client:ann", "sip:ann@example.com", "266696687",
            ]).bytes
    }

    private mutating func sid(_ prefix: String) -> String {
        choices.pick(from: ["\(prefix)1", "\(prefix)1", "\(prefix)1", "\(prefix)2"])
    }

    /// Who waits is the call itself; the called side is another.
    private mutating func leg(of side: SideAddress, _ verb: String) -> String {
        // Everybody in a conference waits for themself.
        if choices.once(in: 12), verb != "conferenceWait" { return sid("CA") }
        if legs[side] == nil {
            let isWait = ["queueWait", "conferenceWait"].contains(verb)
            legs[side] = isWait ? String(decoding: side.call, as: UTF8.self) : "CA9"
        }
        return legs[side] ?? "CA9"
    }

    /// Bytes that nobody sends by accident.
    private mutating func hostile() -> [UInt8] {
        let texts = [
            "<\u{338}", "&\u{301}", "\"\u{301}'\u{301}", "\r\n", "\u{0}", "\u{B}\u{1B}", "\u{FFFE}\u{FFFF}",
            "\u{85}\u{2028}\u{2029}", "\u{7F}\u{80}", "]]>", "<Hangup/>", "</Say></Response>", "--><!--",
            "&amp;&#0;",
            "${answer}", "１２３４", "١٢٣", "²³", "e\u{301}é", "\u{202E}\u{FEFF}", "👩‍👩‍👧", "-9223372036854775808",
            "9007199254740993", "1e308", "%00%FF", "../../x?y#z", "http://１２７.0.0.1/", "a@b:c/d", " \t ",
        ]
        switch choices.pick(texts.count + 6) {
        case texts.count: return Array(repeating: 0x31, count: 10_000)
        case texts.count + 1: return Array(repeating: 0x61, count: 1 + choices.pick(8_192))
        case texts.count + 2: return "<&\"😀".bytes.repeated(1 + choices.pick(900))
        case texts.count + 3: return choices.take(choices.pick(40))
        case texts.count + 4: return [0xC3, 0x28, 0xED, 0xA0, 0x80, 0xFF, 0xC0, 0xAF, 0xE2, 0x82]
        case texts.count + 5: return "a, ".bytes.repeated(1 + choices.pick(2_000))
        case let index: return texts[index].bytes
        }
    }

    private func pair(_ name: String, _ value: String) -> (name: [UInt8], value: [UInt8]) {
        (name.bytes, value.bytes)
    }

    private func fingerprint(of bytes: [UInt8]) -> [UInt8] {
        var first: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { first = (first ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return (0..<16).map { UInt8(truncatingIfNeeded: first >> UInt64($0 % 8 * 8)) }
    }
}

extension String {
    fileprivate var bytes: [UInt8] { Array(utf8) }
}

extension [UInt8] {
    fileprivate func repeated(_ count: Int) -> [UInt8] { Array(repeatElement(self, count: count).joined()) }
}
