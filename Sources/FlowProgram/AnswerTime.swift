/// How long the answer to a request may take: the fetches that a turn makes at most, by the place where it begins.
package struct AnswerTime: Sendable {
    /// For each operation the milliseconds from there to the next answer; for a wait, from what comes of it.
    package let milliseconds: [Int]

    /// - Parameter bound: what the fetches of a turn may take together; in a call a turn ends before one that wouldn't fit.
    /// - Complexity: linear in the operations and their targets
    package init(of program: Program, within bound: Int) {
        let operations = program.operations
        guard operations.contains(where: { if case .fetch = $0 { true } else { false } }) else {
            milliseconds = Array(repeating: 0, count: operations.count)
            return
        }
        let ways = ControlFlow(of: program)
        // Until the next answer: nothing from a wait on, which comes with the answer.
        var times = Array(repeating: 0, count: operations.count)
        var sources = Array(repeating: [Int](), count: operations.count)
        for index in operations.indices where !operations[index].isWait {
            for target in ways.successors(of: index) where operations.indices.contains(target) {
                sources[target].append(index)
            }
        }
        // No circle without a wait has a fetch in it, so that each time grows a few times only; the bound is for damaged programs.
        var steps = operations.count * 64
        var queue = operations.indices.filter { operations[$0].fetchMilliseconds > 0 }
        while let index = queue.popLast() {
            steps -= 1
            let behind =
                operations[index].isWait
                ? 0
                : ways.successors(of: index).lazy.filter(operations.indices.contains).map { times[$0] }.max()
                    ?? 0
            let time = steps > 0 ? min(bound, operations[index].fetchMilliseconds + behind) : bound
            guard time > times[index] else { continue }
            times[index] = time
            queue += sources[index]
        }
        milliseconds = operations.indices.map { index in
            guard operations[index].isWait else { return times[index] }
            return ways.successors(of: index).lazy.filter(operations.indices.contains).map { times[$0] }.max()
                ?? 0
        }
    }
}

extension Operation {
    fileprivate var fetchMilliseconds: Int {
        guard case .fetch(let fetch) = self else { return 0 }
        return fetch.worstCase
    }
}
