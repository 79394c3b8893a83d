import FlowLang
import FlowProgram

/// What means something at a wait already, by where it was written: keys as they are sent, phrases as `language folded`.
typealias Meanings = [String: Span]

extension FlowLowering {
    /// The choices of a `menu` or `ask`: what means each, and its label.
    ///
    /// - Parameter seen: what has a meaning there besides them; theirs are added.
    mutating func choicePatterns(of step: Step, in ways: inout Ways, besides seen: inout Meanings)
        -> [ChoicePattern]
    {
        guard case .choices(let choices)? = step.option("choices")?.value else { return [] }
        let forms = phraseForms(of: step)
        return choices.map { choice in
            let (keys, phrases) = meanings(of: choice.keys, forms: forms, seen: &seen)
            return ChoicePattern(
                keys: keys, phrases: phrases,
                target: label(
                    of: choice.target, facts: code.facts, in: &ways, by: choice.keys.first?.value))
        }
    }

    /// The entries of `phrases` by their words.
    func phraseForms(of step: Step) -> [String: PhraseEntry] {
        guard case .phrases(let entries)? = step.option("phrases")?.value else { return [:] }
        return Dictionary(entries.map { ($0.name.value, $0) }) { first, _ in first }
    }

    /// The words of `phrases` that nothing of the step is called by.
    mutating func reportUnusedForms(of step: Step, words: [String] = []) {
        guard case .phrases(let forms)? = step.option("phrases")?.value, !forms.isEmpty else { return }
        var keys = words
        if case .choices(let choices)? = step.option("choices")?.value {
            keys += choices.flatMap(\.keys).map(\.value)
        }
        let known = Set(keys)
        for form in forms where !known.contains(form.name.value) {
            typer.diagnostics.report(
                CheckMessages.unusedPhrase(form.name, known: keys.filter { pressedKeys($0) == nil }))
        }
    }

    /// Keys as they are sent, and phrases for each language or one list for all.
    mutating func meanings(
        of words: [Located<String>], forms: [String: PhraseEntry], seen: inout Meanings
    ) -> (keys: [String], phrases: [[String]]) {
        var keys: [String] = []
        var phrases: [[String]] = []
        for word in words {
            if let pressed = pressedKeys(word.value) {
                noteOnce(pressed, word, shown: word.value, in: &seen)
                keys.append(pressed)
            } else {
                if phrases.isEmpty { phrases = Array(repeating: [], count: languages.count) }
                add(word, forms: forms, to: &phrases, seen: &seen)
            }
        }
        return (keys, collapsed(phrases))
    }

    private func collapsed(_ phrases: [[String]]) -> [[String]] {
        if phrases.allSatisfy({ $0.isEmpty }) { return [] }
        return languages.count == 1 ? [phrases[0]] : phrases
    }

    /// `1`, `42`, `star`, `pound` as the provider sends them; nil for a phrase.
    func pressedKeys(_ key: String) -> String? {
        switch key {
        case "star": "*"
        case "pound": "#"
        default: !key.isEmpty && key.utf8.allSatisfy({ (0x30...0x39).contains($0) }) ? key : nil
        }
    }

    /// A key that ends the input is never part of it.
    mutating func reportFinishKey(_ finishKey: String, of step: Step) {
        guard !finishKey.isEmpty, case .choices(let choices)? = step.option("choices")?.value else { return }
        for key in choices.flatMap(\.keys) {
            guard let pressed = pressedKeys(key.value),
                pressed.unicodeScalars.contains(where: finishKey.unicodeScalars.contains)
            else { continue }
            typer.diagnostics.report(CheckMessages.choiceEndsInput(key))
        }
    }

    private mutating func add(
        _ key: Located<String>, forms: [String: PhraseEntry], to phrases: inout [[String]],
        seen: inout Meanings
    ) {
        guard let entry = forms[key.value] else {
            if languages.count > 1 {
                reportMissing(languages.map(\.tag), of: key)
            } else if key.value.unicodeScalars.contains(where: \.properties.isAlphabetic) {
                add(phrase: key, language: 0, to: &phrases, seen: &seen)
            }
            return
        }
        var missing: [String] = []
        for (index, language) in languages.enumerated() {
            let matching = entry.forms.filter { form in
                form.language.map { $0.value == language.tag } ?? (languages.count == 1)
            }
            if matching.isEmpty { missing.append(language.tag) }
            for phrase in matching.flatMap(\.phrases) {
                add(phrase: phrase, language: index, to: &phrases, seen: &seen)
            }
        }
        reportMissing(missing, of: entry.name)
        for form in entry.forms { if let language = form.language { reportUnknownLanguage(language) } }
    }

    private mutating func add(
        phrase: Located<String>, language: Int, to phrases: inout [[String]], seen: inout Meanings
    ) {
        let folded = fold(phrase.value)
        guard !folded.isEmpty else {
            typer.diagnostics.report(CheckMessages.emptyPhrase(phrase))
            return
        }
        if channel == .sms, let keyword = CarrierKeyword(folded) {
            typer.diagnostics.report(CheckMessages.carrierKeyword(phrase, keyword))
        }
        noteOnce("\(language) \(folded)", phrase, shown: phrase.value, in: &seen)
        phrases[language].append(folded)
    }

    private mutating func noteOnce(
        _ meaning: String, _ key: Located<String>, shown: String, in seen: inout Meanings
    ) {
        if let first = seen[meaning] {
            typer.diagnostics.report(CheckMessages.ambiguousChoice(shown, at: key.span, first: first))
        } else {
            seen[meaning] = key.span
        }
    }
}

// MARK: words of an enum

extension FlowLowering {
    /// What means each of an enum's words: the keys of `keys:`, or 1, 2, 3 … in order, and its phrases.
    mutating func answerWords(
        _ words: [String], of step: Step, at span: Span, besides seen: inout Meanings
    ) -> [AnswerWord] {
        let keys = writtenKeys(of: words, in: step, seen: &seen)
        let forms = phraseForms(of: step)
        return words.enumerated().map { index, word in
            var phrases = Array(repeating: [String](), count: languages.count)
            add(Located(word, span), forms: forms, to: &phrases, seen: &seen)
            let key = String(index + 1)
            if keys == nil { noteOnce(key, Located(word, span), shown: key, in: &seen) }
            return AnswerWord(word, keys: keys?[index] ?? [key], phrases: collapsed(phrases))
        }
    }

    /// For each word its keys; nil where they aren't written.
    private mutating func writtenKeys(
        of words: [String], in step: Step, seen: inout Meanings
    ) -> [[String]]? {
        guard let option = step.option("keys"), case .phrases(let entries) = option.value else { return nil }
        var keys = Array(repeating: [String](), count: words.count)
        for entry in entries {
            guard let index = words.firstIndex(of: entry.name.value) else {
                typer.diagnostics.report(
                    CheckMessages.noWord("keys", entry.name.value, at: entry.name.span, words: words))
                continue
            }
            for form in entry.forms.flatMap(\.phrases) {
                guard let pressed = pressedKeys(form.value) else {
                    typer.diagnostics.report(CheckMessages.noKeys("keys", form.value, at: form.span))
                    continue
                }
                noteOnce(pressed, form, shown: form.value, in: &seen)
                keys[index].append(pressed)
            }
        }
        for (word, own) in zip(words, keys) where own.isEmpty {
            typer.diagnostics.report(CheckMessages.wordWithoutKey(word, at: option.keySpan))
        }
        return keys
    }

    /// What yes and no mean, in each language.
    func yesNoMeanings(at span: Span) -> Meanings {
        var seen: Meanings = ["1": span, "2": span]
        for (index, language) in languages.enumerated() {
            let spoken = SpokenLanguage(tag: language.tag)
            for word in spoken.yesWords + spoken.noWords { seen["\(index) \(fold(word))"] = span }
        }
        return seen
    }
}

/// Words that the provider takes before a flow sees them, as whole messages: who wrote one gets no reply.
enum CarrierKeyword {
    case stop, help

    /// The provider's list of standard keywords; only that they are taken before the reply is confirmed.
    init?(_ folded: String) {
        switch folded {
        case "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout": self = .stop
        case "help", "info": self = .help
        default: return nil
        }
    }
}
