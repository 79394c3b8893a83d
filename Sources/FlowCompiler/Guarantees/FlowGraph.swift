import FlowLang
import FlowProgram

/// The operations of a program as a graph: what may follow what, and what takes the conversation there.
///
/// A condition may go either way, and a fetch may answer or fail. A new operation is told of here, and nowhere else.
struct FlowGraph: Sendable {
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
    /// What can be reached, in the order of its distance from the beginning; what only `on: error` reaches comes last.
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
        for index in operations.indices {
            firstEdges.append(edges.count)
            for (target, way) in linked.program.ways(from: index, needsCaller: needsCaller)
            where operations.indices.contains(target) {
                edges.append(Edge(source: index, target: target, way: way))
            }
        }
        firstEdges.append(edges.count)
        var reached: [Int] = []
        var arrivals = [Int?](repeating: nil, count: operations.count)
        var ranks = [Int](repeating: Int.max, count: operations.count)
        var next = 0
        let handlers = [linked.program.errorHandler] + linked.program.subflows.map(\.errorHandler)
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

    func isWait(_ node: Int) -> Bool { program.operations[node].isWait }
}

extension Program {
    /// The ways on from an operation, with those that the flow's own choices make.
    fileprivate func ways(
        from index: Int, needsCaller: (Int) -> Bool
    ) -> [(target: Int, way: FlowGraph.Way)] {
        let operation = operations[index]
        let ways = operation.ways(on: index + 1, needsCaller: needsCaller)
        switch operation {
        case .gather:
            return ways + (interrupts(at: index)?.choices ?? []).map { ($0.target, .answer($0.shown)) }
        case .resume: return resumed(from: index).map { ($0, .onwards) }
        default: return ways
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
    fileprivate func ways(on next: Int, needsCaller: (Int) -> Bool) -> [(target: Int, way: FlowGraph.Way)] {
        switch self {
        case .emit, .attach, .set, .setLanguage, .log: [(next, .onwards)]
        case .jump(let target), .again(let target): [(target, .onwards)]
        case .branch(_, let then, let otherwise):
            [(then, .condition(holds: true)), (otherwise, .condition(holds: false))]
        case .select(_, let cases, let otherwise):
            cases.map { ($0.target, .onwards) } + [(otherwise, .onwards)]
        case .gather(let gather):
            gather.choices.map { ($0.target, .answer($0.shown)) }
                + (gather.input == nil ? [] : [(gather.next, .answer(nil))])
                + (gather.confirms.map { [($0, .answer("no"))] } ?? []) + [(gather.otherwise, .noAnswer)]
        case .record(let record):
            [(record.next, .outcome("recorded")), (record.otherwise, .outcome("nothing recorded"))]
        case .dial(let dial):
            [
                (dial.answered, .outcome("answered")), (dial.busy, .outcome("busy")),
                (dial.noAnswer, .outcome("no_answer")), (dial.failed, .outcome("failed")),
                (dial.canceled, .outcome("canceled")),
            ] + (dial.declined.map { [($0, .outcome("declined"))] } ?? [])
        case .enqueue(let enqueue):
            [
                (enqueue.bridged, .outcome("bridged")), (enqueue.left, .outcome("left")),
                (enqueue.full, .outcome("full")), (enqueue.failed, .outcome("failed")),
            ] + (enqueue.leaves ?? []).map { ($0.target, .outcome($0.name)) }
        case .fetch(let fetch):
            [(fetch.next, .onwards)] + fetch.statuses.map { ($0.target, .outcome(String($0.code))) }
                + [(fetch.failed, .outcome("failed"))]
        case .connect(let connect):
            connect.ways.map { ($0.target, .outcome($0.word)) } + [(connect.otherwise, .outcome("otherwise"))]
        case .call(let call):
            [(call.target, .onwards), (call.next, .returned(needsCaller: needsCaller(call.target)))]
        case .finish, .return, .resume: []
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
            var ways = program.ways(from: node) { _ in false }
            if case .call(let call) = operation {
                ways = isSilent(from: call.target) ? [(call.next, .onwards)] : []
            }
            for (target, way) in ways where program.operations.indices.contains(target) {
                if case .answer = way { continue }
                if case .noAnswer = way, program.channel == .sms { continue }
                if seen.insert(target).inserted { queue.append(target) }
            }
        }
        known[entry] = comesBack
        return comesBack
    }
}
