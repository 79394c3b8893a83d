/// `<Reject>`: refuses a call. As the first verb of a call's first document it keeps the call from being answered and billed.
public struct Reject: Hashable, Sendable {
    /// What the caller's side is told; `rejected` if left out.
    public var reason: Reason?

    /// What the caller's side is told.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case rejected
        case busy
    }

    /// Refuses the call; `rejected` if left out.
    public init(reason: Reason? = nil) {
        self.reason = reason
    }

    func write(to writer: inout XMLWriter) {
        writer.element("Reject", [.init("reason", word: reason)])
    }
}
