/// What a store keeps under a session's key: the session, the turn that is being made of it, and what waits for somebody
/// (turn.md rules 5, 10, 11, 12 and 14).
package struct SessionRow: Hashable, Sendable {
    /// nil while the first turn is being made.
    package var session: Session?
    /// The turn that somebody is making; its lease stands beside the row.
    package var claim: TurnClaim?
    /// What was told while a turn was being made, in the order of arrival.
    package var notices: [KeptRequest]
    /// What is to be sent, in order.
    package var outbox: [OutboxItem]

    package init(
        session: Session? = nil, claim: TurnClaim? = nil, notices: [KeptRequest] = [],
        outbox: [OutboxItem] = []
    ) {
        self.session = session
        self.claim = claim
        self.notices = notices
        self.outbox = outbox
    }

    /// Milliseconds until somebody must look at it again.
    func alarm(now: Int64) -> Int? {
        if claim != nil { return Limits.leaseMilliseconds }
        if !notices.isEmpty { return 0 }
        let times = outbox.map(\.due) + (session?.expires.map { [$0] } ?? [])
        return times.min().map { Int(clamping: max(0, $0 &- now)) }
    }
}

/// A request that is judged later, or again.
package struct KeptRequest: Hashable, Sendable {
    package var purpose: Conversation.Purpose
    package var position: Position?
    package var side: SideAddress?
    package var parameters: Parameters
    package var fingerprint: [UInt8]
    /// The CallSid or the MessageSid.
    package var sid: [UInt8]
    /// When it came, in milliseconds since 1970: the one clock of its turn.
    package var now: Int64

    package init(
        purpose: Conversation.Purpose, position: Position? = nil, side: SideAddress? = nil,
        parameters: Parameters, fingerprint: [UInt8], sid: [UInt8], now: Int64
    ) {
        self.side = side
        self.purpose = purpose
        self.position = position
        self.parameters = parameters
        self.fingerprint = fingerprint
        self.sid = sid
        self.now = now
    }
}

/// A turn with fetches that is being made: with it any process can make it to the end.
package struct TurnClaim: Hashable, Sendable {
    /// Drawn anew by everybody who takes the claim.
    package var owner: [UInt8]
    package var request: KeptRequest
    /// Of the program that is walked.
    package var programHash: [UInt8]
    /// Of the effects 0 ..< i.
    package var answers: [FetchAnswer]
    /// The effect with `once: true` that was begun last.
    package var begun: Int?

    package init(
        owner: [UInt8], request: KeptRequest, programHash: [UInt8], answers: [FetchAnswer] = [],
        begun: Int? = nil
    ) {
        self.owner = owner
        self.request = request
        self.programHash = programHash
        self.answers = answers
        self.begun = begun
    }
}

/// A message that goes to the provider's REST API after its turn.
package struct OutboxItem: Hashable, Sendable {
    /// Counted from 1 in each session.
    package var number: Int
    package var to: String
    package var from: String
    package var body: String
    package var media: [String]
    /// Its statuses are wanted.
    package var notifies: Bool
    /// Tries that were begun.
    package var tries: Int
    /// When it is to be tried, in milliseconds since 1970.
    package var due: Int64

    package init(
        number: Int, to: String, from: String, body: String, media: [String] = [], notifies: Bool = false,
        tries: Int = 0, due: Int64
    ) {
        self.number = number
        self.to = to
        self.from = from
        self.body = body
        self.media = media
        self.notifies = notifies
        self.tries = tries
        self.due = due
    }
}
