extension Reader {
    /// A verb's value or an option's, read as the verb table says. nil where nothing could be read.
    mutating func argument(_ node: YAMLNode, as kind: ArgumentKind, key: Span, of what: Subject) -> Argument?
    {
        switch kind {
        case .text, .credential: return textTemplate(node, of: what).map { .template($0) }
        case .shortText:
            guard let value = textTemplate(node, of: what), checkLiteral(value, kind, of: what) else {
                return nil
            }
            return .template(value)
        case .value: return template(node, of: what).map { .template($0) }
        case .number, .url, .webSocketURL, .sipAddress, .sid, .phone, .language, .bool, .words, .integer,
            .duration, .key, .keys, .tones:
            guard let value = template(node, of: what), checkLiteral(value, kind, of: what) else {
                return nil
            }
            return .template(value)
        case .variable, .state, .flow, .outcome: return name(node, kind, of: what)
        case .roleFlow: return flowUse(node, of: what).map { .flow($0) }
        case .list(let element), .manyOf(let element): return list(node, of: element, key: key, of: what)
        case .prompt: return .prompt(prompt(node, of: what))
        case .prompts: return .prompts(prompts(node, of: what))
        case .expression: return expression(node, of: what).map { .expression($0) }
        case .target: return .target(target(node, of: what))
        case .choices: return .choices(choices(node, key: key))
        case .phrases: return .phrases(phrases(node))
        case .cases: return entries(node, of: what).map { .cases(cases($0)) }
        case .assignments: return assignments(node, of: what).map { .assignments($0) }
        case .data, .instruction: return data(node, of: what).map { .data($0) }
        case .type: return .type(type(node, of: what))
        case .object(let scalar, let kinds):
            return object(node, scalar: scalar, kinds: kinds, key: key, of: what)
        case .fields(let names): return fields(node, names, of: what).map { .assignments($0) }
        case .records(let rows): return .records(records(node, rows, of: what))
        }
    }

    private mutating func name(_ node: YAMLNode, _ kind: ArgumentKind, of what: Subject) -> Argument? {
        guard let word = word(node, of: what) else { return nil }
        switch kind {
        // A word such as `hangup` is a target, not a state: the same message as for a bad name.
        case .state: guard checkName(word, .state) else { return nil }
        case .flow:
            guard checkName(word, .flow) else { return nil }
            namesFlows = true
        case .outcome: guard checkName(word, .outcome) else { return nil }
        default: guard checkName(word, .variable) else { return nil }
        }
        return .template(Template(word.value, span: node.span, isQuoted: false))
    }

    /// A flow's name, or `{flow: NAME, with: {…}}`.
    private mutating func flowUse(_ node: YAMLNode, of what: Subject) -> FlowUse? {
        guard case .mapping(let entries) = node.kind else {
            return flowName(node, of: what).map { FlowUse(flow: $0) }
        }
        var flow: Located<String>?
        var arguments: [Assignment] = []
        for entry in entries {
            switch entry.key.value {
            case "flow": flow = flowName(entry.value, of: .key("flow"))
            case "with": arguments = assignments(entry.value, of: .key("with")) ?? []
            default: unknownKey(entry.key, of: what, valid: ["flow", "with"])
            }
        }
        if !entries.contains(where: { $0.key.value == "flow" }) {
            report(SyntaxMessages.missingKey("flow", of: what, at: entries.first?.key.span ?? node.span))
        }
        return flow.map { FlowUse(flow: $0, arguments: arguments) }
    }

    private mutating func flowName(_ node: YAMLNode, of what: Subject) -> Located<String>? {
        guard let word = word(node, of: what), checkName(word, .flow) else { return nil }
        namesFlows = true
        return word
    }

    private mutating func list(_ node: YAMLNode, of kind: ArgumentKind, key: Span, of what: Subject)
        -> Argument?
    {
        guard case .sequence(let items) = node.kind else {
            return argument(node, as: kind, key: key, of: what).map { .list([$0]) }
        }
        return .list(items.compactMap { argument($0, as: kind, key: key, of: .item(what)) })
    }

    // MARK: names to scalars

    private mutating func assignments(_ node: YAMLNode, of what: Subject) -> [Assignment]? {
        guard let entries = entries(node, of: what) else { return nil }
        return entries.compactMap { entry in
            template(entry.value, of: .key(entry.key.value)).map {
                Assignment(name: entry.key, value: $0)
            }
        }
    }

    private mutating func fields(_ node: YAMLNode, _ names: [String], of what: Subject) -> [Assignment]? {
        guard let entries = entries(node, of: what) else { return nil }
        return entries.compactMap { entry in
            guard names.contains(entry.key.value) else {
                unknownKey(entry.key, of: what, valid: names)
                return nil
            }
            return template(entry.value, of: .key(entry.key.value)).map {
                Assignment(name: entry.key, value: $0)
            }
        }
    }

    private mutating func data(_ node: YAMLNode, of what: Subject) -> DataTemplate? {
        switch node.kind {
        case .invalid: return nil
        case .scalar: return template(node, of: what).map { .scalar($0) }
        case .sequence(let items): return .list(items.compactMap { data($0, of: .item(what)) })
        case .mapping(let entries):
            return .object(
                entries.compactMap { entry in
                    data(entry.value, of: .key(entry.key.value)).map {
                        .init(name: entry.key, value: $0)
                    }
                })
        }
    }

    // MARK: mappings of fixed keys

    private mutating func records(_ node: YAMLNode, _ rows: [OptionRow], of what: Subject)
        -> [Argument.Record]
    {
        guard case .sequence(let items) = node.kind else {
            return record(node, rows, of: what).map { [$0] } ?? []
        }
        return items.compactMap { record($0, rows, of: .item(what)) }
    }

    private mutating func record(_ node: YAMLNode, _ rows: [OptionRow], of what: Subject) -> Argument.Record?
    {
        guard let entries = entries(node, of: what) else { return nil }
        let options = self.options(entries, rows, of: what, isWarnedOf: false)
        for row in rows where row.isRequired && !entries.contains(where: { $0.key.value == row.name }) {
            let isMisspelt = entries.contains { nearest($0.key.value, in: [row.name]) != nil }
            if isMisspelt { continue }
            report(SyntaxMessages.missingKey(row.name, of: what, at: entries.first?.key.span ?? node.span))
        }
        return Argument.Record(options, span: node.span)
    }

    /// Keys and values by their rows.
    private mutating func options(
        _ written: [YAMLEntry], _ rows: [OptionRow], of what: Subject, isWarnedOf: Bool
    ) -> [Step.Option] {
        written.compactMap { entry in
            guard let row = rows.first(where: { $0.name == entry.key.value }) else {
                let unwritten = rows.filter { row in !written.contains { $0.key.value == row.name } }
                return unknownOption(entry, of: what, rows: rows, unwritten: unwritten)
            }
            return option(entry, row, isWarnedOf: isWarnedOf)
        }
    }

    // MARK: objects

    private mutating func object(
        _ node: YAMLNode, scalar: ArgumentKind?, kinds: [ObjectRow], key: Span, of what: Subject
    ) -> Argument? {
        guard case .mapping(let entries) = node.kind else {
            if let scalar { return argument(node, as: scalar, key: key, of: what) }
            _ = self.entries(node, of: what)
            return nil
        }
        let named = entries.filter { entry in kinds.contains { $0.name == entry.key.value } }
        guard let first = named.first, let row = kinds.first(where: { $0.name == first.key.value }) else {
            report(
                SyntaxMessages.missingKind(
                    entries.first?.key, of: what, kinds: kinds.map(\.name), at: node.span))
            return nil
        }
        if let second = named.dropFirst().first {
            report(SyntaxMessages.severalKinds(first.key, second.key, of: what))
        }
        let others = entries.filter { entry in !kinds.contains { $0.name == entry.key.value } }
        let options = options(others, row.options, of: .key(row.name), isWarnedOf: row.isUnverified)
        guard let value = argument(first.value, as: row.kind, key: first.key.span, of: .key(row.name)) else {
            return nil
        }
        if row.isUnverified { report(SyntaxMessages.unverified(row.name, at: first.key.span)) }
        return .object(ObjectArgument(kind: first.key, value: value, options: options, span: node.span))
    }

    mutating func option(_ entry: YAMLEntry, _ row: OptionRow, isWarnedOf: Bool = false) -> Step.Option? {
        if row.isUnverified, !isWarnedOf { report(SyntaxMessages.unverified(row.name, at: entry.key.span)) }
        return argument(entry.value, as: row.kind, key: entry.key.span, of: .key(row.name)).map {
            Step.Option(name: row.name, keySpan: entry.key.span, value: $0)
        }
    }

    /// Reports the key. A misspelt option is read as the one that is suggested, if that isn't written too, so that
    /// nothing seems to be missing.
    mutating func unknownOption(
        _ entry: YAMLEntry, of what: Subject, rows: [OptionRow], unwritten: [OptionRow]
    ) -> Step.Option? {
        unknownKey(entry.key, of: what, valid: rows.map(\.name))
        let meant = nearest(entry.key.value, in: rows.map(\.name))
        return unwritten.first { $0.name == meant }.flatMap { option(entry, $0) }
    }
}
