import FlowLang
import FlowProgram

/// The operations of a program as a graph: what may follow what, and what takes the conversation there.
///
/// A condition may go either way, and a fetch may answer or fail. A new operation is told of here, and nowhere else.
final class FlowGraph: Sendable {
    /// What takes an edge.
    enum Way: Equatable, Sendable {
        /// Nothing has to happen.
        case onwards
        case condition(holds: Bool)
        /// The caller's answer was recognised: the choice, or nothing for a value.
        case answer(String?)
        /// The last attempt failed, by silence or by a wrong answer.
        case noAnswer
        /// How something ended that isn't for the caller to say.
        case outcome(String)
        /// The flow that was run came back.
        case returned(needsCaller: Bool)
    }

    struct Edge: Sendable {
        var source: Int
        var target: Int
        var way: Way
    }

    let linked: LinkedProgram
    /// Those of one operation side by side.
    let edges: [Edge]
    /// What can be reached, in the order of its distance from the beginning; what only handlers reach comes last.
    let reached: [Int]
    /// The edge by which each operation is reached first.
    private let arrivals: [Int?]
    /// Where the edges of each operation begin, and at the end where the last one ends.
    private let firstEdges: [Int]
    /// For each operation its place in `reached`.
    private let ranks: [Int]

    var program: Program { linked.program }

    init(_ linked: LinkedProgram) {
        self.linked = linked
        let operations = linked.program.operations
        var returns = Returns(of: linked.program)
        let areHeld = linked.program.subflows.map { !returns.isSilent(from: $0.entry) }
        func needsCaller(_ target: Int) -> Bool {
            linked.program.subflow(of: target).map { areHeld[$0] } ?? false
        }
        var edges: [Edge] = []
        var firstEdges: [Int] = []
        edges.reserveCapacity(operations.count * 2)
        firstEdges.reserveCapacity(operations.count + 1)
        for index in operations.indices {
            firstEdges.append(edges.count)
            linked.program.forEachWay(from: index, needsCaller: needsCaller) { target, way in
                guard operations.indices.contains(target) else { return }
                edges.append(Edge(source: index, target: target, way: way))
            }
        }
        firstEdges.append(edges.count)
        var reached: [Int] = []
        var arrivals = [Int?](repeating: nil, count: operations.count)
        var ranks = [Int](repeating: Int.max, count: operations.count)
        var next = 0
        let handlers =
            [linked.program.errorHandler] + linked.program.subflows.map(\.errorHandler)
            + linked.program.handlers.map { $0.entry }
        // A first text may be one of the flow's own choices.
        let first = linked.program.interrupts?.choices.map(\.target) ?? []
        // What is heard beside the conversation begins by itself.
        let sides = linked.program.subflows.filter { $0.isSide == true }.map(\.entry)
        for root in [linked.program.entry] + first + sides + handlers.compactMap({ $0 })
        where operations.indices.contains(root) && ranks[root] == Int.max {
            ranks[root] = reached.count
            reached.append(root)
            while next < reached.count {
                let node = reached[next]
                next += 1
                for edge in firstEdges[node]..<firstEdges[node + 1] {
                    let target = edges[edge].target
                    guard ranks[target] == Int.max else { continue }
                    ranks[target] = reached.count
                    arrivals[target] = edge
                    reached.append(target)
                }
            }
        }
        self.edges = edges
        self.firstEdges = firstEdges
        self.reached = reached
        self.arrivals = arrivals
        self.ranks = ranks
    }

    /// The edges that lead away from an operation.
    func ways(from node: Int) -> Range<Int> { firstEdges[node]..<firstEdges[node + 1] }

    /// The operations that lead to each operation.
    var sources: Sources { Sources(of: edges, count: program.operations.count) }

    struct Sources {
        /// Those of one operation side by side.
        private var nodes: [Int]
        private var starts: [Int]

        fileprivate init(of edges: [Edge], count: Int) {
            starts = Array(repeating: 0, count: count + 2)
            nodes = Array(repeating: 0, count: edges.count)
            for edge in edges { starts[edge.target + 2] += 1 }
            for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
            for edge in edges {
                nodes[starts[edge.target + 1]] = edge.source
                starts[edge.target + 1] += 1
            }
        }

        func of(_ node: Int) -> ArraySlice<Int> { nodes[starts[node]..<starts[node + 1]] }
    }

    func isReached(_ node: Int) -> Bool { ranks[node] < Int.max }

    /// The one of some operations that a conversation comes to first.
    func first(of nodes: [Int]) -> Int? { nodes.min { ranks[$0] < ranks[$1] } }

    /// The shortest way to an operation.
    func shortestWay(to node: Int) -> [Int] {
        var way: [Int] = []
        var node = node
        while let edge = arrivals[node] {
            way.append(edge)
            node = edges[edge].source
        }
        return way.reversed()
    }

    /// Whether only somebody who takes part takes this edge: nobody stays silent in it, and no machine goes round by it.
    func isProgress(_ edge: Edge) -> Bool {
        switch edge.way {
        case .answer: true
        case .returned(let needsCaller): needsCaller
        case .noAnswer: program.channel == .sms
        case .onwards, .condition, .outcome: false
        }
    }

    /// What only handlers of notices walk.
    var handlerNodes: Set<Int> {
        var nodes = Set(program.handlers.map(\.entry))
        var queue = Array(nodes)
        while let node = queue.popLast() {
            for edge in ways(from: node) where nodes.insert(edges[edge].target).inserted {
                queue.append(edges[edge].target)
            }
        }
        return nodes
    }

    func isWait(_ node: Int) -> Bool { program.operations[node].isWait }
}

extension Program {
    /// The ways on from an operation, with those that the flow's own choices make.
    fileprivate func forEachWay(
        from index: Int, needsCaller: (Int) -> Bool, _ visit: (_ target: Int, _ way: FlowGraph.Way) -> Void
    ) {
        operations[index].forEachWay(on: index + 1, needsCaller: needsCaller, visit)
        switch operations[index] {
        case .gather:
            for choice in interrupts(at: index)?.choices ?? [] { visit(choice.target, .answer(choice.shown)) }
        case .resume: for target in resumed(from: index) { visit(target, .onwards) }
        default: break
        }
    }
}

extension Operation {
    /// The ways on. A flow that is run is gone into, and passed by as a whole: a `return` leads nowhere by itself, or every call
    /// would lead behind every other.
    ///
    /// - Parameters:
    ///   - next: the operation after this one in line.
    ///   - needsCaller: whether a flow, by its first operation, comes back only if the caller takes part.
    fileprivate func forEachWay(
        on next: Int, needsCaller: (Int) -> Bool, _ visit: (_ target: Int, _ way: FlowGraph.Way) -> Void
    ) {
        switch self {
        case .emit, .attach, .set, .setLanguage, .send, .log: visit(next, .onwards)
        case .jump(let target), .again(let target): visit(target, .onwards)
        case .branch(_, let then, let otherwise):
            visit(then, .condition(holds: true))
            visit(otherwise, .condition(holds: false))
        case .select(_, let cases, let otherwise):
            for item in cases { visit(item.target, .onwards) }
            visit(otherwise, .onwards)
        case .gather(let gather):
            for choice in gather.choices { visit(choice.target, .answer(choice.shown)) }
            if gather.input != nil { visit(gather.next, .answer(nil)) }
            if let target = gather.confirms { visit(target, .answer("no")) }
            visit(gather.otherwise, .noAnswer)
        case .record(let record):
            visit(record.next, .outcome("recorded"))
            visit(record.otherwise, .outcome("nothing recorded"))
        case .dial(let dial):
            visit(dial.answered, .outcome("answered"))
            visit(dial.busy, .outcome("busy"))
            visit(dial.noAnswer, .outcome("no_answer"))
            visit(dial.failed, .outcome("failed"))
            visit(dial.canceled, .outcome("canceled"))
            if let declined = dial.declined { visit(declined, .outcome("declined")) }
        case .enqueue(let enqueue):
            visit(enqueue.bridged, .outcome("bridged"))
            visit(enqueue.left, .outcome("left"))
            visit(enqueue.full, .outcome("full"))
            visit(enqueue.failed, .outcome("failed"))
            for leave in enqueue.leaves ?? [] { visit(leave.target, .outcome(leave.name)) }
        case .fetch(let fetch):
            visit(fetch.next, .onwards)
            for status in fetch.statuses { visit(status.target, .outcome(String(status.code))) }
            visit(fetch.failed, .outcome("failed"))
        case .connect(let connect):
            for way in connect.ways { visit(way.target, .outcome(way.word)) }
            visit(connect.otherwise, .outcome("otherwise"))
        case .call(let call):
            visit(call.target, .onwards)
            visit(call.next, .returned(needsCaller: needsCaller(call.target)))
        case .finish, .return, .resume: break
        }
    }
}

extension ChoicePattern {
    /// The key or phrase that an author knows the choice by.
    fileprivate var shown: String? {
        switch keys.first {
        case "*": "star"
        case "#": "pound"
        case let key?: key
        case nil: phrases.lazy.flatMap { $0 }.first
        }
    }
}

/// Which flows that are run come back though the caller does nothing.
private struct Returns {
    private let program: Program
    /// By a flow's first operation.
    private var known: [Int: Bool] = [:]

    init(of program: Program) {
        self.program = program
    }

    /// No flow runs itself, so the depth is that of flows within each other.
    mutating func isSilent(from entry: Int) -> Bool {
        if let known = known[entry] { return known }
        var seen: Set<Int> = [entry]
        var queue = [entry]
        var comesBack = false
        while let node = queue.popLast(), !comesBack {
            let operation = program.operations[node]
            if case .return = operation { comesBack = true }
            func follow(_ target: Int, _ way: FlowGraph.Way) {
                guard program.operations.indices.contains(target) else { return }
                if case .answer = way { return }
                if case .noAnswer = way, program.channel == .sms { return }
                if seen.insert(target).inserted { queue.append(target) }
            }
            if case .call(let call) = operation {
                if isSilent(from: call.target) { follow(call.next, .onwards) }
            } else {
                program.forEachWay(from: node, needsCaller: { _ in false }, follow)
            }
        }
        known[entry] = comesBack
        return comesBack
    }
}
