import FlowLang
import FlowProgram

/// A `reject` is reached before anything is said or waited for: after that the call is answered, and rejecting it is too late.
@Sendable func rejectComesFirst(_ linked: LinkedProgram) -> [Diagnostic] {
    let operations = linked.program.operations
    guard operations.contains(where: \.isReject) else { return [] }
    let ways = ControlFlow(of: linked.program)
    // nil: not reached; false: reached before the call is answered only.
    var isLate = [Bool?](repeating: nil, count: operations.count)
    var queue: [(index: Int, late: Bool)] = [(linked.program.entry, false)]
    for handler in [linked.program.errorHandler] + linked.program.subflows.map(\.errorHandler) {
        if let handler { queue.append((handler, true)) }
    }
    while let (index, late) = queue.popLast() {
        if let known = isLate[index], known || !late { continue }
        isLate[index] = late
        let operation = operations[index]
        var answers = operation.isWait
        if case .emit = operation { answers = true }
        for target in ways.successors(of: index) { queue.append((target, late || answers)) }
    }
    return operations.indices.compactMap { index in
        guard isLate[index] == true, operations[index].isReject else { return nil }
        return CheckMessages.misplacedReject(at: linked.spans[index])
    }
}

extension Operation {
    fileprivate var isReject: Bool { if case .finish(.reject) = self { true } else { false } }
}
