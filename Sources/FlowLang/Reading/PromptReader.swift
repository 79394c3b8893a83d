extension Reader {
    /// What is said: a text, a part, a list of them, a prompt for each language or each channel.
    mutating func prompt(_ node: YAMLNode, of what: Subject) -> Prompt {
        switch node.kind {
        case .invalid: return Prompt(.invalid, node.span)
        case .scalar:
            return Prompt(textTemplate(node, of: what).map { .text($0) } ?? .invalid, node.span)
        case .sequence(let items):
            var prompts: [Prompt] = []
            for item in items {
                if case .sequence = item.kind {
                    report(SyntaxMessages.unexpectedShape(item, wanted: "a text or a part of a prompt"))
                } else {
                    prompts.append(prompt(item, of: .item(what)))
                }
            }
            return Prompt(.sequence(prompts), node.span)
        case .mapping(let entries): return keyedPrompt(entries, node.span, of: what)
        }
    }

    mutating func prompts(_ node: YAMLNode, of what: Subject) -> [Prompt] {
        if case .sequence(let items) = node.kind { return items.map { prompt($0, of: .item(what)) } }
        return [prompt(node, of: what)]
    }

    private static let partNames = ["spell", "pause", "play", "emphasis", "ssml", "in"]

    /// The first key says what the mapping is.
    private mutating func keyedPrompt(_ entries: [YAMLEntry], _ span: Span, of what: Subject) -> Prompt {
        guard let first = entries.first else {
            report(SyntaxMessages.emptyMapping(what, at: span))
            return Prompt(.invalid, span)
        }
        let key = first.key.value
        if Self.partNames.contains(key) || key == "say" { return part(entries, span) }
        if FlowChannel(rawValue: key) != nil { return channels(entries, span) }
        if isLanguageTag(key) || entries.contains(where: { isLanguageTag($0.key.value) }) {
            return languages(entries, span)
        }
        let valid = Self.partNames + FlowChannel.allCases.map(\.rawValue)
        if nearest(key, in: valid) == nil, looksLikeLanguage(key) { return languages(entries, span) }
        report(SyntaxMessages.unknownPart(key, valid: valid, at: first.key.span))
        return Prompt(.invalid, span)
    }

    private mutating func languages(_ entries: [YAMLEntry], _ span: Span) -> Prompt {
        var result: [Prompt.LanguageEntry] = []
        for entry in entries where checkLanguage(entry.key) {
            result.append(
                .init(
                    language: entry.key, prompt: prompt(entry.value, of: .named("prompt in", entry.key.value))
                ))
        }
        return Prompt(.languages(result), span)
    }

    private mutating func channels(_ entries: [YAMLEntry], _ span: Span) -> Prompt {
        var result: [Prompt.ChannelEntry] = []
        for entry in entries {
            guard let channel = FlowChannel(rawValue: entry.key.value) else {
                unknownKey(entry.key, of: "a prompt by channel", valid: FlowChannel.allCases.map(\.rawValue))
                continue
            }
            result.append(
                .init(
                    channel: Located(channel, entry.key.span),
                    prompt: prompt(entry.value, of: .named("prompt for", channel.rawValue))))
        }
        return Prompt(.channels(result), span)
    }

    // MARK: parts

    private mutating func part(_ entries: [YAMLEntry], _ span: Span) -> Prompt {
        let first = entries.first { $0.key.value != "say" } ?? entries.first
        guard let first else { return Prompt(.invalid, span) }
        if first.key.value == "in" || first.key.value == "say" { return inLanguage(entries, span) }
        for entry in entries where entry.key.value != first.key.value {
            report(SyntaxMessages.extraKeyInPart(entry.key.value, first.key.value, at: entry.key.span))
        }
        let name = first.key.value
        let isText = name == "emphasis"
        guard
            let value = isText
                ? textTemplate(first.value, of: .key(name)) : template(first.value, of: .key(name))
        else {
            return Prompt(.invalid, span)
        }
        switch name {
        case "spell": return Prompt(.part(.spell(value)), span)
        case "pause":
            let isDuration = checkLiteral(value, .duration(1000...600_000), of: "'pause'")
            return Prompt(isDuration ? .part(.pause(value)) : .invalid, span)
        case "play": return Prompt(.part(.play(value)), span)
        case "emphasis": return Prompt(.part(.emphasis(value)), span)
        default: return Prompt(.part(.ssml(value)), span)
        }
    }

    private mutating func inLanguage(_ entries: [YAMLEntry], _ span: Span) -> Prompt {
        var language: Located<String>?
        var said: Prompt?
        for entry in entries {
            switch entry.key.value {
            case "in":
                language = word(entry.value, of: "'in'")
                if let tag = language, !checkLanguage(tag) { language = nil }
                if language == nil { said = said ?? Prompt(.invalid, span) }
            case "say": said = prompt(entry.value, of: "'say'")
            default: unknownKey(entry.key, of: "a prompt in another language", valid: ["in", "say"])
            }
        }
        let keys = entries.map(\.key.value)
        for missing in ["in", "say"] where !keys.contains(missing) {
            report(SyntaxMessages.missingKey(missing, of: "a prompt in another language", at: span))
        }
        guard let language, let said else { return Prompt(.invalid, span) }
        return Prompt(.part(.inLanguage(language, said)), span)
    }

    // MARK: languages

    @discardableResult
    mutating func checkLanguage(_ tag: Located<String>) -> Bool {
        if isLanguageTag(tag.value) { return true }
        report(SyntaxMessages.invalidLanguage(tag.value, at: tag.span))
        return false
    }

    /// `en_US`, `EN-us`: meant as a language, but not spelled so.
    private func looksLikeLanguage(_ key: String) -> Bool {
        isLanguageTag(key.lowercased().replacing("_", with: "-"))
    }
}

/// `en`, `en-US`, `cmn-Hans-CN`: a language in small letters, then parts of 2 to 8.
package func isLanguageTag(_ tag: String) -> Bool {
    let parts = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let language = parts.first, (2...3).contains(language.count),
        language.allSatisfy({ isLetter($0) && $0 >= UInt8(ascii: "a") })
    else { return false }
    return parts.dropFirst().allSatisfy { part in
        (2...8).contains(part.count)
            && part.allSatisfy { ($0 != UInt8(ascii: "_") && isLetter($0)) || isDigit($0) }
    }
}
