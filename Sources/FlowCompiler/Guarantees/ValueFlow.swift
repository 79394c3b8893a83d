import FlowLang
import FlowProgram

/// Which variables may hold what, wherever some uses of values look: the promises about callers' numbers and about secrets
/// ask the same question with other origins.
///
/// First each variable counts as if it always held all that is ever put into it. Only where a use would be wrong then, the way
/// is followed, operation by operation, for the variables that such uses depend on.
struct ValueFlow {
    /// A value that is used at an operation, and the origins that it must not have there.
    struct Use {
        var operation: Int
        var expression: TypedExpression
        var forbidden: Origins
    }

    let graph: FlowGraph
    private let sensitive: Set<Int>
    /// Where each variable that matters is set.
    private var writes: [Int: [(operation: Int, value: Written)]] = [:]
    /// By variable: all that is ever put into it.
    private var ever: [Int: Origins] = [:]
    /// The variables that are followed, and their places in a state.
    private var followed: [Int] = []
    private var places: [Int: Int] = [:]
    /// For each operation the origins of the followed variables before it, `Origins.count` bits each.
    private var states: [UInt64] = []
    private var isVisited: [Bool] = []
    private var words = 0

    private var program: Program { graph.program }

    /// Words of all states together, and words that are joined on the way; beyond, variables count as what they ever hold.
    private static let maxWords = 1 << 21
    private static let maxWork = 1 << 25

    init(_ graph: FlowGraph) {
        self.graph = graph
        sensitive = graph.linked.sensitive
    }

    /// The uses whose value has an origin that it must not have, and which.
    mutating func wrong(_ uses: [Use]) -> [(use: Int, origins: Origins)] {
        guard !uses.isEmpty else { return [] }
        findWrites(neededBy: uses)
        findEver()
        let suspect = uses.indices.filter { !found(in: uses[$0], at: nil).isEmpty }
        guard !suspect.isEmpty else { return [] }
        follow(variables(neededBy: suspect.map { uses[$0].expression }))
        return suspect.compactMap { index in
            let origins = found(in: uses[index], at: uses[index].operation)
            return origins.isEmpty ? nil : (index, origins)
        }
    }

    private func found(in use: Use, at operation: Int?) -> Origins {
        origins(of: use.expression, at: operation).intersection(use.forbidden)
    }

    /// Of a value before an operation, or wherever it may be.
    func origins(of expression: TypedExpression, at operation: Int?) -> Origins {
        program.origins(of: expression, sensitive: sensitive) { slot in
            guard let operation, let place = places[slot], !states.isEmpty else { return ever[slot] ?? [] }
            guard isVisited[operation] else { return [] }
            return Self.origins(in: states[(operation * words)..<((operation + 1) * words)], at: place)
        }
    }

    // What is ever put into a variable

    private mutating func findWrites(neededBy uses: [Use]) {
        var needed: Set<Int> = []
        for use in uses { use.expression.forEachVariable { needed.insert($0) } }
        guard !needed.isEmpty else { return }
        var all: [[(operation: Int, value: Written)]] = Array(repeating: [], count: program.variables.count)
        for operation in graph.reached {
            program.operations[operation].forEachWrite { variable, value in
                if all.indices.contains(variable) { all[variable].append((operation, value)) }
            }
        }
        var queue = Array(needed)
        while let variable = queue.popLast() {
            guard all.indices.contains(variable) else { continue }
            writes[variable] = all[variable]
            for (_, value) in all[variable] {
                value.forEachSource { source in
                    source.forEachVariable { if needed.insert($0).inserted { queue.append($0) } }
                }
            }
        }
    }

    /// What the request that starts the flow puts into a param, and what a notice brings to its handler.
    private func given(_ variable: Int) -> Origins {
        program.parameters.first { $0.variable == variable }?.type.parameterOrigins
            ?? program.notice(in: variable)?.origins ?? []
    }

    private mutating func findEver() {
        var readers: [Int: [(variable: Int, write: Int)]] = [:]
        var queue: [(variable: Int, write: Int)] = []
        for (variable, found) in writes {
            ever[variable] = given(variable)
            for (write, (_, value)) in found.enumerated() {
                queue.append((variable, write))
                value.forEachSource {
                    $0.forEachVariable { readers[$0, default: []].append((variable, write)) }
                }
            }
        }
        while let (variable, write) = queue.popLast() {
            guard let value = writes[variable]?[write].value else { continue }
            let known = ever[variable] ?? []
            let origins = known.union(self.origins(of: value, at: nil))
            guard origins != known else { continue }
            ever[variable] = origins
            queue += readers[variable] ?? []
        }
    }

    func origins(of value: Written, at operation: Int?) -> Origins {
        switch value {
        case .value(let expression): return origins(of: expression, at: operation)
        case .answer(let form): return form.origins
        case .recording: return []
        case .result(let form): return form.origins
        case .fetched(let fetch):
            var asked: Origins = []
            fetch.forEachExpression { asked.formUnion(origins(of: $0, at: operation)) }
            return asked.isDisjoint(with: [.callerNumber, .person]) ? [] : .callerNumber
        }
    }

    private func variables(neededBy expressions: [TypedExpression]) -> [Int] {
        var needed: Set<Int> = []
        var queue: [Int] = []
        func add(_ expression: TypedExpression) {
            expression.forEachVariable { if needed.insert($0).inserted { queue.append($0) } }
        }
        for expression in expressions { add(expression) }
        while let variable = queue.popLast() {
            for (_, value) in writes[variable] ?? [] { value.forEachSource(add) }
        }
        // What never holds anything needn't be followed; what a handler sets may be anything at every wait.
        let setByHandlers = variablesSetByHandlers
        return needed.filter { !(ever[$0] ?? []).isEmpty && !setByHandlers.contains($0) }.sorted()
    }

    private var variablesSetByHandlers: Set<Int> {
        var variables: Set<Int> = []
        for node in graph.handlerNodes {
            program.operations[node].forEachWrite { variable, _ in variables.insert(variable) }
        }
        return variables
    }

    // The way

    private mutating func follow(_ variables: [Int]) {
        words = (variables.count * Origins.count + 63) / 64
        let count = program.operations.count
        guard words > 0, count * words <= Self.maxWords else { return }
        followed = variables
        places = Dictionary(uniqueKeysWithValues: variables.enumerated().map { ($1, $0) })
        states = Array(repeating: 0, count: count * words)
        isVisited = Array(repeating: false, count: count)
        var queue: [Int] = []
        var isQueued = isVisited
        func reach(_ operation: Int, with state: ArraySlice<UInt64>, keeping mask: [UInt64]?) {
            guard isVisited.indices.contains(operation) else { return }
            var hasChanged = !isVisited[operation]
            isVisited[operation] = true
            for (offset, word) in state.enumerated() {
                let place = operation * words + offset
                let joined = states[place] | word & (mask?[offset] ?? ~0)
                if joined != states[place] {
                    states[place] = joined
                    hasChanged = true
                }
            }
            if hasChanged, !isQueued[operation] {
                isQueued[operation] = true
                queue.append(operation)
            }
        }
        var start = [UInt64](repeating: 0, count: words)
        var anything = start
        for (place, variable) in followed.enumerated() {
            Self.put(given(variable), into: &start, at: place)
            Self.put(ever[variable] ?? [], into: &anything, at: place)
        }
        // A first text may be one of the flow's own choices.
        for root in [program.entry] + (program.interrupts?.choices.map(\.target) ?? []) {
            reach(root, with: start[...], keeping: nil)
        }
        let notices = program.handlers.map { Optional($0.entry) }
        for handler in [program.errorHandler] + program.subflows.map(\.errorHandler) + notices {
            if let handler { reach(handler, with: anything[...], keeping: nil) }
        }
        let returns = Returns(of: graph.linked, followed: followed, words: words)
        var work = 0
        var next = 0
        while next < queue.count {
            let operation = queue[next]
            next += 1
            isQueued[operation] = false
            work += words * (1 + graph.ways(from: operation).count)
            guard work <= Self.maxWork else {
                (states, places) = ([], [:])
                return
            }
            let before = states[(operation * words)..<((operation + 1) * words)]
            let after = state(after: operation, from: before)
            for edge in graph.ways(from: operation) {
                let way = graph.edges[edge].way
                var mask: [UInt64]?
                if case .returned = way { mask = returns.callers(at: operation) }
                let carries = after != nil && program.operations[operation].writes(on: way)
                reach(graph.edges[edge].target, with: carries ? after?[...] ?? before : before, keeping: mask)
            }
            for side in program.operations[operation].sides {
                reach(side.entry, with: after?[...] ?? before, keeping: nil)
            }
            if case .return = program.operations[operation] {
                for (target, mask) in returns.ways(from: operation) {
                    reach(target, with: before, keeping: mask)
                }
            }
            // The queue doesn't keep what is done.
            if next > 4096, next * 2 > queue.count {
                queue.removeFirst(next)
                next = 0
            }
        }
    }

    /// The state behind an operation that sets followed variables; nil for others.
    private func state(after operation: Int, from before: ArraySlice<UInt64>) -> [UInt64]? {
        var after: [UInt64]?
        program.operations[operation].forEachWrite { variable, value in
            guard let place = places[variable] else { return }
            var state = after ?? Array(before)
            Self.put(origins(of: value, at: operation, in: state), into: &state, at: place)
            after = state
        }
        return after
    }

    /// One after another, as `set` does.
    private func origins(of value: Written, at operation: Int, in state: [UInt64]) -> Origins {
        guard case .value(let expression) = value else { return origins(of: value, at: operation) }
        return program.origins(of: expression, sensitive: sensitive) { slot in
            places[slot].map { Self.origins(in: state[...], at: $0) } ?? []
        }
    }

    private static func origins(in state: ArraySlice<UInt64>, at place: Int) -> Origins {
        let bit = place * Origins.count
        return Origins(
            rawValue: UInt8(truncatingIfNeeded: state[state.startIndex + bit / 64] >> UInt64(bit % 64) & 15))
    }

    private static func put(_ origins: Origins, into state: inout [UInt64], at place: Int) {
        let bit = place * Origins.count
        state[bit / 64] &= ~(15 << UInt64(bit % 64))
        state[bit / 64] |= UInt64(origins.rawValue) << UInt64(bit % 64)
    }
}

extension ValueFlow {
    /// Where a value comes from: the places that it went through, the one where it began first.
    struct Trace {
        var operations: [Int] = []
        /// The variables that it stood in, beside `operations`.
        var variables: [Int] = []
        var root: Root
    }

    enum Root {
        case parameter(Int)
        case notice(ResultForm)
        case context(ContextField)
        case config(Int)
        /// A variable that is sensitive, or a field of its type.
        case variable(Int)
        /// What the operation asked or fetched.
        case operation(Int)
        case unknown
    }

    /// The shortest way back from a use to where its value began.
    func trace(_ use: Use, _ origins: Origins) -> Trace {
        var trace = Trace(root: .unknown)
        let origins: Origins = origins.contains(.secret) ? .secret : .caller
        var expression = use.expression
        var operation = use.operation
        var sources: [[Int]]?
        var seen: Set<[Int]> = []
        for _ in 0..<32 {
            if let root = root(of: expression, origins) {
                trace.root = root
                break
            }
            var variable: Int?
            expression.forEach { part in
                guard variable == nil, case .variable(let slot) = part else { return }
                let found = self.origins(of: part, at: operation)
                if !found.isDisjoint(with: origins) { variable = slot }
            }
            guard let variable, seen.insert([variable, operation]).inserted else { break }
            if sources == nil { sources = graph.allSources() }
            guard let (place, value) = write(of: variable, origins, before: operation, sources ?? [])
            else {
                trace.root =
                    program.notice(in: variable).map { .notice($0) }
                    ?? (given(variable).isEmpty ? .variable(variable) : .parameter(variable))
                break
            }
            trace.operations.append(place)
            trace.variables.append(variable)
            operation = place
            guard case .value(let written) = value else {
                trace.root = .operation(place)
                break
            }
            expression = written
        }
        trace.operations.reverse()
        trace.variables.reverse()
        return trace
    }

    private func root(of expression: TypedExpression, _ origins: Origins) -> Root? {
        var root: Root?
        expression.forEach { part in
            guard root == nil else { return }
            switch part {
            case .context(let field) where !field.origins.isDisjoint(with: Origins.caller):
                if !origins.isDisjoint(with: Origins.caller) { root = .context(field) }
            case .config(let slot) where origins.contains(.secret):
                if self.origins(of: part, at: nil).contains(.secret) { root = .config(slot) }
            case .variable(let slot) where origins.contains(.secret):
                if sensitive.contains(slot) { root = .variable(slot) }
            default: break
            }
        }
        return root
    }

    /// The nearest place on a way back that sets a variable to what matters.
    private func write(
        of variable: Int, _ origins: Origins, before operation: Int, _ sources: [[Int]]
    ) -> (operation: Int, value: Written)? {
        let values = Dictionary((writes[variable] ?? []).map { ($0.operation, $0.value) }) { $1 }
        var seen: Set<Int> = [operation]
        var queue = [operation]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            for source in sources[node] {
                if let value = values[source],
                    !self.origins(of: value, at: source).isDisjoint(with: origins)
                {
                    return (source, value)
                }
                if seen.insert(source).inserted { queue.append(source) }
            }
        }
        return (writes[variable] ?? []).first {
            !self.origins(of: $0.value, at: $0.operation).isDisjoint(with: origins)
        }
    }
}

/// Where flows that are run come back to. Each has variables of its own: what the flow that ran it holds stays as it was.
private struct Returns {
    private let program: Program
    private let returns: [[Int]]
    /// By subflow: the bits of its own variables.
    private let own: [[UInt64]]

    init(of linked: LinkedProgram, followed: [Int], words: Int) {
        program = linked.program
        var returns = Array(repeating: [Int](), count: program.subflows.count)
        for case .call(let call) in program.operations {
            if let subflow = program.subflow(of: call.target) { returns[subflow].append(call.next) }
        }
        self.returns = returns
        let firsts = linked.firstVariables
        own = program.subflows.indices.map { subflow in
            let first = firsts.indices.contains(subflow + 1) ? firsts[subflow + 1] : 0
            let end =
                firsts.indices.contains(subflow + 2)
                ? firsts[subflow + 2] : linked.program.variables.count
            var mask = [UInt64](repeating: 0, count: words)
            for (place, variable) in followed.enumerated() where (first..<end).contains(variable) {
                let bit = place * Origins.count
                mask[bit / 64] |= 15 << UInt64(bit % 64)
            }
            return mask
        }
    }

    /// From a `return`: what the flow leaves behind.
    func ways(from operation: Int) -> [(target: Int, mask: [UInt64])] {
        guard let subflow = program.subflow(of: operation) else { return [] }
        return returns[subflow].map { ($0, own[subflow]) }
    }

    /// From a call to what follows it: all but what the flow that is run has.
    func callers(at operation: Int) -> [UInt64]? {
        guard case .call(let call) = program.operations[operation],
            let subflow = program.subflow(of: call.target)
        else { return nil }
        return own[subflow].map { ~$0 }
    }
}

extension Operation {
    /// Whether what the operation sets is set on this way.
    fileprivate func writes(on way: FlowGraph.Way) -> Bool {
        switch self {
        case .gather: way == .answer(nil)
        case .record: way == .outcome("recorded")
        case .fetch: way == .onwards
        default: true
        }
    }
}

extension FlowGraph {
    /// For each operation those before it; behind a call, the ends of the flow that is run, too. What is heard beside an operation
    /// comes behind it.
    fileprivate func allSources() -> [[Int]] {
        var sources: [[Int]] = Array(repeating: [], count: program.operations.count)
        for edge in edges { sources[edge.target].append(edge.source) }
        let ways = ControlFlow(of: program)
        for node in reached {
            for side in program.operations[node].sides { sources[side.entry].append(node) }
            guard case .return = program.operations[node] else { continue }
            for target in ways.successors(of: node) where sources.indices.contains(target) {
                sources[target].append(node)
            }
        }
        return sources
    }
}

extension Written {
    /// The values that this one is made of.
    fileprivate func forEachSource(_ visit: (TypedExpression) -> Void) {
        switch self {
        case .value(let expression): visit(expression)
        case .fetched(let fetch): fetch.forEachExpression(visit)
        case .answer, .recording, .result: break
        }
    }
}
