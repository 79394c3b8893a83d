import FlowLang
import FlowProgram

/// A way through the flow as people read it: `welcome → menu → (no input) → welcome`.
extension FlowGraph {
    /// The states on a way and what leads on; the last one stands there even if it is the one before.
    func shown(_ way: [Int]) -> String {
        guard let first = way.first else { return "" }
        var parts = [stateName(of: edges[first].source)]
        var state = parts[0]
        for (index, edge) in way.enumerated() {
            let label = label(of: edges[edge])
            if let label { parts.append("(\(label))") }
            let name = stateName(of: edges[edge].target)
            if name != state || index == way.count - 1 && (label != nil || parts.count == 1) {
                parts.append(name)
            }
            state = name
        }
        return shortened(parts)
    }

    /// The places of a way where something other than its next step was possible.
    func notes(along way: [Int], besides span: Span) -> [Diagnostic.Note] {
        var notes: [Diagnostic.Note] = []
        for edge in way where linked.spans[edges[edge].source] != span {
            guard let label = label(of: edges[edge]) else { continue }
            notes.append(.init("(\(label)) leads on from here", at: linked.spans[edges[edge].source]))
        }
        return Array(notes.prefix(4))
    }

    func label(of edge: Edge) -> String? {
        switch edge.way {
        case .onwards, .condition, .returned: nil
        case .answer(let choice): choice ?? "answer"
        case .noAnswer: program.channel == .sms ? "no match" : "no input"
        case .outcome(let name): name
        }
    }

    private func stateName(of node: Int) -> String {
        var range = program.states.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                program.states[middle].entry <= node
                ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound > 0 ? program.states[range.lowerBound - 1].name : "start"
    }
}
