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
        public var purpose: Purpose
        public var parameters: Parameters
        /// Of method, path and sorted parameters; 16 bytes.
        public var fingerprint: [UInt8]

        public init(
            channel: Channel, flow: [UInt8], position: Position? = nil, side: SideAddress? = nil,
            run: [UInt8] = [],
            purpose: Purpose = .turn, parameters: Parameters, fingerprint: [UInt8]
        ) {
            self.channel = channel
            self.flow = flow
            self.position = position
            self.side = side
            self.run = run
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
        /// A document after another one failed: `/fallback/{flow}`. The session isn't moved.
        case fallback
    }

    /// What a request is answered with.
    public enum Answer: Sendable, Hashable {
        /// A TwiML document.
        case document([UInt8])
        /// A notice was taken, or there is nothing to say.
        case noContent
        case unknownFlow
        /// What is missing or malformed, in a few words.
        case badRequest(String)
        /// The session's claim or its store couldn't be had in time.
        case busy
    }

    let deployments: Deployments
    let store: any SessionStore
    let immediateStore: (any ImmediateSessionStore)?
    let fetcher: any Fetcher
    let clock: any WallClock
    let zones: any ZoneRules
    /// `{base}/voice/`, as XML attribute text.
    let root: [UInt8]
    /// As XML attribute text.
    let overrides: [UInt8]
    let log: @Sendable (TurnLog) -> Void
    let claims = Claims()
    let attention = Attention()
    /// How long a request may take, the wait for another one's claim included.
    package var patience = Duration.milliseconds(Limits.requestMilliseconds)

    /// - Parameters:
    ///   - deployments: the programs that answer, which may change while calls go on.
    ///   - baseURL: what the provider calls, such as `https://example.com`; a path is allowed.
    ///   - overrides: the provider's connection overrides, which every URL in a document carries as its fragment.
    ///   - log: is called once for each request that was judged, after its session was stored.
    public init(
        deployments: Deployments, store: any SessionStore, fetcher: any Fetcher,
        clock: any WallClock = SystemWallClock(), zones: any ZoneRules = SystemZoneRules(), baseURL: String,
        overrides: String = "#rc=2&rp=all", log: @escaping @Sendable (TurnLog) -> Void = { _ in }
    ) {
        self.deployments = deployments
        self.store = store
        immediateStore = store as? any ImmediateSessionStore
        self.fetcher = fetcher
        self.clock = clock
        self.zones = zones
        let base = baseURL.utf8.last == UInt8(ascii: "/") ? String(baseURL.dropLast()) : baseURL
        var root: [UInt8] = []
        appendEscaped(base.utf8, in: .attribute, to: &root)
        self.root = root + Array("/voice/".utf8)
        var fragment: [UInt8] = []
        appendEscaped(overrides.utf8, in: .attribute, to: &fragment)
        self.overrides = fragment
        self.log = log
    }

    /// As the other one, with programs that stay.
    public init(
        deployment: Deployment, store: any SessionStore, fetcher: any Fetcher,
        clock: any WallClock = SystemWallClock(), zones: any ZoneRules = SystemZoneRules(), baseURL: String,
        overrides: String = "#rc=2&rp=all", log: @escaping @Sendable (TurnLog) -> Void = { _ in }
    ) {
        self.init(
            deployments: Deployments(deployment), store: store, fetcher: fetcher, clock: clock, zones: zones,
            baseURL: baseURL, overrides: overrides, log: log)
    }

    /// Answers a request.
    ///
    /// The session moves once per position, whatever is repeated or comes at the same time. Nothing is answered before
    /// it is written.
    public func answer(_ request: Request) async -> Answer {
        if let answer = answerNow(request) { return answer }
        let visit: Visit
        switch admit(request) {
        case .refused(let answer): return answer
        case .admitted(let admitted): visit = admitted
        }
        switch request.purpose {
        case .turn: break
        case .status: return await note(visit)
        case .fallback: return await apologize(visit)
        }
        guard await claims.take(visit.key, patience: patience) else {
            log(TurnLog(.busy, visit))
            return .busy
        }
        defer { claims.release(visit.key) }
        return await answerClaimed(visit)
    }

    /// As `answer`, at once: nil if that needs a store that doesn't answer at once, a fetch, or the end of another
    /// request's claim. Then nothing has happened.
    public func answerNow(_ request: Request) -> Answer? {
        guard let immediateStore else { return nil }
        let visit: Visit
        switch admit(request) {
        case .refused(let answer): return answer
        case .admitted(let admitted): visit = admitted
        }
        switch request.purpose {
        case .turn: break
        case .status: return noteNow(visit, in: immediateStore)
        case .fallback: return apologize(visit, after: immediateStore.readNow(visit.key))
        }
        guard claims.takeNow(visit.key) else { return nil }
        defer { claims.release(visit.key) }
        return answerClaimedNow(visit, in: immediateStore)
    }
}
