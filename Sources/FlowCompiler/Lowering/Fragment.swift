import FlowLang
import FlowProgram

/// The operations of one state while they are made. Targets are labels: `0…` are places in this fragment, `-1 - n` is the
/// entry of state n. Linking puts indices in their place.
struct Fragment {
    private(set) var code = LoweredCode()
    /// What is known wherever the label is jumped to from; nil while nothing leads there.
    private var labelFacts: [Facts?] = []
    private var lastPlace = -1
    /// How each label is reached; kept only to explain a problem.
    var trails: Trails?

    /// What is known wherever a conversation may rest, at a wait or at its end, in all fragments so far; nil before the first.
    private(set) var restingFacts: Facts?

    /// What is known at the end of the fragment.
    var facts: Facts
    /// False where nothing leads to the end of the fragment; what is emitted there is dropped.
    var isReachable = true

    init(facts: Facts) {
        self.facts = facts
    }

    /// Begins anew.
    ///
    /// - Parameter count: about how many operations come.
    mutating func begin(with facts: Facts, reserving count: Int = 0) {
        code = LoweredCode(reserving: count)
        labelFacts.removeAll(keepingCapacity: true)
        trails?.begin()
        lastPlace = -1
        self.facts = facts
        isReachable = true
    }

    mutating func makeLabel() -> Int {
        labelFacts.append(nil)
        return code.makeLabel()
    }

    /// Notes that a way with these facts leads to a label.
    ///
    /// - Parameter name: what takes the conversation there, for people.
    mutating func lead(to label: Int, with facts: Facts, by name: String? = nil) {
        guard isReachable, labelFacts.indices.contains(label) else { return }
        trails?.lead(to: label, with: facts, by: name)
        guard let known = labelFacts[label] else { return labelFacts[label] = facts }
        if !known.isSubset(of: facts) { labelFacts[label]?.formIntersection(facts) }
    }

    /// Goes on behind a label: with what all ways to it know.
    mutating func place(_ label: Int) {
        if isReachable { lead(to: label, with: facts) }
        // A jump to the very next operation says nothing.
        if case .jump(label)? = code.operations.last, lastPlace < code.operations.count { code.removeLast() }
        code.place(label)
        trails?.place(label)
        lastPlace = code.operations.count
        if let known = labelFacts[label] {
            facts = known
            isReachable = true
        } else {
            isReachable = false
        }
    }

    /// A conversation may rest here.
    mutating func rest() {
        if restingFacts == nil { restingFacts = facts } else { restingFacts?.formIntersection(facts) }
    }

    mutating func emit(_ operation: Operation, at span: Span) {
        guard isReachable else { return }
        if case .finish = operation { rest() }
        isReachable = operation.goesOn
        code.append(operation, at: span)
    }

    /// Notes what the operation that is emitted next does with a value.
    mutating func note(_ sink: Sink) {
        if isReachable { code.note(sink) }
    }

    /// Notes that the message whose text is emitted next has a bound of its own.
    mutating func note(segments: Int) {
        if isReachable { code.note(segments: segments) }
    }

    mutating func jump(to label: Int, at span: Span) {
        lead(to: label, with: facts)
        emit(.jump(label), at: span)
    }
}

/// The operations of one state.
struct LoweredCode {
    private(set) var operations: [Operation] = []
    /// Where each operation was written.
    private(set) var spans: [Span] = []
    /// Where values decide whom the flow reaches, and the operation that does so.
    private(set) var sinks: [(operation: Int, sink: Sink)] = []
    /// Messages with a bound of their own.
    private(set) var segmentLimits: [(operation: Int, segments: Int)] = []
    /// For each label the operation behind it; -1 while it isn't placed.
    private var places: [Int] = []

    /// The operation behind a label. One that no way leads to may stand behind the last operation, as the end of a menu
    /// does whose choices all lead elsewhere: it is never taken, and becomes the first.
    func place(of label: Int) -> Int {
        let place = places[label]
        return place >= 0 && place < operations.count ? place : 0
    }

    init(reserving count: Int = 0) {
        operations.reserveCapacity(count)
        spans.reserveCapacity(count)
        places.reserveCapacity(count)
    }

    fileprivate mutating func makeLabel() -> Int {
        places.append(-1)
        return places.count - 1
    }

    fileprivate mutating func place(_ label: Int) {
        places[label] = operations.count
    }

    fileprivate mutating func note(segments: Int) {
        segmentLimits.append((operations.count, segments))
    }

    fileprivate mutating func note(_ sink: Sink) {
        sinks.append((operations.count, sink))
    }

    fileprivate mutating func append(_ operation: Operation, at span: Span) {
        operations.append(operation)
        spans.append(span)
    }

    fileprivate mutating func removeLast() {
        operations.removeLast()
        spans.removeLast()
    }
}
