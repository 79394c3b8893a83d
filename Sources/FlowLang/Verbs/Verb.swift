/// The verbs of the language. What each is called, takes and does stands in its `VerbRow`.
package enum Verb: String, Sendable, CaseIterable {
    case say, play, pause, menu, ask, gather, record, dial, enqueue, goto
    case `if`, `switch`, set, fetch, log, hangup, end, reject, redirect
    case run, `return`, connect, start, stop, pay, refer, send
    case leave, accept, decline
}
