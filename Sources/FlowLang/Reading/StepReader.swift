extension Reader {
    mutating func steps(_ items: [YAMLNode]) -> [Step] {
        var steps: [Step] = []
        steps.reserveCapacity(items.count)
        for item in items {
            if let step = step(item) { steps.append(step) }
        }
        return steps
    }

    /// A mapping with one verb key, or a verb that stands alone.
    private mutating func step(_ node: YAMLNode) -> Step? {
        switch node.kind {
        case .invalid: return nil
        case .scalar(let scalar): return verbAlone(scalar, node.span)
        case .sequence:
            report(SyntaxMessages.unexpectedShape(node, wanted: "a step"))
            return nil
        case .mapping(let entries): return step(entries, node.span)
        }
    }

    private mutating func verbAlone(_ scalar: YAMLScalar, _ span: Span) -> Step? {
        guard !scalar.isMissing else {
            report(SyntaxMessages.missingVerb(at: span))
            return nil
        }
        guard let row = VerbTable.row(named: scalar.text) else {
            report(SyntaxMessages.unknownVerb(scalar.text, at: span))
            guard let meant = meantVerb(scalar.text) else { return nil }
            return Step(VerbTable.row(of: meant), verbSpan: span, argument: nil, options: [], span: span)
        }
        if case .required = row.argument { report(SyntaxMessages.verbNeedsValue(scalar.text, at: span)) }
        if row.verb == .leave { namesFlows = true }
        reportMissingOptions(row, [], at: span)
        return Step(row, verbSpan: span, argument: nil, options: [], span: span)
    }

    private mutating func step(_ entries: [YAMLEntry], _ span: Span) -> Step? {
        var verbs: [(index: Int, row: VerbRow)] = []
        for index in entries.indices {
            if let row = VerbTable.row(named: entries[index].key.value) { verbs.append((index, row)) }
        }
        guard let (first, row) = verbs.first else {
            return reportNoVerb(entries, span).flatMap { step($0, span) }
        }
        let verbEntry = entries[first]
        let otherRows = verbs.dropFirst().map(\.row)
        if let second = verbs.dropFirst().first {
            report(SyntaxMessages.severalVerbs(verbEntry.key, entries[second.index].key))
        }
        var options: [Step.Option] = []
        options.reserveCapacity(entries.count - 1)
        if row.verb == .leave { namesFlows = true }
        var unnamed: [YAMLEntry] = []
        for (index, entry) in entries.enumerated() where !verbs.contains(where: { $0.index == index }) {
            if isUnnamed(entry, of: row, among: entries) {
                unnamed.append(entry)
            } else if let optionRow = row.option(entry.key.value), !optionRow.isUnnamed {
                if let option = option(entry, optionRow) { options.append(option) }
            } else if !otherRows.contains(where: { $0.option(entry.key.value) != nil }) {
                let unwritten = row.namedOptions.filter { option in
                    !entries.contains { $0.key.value == option.name }
                }
                let meant = unknownOption(
                    entry, of: .key(row.verb.rawValue), rows: row.namedOptions, unwritten: unwritten)
                if let meant { options.append(meant) }
            }
        }
        if let first = unnamed.first, let option = row.options.first(where: \.isUnnamed) {
            if row.verb == .fetch { for status in unnamed { checkStatuses(status.key) } }
            options.append(
                Step.Option(name: option.name, keySpan: first.key.span, value: .cases(cases(unnamed))))
        }
        reportMissingOptions(row, entries, at: verbEntry.key.span)
        return Step(
            row, verbSpan: verbEntry.key.span, argument: mainArgument(verbEntry, row),
            options: options, span: span)
    }

    /// The value of the verb's own key.
    private mutating func mainArgument(_ entry: YAMLEntry, _ row: VerbRow) -> Argument? {
        let what = Subject.key(row.verb.rawValue)
        let isMissing = entry.value.isMissing
        switch row.argument {
        case .nothing:
            if !isMissing { report(SyntaxMessages.verbTakesNothing(row.verb.rawValue, at: entry.value.span)) }
            return nil
        case .optional(let kind):
            return isMissing ? nil : mainValue(entry, kind, row, of: what)
        case .required(let kind):
            if isMissing {
                report(SyntaxMessages.verbNeedsValue(row.verb.rawValue, at: entry.key.span))
                return nil
            }
            return mainValue(entry, kind, row, of: what)
        }
    }

    private mutating func mainValue(
        _ entry: YAMLEntry, _ kind: ArgumentKind, _ row: VerbRow, of what: Subject
    )
        -> Argument?
    {
        let value = argument(entry.value, as: kind, key: entry.key.span, of: what)
        if row.verb == .set, case .assignments(let assignments) = value {
            for assignment in assignments { checkName(assignment.name, .variable) }
        }
        return value
    }

    private mutating func reportMissingOptions(_ row: VerbRow, _ entries: [YAMLEntry], at span: Span) {
        for option in row.options where option.isRequired {
            if entries.contains(where: { $0.key.value.isName(option.name) }) { continue }
            if entries.contains(where: { nearest($0.key.value, in: [option.name]) != nil }) { continue }
            report(
                SyntaxMessages.missingOption(
                    option.name, of: row.verb.rawValue, summary: option.summary, at: span))
        }
    }

    /// Reports what stands in the verb's place; where a verb is meant, the entries with it, to be read on.
    private mutating func reportNoVerb(_ entries: [YAMLEntry], _ span: Span) -> [YAMLEntry]? {
        guard let first = entries.first else {
            report(SyntaxMessages.missingVerb(at: span))
            return nil
        }
        let options = Set(VerbTable.rows.flatMap { $0.options.map(\.name) })
        let unknown = entries.first { !options.contains($0.key.value) && !isStatus($0.key.value) }
        if let unknown {
            report(SyntaxMessages.unknownVerb(unknown.key.value, at: unknown.key.span))
            guard let meant = meantVerb(unknown.key.value) else { return nil }
            return entries.map { entry in
                entry.key.span == unknown.key.span ? entry.renamed(meant.rawValue) : entry
            }
        }
        report(
            isStatus(first.key.value)
                ? SyntaxMessages.missingVerb(at: first.key.span)
                : SyntaxMessages.optionAsStep(first.key.value, at: first.key.span))
        return nil
    }

    /// A misspelt verb is read as the one that is suggested, so that nothing seems to be missing behind it.
    private func meantVerb(_ word: String) -> Verb? {
        meant(word, in: Verb.allCases.map(\.rawValue), Synonyms.verbs).flatMap { Verb(rawValue: $0) }
    }

    // MARK: statuses of a fetch, names that a wait flow leaves by

    private func isUnnamed(_ entry: YAMLEntry, of row: VerbRow, among entries: [YAMLEntry]) -> Bool {
        switch row.verb {
        case .fetch: isStatus(entry.key.value)
        case .enqueue:
            entries.contains { $0.key.value == "wait" } && row.option(entry.key.value)?.isUnnamed ?? true
                && NameKind.outcome.allows(entry.key.value)
        default: false
        }
    }

    private func isStatus(_ key: String) -> Bool {
        key.utf8.first.map(isDigit) ?? false
    }

    private mutating func checkStatuses(_ key: Located<String>) {
        for word in commaWords(key) {
            guard let status = wholeNumber(word.value), (100...599).contains(status) else {
                report(
                    SyntaxMessages.invalidValue(
                        word.value, of: "an HTTP status", wanted: "a number from 100 to 599", at: word.span))
                continue
            }
        }
    }
}
