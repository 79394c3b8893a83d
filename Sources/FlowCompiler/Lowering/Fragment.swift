import FlowLang
import FlowProgram

/// The operations of one state while they are made. Targets are labels: `0…` are places in this fragment, `-1 - n` is the
/// entry of state n. Linking puts indices in their place.
struct Fragment {
    private(set) var operations: [Operation] = []
    /// Where each operation was written.
    private(set) var spans: [Span] = []
    /// For each label the operation behind it; nil while it isn't placed.
    private(set) var places: [Int?] = []
    /// What is known wherever the label is jumped to from; nil while nothing leads there.
    private var labelFacts: [Facts?] = []
    private var lastPlace = -1

    /// What is known at the end of the fragment.
    var facts: Facts
    /// False where nothing leads to the end of the fragment; what is emitted there is dropped.
    var isReachable = true

    init(facts: Facts) {
        self.facts = facts
    }

    mutating func makeLabel() -> Int {
        places.append(nil)
        labelFacts.append(nil)
        return places.count - 1
    }

    /// Notes that a way with these facts leads to a label.
    mutating func lead(to label: Int, with facts: Facts) {
        guard isReachable, labelFacts.indices.contains(label) else { return }
        if labelFacts[label] == nil {
            labelFacts[label] = facts
        } else {
            labelFacts[label]?.formIntersection(facts)
        }
    }

    /// Whether any way was noted to lead to a label.
    func isLedTo(_ label: Int) -> Bool {
        labelFacts.indices.contains(label) && labelFacts[label] != nil
    }

    /// The operation behind a label. One that no way leads to may stand behind the last operation, as the end of a menu
    /// does whose choices all lead elsewhere: it is never taken, and becomes the first.
    func place(of label: Int) -> Int {
        guard let place = places[label], place < operations.count else { return 0 }
        return place
    }

    /// Goes on behind a label: with what all ways to it know.
    mutating func place(_ label: Int) {
        if isReachable { lead(to: label, with: facts) }
        dropJump(to: label)
        places[label] = operations.count
        lastPlace = operations.count
        if let known = labelFacts[label] {
            facts = known
            isReachable = true
        } else {
            isReachable = false
        }
    }

    /// A jump to the very next operation says nothing.
    private mutating func dropJump(to label: Int) {
        guard case .jump(label)? = operations.last, lastPlace < operations.count else { return }
        operations.removeLast()
        spans.removeLast()
    }

    mutating func emit(_ operation: Operation, at span: Span) {
        guard isReachable else { return }
        operations.append(operation)
        spans.append(span)
        isReachable = operation.goesOn
    }

    mutating func jump(to label: Int, at span: Span) {
        lead(to: label, with: facts)
        emit(.jump(label), at: span)
    }
}
