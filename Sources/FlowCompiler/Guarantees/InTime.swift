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
    var passages = Passages(graph)
    let components = finder.components(among: graph.reached, along: isInOneTurn)
    return graph.slowAnswers(
        components.reversed().filter { component in
            answered.map { $0.isSuperset(of: component.nodes) } ?? true
        }, &passages)
}

extension Fetch {
    /// Milliseconds that all fetches before one answer may take.
    static let answerMilliseconds = 11_000
    /// Tries that one turn makes.
    static let answerTries = 8
}

extension FlowGraph {
    fileprivate func fetch(_ node: Int) -> Fetch? {
        if case .fetch(let fetch) = program.operations[node] { fetch } else { nil }
    }

    /// Fetches with which the sum goes past its bound.
    ///
    /// - Parameter components: each before those that it leads to; no circle holds a fetch.
    fileprivate func slowAnswers(
        _ components: [CircleFinder.Component], _ passages: inout Passages
    ) -> [Diagnostic] {
        var sums = [Sum](repeating: Sum(), count: program.operations.count)
        var found: [Diagnostic] = []
        for component in components {
            var sum = Sum()
            for node in component.nodes { sum = sum.slower(sums[node]) }
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
                    let target = edges[edge].target
                    let carried = passages.sum(behind: edges[edge], after)
                    sums[target] = sums[target].slower(carried)
                }
            }
        }
        return found
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

/// What a way from the last answer to an operation takes at most.
private struct Sum {
    var milliseconds = 0
    var tries = 0
    /// The fetch before, on the slowest way.
    var last: Int?

    func slower(_ other: Sum) -> Sum {
        var slower = other.milliseconds > milliseconds ? other : self
        slower.tries = max(tries, other.tries)
        return slower
    }

    func followed(by other: Sum) -> Sum {
        Sum(
            milliseconds: milliseconds + other.milliseconds, tries: tries + other.tries,
            last: other.last ?? last)
    }
}

/// What flows that are run add to a way that goes through them. Each is looked at once, however often it is run: no flow runs
/// itself, so the depth is that of flows within each other.
private struct Passages {
    private struct Passage {
        /// From its beginning to a `return`, where no wait is between; nil if there always is one.
        var through: Sum?
        /// From its last wait to a `return`.
        var afterWait: Sum?
    }

    private let graph: FlowGraph
    private var known: [Int: Passage] = [:]

    init(_ graph: FlowGraph) {
        self.graph = graph
    }

    /// A sum on a way on; behind a call with what the flow that is run adds.
    mutating func sum(behind edge: FlowGraph.Edge, _ sum: Sum) -> Sum {
        guard case .returned = edge.way, case .call(let call) = graph.program.operations[edge.source] else {
            return sum
        }
        let passage = passage(of: call.target)
        let through = passage.through.map { sum.followed(by: $0) }
        return (through ?? Sum()).slower(passage.afterWait ?? Sum())
    }

    private mutating func passage(of entry: Int) -> Passage {
        if let passage = known[entry] { return passage }
        known[entry] = Passage()
        var nodes = [entry]
        var seen: Set<Int> = [entry]
        var next = 0
        while next < nodes.count {
            for edge in graph.ways(from: nodes[next]) where stays(edge) {
                if seen.insert(graph.edges[edge].target).inserted { nodes.append(graph.edges[edge].target) }
            }
            next += 1
        }
        var finder = CircleFinder(graph)
        let order = finder.components(among: nodes) { stays($0) && !graph.isWait(graph.edges[$0].source) }
        var passage = Passage()
        // From the beginning, and from waits.
        var through: [Int: Sum] = [entry: Sum()]
        var afterWait: [Int: Sum] = [:]
        for node in nodes where graph.isWait(node) {
            for edge in graph.ways(from: node) where stays(edge) {
                afterWait[graph.edges[edge].target] = Sum()
            }
        }
        for component in order.reversed() {
            let sums = component.nodes.reduce(into: (through: Sum?.none, afterWait: Sum?.none)) {
                sums, node in
                sums.through = joined(sums.through, through[node])
                sums.afterWait = joined(sums.afterWait, afterWait[node])
            }
            for node in component.nodes {
                if case .return = graph.program.operations[node] {
                    passage.through = joined(passage.through, sums.through)
                    passage.afterWait = joined(passage.afterWait, sums.afterWait)
                }
                guard !graph.isWait(node) else { continue }
                var own = Sum()
                if case .fetch(let fetch) = graph.program.operations[node] {
                    own = Sum(milliseconds: fetch.worstCase, tries: fetch.tries, last: node)
                }
                for edge in graph.ways(from: node) where stays(edge) {
                    let target = graph.edges[edge].target
                    if let sum = sums.through {
                        let carried = self.sum(behind: graph.edges[edge], sum.followed(by: own))
                        through[target] = joined(through[target], carried)
                    }
                    if let sum = sums.afterWait {
                        let carried = self.sum(behind: graph.edges[edge], sum.followed(by: own))
                        afterWait[target] = joined(afterWait[target], carried)
                    }
                }
            }
        }
        known[entry] = passage
        return passage
    }

    /// Whether an edge stays in the flow: it doesn't go into another one that is run.
    private func stays(_ edge: Int) -> Bool {
        guard case .call = graph.program.operations[graph.edges[edge].source] else { return true }
        if case .returned = graph.edges[edge].way { return true }
        return false
    }

    private func joined(_ one: Sum?, _ other: Sum?) -> Sum? {
        guard let one, let other else { return one ?? other }
        return one.slower(other)
    }
}
