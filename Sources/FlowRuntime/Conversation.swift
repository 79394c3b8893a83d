public import FlowProgram
import TwiML

/// The driver of conversations: takes one request at a time to the machine, performs its effects, keeps its session, and
/// gives the answer (turn.md rules 6 to 13).
public struct Conversation: Sendable {
    /// A webhook request, read but not judged.
    public struct Request: Sendable {
        public var channel: Channel
        public var flow: [UInt8]
        /// nil at the entry URL, and at that of a side.
        public var position: Position?
        /// For a `wait:` or `whisper:` document: what it hangs on.
        public var side: SideAddress?
        /// The query parameter `run`, empty if left out.
        public var run: [UInt8]
        /// Of a message's status: the conversation that sent it, its CallSid or the addresses of both sides; nil: the message's
        /// own addresses say it.
        public var place: [[UInt8]]?
        public var purpose: Purpose
        public var parameters: Parameters
        /// Of method, path and sorted parameters; 16 bytes.
        public var fingerprint: [UInt8]

        public init(
            channel: Channel, flow: [UInt8], position: Position? = nil, side: SideAddress? = nil,
            run: [UInt8] = [], place: [[UInt8]]? = nil, purpose: Purpose = .turn, parameters: Parameters,
            fingerprint: [UInt8]
        ) {
            self.channel = channel
            self.flow = flow
            self.position = position
            self.side = side
            self.run = run
            self.place = place
            self.purpose = purpose
            self.parameters = parameters
            self.fingerprint = fingerprint
        }
    }

    /// What a request wants.
    public enum Purpose: UInt8, Sendable, Hashable {
        /// A document: `/voice/{flow}` and `/sms/{flow}`.
        case turn
        /// To tell of the call's end: `/status/{flow}`. No document is expected.
        case status
        /// A document after another one failed: `/fallback/{flow}`. The position is that of the URL that failed; the session
        /// isn't moved.
        case fallback
        /// To tell of a recording: `/recording/{flow}`.
        case recording
        /// To tell of a transcription: `/transcription/{flow}`.
        case transcription
        /// To tell of a message that was sent: `/message/{flow}`.
        case messageStatus
        /// Nobody's: the conversation was silent for too long.
        case expired
        /// To begin a text conversation with us; there is no document.
        case start
        /// What to do with a worker for a call in a queue: `/assignment/{flow}`. JSON.
        case assignment

        /// What it tells of; nil if it asks for a document.
        package var notice: NoticeKind? {
            switch self {
            case .turn, .fallback, .start, .assignment: nil
            case .status: .hangup
            case .recording: .recording
            case .transcription: .transcription
            case .messageStatus: .messageStatus
            case .expired: .expired
            }
        }
    }

    /// What a request is answered with.
    public enum Answer: Sendable, Hashable {
        /// A TwiML document.
        case document([UInt8])
        /// A notice was taken, or there is nothing to say.
        case noContent
        /// For a request that asks for no document.
        case json([UInt8])
        case unknownFlow
        /// No call of that sid waits in a queue.
        case unknownCall
        /// What is missing or malformed, in a few words.
        case badRequest(String)
        /// The session's claim or its store couldn't be had in time.
        case busy
    }

    /// Failed requests are tried twice again, whatever the failure; else the provider tries once, and only where it can't connect.
    public static let usualOverrides = "#rc=2&rp=all"

    let deployments: Deployments
    let store: any SessionStore
    let immediateStore: (any ImmediateSessionStore)?
    let fetcher: any Fetcher
    /// nil: nothing is sent, no call is placed.
    let sender: (any Sender)?
    let clock: any WallClock
    let zones: any ZoneRules
    /// `{base}/`, as XML attribute text.
    let root: [UInt8]
    /// As XML attribute text.
    let overrides: [UInt8]
    /// The same as they are, without the last slash.
    let base: String
    let fragment: String
    /// Of the account that text conversations which we begin belong to.
    let account: [UInt8]
    /// The overrides don't say themselves how long the provider waits for an answer.
    let hasTimeouts: Bool
    let log: @Sendable (TurnLog) -> Void
    let claims = Claims()
    let attention = Attention()
    /// Whether the log shows people's numbers as they are; else what a flow logs has them masked.
    public var showsNumbers = false
    /// Seconds that the journal of a conversation is kept, counted from each turn; nil: none is kept. A store in memory keeps none.
    public var journalLifetime: Int?
    /// How long a request may take, the wait for another one's claim included.
    package var patience = Duration.milliseconds(Limits.requestMilliseconds)

    /// - Parameters:
    ///   - deployments: the programs, which may change.
    ///   - sender: sends messages and places calls; without it nothing is sent.
    ///   - baseURL: what the provider calls, such as `https://example.com`; a path is allowed.
    ///   - account: the AccountSid of text conversations that begin with us.
    ///   - overrides: the provider's connection overrides, which every URL in a document carries as its fragment; behind
    ///     them stands how long the provider waits for its answer (`rt`), unless they say so.
    ///   - log: is called once for each request that was judged, after its session was stored.
    public init(
        deployments: Deployments, store: any SessionStore, fetcher: any Fetcher, sender: (any Sender)? = nil,
        clock: any WallClock = SystemWallClock(), zones: any ZoneRules = SystemZoneRules(), baseURL: String,
        account: String = "", overrides: String = Conversation.usualOverrides,
        log: @escaping @Sendable (TurnLog) -> Void = { _ in }
    ) {
        self.deployments = deployments
        self.store = store
        immediateStore = store as? any ImmediateSessionStore
        self.fetcher = fetcher
        self.sender = sender
        self.clock = clock
        self.zones = zones
        base = baseURL.utf8.last == UInt8(ascii: "/") ? String(baseURL.dropLast()) : baseURL
        var root: [UInt8] = []
        appendEscaped(base.utf8, in: .attribute, to: &root)
        self.root = root + Array("/".utf8)
        fragment = overrides
        var escaped: [UInt8] = []
        appendEscaped(overrides.utf8, in: .attribute, to: &escaped)
        self.overrides = escaped
        hasTimeouts =
            !overrides.isEmpty
            && !overrides.utf8.split { "#&".utf8.contains($0) }.contains {
                $0.starts(with: "rt=".utf8)
            }
        self.account = Array(account.utf8)
        self.log = log
    }

    /// As the other one, with programs that stay.
    public init(
        deployment: Deployment, store: any SessionStore, fetcher: any Fetcher, sender: (any Sender)? = nil,
        clock: any WallClock = SystemWallClock(), zones: any ZoneRules = SystemZoneRules(), baseURL: String,
        account: String = "", overrides: String = Conversation.usualOverrides,
        log: @escaping @Sendable (TurnLog) -> Void = { _ in }
    ) {
        self.init(
            deployments: Deployments(deployment), store: store, fetcher: fetcher, sender: sender,
            clock: clock, zones: zones, baseURL: baseURL, account: account, overrides: overrides, log: log)
    }

    /// Answers a request.
    ///
    /// The session moves once per position, whatever is repeated or comes at the same time. Nothing is answered before
    /// it is written.
    public func answer(_ request: Request) async -> Answer {
        if let answer = answerNow(request) { return answer }
        let visit: Visit
        switch await admitBegun(request) {
        case .refused(let answer): return answer
        case .admitted(let admitted): visit = admitted
        }
        switch request.purpose {
        case .turn, .start: break
        case .status, .recording, .transcription, .messageStatus, .expired: return await note(visit)
        case .fallback: return await apologize(visit)
        case .assignment: return await instruct(visit)
        }
        guard await claims.take(visit.key, patience: patience) else {
            log(TurnLog(.busy, visit))
            return .busy
        }
        defer { claims.release(visit.key) }
        return await answerClaimed(visit)
    }

    /// As `answer`, at once: nil if that needs a store that doesn't answer at once, a fetch, the end of another
    /// request's claim, or a look for a flow that isn't deployed. Then nothing has happened.
    public func answerNow(_ request: Request) -> Answer? {
        guard let immediateStore else { return nil }
        let visit: Visit
        switch admit(request) {
        case .refused(.unknownFlow): return nil
        case .refused(let answer): return answer
        case .admitted(let admitted): visit = admitted
        }
        switch request.purpose {
        case .turn, .start: break
        case .status, .recording, .transcription, .messageStatus, .expired:
            return noteNow(visit, in: immediateStore)
        case .fallback, .assignment: return nil
        }
        guard claims.takeNow(visit.key) else { return nil }
        defer { claims.release(visit.key) }
        return answerClaimedNow(visit, in: immediateStore)
    }
}
