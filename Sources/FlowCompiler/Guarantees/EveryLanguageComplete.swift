import FlowLang
import FlowProgram

/// Whatever is said, heard or spoken with is there in every language of the flow: prompts, phrases and, if there are any, voices.
/// A flow that is run by others speaks all languages of theirs (`Project`).
extension FlowLowering {
    /// Reports the languages that a prompt has no text in.
    mutating func reportLanguages(_ entries: [Prompt.LanguageEntry], at span: Span) {
        for entry in entries { reportUnknownLanguage(entry.language) }
        let written = Set(entries.map(\.language.value))
        // One that is misspelt isn't missing as well.
        guard written.isSubset(of: flow.languages.map(\.value) + languages.map(\.tag)) else { return }
        let missing = languages.map(\.tag).filter { !written.contains($0) }
        if !missing.isEmpty { typer.diagnostics.report(CheckMessages.missingLanguages(missing, at: span)) }
    }

    /// Whether it has to be said in which language a text is.
    func hasLetters(_ template: Template) -> Bool {
        template.segments.contains { segment in
            guard case .literal(let text) = segment else { return false }
            return text.value.unicodeScalars.contains { $0.properties.isAlphabetic }
        }
    }

    /// Reports the languages that a choice's phrase has no form in.
    mutating func reportMissing(_ languages: [String], of phrase: Located<String>) {
        guard !languages.isEmpty else { return }
        typer.diagnostics.report(CheckMessages.missingPhrase(phrase, languages: languages))
    }

    mutating func reportMissingVoices() {
        guard let first = flow.voices.first else { return }
        for language in flow.languages
        where !flow.voices.contains(where: { $0.language.value == language.value }) {
            typer.diagnostics.report(CheckMessages.missingVoice(language, voices: first.language.span))
        }
    }
}
