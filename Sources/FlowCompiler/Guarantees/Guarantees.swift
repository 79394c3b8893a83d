import FlowLang

/// What proofs look at: the graph of operations, where a condition may go either way.
struct Proof {
    let graph: FlowGraph
    /// Found once, for others say nothing of them again.
    let endlessCircles: [EndlessCircle]

    init(_ linked: LinkedProgram) {
        graph = FlowGraph(linked)
        var rounds = Rounds(graph)
        endlessCircles = rounds.endless()
    }
}

/// A proof over the whole program: what breaks it. Each stands in a file of its own.
typealias Guarantee = @Sendable (Proof) -> [Diagnostic]

/// In the order in which they are reported for one place.
let guarantees: [Guarantee] = [
    rejectComesFirst, noSilentLoop, noDeadEnd, validTwiML, inTime, safeNumbers, quietSecrets, messageCost,
]
