import FlowProgram

/// Hand counters: integers to which every round of a circle adds a constant, tested on the way by a condition that in the
/// end no longer holds.
///
/// A counter is sure if nothing else in the circle sets it and if what it is tested against doesn't change there. Then the
/// test and the counting can't both go on for ever; where each round with the one has the other, what is counted or tested
/// is cut out of the circle, and what remains is looked at again.
struct Rounds {
    private let graph: FlowGraph
    private var finder: CircleFinder
    /// For each edge: it can be taken a bounded number of times only.
    private var isBounded: [Bool]

    /// So many counters are tried for one circle.
    private static let maxCounters = 32
    /// In counted loops within each other: each is looked at once for every one around it.
    private static let maxDepth = 64

    init(_ graph: FlowGraph) {
        self.graph = graph
        finder = CircleFinder(graph)
        isBounded = Array(repeating: false, count: graph.edges.count)
    }

    /// Circles that go on for ever though the caller does nothing.
    mutating func endless() -> [EndlessCircle] {
        var open = finder.circles(among: graph.reached) { !graph.isProgress(graph.edges[$0]) }
            .map { (circle: $0, depth: 0) }
        var found: [EndlessCircle] = []
        while let (circle, depth) = open.popLast() {
            let counting = Counting(of: circle, in: graph) { !isUsed($0) }
            if depth < Self.maxDepth, let smaller = withoutCountedRounds(circle, counting) {
                open += smaller.map { ($0, depth + 1) }
            } else if let way = shortestRound(circle) {
                found.append(
                    EndlessCircle(
                        nodes: circle, way: way, untested: counting.untested, unchanged: counting.unchanged,
                        uneven: counting.uneven))
            }
        }
        return found
    }

    private func isUsed(_ edge: Int) -> Bool { !isBounded[edge] && !graph.isProgress(graph.edges[edge]) }

    /// The circles that are left in one once a counter has bounded some of its edges; nil if none does.
    private mutating func withoutCountedRounds(_ circle: [Int], _ counting: Counting) -> [[Int]]? {
        for (variable, counter) in counting.counters.sorted(by: { $0.key < $1.key }).prefix(Self.maxCounters)
        {
            guard let tests = counting.tests[variable] else { continue }
            let steps = Set(counter.nodes)
            let isBounded = isBounded
            let graph = graph
            func isUsed(_ edge: Int) -> Bool { !isBounded[edge] && !graph.isProgress(graph.edges[edge]) }
            let untested = finder.circles(among: circle) { isUsed($0) && !tests.contains($0) }
            let uncounted = finder.circles(among: circle) {
                isUsed($0) && !steps.contains(graph.edges[$0].source)
            }
            if untested.allSatisfy({ $0.allSatisfy { !steps.contains($0) } }) {
                for step in steps { for edge in graph.ways(from: step) { self.isBounded[edge] = true } }
                return uncounted
            }
            let isTested = uncounted.contains { nodes in
                let nodes = Set(nodes)
                return tests.contains {
                    nodes.contains(graph.edges[$0].source) && nodes.contains(graph.edges[$0].target)
                }
            }
            if !isTested {
                for test in tests { self.isBounded[test] = true }
                return untested
            }
        }
        return nil
    }

    /// The shortest way from where the circle is entered back to there.
    private func shortestRound(_ circle: [Int]) -> [Int]? {
        guard let start = graph.first(of: circle) else { return nil }
        let nodes = Set(circle)
        var arrivals: [Int: Int] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count, arrivals[start] == nil {
            let node = queue[next]
            next += 1
            for edge in graph.ways(from: node) where isUsed(edge) {
                let target = graph.edges[edge].target
                guard nodes.contains(target), arrivals[target] == nil else { continue }
                arrivals[target] = edge
                queue.append(target)
            }
        }
        guard var edge = arrivals[start] else { return nil }
        var way = [edge]
        while graph.edges[edge].source != start, let earlier = arrivals[graph.edges[edge].source] {
            edge = earlier
            way.append(edge)
        }
        return way.reversed()
    }
}

/// A circle that nothing ends.
struct EndlessCircle {
    var nodes: [Int]
    /// The edges of its shortest round.
    var way: [Int]
    /// What counts in it, though nothing tests that: the operation and its variable.
    var untested: [(node: Int, variable: Int)]
    /// What is tested, though nothing counts it.
    var unchanged: [(node: Int, variable: Int)]
    /// What sets a tested variable otherwise than by counting.
    var uneven: [(node: Int, variable: Int)]
}

/// The counters of a circle and the tests on them.
private struct Counting {
    struct Counter {
        var rises: Bool
        var nodes: [Int]
    }

    /// By the variable's slot.
    private(set) var counters: [Int: Counter] = [:]
    /// By the counter's slot: the edges that are taken only while it is within its bound.
    private(set) var tests: [Int: Set<Int>] = [:]
    private(set) var untested: [(node: Int, variable: Int)] = []
    private(set) var unchanged: [(node: Int, variable: Int)] = []
    private(set) var uneven: [(node: Int, variable: Int)] = []

    init(of circle: [Int], in graph: FlowGraph, without isLeftOut: (Int) -> Bool) {
        let operations = graph.program.operations
        var written: Set<Int> = []
        var unsure: [Int: Int] = [:]
        for node in circle.sorted() {
            operations[node].forEachWrite { variable, value in
                written.insert(variable)
                guard case .value(let expression) = value, graph.isInteger(variable),
                    let rises = expression.countsUp(variable),
                    counters[variable].map({ $0.rises == rises }) ?? true
                else {
                    unsure[variable] = unsure[variable] ?? node
                    return
                }
                counters[variable, default: Counter(rises: rises, nodes: [])].nodes.append(node)
            }
        }
        for variable in unsure.keys { counters[variable] = nil }
        let nodes = Set(circle)
        var tested: Set<Int> = []
        for node in circle.sorted() {
            guard case .branch(let condition, _, _) = operations[node] else { continue }
            for edge in graph.ways(from: node) where !isLeftOut(edge) {
                guard nodes.contains(graph.edges[edge].target),
                    case .condition(let holds) = graph.edges[edge].way
                else { continue }
                for bound in condition.bounds(holds: holds) {
                    if counters[bound.variable] == nil, !written.contains(bound.variable) {
                        unchanged.append((node, bound.variable))
                    }
                    if graph.isInteger(bound.variable),
                        let writer = unsure.removeValue(forKey: bound.variable)
                    {
                        uneven.append((writer, bound.variable))
                    }
                    guard counters[bound.variable]?.rises == bound.rises, bound.limit.isSteady(while: written)
                    else { continue }
                    tested.insert(bound.variable)
                    tests[bound.variable, default: []].insert(edge)
                }
            }
        }
        for (variable, counter) in counters.sorted(by: { $0.key < $1.key }) where !tested.contains(variable) {
            if let node = counter.nodes.first { untested.append((node, variable)) }
        }
    }
}

extension FlowGraph {
    fileprivate func isInteger(_ variable: Int) -> Bool {
        program.variables.indices.contains(variable) && program.variables[variable].type.unwrapped == .integer
    }
}

/// A condition that holds only while a variable is below (or, if it falls, above) a limit.
private struct Bound {
    var variable: Int
    var rises: Bool
    var limit: TypedExpression
}

extension TypedExpression {
    /// Whether this is the variable and a constant that makes it greater; false for a smaller one, nil for anything else.
    fileprivate func countsUp(_ variable: Int) -> Bool? {
        guard case .arithmetic(let operation, let left, let right) = self else { return nil }
        switch (operation, left.counted, right.literal, left.literal, right.counted) {
        case (.add, variable, .integer(let step)?, _, _) where step != 0: return step > 0
        case (.add, _, _, .integer(let step)?, variable) where step != 0: return step > 0
        case (.subtract, variable, .integer(let step)?, _, _) where step != 0: return step < 0
        default: return nil
        }
    }

    /// `tries`, or `tries ?? 0`.
    fileprivate var counted: Int? {
        switch self {
        case .variable(let slot): slot
        case .coalesce(.variable(let slot), .literal): slot
        default: nil
        }
    }

    /// What is bounded where the condition holds (or doesn't).
    fileprivate func bounds(holds: Bool) -> [Bound] {
        switch self {
        case .not(let inner): return inner.bounds(holds: !holds)
        case .and(let left, let right) where holds, .or(let left, let right) where !holds:
            return left.bounds(holds: holds) + right.bounds(holds: holds)
        case .compare(let comparison, let left, let right):
            var bounds: [Bound] = []
            let (isBelow, isAbove) = comparison.sides(holds: holds)
            for (some, other, rises) in [
                (left, right, true), (right, left, false),
            ] {
                guard let variable = some.counted else { continue }
                if isBelow { bounds.append(Bound(variable: variable, rises: rises, limit: other)) }
                if isAbove { bounds.append(Bound(variable: variable, rises: !rises, limit: other)) }
            }
            return bounds
        default: return []
        }
    }

    /// Whether the value stays as it is while only these variables are set.
    fileprivate func isSteady(while written: Set<Int>) -> Bool {
        var isSteady = true
        forEach { part in
            switch part {
            case .variable(let slot): if written.contains(slot) { isSteady = false }
            case .context, .now, .today, .isOpen, .language: isSteady = false
            default: break
            }
        }
        return isSteady
    }
}

extension TypedExpression.Comparison {
    /// Whether the left side is then at most as great as the right one, and whether it is at least.
    fileprivate func sides(holds: Bool) -> (isBelow: Bool, isAbove: Bool) {
        switch (self, holds) {
        case (.less, true), (.lessOrEqual, true), (.greater, false), (.greaterOrEqual, false): (true, false)
        case (.less, false), (.lessOrEqual, false), (.greater, true), (.greaterOrEqual, true): (false, true)
        case (.equal, true), (.notEqual, false): (true, true)
        case (.equal, false), (.notEqual, true): (false, false)
        }
    }
}
