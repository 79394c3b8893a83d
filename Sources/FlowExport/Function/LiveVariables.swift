import BitCollections
import FlowProgram

/// Which variables may still be read from an operation on. A session needs no others: what nobody reads needn't travel.
struct LiveVariables {
    /// For each operation of the program, in ascending order.
    let atOperation: [[Int]]

    init(_ program: Program) {
        var live = Array(repeating: BitSet(), count: program.operations.count)
        let edges = program.operations.indices.map { program.edges(from: $0) }
        let reads = program.operations.indices.map { index in
            var reads = BitSet()
            program.operations[index].forEachExpression { $0.forEachVariable { reads.insert($0) } }
            // It says what was interrupted.
            if case .resume = program.operations[index], let interrupts = program.interrupts(at: index) {
                reads.insert(interrupts.variable)
            }
            return reads
        }
        // An error may happen anywhere, and its handler may read.
        let handlers = ([program.errorHandler] + program.subflows.map(\.errorHandler)).compactMap(\.self)
        var isChanged = true
        while isChanged {
            isChanged = false
            let handled = handlers.reduce(into: BitSet()) { $0.formUnion(live[$1]) }
            for index in program.operations.indices.reversed() {
                var found = handled
                for edge in edges[index] where live.indices.contains(edge.target) {
                    found.formUnion(live[edge.target].subtracting(edge.sets))
                }
                found.formUnion(program.operations[index].readsBeforeSetting(or: reads[index]))
                if found != live[index] {
                    live[index] = found
                    isChanged = true
                }
            }
        }
        atOperation = live.map { Array($0) }
    }
}

extension Program {
    /// Where an operation may lead, and what is set on every way there. What isn't known to be set is taken to be kept.
    fileprivate func edges(from index: Int) -> [(target: Int, sets: BitSet)] {
        let operation = operations[index]
        var edges = operation.targets.map { (target: $0, sets: BitSet()) }
        if operation.goesOn { edges.append((index + 1, BitSet())) }
        func set(_ variables: some Sequence<Int>, onWayTo target: Int) {
            edges.removeAll { $0.target == target }
            edges.append((target, BitSet(variables)))
        }
        func setOnEveryWay(_ variable: Int?) {
            guard let variable else { return }
            for index in edges.indices { edges[index].sets.insert(variable) }
        }
        switch operation {
        case .set(let settings): set(settings.map(\.variable), onWayTo: index + 1)
        case .call(let call): set(call.settings.map(\.variable), onWayTo: call.target)
        case .return: edges += returns(from: index).map { ($0, BitSet()) }
        case .resume: edges += resumed(from: index).map { ($0, BitSet()) }
        case .gather(let gather):
            if let into = gather.into, !gather.leadsElsewhere(to: gather.next) {
                set([into], onWayTo: gather.next)
            }
        case .fetch(let fetch):
            let others = fetch.statuses.map(\.target) + [fetch.failed]
            if let into = fetch.into, fetch.returns != nil, !others.contains(fetch.next) {
                set([into], onWayTo: fetch.next)
            }
        case .record(let record):
            if let into = record.into, record.otherwise != record.next { set([into], onWayTo: record.next) }
        case .dial(let dial): setOnEveryWay(dial.into)
        case .enqueue(let enqueue): setOnEveryWay(enqueue.into)
        case .connect(let connect): setOnEveryWay(connect.into)
        default: break
        }
        if operation.isWait, let interrupts = interrupts(at: index) {
            edges += interrupts.choices.map { ($0.target, BitSet()) }
        }
        return edges
    }
}

extension Gather {
    fileprivate func leadsElsewhere(to target: Int) -> Bool {
        otherwise == target || choices.contains { $0.target == target }
    }
}

extension Operation {
    /// What settings read, without what the ones before them have set.
    fileprivate func readsBeforeSetting(or all: BitSet) -> BitSet {
        let settings: [Setting]
        switch self {
        case .set(let list): settings = list
        case .call(let call): settings = call.settings
        default: return all
        }
        var reads = BitSet()
        for setting in settings.reversed() {
            reads.remove(setting.variable)
            setting.value.forEachVariable { reads.insert($0) }
        }
        return reads
    }
}
