package import FlowProgram

/// What happened to a conversation, with all that the walk needs of the world: equal events make equal turns.
package struct Event: Sendable {
    package enum Kind: Hashable, Sendable {
        /// A call came in, was placed, or a text began a conversation; the parameters are those of the flow.
        case start
        /// The caller answered wait w of the present document.
        case input(wait: Int, CallerAnswer)
        /// The caller didn't answer wait w.
        case silence(wait: Int)
        /// Something was told that asks for no document.
        case notice(NoticeKind)
        /// A record, dial or enqueue at wait w came to its end; the parameters say how.
        case outcome(wait: Int)
    }

    package var kind: Kind
    package var parameters: Parameters
    /// Of the session.
    package var key: SessionKey
    /// The CallSid or the MessageSid of the request.
    package var sid: [UInt8]
    package var fingerprint: [UInt8]
    /// Milliseconds since 1970: the one clock of the turn.
    package var now: Int64
    package var zones: any ZoneRules
    package var config: [Value]
    /// For the start of a `wait:` or `whisper:` document.
    package var sideStart: SideStart?
    /// For an outcome: what the session of a side came to that was heard beside it; nil if there was none, `.some(nil)` if it
    /// didn't come to an end.
    package var sideResult: SideResult??
    /// The request's CallStatus is final: nobody hears this turn's document.
    package var callIsOver: Bool
    /// Nobody asks for a document: what is said goes by the outbox.
    package var isOurs = false

    /// What a notice is told apart by.
    var notice: NoticeMark? {
        if case .notice(let kind) = kind { NoticeMark(kind, parameters) } else { nil }
    }

    package init(
        kind: Kind, parameters: Parameters, key: SessionKey, sid: [UInt8], fingerprint: [UInt8] = [],
        now: Int64, zones: any ZoneRules, config: [Value] = [], callIsOver: Bool = false,
        sideStart: SideStart? = nil, sideResult: SideResult?? = nil
    ) {
        self.sideStart = sideStart
        self.sideResult = sideResult
        self.kind = kind
        self.parameters = parameters
        self.key = key
        self.sid = sid
        self.fingerprint = fingerprint
        self.now = now
        self.zones = zones
        self.config = config
        self.callIsOver = callIsOver
    }
}

/// What a caller said, pressed or wrote.
package enum CallerAnswer: Hashable, Sendable {
    case keys(String)
    case speech(String)
    case message(String)

    var text: String {
        switch self {
        case .keys(let text), .speech(let text), .message(let text): text
        }
    }
}

extension Event.Kind {
    /// What a request at wait `index` of a session is.
    package init(
        at index: Int, of session: Session, in program: Program, parameters: Parameters
    ) {
        guard session.waits.indices.contains(index), !session.waits[index].isRedirect else {
            self = .silence(wait: index)
            return
        }
        let operation = session.waits[index].operation
        guard program.operations.indices.contains(operation),
            case .gather = program.operations[operation]
        else {
            self = .outcome(wait: index)
            return
        }
        switch program.channel {
        case .sms:
            self = .input(wait: index, .message(parameters.answer("Body")))
        case .voice:
            let keys = parameters.answer("Digits")
            let speech = keys.isEmpty ? parameters.answer("SpeechResult") : ""
            if !keys.isEmpty {
                self = .input(wait: index, .keys(keys))
            } else if !speech.isEmpty {
                self = .input(wait: index, .speech(speech))
            } else {
                self = .silence(wait: index)
            }
        }
    }
}

extension Parameters {
    /// A caller's answer. One that is too long to be looked at becomes a text that fits nothing.
    func answer(_ name: StaticString) -> String {
        guard let bytes = value(name), !bytes.isEmpty else { return "" }
        guard bytes.count <= Limits.answerBytes else { return "\u{FFFD}" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// CallStatus is completed, busy, failed, no-answer or canceled.
    package var callIsOver: Bool {
        guard let status = value("CallStatus") else { return false }
        return FinalCallStatus(status) != nil
    }

    /// A count of seconds: 1 to 9 decimal digits.
    func seconds(_ name: StaticString) -> Int64? {
        guard let bytes = value(name), (1...9).contains(bytes.count) else { return nil }
        var seconds: Int64 = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            seconds = seconds * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return seconds
    }
}

/// The states that a call doesn't leave.
private enum FinalCallStatus: String, CaseIterable {
    case completed
    case busy
    case failed
    case noAnswer = "no-answer"
    case canceled

    init?(_ bytes: ArraySlice<UInt8>) {
        guard let status = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(bytes) }) else {
            return nil
        }
        self = status
    }
}
