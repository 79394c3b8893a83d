import FlowLang
import FlowProgram

/// The provider waits 15 seconds for an answer: the fetches before it stay within 11, with two for all else and two to spare.
///
/// In voice that is one fetch with its tries, for the machine ends a turn before one that wouldn't fit. A text is answered once,
/// and so is a notice: all fetches before the answer are added up.
@Sendable func inTime(_ proof: Proof) -> [Diagnostic] {
    let graph = proof.graph
    guard graph.reached.contains(where: { graph.fetch($0) != nil }) else { return [] }
    let single = graph.reached.compactMap { node -> Diagnostic? in
        guard let fetch = graph.fetch(node), fetch.worstCase > Fetch.answerMilliseconds else { return nil }
        return CheckMessages.slowFetch(
            fetch.worstCase, tries: fetch.tries, timeout: fetch.timeout, at: graph.linked.spans[node])
    }
    var finder = CircleFinder(graph)
    func isInOneTurn(_ edge: Int) -> Bool { !graph.isWait(graph.edges[edge].source) }
    let known = Set(proof.endlessCircles.flatMap(\.nodes))
    let circles = finder.circles(among: graph.reached, along: isInOneTurn)
        .filter { $0.contains { graph.fetch($0) != nil } }
    let repeated = circles.compactMap { circle -> Diagnostic? in
        guard !circle.contains(where: known.contains),
            let place = graph.first(of: circle.filter { graph.fetch($0) != nil })
        else { return nil }
        return CheckMessages.repeatedFetch(at: graph.linked.spans[place])
    }
    guard single.isEmpty, circles.isEmpty else { return single + repeated }
    let answered = graph.program.channel == .sms ? nil : graph.handlerNodes
    if let answered, answered.isEmpty { return [] }
    return graph.slowAnswers(
        finder.components(among: graph.reached, along: isInOneTurn).reversed().filter { component in
            answered.map { $0.isSuperset(of: component.nodes) } ?? true
        })
}

extension Fetch {
    /// Milliseconds that all fetches before one answer may take.
    static let answerMilliseconds = 11_000
    /// Tries that one turn makes.
    static let answerTries = 8

    var tries: Int { once ? 1 : 1 + max(0, retries) }
    /// Milliseconds.
    var worstCase: Int { timeout * tries }
}

extension FlowGraph {
    /// What only handlers of notices walk.
    fileprivate var handlerNodes: Set<Int> {
        var nodes = Set(program.handlers.map(\.entry))
        var queue = Array(nodes)
        while let node = queue.popLast() {
            for edge in ways(from: node) where nodes.insert(edges[edge].target).inserted {
                queue.append(edges[edge].target)
            }
        }
        return nodes
    }

    fileprivate func fetch(_ node: Int) -> Fetch? {
        if case .fetch(let fetch) = program.operations[node] { fetch } else { nil }
    }

    /// What a way from the last answer to an operation takes at most.
    private struct Sum {
        var milliseconds = 0
        var tries = 0
        /// The fetch before, on the slowest way.
        var last: Int?
    }

    /// Fetches with which the sum goes past its bound.
    ///
    /// - Parameter components: each before those that it leads to; no circle holds a fetch.
    fileprivate func slowAnswers(_ components: [CircleFinder.Component]) -> [Diagnostic] {
        var sums = [Sum](repeating: Sum(), count: program.operations.count)
        var found: [Diagnostic] = []
        for component in components {
            var sum = Sum()
            for node in component.nodes { sum = slower(sum, sums[node]) }
            for node in component.nodes {
                sums[node] = sum
                guard !isWait(node) else { continue }
                var after = sum
                if let fetch = fetch(node) {
                    after.milliseconds += fetch.worstCase
                    after.tries += fetch.tries
                    after.last = node
                    let isTooLong = after.milliseconds > Fetch.answerMilliseconds
                    if isTooLong || after.tries > Fetch.answerTries {
                        found.append(slowAnswer(after, isTooLong: isTooLong, sums))
                        // Said once for a way.
                        after = Sum()
                    }
                }
                for edge in ways(from: node) {
                    sums[edges[edge].target] = slower(sums[edges[edge].target], after)
                }
            }
        }
        return found
    }

    private func slower(_ one: Sum, _ other: Sum) -> Sum {
        var slower = other.milliseconds > one.milliseconds ? other : one
        slower.tries = max(one.tries, other.tries)
        return slower
    }

    private func slowAnswer(_ sum: Sum, isTooLong: Bool, _ sums: [Sum]) -> Diagnostic {
        var fetches: [Int] = []
        var next = sum.last
        while let node = next, fetches.count < 16 {
            fetches.append(node)
            next = sums[node].last
        }
        fetches.reverse()
        let parts = fetches.compactMap { node in
            fetch(node).map { (time: $0.worstCase, span: linked.spans[node]) }
        }
        return isTooLong
            ? CheckMessages.slowAnswer(parts, milliseconds: sum.milliseconds)
            : CheckMessages.manyFetches(sum.tries, at: linked.spans[sum.last ?? 0], bound: Fetch.answerTries)
    }
}
