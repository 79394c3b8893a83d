public import FlowProgram

/// What a request came to, for the log and the counters: an event with fields.
public struct TurnLog: Sendable, Hashable {
    /// How the request was answered.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It moved the session.
        case turn
        /// The request that made the present turn came again.
        case `repeat`
        /// Another request came for the position that made the present turn.
        case conflict
        /// For a turn that is past.
        case late
        /// A position of a session that isn't there, or whose program isn't.
        case sessionLost = "session-lost"
        /// The provider couldn't go on, and the caller heard the document once more, or the apology.
        case fallback
        /// The call's last status closed it.
        case ended
        /// A text conversation was silent for too long, and its handler was run.
        case expired
        /// The handler of a recording, a transcription or a message's status was run.
        case notice
        /// TaskRouter was told what to do with a worker.
        case instruction
        /// A message left the outbox.
        case sent
        /// A message couldn't be sent, and isn't tried again.
        case unsent
        /// The session's claim couldn't be had in time.
        case busy
        /// The store failed.
        case storeFailed = "store-failed"
    }

    /// How a conversation ended.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// The flow came to its end.
        case completed
        /// The other side hung up, or the call was ended from outside.
        case hangup
        /// Nobody texted for too long.
        case expired
        /// A turn ended out of its way, and nothing took the fault.
        case fault
        /// The store went back, or the program is gone.
        case lost
    }

    /// A turn that ended out of its way.
    public struct Fault: Sendable, Hashable {
        /// A word, with the parameter's name for `bad-parameter`.
        public let reason: String
        /// The state that it happened in.
        public let state: String?
        /// An index into the program's operations.
        public let operation: Int
        /// `FILE:LINE:COLUMN`, if the program came with its source map.
        public let location: String?
    }

    /// A `fetch` that took its `failed` way.
    public struct FailedFetch: Sendable, Hashable {
        /// `failure.reason` in the flow.
        public let reason: String
        /// The answer's status, if there was one.
        public let status: Int?
        /// For a malformed answer, what is wrong with it: `current.temperature_2m: a number is missing`.
        public let detail: String?
        /// `FILE:LINE:COLUMN`, if the program came with its source map.
        public let location: String?
    }

    /// How the request was answered.
    public internal(set) var kind: Kind
    /// The flow's name.
    public let flow: String
    /// Where it came from.
    public let channel: Channel
    /// The CallSid or the MessageSid of the request.
    public internal(set) var sid: String
    /// The session's turn after the request; 0 if there is none.
    public let turn: Int
    /// The state that a turn came to.
    public let state: String?
    /// Why the turn ended out of its way, if it did.
    public let fault: Fault?
    /// What the flow's `log` steps said.
    public let entries: [LogEntry]
    /// The fetches that took their `failed` way.
    public let failedFetches: [FailedFetch]
    /// Where the `send` steps stand whose number wasn't allowed, `FILE:LINE:COLUMN`.
    public let refusedSends: [String]
    /// The conversation begins with this turn. What is heard beside a call is no conversation of its own.
    public internal(set) var begins = false
    /// How the conversation ended with this turn; nil if it goes on, or had ended before.
    public internal(set) var outcome: Outcome?
    /// Why a message wasn't sent, by the provider's number or a word; no address, no text.
    public internal(set) var reason: String?

    init(
        kind: Kind, flow: String, channel: Channel, sid: String, turn: Int, state: String? = nil,
        fault: Fault? = nil, entries: [LogEntry] = [], failedFetches: [FailedFetch] = [],
        refusedSends: [String] = []
    ) {
        self.kind = kind
        self.flow = flow
        self.channel = channel
        self.sid = sid
        self.turn = turn
        self.state = state
        self.fault = fault
        self.entries = entries
        self.failedFetches = failedFetches
        self.refusedSends = refusedSends
    }
}
