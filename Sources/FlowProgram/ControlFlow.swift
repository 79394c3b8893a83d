/// What may follow each operation of a program: a `call` leads into its subflow, a `return` behind every call of its own.
package struct ControlFlow {
    private let program: Program
    /// For each subflow the operations behind its calls.
    private let returns: [[Int]]

    package init(of program: Program) {
        self.program = program
        var returns = Array(repeating: [Int](), count: program.subflows.count)
        for case .call(let call) in program.operations {
            if let subflow = program.subflow(of: call.target) { returns[subflow].append(call.next) }
        }
        self.returns = returns
    }

    package func successors(of index: Int) -> [Int] {
        let operation = program.operations[index]
        switch operation {
        case .call(let call): return [call.target]
        case .return: return program.subflow(of: index).map { returns[$0] } ?? []
        case .resume: return program.resumed(from: index)
        case .gather:
            // Choices of the flow lead away from each of its waits.
            return operation.targets + (program.interrupts(at: index)?.choices.map(\.target) ?? [])
        default: return operation.targets + (operation.goesOn ? [index + 1] : [])
        }
    }
}
