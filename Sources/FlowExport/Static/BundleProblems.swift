import FlowProgram
import FlowRuntime
import TwiML

/// Looks for what no bundle of files can do, at every step that the flow may come to: what is left can be walked with every request.
struct BundleProblems {
    private let program: Program
    private let config: [Value]
    private let maxDocuments: Int
    private let unknown: UnknownValues
    /// In the order of the operations.
    private(set) var found: [(operation: Int, reason: StaticReason)] = []
    /// Gathers that hear speech besides keys.
    private(set) var spoken: [Int] = []

    init(of program: Program, config: [Value], maxDocuments: Int) {
        self.program = program
        self.config = config
        self.maxDocuments = maxDocuments
        unknown = UnknownValues(
            of: program,
            isKnown: { reason($0, in: program, most: maxDocuments) == nil },
            decided: { program.decided($0, config) })
        for operation in program.operations.indices {
            guard let sources = unknown.before[operation] else { continue }
            look(at: operation, sources)
        }
        for handler in program.handlers { found.append((handler.entry, .notice)) }
        found.sort { $0.operation < $1.operation }
    }

    private mutating func look(at index: Int, _ sources: UnknownValues.Sources) {
        var reasons: [StaticReason] = []
        switch program.operations[index] {
        case .emit(let rendering), .finish(.reject(let rendering)), .finish(.redirect(let rendering)):
            reasons += self.reasons(rendering, sources)
        case .gather(let gather):
            if let reason = reason(gather, in: program, most: maxDocuments) { reasons.append(reason) }
            if program.element("Gather", of: gather.prompt)?.attribute("input")?.contains("speech") == true {
                spoken.append(index)
            }
            for rendering in [gather.prompt] + gather.noInput + gather.noMatch {
                reasons += self.reasons(rendering, sources)
            }
            let heard = program.interrupts(at: index)?.choices ?? []
            if heard.contains(where: \.keys.isEmpty) { reasons.append(.speech) }
            if heard.contains(where: \.hasPound) { reasons.append(.pound) }
        case .record(let record): reasons += self.reasons(record.rendering, sources)
        case .dial(let dial):
            for rule in dial.guards where !rule.prefixes.isEmpty && sources.source(of: rule.number) != nil {
                reasons.append(.prefixes)
            }
            if !(dial.sides ?? []).isEmpty { reasons.append(.side) }
            reasons += self.reasons(dial.rendering, sources)
        case .enqueue(let enqueue):
            if enqueue.wait != nil { reasons.append(.side) }
            reasons += self.reasons(enqueue.rendering, sources)
        case .connect(let connect):
            let ways = connect.ways.map(\.target) + [connect.otherwise]
            if Set(ways.map(program.end(of:))).count > 1 { reasons.append(.outcome) }
            reasons += self.reasons(connect.rendering, sources)
        case .branch(let condition, _, _):
            if let source = sources.source(of: condition) { reasons.append(.depends(source.source)) }
        case .select(let subject, _, _), .setLanguage(let subject):
            if let source = sources.source(of: subject) { reasons.append(.depends(source.source)) }
        case .fetch: reasons.append(.fetch)
        case .log: reasons.append(.log)
        case .send: reasons.append(.send)
        case .finish(.leave), .finish(.accept), .finish(.decline): reasons.append(.side)
        case .attach, .set, .jump, .again, .resume, .call, .return, .finish(.hangup), .finish(.end): break
        }
        var seen: Set<StaticReason> = []
        for reason in reasons where seen.insert(reason).inserted {
            // The clock has one sentence, wherever it is read.
            let isClock = [.depends(.clock), .shown(.clock)].contains(reason)
            found.append((index, isClock ? .clock : reason))
        }
    }

    /// Why something can't be shown.
    private func reasons(_ rendering: Rendering, _ sources: UnknownValues.Sources) -> [StaticReason] {
        var reasons: [StaticReason] = []
        rendering.forEachExpression { expression in
            if let (variable, source) = sources.source(of: expression) {
                switch (source, variable) {
                case (.parameter, _), (_, nil): reasons.append(.shown(source))
                case (_, let variable?):
                    reasons.append(.carried(variable: program.variables[variable].name, source))
                }
            }
            expression.forEach { part in
                if case .config(let item) = part, program.config.indices.contains(item),
                    case .secret = program.config[item].type.unwrapped
                {
                    reasons.append(.secret(program.config[item].name))
                }
            }
        }
        return reasons
    }
}

/// Why the answers to a gather can't have a file each.
private func reason(_ gather: FlowProgram.Gather, in program: Program, most: Int) -> StaticReason? {
    guard let element = program.element("Gather", of: gather.prompt) else { return .speech }
    let input = KeyInput(element)
    if !input.hearsKeys || gather.hasWayWithoutKey { return .speech }
    if gather.choices.contains(where: \.hasPound) { return .pound }
    if input.takesPound { return .notPound }
    guard let count = input.count, count <= max(most, StaticHosting.usualBound) else {
        return .openAnswer(input.count)
    }
    return nil
}

extension AnswerPattern {
    fileprivate var hasPound: Bool { keys.contains { $0.utf8.contains(UInt8(ascii: "#")) } }
}

extension FlowProgram.Gather {
    /// Where only speech leads.
    fileprivate var hasWayWithoutKey: Bool {
        if choices.contains(where: \.keys.isEmpty) { return true }
        switch input {
        case .words(let words): return words.contains(where: \.keys.isEmpty)
        case .text, .url: return true
        default: return false
        }
    }
}

extension Program {
    /// The value of what depends on nothing but config.
    func decided(_ expression: TypedExpression, _ config: [Value]) -> Value? {
        var isDecided = true
        expression.forEach { part in
            switch part {
            case .variable, .context, .now, .today, .isOpen: isDecided = false
            case .language: if languages.count > 1 { isDecided = false }
            default: break
            }
        }
        guard isDecided else { return nil }
        let context = EvaluationContext(
            config: config, parameters: Parameters([:]), channel: channel, languageTag: languages[0].tag,
            timezone: timezone, now: 0, zones: SystemZoneRules())
        return evaluate(expression, in: context)
    }

    /// Where a way leads: past jumps; -1 for the end of a call.
    func end(of operation: Int) -> Int {
        var operation = operation
        for _ in 0..<64 {
            guard operations.indices.contains(operation) else { return operation }
            switch operations[operation] {
            case .jump(let target): operation = target
            case .finish(.hangup), .finish(.end): return -1
            default: return operation
            }
        }
        return operation
    }

    /// The first element of a name that a rendering writes, every hole a letter.
    func element(_ name: String, of rendering: Rendering) -> XMLReader.Element? {
        var bytes = Document.head
        func write(_ piece: Piece) {
            switch piece {
            case .fixed(let index):
                if statics.indices.contains(index) { bytes += Array(statics[index].xml.utf8) }
            case .action, .side, .callback, .hole: bytes.append(UInt8(ascii: "x"))
            case .element(let start, let content, let end):
                ([.fixed(start)] + content + [.fixed(end)]).forEach(write)
            }
        }
        rendering.pieces(in: 0).forEach(write)
        let root = try? XMLReader.read(bytes + Document.tail)
        return root?.children.first { $0.name == name }
    }
}
