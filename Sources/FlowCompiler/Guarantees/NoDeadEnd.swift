import FlowLang
import FlowProgram

/// From every step some way leads to an end.
@Sendable func noDeadEnd(_ proof: Proof) -> [Diagnostic] {
    let graph = proof.graph
    let sources = graph.sources
    var ends = [Bool](repeating: false, count: graph.program.operations.count)
    var queue: [Int] = []
    for node in graph.reached {
        switch graph.program.operations[node] {
        case .finish, .return:
            ends[node] = true
            queue.append(node)
        default: break
        }
    }
    while let node = queue.popLast() {
        for source in sources.of(node) where !ends[source] {
            ends[source] = true
            queue.append(source)
        }
    }
    let stuck = graph.reached.filter { !ends[$0] }
    guard !stuck.isEmpty else { return [] }
    // A circle that nobody takes part in is reported already, and all that leads there is stuck because of it.
    let known = Set(proof.endlessCircles.flatMap(\.nodes))
    var finder = CircleFinder(graph)
    return finder.circles(among: stuck) { _ in true }.compactMap { circle in
        let nodes = Set(circle)
        let isLast = circle.allSatisfy { node in
            graph.ways(from: node).allSatisfy { nodes.contains(graph.edges[$0].target) }
        }
        guard isLast, nodes.isDisjoint(with: known), let first = graph.first(of: circle) else { return nil }
        let place = circle.filter { graph.isWait($0) }.min() ?? first
        return CheckMessages.deadEnd(
            graph.shown(graph.shortestWay(to: place)), at: graph.linked.spans[place])
    }
}
