import FlowLang
import FlowProgram

extension FlowLowering {
    /// The choices of a `menu` or `ask`: what means each, and its label.
    mutating func choicePatterns(of step: Step, in ways: inout Ways) -> [ChoicePattern] {
        guard case .choices(let choices)? = step.option("choices")?.value else { return [] }
        var forms: [PhraseEntry] = []
        if case .phrases(let entries)? = step.option("phrases")?.value { forms = entries }
        reportUnusedForms(forms, choices: choices)
        var seen: [String: Span] = [:]
        return choices.map { choice in
            var pattern = ChoicePattern(keys: [], phrases: [], target: 0)
            var phrases = Array(repeating: [String](), count: languages.count)
            for key in choice.keys {
                if let pressed = pressedKeys(key.value) {
                    noteOnce(pressed, key, shown: key.value, in: &seen)
                    pattern.keys.append(pressed)
                } else {
                    add(key, forms: forms, to: &phrases, seen: &seen)
                }
            }
            if !phrases.allSatisfy(\.isEmpty) {
                pattern.phrases = languages.count == 1 ? [phrases[0]] : phrases
            }
            pattern.target = label(of: choice.target, facts: code.facts, in: &ways)
            return pattern
        }
    }

    /// `1`, `42`, `star`, `pound` as the provider sends them; nil for a phrase.
    private func pressedKeys(_ key: String) -> String? {
        switch key {
        case "star": "*"
        case "pound": "#"
        default: !key.isEmpty && key.utf8.allSatisfy({ (0x30...0x39).contains($0) }) ? key : nil
        }
    }

    /// A key that ends the input is never part of it.
    mutating func reportFinishKey(_ finishKey: String, of step: Step) {
        guard case .choices(let choices)? = step.option("choices")?.value else { return }
        for key in choices.flatMap(\.keys) {
            guard let pressed = pressedKeys(key.value),
                pressed.unicodeScalars.contains(where: finishKey.unicodeScalars.contains)
            else { continue }
            typer.diagnostics.report(CheckMessages.choiceEndsInput(key))
        }
    }

    private mutating func add(
        _ key: Located<String>, forms: [PhraseEntry], to phrases: inout [[String]], seen: inout [String: Span]
    ) {
        guard let entry = forms.first(where: { $0.name.value == key.value }) else {
            if languages.count > 1 {
                typer.diagnostics.report(CheckMessages.missingPhrase(key, languages: languages.map(\.tag)))
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
        if !missing.isEmpty {
            typer.diagnostics.report(CheckMessages.missingPhrase(entry.name, languages: missing))
        }
        for form in entry.forms { if let language = form.language { reportUnknownLanguage(language) } }
    }

    private mutating func add(
        phrase: Located<String>, language: Int, to phrases: inout [[String]], seen: inout [String: Span]
    ) {
        let folded = fold(phrase.value)
        guard !folded.isEmpty else {
            typer.diagnostics.report(CheckMessages.emptyPhrase(phrase))
            return
        }
        noteOnce("\(language) \(folded)", phrase, shown: phrase.value, in: &seen)
        phrases[language].append(folded)
    }

    private mutating func noteOnce(
        _ meaning: String, _ key: Located<String>, shown: String, in seen: inout [String: Span]
    ) {
        if let first = seen[meaning] {
            typer.diagnostics.report(CheckMessages.ambiguousChoice(shown, at: key.span, first: first))
        } else {
            seen[meaning] = key.span
        }
    }

    private mutating func reportUnusedForms(_ forms: [PhraseEntry], choices: [Choice]) {
        guard !forms.isEmpty else { return }
        let keys = choices.flatMap(\.keys).map(\.value)
        for form in forms where !keys.contains(form.name.value) {
            typer.diagnostics.report(
                CheckMessages.unusedPhrase(form.name, known: keys.filter { pressedKeys($0) == nil }))
        }
    }
}
