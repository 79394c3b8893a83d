import FlowLang
import FlowProgram
import TwiML

/// The operations of one flow, before they have their places in a program.
struct LoweredFlow {
    struct State {
        var name: String
        /// Among those of all flows of the program.
        var number: Int
        var code: LoweredCode
    }

    /// Those that are reached, the entry first.
    var states: [State]
    var errorHandler: LoweredCode?
    var interrupts: LoweredInterrupts?
    var notices: [FlowLowering.LoweredHandler]

    var fragments: [LoweredCode] {
        states.map(\.code) + [errorHandler, interrupts?.code].compactMap(\.self) + notices.map(\.code)
    }
}

/// A program with the place of each of its operations.
struct LinkedProgram {
    var program: Program
    var spans: [Span]
    /// Where values decide whom the flow reaches, in the order of the operations.
    var sinks: [(operation: Int, sink: Sink)] = []
    /// For the entry flow's params: where each variable is declared.
    var parameterSpans: [Int: Span] = [:]
    /// Variables whose values stay out of logs, URLs and prompts.
    var sensitive: Set<Int> = []
    /// The first variable of each flow: of the entry flow, then of `Program.subflows`.
    var firstVariables: [Int] = []

    /// - Parameter files: those of the flows, the entry flow's first.
    func entry(in files: [SourceFile]) -> ProgramFile.Entry {
        var places = Array(repeating: SourceMap.Place(line: 1, column: 1), count: spans.count)
        for (number, file) in files.enumerated() {
            let indices = spans.indices.filter { spans[$0].source == file.id }
            for (index, position) in zip(indices, file.positions(of: indices.map { spans[$0].lower })) {
                places[index] = SourceMap.Place(file: number, line: position.line, column: position.column)
            }
        }
        return ProgramFile.Entry(
            program: program, sourceMap: SourceMap(files: files.map(\.name), places: places))
    }
}

/// Fragments side by side.
struct Layout {
    private(set) var operations: [Operation] = []
    private let fragments: [LoweredCode]
    /// Where each fragment begins.
    private let bases: [Int]
    /// Where each state begins.
    private let entries: [Int: Int]
    /// Where an operation leads that is a jump.
    private let jumps: [Int?]

    /// Puts indices in the place of labels.
    ///
    /// - Parameter states: for each fragment the number of its state; nil for an error handler.
    init(_ fragments: [LoweredCode], states: [Int?]) {
        var bases: [Int] = []
        var count = 0
        for fragment in fragments {
            bases.append(count)
            count += fragment.operations.count
        }
        self.fragments = fragments
        self.bases = bases
        var entries: [Int: Int] = [:]
        entries.reserveCapacity(states.count)
        for (state, base) in zip(states, bases) { if let state { entries[state] = base } }
        func place(_ label: Int, in fragment: LoweredCode, at base: Int) -> Int {
            label < 0 ? entries[-1 - label] ?? 0 : base + fragment.place(of: label)
        }
        self.entries = entries
        var jumps = [Int?](repeating: nil, count: count)
        for (fragment, base) in zip(fragments, bases) {
            for (offset, operation) in fragment.operations.enumerated() {
                if case .jump(let label) = operation {
                    jumps[base + offset] = place(label, in: fragment, at: base)
                }
            }
        }
        self.jumps = jumps
        operations.reserveCapacity(count)
        for (fragment, base) in zip(fragments, bases) {
            for operation in fragment.operations {
                operations.append(
                    operation.mappingTargets {
                        Self.end(of: place($0, in: fragment, at: base), along: jumps)
                    } sides: {
                        place($0, in: fragment, at: base)
                    })
            }
        }
    }

    func base(ofFragment index: Int) -> Int { bases[index] }

    /// The operation behind a label of a fragment.
    func target(of label: Int, inFragment index: Int) -> Int {
        let place = label < 0 ? entries[-1 - label] ?? 0 : bases[index] + fragments[index].place(of: label)
        return Self.end(of: place, along: jumps)
    }

    /// A target that is a jump leads where the jump leads; a circle of jumps stays one.
    private static func end(of target: Int, along jumps: [Int?]) -> Int {
        var target = target
        var steps = 0
        while let next = jumps[target], steps < 64 {
            target = next
            steps += 1
        }
        return target
    }
}

extension ProgramLowering {
    /// Lays the flows side by side.
    mutating func link(_ lowered: [LoweredFlow]) -> LinkedProgram {
        let fragments = lowered.flatMap(\.fragments)
        let layout = Layout(
            fragments,
            states: lowered.flatMap { flow in
                flow.states.map { Optional($0.number) }
                    + Array(repeating: nil, count: flow.fragments.count - flow.states.count)
            })
        var states: [Program.State] = []
        var subflows: [Program.Subflow] = []
        var errorHandler: Int?
        var interrupts: Program.Interrupts?
        var handlers: [Program.Handler] = []
        var next = 0
        for (index, flow) in lowered.enumerated() {
            let name = units[index].flow.name?.value ?? ""
            let prefix = index == 0 ? "" : name + "/"
            let first = next
            for state in flow.states {
                states.append(Program.State(name: prefix + state.name, entry: layout.base(ofFragment: next)))
                next += 1
            }
            var handler: Int?
            if flow.errorHandler != nil {
                handler = layout.base(ofFragment: next)
                states.append(Program.State(name: prefix + "on error", entry: layout.base(ofFragment: next)))
                next += 1
            }
            var choices: Program.Interrupts?
            if let lowered = flow.interrupts {
                let bounds = layout.base(ofFragment: first)..<layout.base(ofFragment: next)
                choices = Program.Interrupts(
                    choices: lowered.patterns.map { pattern in
                        var pattern = pattern
                        pattern.target = layout.target(of: pattern.target, inFragment: next)
                        return pattern
                    },
                    variable: lowered.variable, waits: bounds.filter { layout.operations[$0].isGather })
                states.append(
                    Program.State(name: prefix + "on choices", entry: layout.base(ofFragment: next)))
                next += 1
            }
            for notice in flow.notices {
                let base = layout.base(ofFragment: next)
                handlers.append(
                    Program.Handler(event: notice.event, entry: base, variable: notice.variable))
                states.append(Program.State(name: "on \(notice.event.rawValue)", entry: base))
                next += 1
            }
            if index == 0 {
                errorHandler = handler
                interrupts = choices
            } else {
                subflows.append(
                    Program.Subflow(
                        flow: name, entry: layout.base(ofFragment: first), errorHandler: handler,
                        interrupts: choices, isSide: units[index].flow.role == nil ? nil : true))
            }
        }
        let apology = units[0].apologyRendering()
        let pardon = units[0].channel == .voice ? units[0].pardonRendering() : nil
        // Else nobody could tell the end of the flow from a hang-up.
        let hearsHangup = handlers.contains { $0.event == .hangup }
        let entry = units[0]
        let last = units[units.count - 1]
        var program = Program(
            flow: entry.flow.name?.value ?? "", channel: entry.channel == .voice ? .voice : .sms,
            languages: entry.languages, timezone: units.lazy.compactMap(\.flow.timezone?.value).first,
            config: last.config, parameters: entry.parameters, variables: variables, hours: last.calendars,
            states: states, operations: layout.operations, statics: entry.statics.pieces, entry: 0,
            errorHandler: errorHandler, interrupts: interrupts, handlers: handlers, subflows: subflows,
            apology: apology,
            expires: max(1, Int((entry.flow.expires?.value ?? 14_400_000) / 1000)),
            stopsSilentWay: layout.operations.map { operation in
                operation.stopsSilentWay || (hearsHangup && operation.endsConversation)
            })
        program.pardon = pardon
        program.fallback = entry.fallback
        var linked = LinkedProgram(program: program, spans: fragments.flatMap(\.spans))
        var limits: [Program.SegmentLimit] = []
        for (number, fragment) in fragments.enumerated() {
            let base = layout.base(ofFragment: number)
            limits += fragment.segmentLimits.map {
                Program.SegmentLimit(operation: base + $0.operation, segments: $0.segments)
            }
            for (operation, sink) in fragment.sinks { linked.sinks.append((base + operation, sink)) }
        }
        for (parameter, declared) in zip(entry.parameters, entry.flow.params) {
            linked.parameterSpans[parameter.variable] = declared.name.span
        }
        if entry.channel == .sms {
            linked.program.maxSegments = entry.maxSegments
            linked.program.segmentLimits = limits.isEmpty ? nil : limits
        }
        linked.firstVariables = units.map(\.firstVariable)
        for unit in units {
            for slot in unit.typer.names.variables.indices.dropFirst(unit.firstVariable)
            where unit.typer.names.variables[slot].isSensitive {
                linked.sensitive.insert(slot)
            }
        }
        return linked
    }

    private var variables: [Program.Variable] {
        units.enumerated().flatMap { index, unit in
            let prefix = index == 0 ? "" : (unit.flow.name?.value ?? "") + "/"
            return unit.typer.names.variables.indices.dropFirst(unit.firstVariable).map { slot in
                let entry = unit.typer.names.variables[slot]
                return Program.Variable(
                    name: prefix + (slot == unit.result?.slot ? "return" : entry.name),
                    type: entry.type ?? .none, initial: unit.initialValues[slot])
            }
        }
    }
}

extension FlowLowering {
    fileprivate mutating func apologyRendering() -> Rendering {
        let texts = languages.map { Apology.text(in: $0.tag) }
        if channel == .sms {
            return collapsed(
                texts.map { [.fixed(statics.index(of: escapeText($0), units: $0.utf16.count))] })
        }
        return rendering { lowering, builder, language in
            lowering.verbs(saying: [.text(texts[language])], in: language, with: &builder)
        }
    }

    fileprivate mutating func pardonRendering() -> Rendering {
        let texts = languages.map { Apology.pardon(in: $0.tag) }
        return rendering { lowering, builder, language in
            lowering.verbs(saying: [.text(texts[language])], in: language, with: &builder)
        }
    }
}

extension Operation {
    fileprivate var endsConversation: Bool {
        switch self {
        case .finish(.hangup), .finish(.end): true
        default: false
        }
    }

    /// Whether a silent way stops before it (turn.md rule 4): it sets a variable, calls or returns, reads the clock or has
    /// an effect.
    var stopsSilentWay: Bool {
        switch self {
        // The session knows of these only by a request.
        case .finish(.leave), .finish(.accept), .finish(.decline): return true
        case .set, .setLanguage, .fetch, .send, .log, .call, .return: return true
        case .emit, .attach, .gather, .record, .dial, .enqueue, .connect, .branch, .select, .jump, .again,
            .resume, .finish:
            var readsClock = false
            forEachExpression { if $0.readsClock { readsClock = true } }
            return readsClock
        }
    }
}
