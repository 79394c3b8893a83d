import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerReject(_ step: Step) {
        var reason: Reject.Reason?
        if let (text, span) = literal(step.argument, what: "reject"),
            let word = word(text, at: span, of: ["rejected", "busy"], what: "reject")
        {
            reason = word == "busy" ? .busy : .rejected
        }
        let rendering = rendering { _, _, _ in [.reject(Reject(reason: reason))] }
        code.emit(.finish(.reject(rendering)), at: step.span)
    }

    /// A reject that can be reached after something was said or waited for comes too late: the call is answered then.
    func misplacedRejects(in linked: LinkedProgram) -> [Diagnostic] {
        let operations = linked.program.operations
        var isLate = [Bool?](repeating: nil, count: operations.count)
        var queue: [(index: Int, late: Bool)] = [(linked.program.entry, false)]
        if let handler = linked.program.errorHandler { queue.append((handler, true)) }
        var rejects: Set<Int> = []
        while let (index, late) = queue.popLast() {
            if let known = isLate[index], known || !late { continue }
            isLate[index] = late
            let operation = operations[index]
            if late, case .finish(.reject) = operation { rejects.insert(index) }
            var speaks = operation.isWait
            if case .emit = operation { speaks = true }
            let following = operation.targets + (operation.goesOn ? [index + 1] : [])
            for target in following { queue.append((target, late || speaks)) }
        }
        return rejects.sorted().map { CheckMessages.misplacedReject(at: linked.spans[$0]) }
    }
}
