extension Reader {
    private static let flowKeys = FlowKeyTable.rows.map(\.name)

    /// The mapping at the top, key by key.
    mutating func flow(_ root: YAMLNode?) -> Flow {
        let whole = Span(source: file.id, 0..<file.bytes.count)
        var flow = Flow(span: root?.span ?? whole)
        guard let root else {
            report(SyntaxMessages.emptyFile(at: Span(source: file.id, 0..<0)))
            return flow
        }
        guard let entries = entries(root, of: "a flow") else { return flow }
        let known = entries.map { mended($0, among: entries) }
        for entry in known { read(entry, into: &flow) }
        reportMissing(known, root.span)
        // With both, each keeps its states, and none is there twice.
        if flow.states.count > 1, known.contains(where: { $0.key.value == "steps" }) {
            flow.states[0].name.value = "steps"
        }
        return flow
    }

    /// A misspelt key is reported and read as the one that is suggested, if that isn't written too.
    private mutating func mended(_ entry: YAMLEntry, among entries: [YAMLEntry]) -> YAMLEntry {
        let name = entry.key.value
        guard !Self.flowKeys.contains(name),
            let meant = nearest(name, in: Self.flowKeys), !entries.contains(where: { $0.key.value == meant })
        else { return entry }
        unknownKey(entry.key, of: "a flow", valid: Self.flowKeys)
        return entry.renamed(meant)
    }

    private mutating func read(_ entry: YAMLEntry, into flow: inout Flow) {
        let value = entry.value
        switch entry.key.value {
        case "flow":
            flow.name = word(value, of: "'flow'")
            if let name = flow.name { checkName(name, .flow) }
        case "channel": flow.channels = channels(value)
        case "runs": flow.role = role(value)
        case "description":
            if case .scalar(let scalar) = value.kind { checkCut(scalar, value.span) }
            flow.description = word(value, of: "'description'")
        case "languages":
            flow.languages = languages(value)
        case "voices": flow.voices = voices(value)
        case "timezone": flow.timezone = word(value, of: "'timezone'")
        case "config": flow.config = config(value)
        case "params": flow.params = params(value)
        case "types": flow.types = types(value)
        case "vars": flow.vars = vars(value)
        case "texts": flow.texts = texts(value)
        case "hours": flow.hours = hours(value)
        case "defaults": flow.defaults = defaults(value)
        case "expires": flow.expires = expires(value)
        case "returns": flow.returns = type(value, of: "'returns'")
        case "on": readHandlers(value, into: &flow)
        case "steps":
            let items = items(value, of: "'steps'")
            let name = Located("start", entry.key.span)
            if let items { flow.states.insert(StateDeclaration(name: name, steps: steps(items)), at: 0) }
        case "states": flow.states += states(value)
        default: unknownKey(entry.key, of: "a flow", valid: Self.flowKeys)
        }
    }

    private mutating func reportMissing(_ entries: [YAMLEntry], _ span: Span) {
        let place = entries.first?.key.span ?? span
        func has(_ name: String) -> YAMLEntry? { entries.first { $0.key.value == name } }
        for required in ["flow", "channel"] where has(required) == nil {
            report(SyntaxMessages.missingKey(required, of: "the flow", at: place))
        }
        if let steps = has("steps"), let states = has("states") {
            report(SyntaxMessages.stepsAndStates(steps.key.span, states.key.span))
        } else if has("steps") == nil, has("states") == nil {
            report(SyntaxMessages.missingSteps(at: place))
        }
    }

    // MARK: the head

    private mutating func role(_ node: YAMLNode) -> Located<FlowRole>? {
        guard let word = word(node, of: "'runs'") else { return nil }
        if let role = FlowRole(rawValue: word.value) { return Located(role, word.span) }
        report(
            SyntaxMessages.invalidWord(
                word.value, of: "'runs'", words: FlowRole.allCases.map(\.rawValue), at: word.span))
        return nil
    }

    private mutating func channels(_ node: YAMLNode) -> [Located<FlowChannel>] {
        var channels: [Located<FlowChannel>] = []
        for word in words(node, of: "'channel'") {
            if let channel = FlowChannel(rawValue: word.value) {
                if let first = channels.first(where: { $0.value == channel }) {
                    report(SyntaxMessages.duplicateChannel(word, first: first.span))
                } else {
                    channels.append(Located(channel, word.span))
                }
            } else {
                report(
                    SyntaxMessages.invalidWord(
                        word.value, of: "'channel'", words: FlowChannel.allCases.map(\.rawValue),
                        at: word.span))
            }
        }
        return channels
    }

    /// Every prompt is compiled for each of them.
    private mutating func languages(_ node: YAMLNode) -> [Located<String>] {
        let tags = words(node, of: "'languages'").filter { checkLanguage($0) }
        if tags.count > YAMLLimits.maxLanguages {
            report(SyntaxMessages.tooManyLanguages(tags.count, at: node.span))
        }
        return Array(tags.prefix(YAMLLimits.maxLanguages))
    }

    private mutating func voices(_ node: YAMLNode) -> [Flow.Voice] {
        guard let entries = entries(node, of: "'voices'") else { return [] }
        return entries.compactMap { entry in
            guard checkLanguage(entry.key) else { return nil }
            return word(entry.value, of: .named("voice of", entry.key.value)).map {
                Flow.Voice(language: entry.key, voice: $0)
            }
        }
    }

    private mutating func expires(_ node: YAMLNode) -> Located<Int64>? {
        guard let word = word(node, of: "'expires'") else { return nil }
        guard let milliseconds = durationMilliseconds(word.value), milliseconds > 0 else {
            report(
                SyntaxMessages.invalidValue(
                    word.value, of: "'expires'", wanted: "a duration such as '30m', '4h' or '1d'",
                    at: word.span))
            return nil
        }
        return Located(milliseconds, word.span)
    }

    // MARK: declarations

    /// The type and, in the long form, the scalar beside it under `key`.
    private mutating func typed(_ entry: YAMLEntry, _ key: String, of title: String) -> (
        TypeExpression, Template?
    )? {
        let what = Subject.named(title, entry.key.value)
        guard case .mapping(let keys) = entry.value.kind,
            keys.contains(where: { $0.key.value == "type" || $0.key.value == key })
        else { return (type(entry.value, of: what), nil) }
        var found: TypeExpression?
        var scalar: Template?
        for part in keys {
            switch part.key.value {
            case "type": found = type(part.value, of: "'type'")
            case key: scalar = template(part.value, of: .key(key))
            default: unknownKey(part.key, of: what, valid: ["type", key])
            }
        }
        guard let found else {
            report(SyntaxMessages.missingKey("type", of: what, at: entry.key.span))
            return nil
        }
        return (found, scalar)
    }

    private mutating func config(_ node: YAMLNode) -> [Flow.ConfigDeclaration] {
        guard let entries = entries(node, of: "'config'") else { return [] }
        return entries.compactMap { entry in
            checkName(entry.key, .config)
            return typed(entry, "default", of: "config entry").map {
                .init(name: entry.key, type: $0, defaultValue: $1)
            }
        }
    }

    private mutating func vars(_ node: YAMLNode) -> [Flow.VariableDeclaration] {
        guard let entries = entries(node, of: "'vars'") else { return [] }
        return entries.compactMap { entry in
            checkName(entry.key, .variable)
            return typed(entry, "initial", of: "variable").map {
                .init(name: entry.key, type: $0, initial: $1)
            }
        }
    }

    private mutating func params(_ node: YAMLNode) -> [Flow.ParameterDeclaration] {
        guard let entries = entries(node, of: "'params'") else { return [] }
        return entries.map { entry in
            checkName(entry.key, .parameter)
            return .init(
                name: entry.key, type: type(entry.value, of: .named("param", entry.key.value)))
        }
    }

    private mutating func types(_ node: YAMLNode) -> [Flow.TypeDeclaration] {
        guard let entries = entries(node, of: "'types'") else { return [] }
        return entries.map { entry in
            checkName(entry.key, .type)
            return .init(name: entry.key, type: type(entry.value, of: .named("type", entry.key.value)))
        }
    }

    private mutating func texts(_ node: YAMLNode) -> [Flow.TextDeclaration] {
        guard let entries = entries(node, of: "'texts'") else { return [] }
        return entries.map { entry in
            checkName(entry.key, .text)
            return .init(
                name: entry.key, prompt: prompt(entry.value, of: .named("text", entry.key.value)))
        }
    }

    // MARK: defaults and handlers

    private static let defaultRows = FlowKeyTable.defaults

    private mutating func defaults(_ node: YAMLNode) -> [Step.Option] {
        guard let entries = entries(node, of: "'defaults'") else { return [] }
        return entries.compactMap { entry in
            guard let row = Self.defaultRows.first(where: { $0.name == entry.key.value }) else {
                unknownKey(entry.key, of: "'defaults'", valid: Self.defaultRows.map(\.name))
                return nil
            }
            return option(entry, row)
        }
    }

    private mutating func readHandlers(_ node: YAMLNode, into flow: inout Flow) {
        guard let entries = entries(node, of: "'on'") else { return }
        var choices: [Step.Option] = []
        for entry in entries {
            let name = entry.key.value
            if let event = HandlerEvent(rawValue: name) {
                if let items = items(entry.value, of: .words("'on: \(name)'")) {
                    flow.handlers.append(
                        Flow.Handler(event: Located(event, entry.key.span), steps: steps(items)))
                }
            } else if name == "choices" || name == "phrases" {
                if let row = VerbTable.row(of: .menu).option(name), let option = option(entry, row) {
                    choices.append(option)
                }
            } else {
                unknownKey(entry.key, of: "'on'", valid: FlowKeyTable.handlers)
            }
        }
        guard let first = entries.first(where: { $0.key.value == "choices" }) else {
            if let option = choices.first {
                report(SyntaxMessages.missingKey("choices", of: "'on'", at: option.keySpan))
            }
            return
        }
        flow.choices = Step(
            VerbTable.row(of: .menu), verbSpan: first.key.span, argument: nil, options: choices,
            span: first.key.span)
    }

    // MARK: states

    private mutating func states(_ node: YAMLNode) -> [StateDeclaration] {
        guard let entries = entries(node, of: "'states'") else { return [] }
        if entries.isEmpty { report(SyntaxMessages.emptyMapping("'states'", at: node.span)) }
        return entries.map { entry in
            checkName(entry.key, .state)
            let items = items(entry.value, of: .named("state", entry.key.value))
            return StateDeclaration(name: entry.key, steps: items.map { steps($0) } ?? [])
        }
    }
}
