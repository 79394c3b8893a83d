import FlowLang
import FlowProgram

/// Every circle needs the caller, or ends by itself: nobody who says nothing, or the wrong thing, goes round for ever.
@Sendable func noSilentLoop(_ proof: Proof) -> [Diagnostic] {
    let graph = proof.graph
    return proof.endlessCircles.compactMap { circle in
        guard let last = circle.way.last else { return nil }
        let sources = circle.way.map { graph.edges[$0].source }
        let place = sources.first { graph.isWait($0) } ?? graph.edges[last].source
        let span = graph.linked.spans[place]
        let variables = graph.program.variables
        let hints =
            circle.untested.map {
                CheckMessages.uncheckedCounter(variables[$0.variable].name, at: graph.linked.spans[$0.node])
            }
            + circle.uneven.map {
                CheckMessages.unevenCounter(variables[$0.variable].name, at: graph.linked.spans[$0.node])
            }
            + circle.unchanged.map {
                CheckMessages.unchangedCounter(variables[$0.variable].name, at: graph.linked.spans[$0.node])
            }
        return CheckMessages.silentLoop(
            graph.shown(circle.way), isSilence: circle.way.contains { graph.edges[$0].way == .noAnswer },
            waits: sources.contains { graph.isWait($0) }, at: span,
            notes: graph.notes(along: circle.way, besides: span) + hints.prefix(4))
    }
}
