import FlowProgram
import FlowRuntime
import TwiML

/// Walks a program with what is known before there is a conversation, and writes one document of it.
struct StaticWalk {
    private let program: Program
    private var context: EvaluationContext
    private var language = 0
    /// What a bin can put in: the parameter whose text a variable holds.
    private var inserted: [Int: Inserted]
    /// Variables whose value nobody knows.
    private var unknown: Set<Int> = []
    private var calls: [Int] = []
    /// The param that is known to be there, since the text stands in its section.
    private var section: String?
    private var body: [UInt8] = []
    /// Sms: whether the message has a line already, and what it comes to without what is put in.
    private var hasText = false
    private var units = 0
    /// Sms: the URLs that are attached, as XML.
    private var media: [[UInt8]] = []
    /// Sms: the text stands in a `<Body>`, for something may be attached.
    private let attaches: Bool
    private var steps = 0
    /// The webhook's parameters that the document reads.
    private(set) var parameters: Set<String> = []
    /// Why there is no document, by operation.
    private(set) var refusals: [(operation: Int, reason: StaticReason)] = []

    private struct Inserted {
        var name: String
        var type: ValueType
    }

    /// A refusal on the way.
    private struct Refused: Error {
        var reason: StaticReason
    }

    private static let maxSteps = 10_000
    private static let maxDepth = 16

    init(_ program: Program, config: [Value]) {
        self.program = program
        attaches = program.operations.contains { if case .attach = $0 { true } else { false } }
        context = EvaluationContext(
            variables: program.variables.map { $0.initial ?? .none }, config: config,
            parameters: Parameters([:]), channel: program.channel, languageTag: program.languages[0].tag,
            timezone: nil, now: 0, zones: NoZones(), hours: program.hours)
        inserted = Dictionary(
            program.parameters.map { ($0.variable, Inserted(name: $0.name, type: $0.type)) }
        ) { first, _ in first }
    }

    /// The whole document; nil with `refusals`.
    mutating func document() -> [UInt8]? {
        var operation = program.entry
        do throws(Refused) {
            // A text is one of the flow's own choices, or not.
            if program.channel == .sms, let choice = program.interrupts?.choices.first {
                operation = choice.target
                throw Refused(reason: .answer)
            }
            try walk(&operation, depth: 0)
        } catch {
            section = nil
            refusals = survey(with: error.reason, at: operation)
            return nil
        }
        if body.isEmpty { return Document.empty }
        return Document.head + body + Document.tail
    }

    // MARK: the way

    /// From an operation to the end of the conversation.
    private mutating func walk(_ operation: inout Int, depth: Int) throws(Refused) {
        while program.operations.indices.contains(operation) {
            steps += 1
            guard steps <= Self.maxSteps, body.count <= Export.maxDocumentBytes else {
                throw Refused(reason: .tooLong)
            }
            switch program.operations[operation] {
            case .emit(let rendering):
                try emit(rendering)
                operation += 1
            case .attach(let media):
                try attach(media)
                operation += 1
            case .set(let settings):
                for setting in settings { try assign(setting) }
                operation += 1
            case .setLanguage(let expression):
                guard case .text(let tag) = try known(expression),
                    let index = program.languages.firstIndex(where: { $0.tag == tag })
                else { throw Refused(reason: .condition) }
                language = index
                context.languageTag = tag
                operation += 1
            case .jump(let target): operation = target
            case .branch(let condition, let then, let otherwise):
                if let (name, isThere) = presence(condition) {
                    return try split(
                        by: name, &operation, present: isThere ? then : otherwise,
                        absent: isThere ? otherwise : then, depth: depth)
                }
                operation = try known(condition) == .bool(true) ? then : otherwise
            case .select(let subject, let cases, let otherwise):
                let value = try known(subject)
                operation = cases.first { $0.value.equals(value) }?.target ?? otherwise
            case .call(let call):
                guard calls.count < Self.maxDepth else { throw Refused(reason: .tooLong) }
                for setting in call.settings { try assign(setting) }
                calls.append(call.next)
                operation = call.target
            case .return:
                guard let next = calls.popLast() else { return try finish(.end) }
                operation = next
            case .dial(let dial): operation = try call(dial)
            case .finish(let finish): return try self.finish(finish)
            default: throw Refused(reason: reason(program.operations[operation]) ?? .condition)
            }
        }
    }

    /// Both ways of a test whether a param is there, each to its end.
    private mutating func split(
        by name: String, _ operation: inout Int, present: Int, absent: Int, depth: Int
    ) throws(Refused) {
        // Within a section, bins differ in what they look up.
        if let section { throw Refused(reason: .parameterInSection(name, section: section)) }
        guard depth < Self.maxDepth else { throw Refused(reason: .tooLong) }
        parameters.insert(name)
        let before = self
        body += Array("{{#\(name)}}".utf8)
        section = name
        operation = present
        try walk(&operation, depth: depth + 1)
        let (text, read, count) = (body, parameters, steps)
        self = before
        (body, parameters, steps) = (text + Array("{{/\(name)}}{{^\(name)}}".utf8), read, count)
        operation = absent
        try walk(&operation, depth: depth + 1)
        body += Array("{{/\(name)}}".utf8)
    }

    private mutating func finish(_ finish: Operation.Finish) throws(Refused) {
        switch (finish, program.channel) {
        case (.hangup, .voice), (.end, .voice): body += Array("<Hangup/>".utf8)
        case (.reject(let rendering), _), (.redirect(let rendering), _):
            endMessage()
            body += try written(rendering)
            return
        case (.hangup, .sms), (.end, .sms): break
        // Only flows that are heard beside a call have them, and no call is exported with such.
        case (.leave, _), (.accept, _), (.decline, _): throw Refused(reason: .side)
        }
        endMessage()
    }

    /// The call is placed and the document goes on below it, however it went.
    private mutating func call(_ dial: FlowProgram.Dial) throws(Refused) -> Int {
        // What is blank can't be told from here: the provider ends such a call.
        for rule in dial.guards where !rule.prefixes.isEmpty {
            guard case .text(let number) = try known(rule.number, else: .prefixes),
                rule.prefixes.contains(where: { number.utf8.starts(with: $0.utf8) })
            else { throw Refused(reason: .prefixes) }
        }
        let ways = [dial.answered, dial.busy, dial.noAnswer, dial.failed, dial.canceled].map(program.end(of:))
        guard ways.allSatisfy({ $0 == ways[0] }) else { throw Refused(reason: .outcome) }
        body += try written(dial.rendering)
        if let into = dial.into { forget(into) }
        return dial.answered
    }

    // MARK: values

    private mutating func assign(_ setting: Operation.Setting) throws(Refused) {
        if let source = text(setting.value) {
            forget(setting.variable)
            inserted[setting.variable] = source
            return
        }
        let value = try known(setting.value)
        forget(setting.variable)
        unknown.remove(setting.variable)
        if context.variables.indices.contains(setting.variable) {
            context.variables[setting.variable] = value
        }
    }

    private mutating func forget(_ variable: Int) {
        inserted[variable] = nil
        unknown.insert(variable)
    }

    /// The value of what depends on nothing that comes with the conversation.
    private func known(
        _ expression: TypedExpression, else refusal: StaticReason? = nil
    ) throws(Refused) -> Value {
        if let reason = reason(expression) { throw Refused(reason: refusal ?? reason) }
        return evaluate(expression, in: context)
    }

    /// Why an expression isn't known before the conversation.
    private func reason(_ expression: TypedExpression) -> StaticReason? {
        var reason: StaticReason?
        expression.forEach { part in
            switch part {
            case .variable(let slot):
                if let parameter = inserted[slot] { reason = reason ?? .parameter(parameter.name) }
                if unknown.contains(slot) { reason = reason ?? .condition }
            case .context: reason = reason ?? .condition
            case .now, .today, .isOpen: reason = reason ?? .clock
            case .config(let index):
                guard program.config.indices.contains(index) else { return }
                let item = program.config[index]
                if case .secret = item.type.unwrapped { reason = reason ?? .secret(item.name) }
            default: break
            }
        }
        return reason
    }

    /// The parameter whose text an expression is.
    private func text(_ expression: TypedExpression) -> Inserted? {
        switch expression {
        case .variable(let slot): inserted[slot]
        case .context(.callFrom), .context(.messageFrom): Inserted(name: "From", type: .address)
        case .context(.callTo), .context(.messageTo): Inserted(name: "To", type: .address)
        case .context(.messageBody): Inserted(name: "Body", type: .text)
        default: nil
        }
    }

    /// `param != none`, `param == none`: the param, and whether the test holds where it is there.
    private func presence(_ condition: TypedExpression) -> (name: String, isThere: Bool)? {
        switch condition {
        case .not(let inner): return presence(inner).map { ($0.name, !$0.isThere) }
        case .compare(let comparison, .variable(let slot), .literal(.none)),
            .compare(let comparison, .literal(.none), .variable(let slot)):
            guard let parameter = inserted[slot], case .optional = parameter.type else { return nil }
            if parameter.name == section { return nil }
            switch comparison {
            case .equal: return (parameter.name, false)
            case .notEqual: return (parameter.name, true)
            default: return nil
            }
        default: return nil
        }
    }

    // MARK: writing

    private mutating func emit(_ rendering: Rendering) throws(Refused) {
        let text = try written(rendering)
        guard program.channel == .sms, !text.isEmpty else {
            body += text
            return
        }
        body += Array((hasText ? "\n" : attaches ? "<Message><Body>" : "<Message>").utf8) + text
        if hasText { units += 1 }
        hasText = true
        guard units <= Limits.messageUnits else { throw Refused(reason: .longMessage) }
    }

    private mutating func attach(_ expression: TypedExpression) throws(Refused) {
        var urls: [[UInt8]] = []
        if text(expression) != nil {
            var url: [UInt8] = []
            _ = try write(Hole(expression: expression, form: .verbatim), to: &url)
            urls = [url]
        } else {
            let value = try known(expression)
            let values = if case .list(let list) = value { list } else { [value] }
            for case .text(let url) in values where !url.isEmpty {
                var xml: [UInt8] = []
                appendEscaped(url.utf8, in: .text, to: &xml)
                urls.append([])
                try append(xml, to: &urls[urls.count - 1])
            }
        }
        media += urls.prefix(max(0, Limits.mediaPerMessage - media.count))
    }

    private mutating func endMessage() {
        let attached = media.map { Array("<Media>".utf8) + $0 + Array("</Media>".utf8) }.joined()
        switch (hasText, attaches) {
        case (true, true): body += Array("</Body>".utf8) + attached + Array("</Message>".utf8)
        case (true, false): body += Array("</Message>".utf8)
        case (false, _):
            if !media.isEmpty { body += Array("<Message>".utf8) + attached + Array("</Message>".utf8) }
        }
        hasText = false
        media = []
    }

    private mutating func written(_ rendering: Rendering) throws(Refused) -> [UInt8] {
        var output: [UInt8] = []
        for piece in rendering.pieces(in: language) { _ = try write(piece, to: &output) }
        return output
    }

    /// Writes a piece; false if it shows nothing.
    private mutating func write(_ piece: Piece, to output: inout [UInt8]) throws(Refused) -> Bool {
        switch piece {
        case .fixed(let index):
            guard program.statics.indices.contains(index) else { return false }
            var xml = program.statics[index].xml[...]
            // Without an address to ask, what stands below follows.
            if output.suffix(Self.action.count).elementsEqual(Self.action), xml.hasPrefix("\"") {
                output.removeLast(Self.action.count)
                xml = xml.dropFirst()
            }
            try append(xml.utf8, to: &output)
            units += program.statics[index].units
            return !xml.allSatisfy(\.isWhitespace)
        case .action: return false
        case .side: throw Refused(reason: .side)
        case .callback: throw Refused(reason: .notice)
        case .hole(let hole): return try write(hole, to: &output)
        case .element(let start, let content, let end):
            var element: [UInt8] = []
            var shows = false
            _ = try write(.fixed(start), to: &element)
            for piece in content { if try write(piece, to: &element) { shows = true } }
            _ = try write(.fixed(end), to: &element)
            if shows { output += element }
            return shows
        }
    }

    private static let action = Array(" action=\"".utf8)

    private mutating func write(_ hole: Hole, to output: inout [UInt8]) throws(Refused) -> Bool {
        if let parameter = text(hole.expression) {
            guard isPutInAsItIs(parameter.type.unwrapped, hole.form) else {
                throw Refused(reason: .parameter(parameter.name))
            }
            if let section, section != parameter.name {
                throw Refused(reason: .parameterInSection(parameter.name, section: section))
            }
            parameters.insert(parameter.name)
            output += Array((section == nil ? "{{\(parameter.name)}}" : "{{.}}").utf8)
            return true
        }
        if let reason = reason(hole.expression) { throw Refused(reason: reason) }
        let own = hole.language.flatMap {
            program.languages.indices.contains($0) ? program.languages[$0].tag : nil
        }
        let shown = show(hole, language: own ?? context.languageTag, in: context)
        var xml: [UInt8] = []
        appendEscaped(shown.utf8, in: hole.form == .verbatim ? .attribute : .text, to: &xml)
        try append(xml, to: &output)
        units += shown.utf16.count
        return !shown.allSatisfy(\.isWhitespace)
    }

    /// Whether the machine would show a parameter's value letter for letter, too.
    private func isPutInAsItIs(_ type: ValueType, _ form: Hole.Form) -> Bool {
        switch (form, type) {
        case (.verbatim, _): true
        case (.spoken, .text), (.written, .text), (.written, .address), (.written, .phone),
            (.written, .digits):
            true
        default: false
        }
    }

    private func append(_ bytes: some Collection<UInt8>, to output: inout [UInt8]) throws(Refused) {
        output += bytes
        // A brace of the piece before counts.
        let end = output.suffix(bytes.count + 1)
        if zip(end, end.dropFirst()).contains(where: { $0 == UInt8(ascii: "{") && $1 == UInt8(ascii: "{") }) {
            throw Refused(reason: .braces)
        }
    }

    // MARK: reasons

    /// Why an operation can't be taken, wherever it is met.
    private func reason(_ operation: Operation) -> StaticReason? {
        switch operation {
        case .gather: .answer
        case .record: .recording
        case .enqueue, .connect: .outcome
        case .fetch: .fetch
        case .log: .log
        case .send: .send
        case .dial(let dial):
            Set([dial.answered, dial.busy, dial.noAnswer, dial.failed, dial.canceled].map(program.end(of:)))
                .count > 1
                ? .outcome : nil
        case .branch(let condition, _, _): presence(condition) == nil ? reason(condition) : nil
        case .select(let subject, _, _): reason(subject)
        default: nil
        }
    }

    /// What stands in the way everywhere in the flow, so that its author sees it all at once.
    private func survey(
        with first: StaticReason, at operation: Int
    ) -> [(operation: Int, reason: StaticReason)] {
        var found = [operation: first]
        var seen: Set<Int> = [program.entry]
        var queue = [program.entry]
        while let next = queue.popLast() {
            guard program.operations.indices.contains(next) else { continue }
            let step = program.operations[next]
            if let reason = reason(step), found[next] == nil { found[next] = reason }
            for target in step.targets + (step.goesOn ? [next + 1] : []) where seen.insert(target).inserted {
                queue.append(target)
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// What depends on the clock is refused before it is asked.
private struct NoZones: ZoneRules {
    func offset(of zone: String, at instant: Int64) -> Int { 0 }

    func knows(_ zone: String) -> Bool { false }
}
