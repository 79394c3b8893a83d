import FlowProgram

/// Finds what is strongly connected in a flow's graph: Tarjan's algorithm, without recursion.
struct CircleFinder {
    private let graph: FlowGraph
    /// The place of each operation among those that are looked at; -1 for others.
    private var places: [Int]

    init(_ graph: FlowGraph) {
        self.graph = graph
        places = Array(repeating: -1, count: graph.program.operations.count)
    }

    /// Sets of operations that lead to each other, each with a way that comes back.
    ///
    /// - Complexity: linear in the operations and their edges
    mutating func circles(among nodes: [Int], along follows: (Int) -> Bool) -> [[Int]] {
        var circles: [[Int]] = []
        forEachComponent(among: nodes, along: follows) { members, isCircle in
            if isCircle { circles.append(members.map { nodes[$0] }) }
        }
        return circles
    }

    struct Component {
        var nodes: [Int]
        var isCircle: Bool
    }

    /// All strongly connected components; each comes before those that lead to it.
    mutating func components(among nodes: [Int], along follows: (Int) -> Bool) -> [Component] {
        var components: [Component] = []
        forEachComponent(among: nodes, along: follows) { members, isCircle in
            components.append(Component(nodes: members.map { nodes[$0] }, isCircle: isCircle))
        }
        return components
    }

    /// Most components are a single operation, and are of no interest: only places among `nodes` are handed out.
    private mutating func forEachComponent(
        among nodes: [Int], along follows: (Int) -> Bool,
        _ visit: (_ members: ReversedCollection<ArraySlice<Int>>, _ isCircle: Bool) -> Void
    ) {
        for (place, node) in nodes.enumerated() { places[node] = place }
        defer { for node in nodes { places[node] = -1 } }
        var numbers = [Int](repeating: -1, count: nodes.count)
        var lowest = numbers
        var isOpen = [Bool](repeating: false, count: nodes.count)
        var leadsToItself = isOpen
        var open: [Int] = []
        var path: [(place: Int, edge: Int)] = []
        var count = 0
        func enter(_ place: Int) {
            numbers[place] = count
            lowest[place] = count
            count += 1
            isOpen[place] = true
            open.append(place)
            path.append((place, graph.ways(from: nodes[place]).lowerBound))
        }
        for root in nodes.indices where numbers[root] < 0 {
            enter(root)
            while let (place, edge) = path.last {
                if edge < graph.ways(from: nodes[place]).upperBound {
                    path[path.count - 1].edge += 1
                    let target = places[graph.edges[edge].target]
                    guard target >= 0, follows(edge) else { continue }
                    if target == place { leadsToItself[place] = true }
                    if numbers[target] < 0 {
                        enter(target)
                    } else if isOpen[target] {
                        lowest[place] = min(lowest[place], numbers[target])
                    }
                    continue
                }
                path.removeLast()
                if let (parent, _) = path.last { lowest[parent] = min(lowest[parent], lowest[place]) }
                guard lowest[place] == numbers[place] else { continue }
                let start = open.lastIndex(of: place) ?? open.startIndex
                for member in open[start...] { isOpen[member] = false }
                visit(open[start...].reversed(), open.count - start > 1 || leadsToItself[place])
                open.removeSubrange(start...)
            }
        }
    }
}
