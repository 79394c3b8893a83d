package import FlowProgram

/// What is kept of a conversation between two requests (turn.md rule 5).
package struct Session: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case open
        case closed
    }

    /// A place of the present document where its caller may come back.
    package struct Wait: Hashable, Sendable {
        package enum Kind: UInt8, Hashable, Sendable {
            /// A verb: `operation` is the gather, record, dial or enqueue that waits.
            case verb
            /// A `<Redirect>` on the silent way: it goes on at `operation`, entered with `attempt`.
            case redirect
            /// A `<Redirect>` right behind a gather: its request is the silence of `operation`.
            case silence
        }

        package var kind: Kind
        package var operation: Int
        /// From 1.
        package var attempt: Int

        package init(kind: Kind = .verb, operation: Int, attempt: Int = 1) {
            self.kind = kind
            self.operation = operation
            self.attempt = attempt
        }

        package var isRedirect: Bool { kind != .verb }
    }

    /// Who talks, as the first request said: notices don't say it, or the other way round.
    package struct Parties: Hashable, Sendable {
        package var from: [UInt8]
        package var to: [UInt8]
        /// Of a call.
        package var direction: [UInt8]

        package init(from: [UInt8], to: [UInt8], direction: [UInt8] = []) {
            self.from = from
            self.to = to
            self.direction = direction
        }
    }

    /// The times that the provider couldn't ask, or had no answer, and the caller heard the document once more.
    package struct Fallbacks: Hashable, Sendable {
        package var count: Int
        /// The last of them: its turn, and the request's fingerprint.
        package var turn: Int
        package var fingerprint: [UInt8]

        package init(count: Int, turn: Int, fingerprint: [UInt8]) {
            self.count = count
            self.turn = turn
            self.fingerprint = fingerprint
        }
    }

    /// A message of sms and what was answered to it.
    package struct Message: Hashable, Sendable {
        package var sid: [UInt8]
        package var answer: AnswerPieces

        package init(sid: [UInt8], answer: AnswerPieces) {
            self.sid = sid
            self.answer = answer
        }
    }

    package var status: Status
    /// The CallSid, or the MessageSid of the start.
    package var birth: [UInt8]
    /// The program that it began with.
    package var programHash: [UInt8]
    /// The number of the last turn, from 1.
    package var turn: Int
    /// The number of the conversation's first turn: 1, or more where a text conversation began anew.
    package var firstTurn: Int
    /// A turn of it failed and the flow's error handler was walked.
    package var hasFailed: Bool
    /// An index into the program's languages.
    package var language: Int
    package var variables: [Value]
    /// Where the flows that run others go on, the outermost first.
    package var calls: [Int]
    /// Voice: those of the document of turn `turn`. Sms: one, or none.
    package var waits: [Wait]
    /// The params of what is heard beside the last of the waits, in the order of `Operation.sides`.
    package var sideArguments: [[Value]]
    /// nil for a conversation.
    package var side: SideState?
    /// Voice: the document of turn `turn`.
    package var answer: AnswerPieces
    /// Of the request that made turn `turn`.
    package var fingerprint: [UInt8]
    /// Sms: the last ones, oldest first.
    package var messages: [Message]
    /// Messages that went into the outbox so far.
    package var sends: Int
    /// Notices that were taken, the last ones, oldest first.
    package var taken: [NoticeMark]
    /// The other side and our own, for what runs without a request of theirs; nil if nothing does.
    package var parties: Parties?
    /// When it is to be told of its expiry, in milliseconds since 1970.
    package var expires: Int64?
    /// How often a document was heard once more; nil if never.
    package var fallbacks: Fallbacks?
    /// Milliseconds since 1970.
    package var began: Int64
    /// Milliseconds since 1970, of the last turn.
    package var moved: Int64

    package init(
        status: Status, birth: [UInt8], programHash: [UInt8], turn: Int, firstTurn: Int = 1,
        hasFailed: Bool = false, language: Int = 0, variables: [Value] = [], calls: [Int] = [],
        waits: [Wait] = [], answer: AnswerPieces = AnswerPieces(), fingerprint: [UInt8] = [],
        messages: [Message] = [], sideArguments: [[Value]] = [], side: SideState? = nil, sends: Int = 0,
        taken: [NoticeMark] = [], parties: Parties? = nil, expires: Int64? = nil, fallbacks: Fallbacks? = nil,
        began: Int64, moved: Int64
    ) {
        self.fallbacks = fallbacks
        self.sideArguments = sideArguments
        self.side = side
        self.status = status
        self.birth = birth
        self.programHash = programHash
        self.turn = turn
        self.firstTurn = firstTurn
        self.hasFailed = hasFailed
        self.language = language
        self.variables = variables
        self.calls = calls
        self.waits = waits
        self.answer = answer
        self.fingerprint = fingerprint
        self.messages = messages
        self.sends = sends
        self.taken = taken
        self.parties = parties
        self.expires = expires
        self.began = began
        self.moved = moved
    }

    /// Ends it; what repeats need stays.
    ///
    /// - Parameter variables: whether a handler may still read them.
    package mutating func close(keepingVariables: Bool = false) {
        status = .closed
        if !keepingVariables { variables = [] }
        calls = []
        waits = []
        sideArguments = []
        expires = nil
    }
}
