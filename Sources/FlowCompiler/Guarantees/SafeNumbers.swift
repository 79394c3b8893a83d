import FlowLang
import FlowProgram

/// Whoever calls, texts or starts the flow doesn't choose whom it calls, texts or asks, unless `allow` says so: else the
/// owner pays for calls to the other end of the world.
@Sendable func safeNumbers(_ proof: Proof) -> [Diagnostic] {
    let graph = proof.graph
    let sinks = graph.linked.sinks.filter { !$0.sink.isAllowed && graph.isReached($0.operation) }
    var flow = ValueFlow(graph)
    let uses = sinks.map { operation, sink in
        ValueFlow.Use(
            operation: operation, expression: sink.expression,
            forbidden: sink.kind.takesPerson ? Origins.caller.subtracting(.person) : .caller)
    }
    return flow.wrong(uses).enumerated().map { number, wrong in
        let (index, origins) = wrong
        let sink = sinks[index].sink
        let trace = number < maxTraces ? flow.trace(uses[index], origins) : ValueFlow.Trace(root: .unknown)
        return CheckMessages.unsafeNumber(
            sink, from: graph.name(of: trace), notes: graph.notes(of: trace, to: uses[index]), at: sink.span)
    }
}

/// So many values are traced back; others have the same reason mostly.
let maxTraces = 20

/// What proofs about values say of where one comes from.
extension FlowGraph {
    /// In an author's words.
    func name(of trace: ValueFlow.Trace, else other: String = "the caller") -> String {
        switch trace.root {
        case .parameter(let variable): "the param '\(program.variables[variable].name)'"
        case .notice(let form): "'\(form.rawValue)'"
        case .context(let field): "'\(field.path)'"
        case .config(let slot): "'config.\(program.config[slot].name)'"
        case .variable(let variable): "'\(program.variables[variable].name)'"
        case .operation(let node):
            switch program.operations[node] {
            case .fetch: "the answer of a fetch that was asked with a caller's number"
            case .connect: "what was handed over"
            default: "the caller's answer"
            }
        case .unknown: other
        }
    }

    /// Where the value began, what it went through, and the states on the way.
    func notes(of trace: ValueFlow.Trace, to use: ValueFlow.Use) -> [Diagnostic.Note] {
        var notes: [Diagnostic.Note] = []
        switch trace.root {
        case .parameter(let variable):
            if let span = linked.parameterSpans[variable] {
                notes.append(.init("'\(program.variables[variable].name)' is declared here", at: span))
            }
        case .operation(let node):
            notes.append(.init("it comes from here", at: linked.spans[node]))
        default: break
        }
        for (operation, variable) in zip(trace.operations, trace.variables) {
            if case .operation(operation) = trace.root { continue }
            notes.append(
                .init("'\(program.variables[variable].name)' takes it here", at: linked.spans[operation]))
        }
        if case .unknown = trace.root { return [] }
        let from = trace.operations.first ?? program.entry
        if let way = shortestWay(from: from, to: use.operation), !way.isEmpty, way.count < 200 {
            let shown = self.shown(way)
            // `start → (answer) → start` says nothing.
            if Set(shown.split(separator: " → ").filter { !$0.hasPrefix("(") }).count > 1 {
                notes.append(.init("the way: \(shown)"))
            }
        }
        return Array(notes.prefix(8))
    }

    private func shortestWay(from start: Int, to end: Int) -> [Int]? {
        var arrivals: [Int: Int] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            if node == end { break }
            for edge in ways(from: node) where edges[edge].target != start {
                let target = edges[edge].target
                if arrivals[target] == nil {
                    arrivals[target] = edge
                    queue.append(target)
                }
            }
        }
        guard start == end || arrivals[end] != nil else { return nil }
        var way: [Int] = []
        var node = end
        while node != start, let edge = arrivals[node] {
            way.append(edge)
            node = edges[edge].source
        }
        return way.reversed()
    }
}
