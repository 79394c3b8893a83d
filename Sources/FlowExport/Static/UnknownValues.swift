import FlowProgram

/// Which variables may hold, before each operation, what is known only in the conversation, and where that comes from.
struct UnknownValues {
    typealias Sources = [Int: UnknownSource]

    /// nil where the flow never comes.
    let before: [Sources?]

    /// - Parameters:
    ///   - isKnown: whether a gather's answer is known: there is a document for each.
    ///   - decided: what a condition is that depends on nothing but config.
    init(
        of program: Program, isKnown: (Gather) -> Bool, decided: (TypedExpression) -> Value?
    ) {
        var before: [Sources?] = Array(repeating: nil, count: program.operations.count)
        var start: Sources = [:]
        for parameter in program.parameters { start[parameter.variable] = .parameter(parameter.name) }
        var queue: [(operation: Int, sources: Sources)] = [(program.entry, start)]
        // The last one first; each operation again only if it learns something.
        while let (operation, sources) = queue.popLast() {
            guard before.indices.contains(operation) else { continue }
            let merged = before[operation].map { $0.merging(sources) { old, _ in old } } ?? sources
            if merged == before[operation] { continue }
            before[operation] = merged
            queue += program.ways(from: operation, with: merged, isKnown: isKnown, decided: decided)
        }
        self.before = before
    }
}

extension UnknownValues.Sources {
    /// Where the first unknown thing comes from that an expression reads.
    func source(of expression: TypedExpression) -> (variable: Int?, source: UnknownSource)? {
        var found: (Int?, UnknownSource)?
        expression.forEach { part in
            guard found == nil else { return }
            switch part {
            case .variable(let slot): found = self[slot].map { (slot, $0) }
            case .context: found = (nil, .request)
            case .now, .today, .isOpen: found = (nil, .clock)
            default: break
            }
        }
        return found
    }

    fileprivate mutating func set(_ settings: [Operation.Setting]) {
        for setting in settings { self[setting.variable] = source(of: setting.value)?.source }
    }

    fileprivate func setting(_ variable: Int?, to source: UnknownSource?) -> Self {
        guard let variable else { return self }
        var sources = self
        sources[variable] = source
        return sources
    }
}

extension Program {
    /// Where an operation leads, and what is unknown there.
    fileprivate func ways(
        from index: Int, with sources: UnknownValues.Sources, isKnown: (Gather) -> Bool,
        decided: (TypedExpression) -> Value?
    ) -> [(operation: Int, sources: UnknownValues.Sources)] {
        let operation = operations[index]
        func all(_ targets: [Int], _ sources: UnknownValues.Sources) -> [(Int, UnknownValues.Sources)] {
            targets.map { ($0, sources) }
        }
        switch operation {
        case .set(let settings):
            var after = sources
            after.set(settings)
            return [(index + 1, after)]
        case .call(let call):
            var after = sources
            after.set(call.settings)
            return [(call.target, after)]
        case .return: return all(returns(from: index), sources)
        case .resume: return all(resumed(from: index), sources)
        case .branch(let condition, let then, let otherwise):
            guard let value = decided(condition) else { return all([then, otherwise], sources) }
            return [(value == .bool(true) ? then : otherwise, sources)]
        case .select(let subject, let cases, let otherwise):
            guard let value = decided(subject) else { return all(operation.targets, sources) }
            return [(cases.first { $0.value.equals(value) }?.target ?? otherwise, sources)]
        case .gather(let gather):
            let interrupted = interrupts(at: index)?.choices.map(\.target) ?? []
            let answered = sources.setting(gather.into, to: isKnown(gather) ? nil : .answer)
            return all(gather.choices.map(\.target) + interrupted + [gather.otherwise], sources)
                + [(gather.next, answered)] + (gather.confirms.map { [($0, sources)] } ?? [])
        case .record(let record):
            return [(record.next, sources.setting(record.into, to: .recording)), (record.otherwise, sources)]
        case .dial(let dial): return all(operation.targets, sources.setting(dial.into, to: .outcome))
        case .enqueue(let enqueue): return all(operation.targets, sources.setting(enqueue.into, to: .outcome))
        case .connect(let connect): return all(operation.targets, sources.setting(connect.into, to: .outcome))
        case .fetch(let fetch): return all(operation.targets, sources.setting(fetch.into, to: .fetch))
        case .emit, .attach, .setLanguage, .jump, .again, .send, .log, .finish:
            return all(operation.targets + (operation.goesOn ? [index + 1] : []), sources)
        }
    }

    /// Behind each call of the flow that an operation was written in.
    func returns(from index: Int) -> [Int] {
        let own = subflow(of: index)
        return operations.compactMap { operation in
            guard case .call(let call) = operation, subflow(of: call.target) == own else { return nil }
            return call.next
        }
    }
}
