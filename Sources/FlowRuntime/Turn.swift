/// What one event made of a session.
package struct Turn: Hashable, Sendable {
    /// What is to be stored.
    package var session: Session
    /// The document.
    package var answer: AnswerPieces
    /// What the flow's `log` steps said, in order.
    package var log: [LogEntry]
    package var failedFetches: [FailedFetch]
    /// What is to be sent besides.
    package var outbox: [OutboxItem]
    /// The `send` steps whose number wasn't allowed.
    package var refusedSends: [Int]
    package var fault: Fault?
    /// The operation that the walk came to: the first that waits, or the one that ended it.
    package var operation: Int

    package init(
        session: Session, answer: AnswerPieces, log: [LogEntry], failedFetches: [FailedFetch],
        outbox: [OutboxItem] = [], refusedSends: [Int] = [], fault: Fault?, operation: Int
    ) {
        self.session = session
        self.answer = answer
        self.log = log
        self.failedFetches = failedFetches
        self.outbox = outbox
        self.refusedSends = refusedSends
        self.fault = fault
        self.operation = operation
    }
}

/// A `fetch` that took its `failed` way.
package struct FailedFetch: Hashable, Sendable {
    package var operation: Int
    package var reason: FetchAnswer.Reason
    package var status: Int?
    /// For a malformed answer, what is wrong with it.
    package var detail: String?
}

/// An event for analytics that a flow's `log` step made.
public struct LogEntry: Hashable, Sendable {
    /// A name and its value.
    public struct Field: Hashable, Sendable {
        /// As the flow writes it.
        public let name: String
        /// As machines read it; `(secret)` for what is never logged.
        public let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// In the order of the step.
    public let fields: [Field]

    package init(fields: [Field]) {
        self.fields = fields
    }
}
