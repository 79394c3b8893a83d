import FlowLang
import FlowProgram
import TwiML

/// A program with the place of each of its operations.
struct LinkedProgram {
    var program: Program
    var spans: [Span]

    func entry(in file: SourceFile) -> ProgramFile.Entry {
        let places = file.positions(of: spans.map(\.lower)).map { position in
            SourceMap.Place(line: position.line, column: position.column)
        }
        return ProgramFile.Entry(program: program, sourceMap: SourceMap(file: file.name, places: places))
    }
}

extension FlowLowering {
    typealias ReachedState = (name: String, index: Int, code: LoweredCode)

    /// Lays the fragments side by side and puts indices in the place of labels.
    mutating func link(_ reached: [ReachedState], errorHandler: LoweredCode?) -> LinkedProgram {
        let fragments = reached.map(\.code) + (errorHandler.map { [$0] } ?? [])
        var bases: [Int] = []
        var count = 0
        for fragment in fragments {
            bases.append(count)
            count += fragment.operations.count
        }
        var states = zip(reached, bases).map { Program.State(name: $0.name, entry: $1) }
        let handlerEntry = errorHandler == nil ? nil : bases.last
        if let handlerEntry { states.append(Program.State(name: "on error", entry: handlerEntry)) }
        let entries = Dictionary(uniqueKeysWithValues: zip(reached.map(\.index), bases))
        func place(_ label: Int, in fragment: LoweredCode, at base: Int) -> Int {
            label < 0 ? entries[-1 - label] ?? 0 : base + fragment.place(of: label)
        }
        // Where an operation leads that is a jump.
        var jumps = [Int?](repeating: nil, count: count)
        for (fragment, base) in zip(fragments, bases) {
            for (offset, operation) in fragment.operations.enumerated() {
                if case .jump(let label) = operation {
                    jumps[base + offset] = place(label, in: fragment, at: base)
                }
            }
        }
        var operations: [Operation] = []
        operations.reserveCapacity(count)
        for (fragment, base) in zip(fragments, bases) {
            for operation in fragment.operations {
                operations.append(
                    operation.mappingTargets { end(of: place($0, in: fragment, at: base), along: jumps) })
            }
        }
        return LinkedProgram(
            program: program(operations, states: states, handlerEntry: handlerEntry),
            spans: fragments.flatMap(\.spans))
    }

    /// A target that is a jump leads where the jump leads; a circle of jumps stays one.
    private func end(of target: Int, along jumps: [Int?]) -> Int {
        var target = target
        var steps = 0
        while let next = jumps[target], steps < 64 {
            target = next
            steps += 1
        }
        return target
    }

    private mutating func program(
        _ operations: [Operation], states: [Program.State], handlerEntry: Int?
    ) -> Program {
        let apology = apologyRendering()
        return Program(
            flow: flow.name?.value ?? "", channel: channel == .voice ? .voice : .sms, languages: languages,
            timezone: flow.timezone?.value, config: config, parameters: parameters,
            variables: typer.names.variables.indices.map { slot in
                let entry = typer.names.variables[slot]
                return Program.Variable(
                    name: entry.name, type: entry.type ?? .none, initial: initialValues[slot])
            },
            hours: calendars, states: states, operations: operations, statics: statics.pieces, entry: 0,
            errorHandler: handlerEntry, apology: apology,
            expires: max(1, Int((flow.expires?.value ?? 14_400_000) / 1000)),
            stopsSilentWay: operations.map(\.stopsSilentWay))
    }

    private mutating func apologyRendering() -> Rendering {
        let texts = languages.map { Apology.text(in: $0.tag) }
        if channel == .sms {
            return collapsed(
                texts.map { [.fixed(statics.index(of: escapeText($0), units: $0.utf16.count))] })
        }
        return rendering { lowering, builder, language in
            lowering.verbs(saying: [.text(texts[language])], in: language, with: &builder)
        }
    }
}

extension Operation {
    /// Whether a silent way stops before it (turn.md rule 4): it sets a variable, reads the clock or has an effect.
    var stopsSilentWay: Bool {
        switch self {
        case .set, .setLanguage, .fetch, .log: return true
        case .emit, .attach, .gather, .record, .dial, .enqueue, .branch, .select, .jump, .again, .finish:
            var readsClock = false
            forEachExpression { if $0.readsClock { readsClock = true } }
            return readsClock
        }
    }
}
