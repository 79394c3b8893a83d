extension Reader {
    /// `choices:`: keys and phrases, and where they lead.
    mutating func choices(_ node: YAMLNode, key: Span) -> [Choice] {
        reportHashKeys(from: key.upper, to: node.span.upper)
        guard let entries = entries(node, of: "'choices'") else { return [] }
        return entries.map { entry in
            let words = commaWords(entry.key)
            for word in words { checkChoiceKey(word) }
            return Choice(
                keys: words, span: entry.key.span,
                target: target(entry.value, of: .named("choice", entry.key.value)))
        }
    }

    private mutating func checkChoiceKey(_ word: Located<String>) {
        if !word.value.isEmpty, word.value.utf8.allSatisfy(isDigit) { return }
        if word.value.isEmpty {
            report(SyntaxMessages.emptyChoiceKey(at: word.span))
        } else if holdsHole(word.value) {
            report(SyntaxMessages.unexpectedHole("a choice's key", at: word.span))
        } else if word.value == "#" {
            report(SyntaxMessages.choiceKey("#", write: "pound", at: word.span))
        } else if word.value == "*" {
            report(SyntaxMessages.choiceKey("*", write: "star", at: word.span))
        } else if let key = keyBehindPress(word.value) {
            report(SyntaxMessages.choiceKey(word.value, write: key, at: word.span))
        } else if ["default", "otherwise", "else", "no_input", "no_match", "timeout"].contains(word.value) {
            report(SyntaxMessages.choiceOfNothing(word.value, at: word.span))
        } else if !word.value.unicodeScalars.contains(where: \.properties.isAlphabetic) {
            report(SyntaxMessages.choiceKeyWithoutLetters(word.value, at: word.span))
        }
    }

    /// `press 1`
    private func keyBehindPress(_ text: String) -> String? {
        guard text.utf8.contains(0x20) else { return nil }
        let words = text.lowercased().split(separator: " ")
        guard words.count == 2, words[0] == "press", !words[1].isEmpty, words[1].utf8.allSatisfy(isDigit)
        else { return nil }
        return String(words[1])
    }

    /// `#: operator` is a comment to YAML, so that the key would be lost without a word.
    private mutating func reportHashKeys(from lower: UInt32, to upper: UInt32) {
        let first = file.line(of: Int(lower))
        let last = Swift.min(file.line(of: Int(upper)) + 1, file.lineCount)
        guard first < last else { return }
        for line in first + 1...last {
            var offset = file.start(ofLine: line)
            let end = file.end(ofLine: line)
            while offset < end, isBlankOrBreak(file.bytes[offset]) { offset += 1 }
            if offset + 1 < end, file.bytes[offset] == UInt8(ascii: "#"),
                file.bytes[offset + 1] == UInt8(ascii: ":")
            {
                report(
                    SyntaxMessages.choiceKey(
                        "#", write: "pound", at: Span(source: file.id, offset..<offset + 1)))
            }
        }
    }

    /// `phrases:`: `sales: [sales, buy]`, or the forms by language.
    mutating func phrases(_ node: YAMLNode) -> [PhraseEntry] {
        guard let entries = entries(node, of: "'phrases'") else { return [] }
        return entries.map { entry in
            guard case .mapping(let languages) = entry.value.kind else {
                return PhraseEntry(
                    name: entry.key,
                    forms: [.init(language: nil, phrases: forms(entry.value, of: entry.key.value))])
            }
            var result: [PhraseEntry.Forms] = []
            for language in languages where checkLanguage(language.key) {
                result.append(
                    .init(language: language.key, phrases: forms(language.value, of: entry.key.value)))
            }
            return PhraseEntry(name: entry.key, forms: result)
        }
    }

    private mutating func forms(_ node: YAMLNode, of name: String) -> [Located<String>] {
        let nodes: [YAMLNode] = if case .sequence(let items) = node.kind { items } else { [node] }
        for item in nodes {
            if case .scalar(let scalar) = item.kind { checkCut(scalar, item.span) }
        }
        return words(node, of: .named("phrase", name))
    }
}
