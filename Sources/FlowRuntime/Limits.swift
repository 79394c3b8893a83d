import FlowProgram

/// The bounds of the runtime: nothing that a caller, a service or a store sends makes a turn longer or a session larger.
package enum Limits {
    /// Operations of a turn, past as many as the program has.
    package static let operationsPastProgram = 100
    /// Turns of one conversation.
    package static let turnsPerSession = 500
    /// Bytes that a session's variables take in its row.
    package static let variableBytes = 16 * 1024
    /// Fetches of a turn, tries that are repeated counted.
    package static let fetchesPerTurn = 8
    /// Flows that run each other, one inside the other.
    package static let callDepth = 64
    /// Milliseconds that the fetches of a turn may take together; in a call a turn ends before one that wouldn't fit.
    package static let fetchMillisecondsPerTurn = 11_000
    /// Seconds that a turn takes besides its fetches, and that one without fetches takes: longer, and the provider tries again.
    package static let secondsBesidesFetches = 2
    package static let secondsWithoutFetch = 5
    /// Waits of a document, each `<Redirect>` counted.
    package static let waitsPerDocument = 8
    /// Flows that are heard beside one wait: the provider dials at most ten at once.
    package static let sidesPerDocument = 16
    /// Bytes of a document. The provider refuses "64 kB" (error 11750) and doesn't say which.
    package static let documentBytes = DocumentBounds.bytes
    /// Bytes that a URL slot is reckoned at while the document is made, so that the split of a document into turns
    /// doesn't depend on the server's name.
    package static let slotBytes = DocumentBounds.slotBytes
    /// Bytes kept for head, tail and a last `<Redirect>` or `<Hangup/>`.
    package static let frameBytes = DocumentBounds.frameBytes
    /// UTF-16 units of a message (the provider's error 21617).
    package static let messageUnits = DocumentBounds.messageUnits
    /// Media of a message.
    package static let mediaPerMessage = 10
    /// Bytes of all media of a message; those beyond are left out.
    package static let mediaBytes = DocumentBounds.mediaBytes
    /// Bytes of the redirect behind a message.
    package static let redirectBytes = DocumentBounds.redirectBytes
    /// Bytes of an answer that is looked at; a longer one is a wrong answer.
    package static let answerBytes = 8_192
    /// Messages whose answers a text conversation keeps for repeats.
    package static let rememberedMessages = 8
    /// Nesting of a value in a row.
    package static let valueDepth = 64
    /// Bytes of an address or a name in a session's key.
    package static let keyPartBytes = 256
    /// Bytes of a provider's sid.
    package static let sidBytes = 64
    /// Bytes of `run`.
    package static let runBytes = 32
    /// Milliseconds that a request may take: the provider gives up at 15 s.
    package static let requestMilliseconds: Int64 = 13_000
    /// Milliseconds that a row is claimed for a turn with a fetch; then anybody finishes it.
    package static let leaseMilliseconds = 15_000
    /// Milliseconds after which a claimed row is looked at again.
    package static let claimLookMilliseconds = 100
    /// Notices that a row keeps while a turn is being made; more are refused.
    package static let keptNotices = 32
    /// Milliseconds after which the store is asked for rows that are due.
    package static let attentionMilliseconds = 1_000
    /// Notices whose marks a session keeps.
    package static let takenNotices = 128
    /// Messages that one turn may send besides its answer.
    package static let sendsPerTurn = 16
    /// How often it is tried to send a message.
    package static let sendTries = 6
    /// Seconds between the first two tries; then twice as long each.
    package static let sendBackoffSeconds: Int64 = 10
    /// Milliseconds that one try may take.
    package static let sendMilliseconds = 10_000
    /// Seconds that an expired text conversation's row stays for its handler.
    package static let expiredSeconds = 3_600
    /// Rows that are attended at the same time, and taken in one go.
    package static let attendedRows = 8
    /// Sessions of those who waited that a process remembers to close.
    package static let leftSides = 4_096
    /// How often a turn is begun again because another process wrote first.
    package static let writeTries = 16
    /// Bytes of the answers of a turn's fetches that the journal keeps; of more it keeps none.
    package static let journalAnswerBytes = 64 * 1024
    /// Times in a call that a document is heard once more because the provider couldn't go on.
    package static let fallbacksPerSession = 3
    /// Seconds that a closed call's session is kept for repeats and late notices.
    package static let closedCallSeconds = 3_600
    /// Seconds without a request after which an open call's session is gone.
    package static let openCallSeconds = 86_400
    /// Seconds after which a program of an earlier deployment is given up: no session that names it was saved meanwhile.
    package static let unusedProgramSeconds = 48 * 3_600
}
