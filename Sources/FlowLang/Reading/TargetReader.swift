extension Reader {
    /// A state's name, one of the words, or a list of steps.
    mutating func target(_ node: YAMLNode, of what: Subject) -> Target {
        switch node.kind {
        case .invalid: return Target(.invalid, node.span)
        case .sequence(let items): return Target(.steps(steps(items)), node.span)
        case .mapping:
            report(SyntaxMessages.targetMapping(what, at: node.span))
            return Target(.invalid, node.span)
        case .scalar:
            guard let word = word(node, of: what) else { return Target(.invalid, node.span) }
            if let known = Target.Word(named: word.value) {
                if known == .leave { namesFlows = true }
                return Target(.word(known), node.span)
            }
            guard NameKind.state.allows(word.value) else {
                report(SyntaxMessages.invalidTarget(word.value, at: node.span))
                return Target(.invalid, node.span)
            }
            return Target(.state(word.value), node.span)
        }
    }

    /// `cases:`, and the statuses of `fetch`: comma-separated literals and where they lead.
    mutating func cases(_ entries: [YAMLEntry]) -> [Case] {
        entries.map { entry in
            if holdsHole(entry.key.value) {
                report(SyntaxMessages.unexpectedHole("a case", at: entry.key.span))
            }
            let target = target(entry.value, of: .named("case", entry.key.value))
            return Case(keys: commaWords(entry.key), span: entry.key.span, target: target)
        }
    }

    /// The words of `1, sales`, trimmed, each with its place.
    func commaWords(_ key: Located<String>) -> [Located<String>] {
        if isOneWord(key) { return [key] }
        let source = keySource(key)
        var words: [Located<String>] = []
        var start = 0
        for end in 0...source.bytes.count
        where end == source.bytes.count || source.bytes[end] == UInt8(ascii: ",") {
            var range = start..<end
            while let first = range.first, isBlankOrBreak(source.bytes[first]) { range.removeFirst() }
            while let last = range.last, isBlankOrBreak(source.bytes[last]) { range.removeLast() }
            words.append(Located(source.string(range), source.span(range)))
            start = end + 1
        }
        return words
    }

    /// Whether a key is a single word, written as it is.
    private func isOneWord(_ key: Located<String>) -> Bool {
        let (lower, upper) = (Int(key.span.lower), Int(key.span.upper))
        guard lower < upper, upper - lower == key.value.utf8.count else { return false }
        return !key.value.utf8.contains { $0 == UInt8(ascii: ",") || isBlankOrBreak($0) }
            && file.bytes[lower..<upper].elementsEqual(key.value.utf8)
    }

    /// A key's text with its places: whether it was quoted is seen in the source.
    private func keySource(_ key: Located<String>) -> SourceText {
        let written = file.bytes[Int(key.span.lower)..<Swift.max(Int(key.span.lower), Int(key.span.upper))]
        let style: YAMLScalar.Style =
            switch written.first {
            case UInt8(ascii: "\""): .doubleQuoted
            case UInt8(ascii: "'"): .singleQuoted
            default: .plain
            }
        let inner = style == .plain ? written : written.dropFirst().dropLast()
        let scalar = YAMLScalar(
            text: key.value, style: style, contentLower: UInt32(inner.startIndex),
            isVerbatim: inner.elementsEqual(key.value.utf8), hasAnchor: false)
        return SourceText(scalar, key.span, in: file)
    }
}
