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
        components(among: nodes, along: follows).filter { $0.isCircle }.map(\.nodes)
    }

    struct Component {
        var nodes: [Int]
        var isCircle: Bool
    }

    /// All strongly connected components; each comes before those that lead to it.
    mutating func components(among nodes: [Int], along follows: (Int) -> Bool) -> [Component] {
        for (place, node) in nodes.enumerated() { places[node] = place }
        defer { for node in nodes { places[node] = -1 } }
        var numbers = [Int](repeating: -1, count: nodes.count)
        var lowest = numbers
        var isOpen = [Bool](repeating: false, count: nodes.count)
        var leadsToItself = isOpen
        var open: [Int] = []
        var path: [(place: Int, edge: Int)] = []
        var count = 0
        var found: [Component] = []
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
                var members: [Int] = []
                while let member = open.popLast() {
                    isOpen[member] = false
                    members.append(nodes[member])
                    if member == place { break }
                }
                found.append(
                    Component(nodes: members, isCircle: members.count > 1 || leadsToItself[place]))
            }
        }
        return found
    }
}
