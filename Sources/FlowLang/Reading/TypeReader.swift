extension Reader {
    /// A type: a scalar, `[T]` and `[T, n]` as lists, records as mappings.
    mutating func type(_ node: YAMLNode, of what: Subject) -> TypeExpression {
        switch node.kind {
        case .invalid: return TypeExpression(.invalid, node.span)
        case .scalar(let scalar):
            guard !scalar.isMissing else {
                reportMissing(node, of: what)
                return TypeExpression(.invalid, node.span)
            }
            if holdsHole(scalar.text) {
                report(SyntaxMessages.unexpectedHole(what, at: node.span))
                return TypeExpression(.invalid, node.span)
            }
            var parser = TypeParser(SourceText(scalar, node.span, in: file))
            let type = parser.parse()
            if let problem = parser.problem { report(problem) }
            return type
        case .sequence(let items): return listType(items, node.span, of: what)
        case .mapping(let entries): return recordType(entries, node.span)
        }
    }

    private mutating func listType(_ items: [YAMLNode], _ span: Span, of what: Subject) -> TypeExpression {
        // `[open, closed]`: words that somebody may answer.
        let words = items.compactMap { item in
            if case .scalar(let scalar) = item.kind, scalar.text.first?.isLetter ?? false {
                scalar.text
            } else {
                nil
            }
        }
        guard let first = items.first, items.count <= 2, words.count < 2 else {
            report(
                words.count == items.count && words.count > 1
                    ? SyntaxMessages.listOfWords(words, at: span)
                    : SyntaxMessages.type("a list's type has one type and at most one number", at: span))
            return TypeExpression(.invalid, span)
        }
        let element = type(first, of: what)
        let limit = items.count == 2 ? items.last.flatMap { word($0, of: "a list's limit") } : nil
        return TypeExpression(.list(element, limit: limit), span)
    }

    private mutating func recordType(_ entries: [YAMLEntry], _ span: Span) -> TypeExpression {
        var fields: [TypeExpression.Field] = []
        for entry in entries {
            var key = entry.key
            let isOptional = key.value.utf8.last == UInt8(ascii: "?")
            if isOptional { key.value.removeLast() }
            if let first = fields.first(where: { $0.name.value == key.value }) {
                report(SyntaxMessages.duplicateKey(key.value, at: key.span, first: first.name.span))
                continue
            }
            checkName(key, .field)
            fields.append(
                .init(
                    name: key, isOptional: isOptional,
                    type: type(entry.value, of: .named("field", key.value))))
        }
        return TypeExpression(.record(fields), span)
    }
}
