import FlowLang
import FlowProgram

/// No two answers of one wait can mean the same, be they pressed, spoken or texted, in any language; a key that is the beginning
/// of another is told from it by a pause or a last key that the author has chosen.
///
/// That no key and no phrase of choices, of an enum's words and of `on: choices` stands twice is found where they are read
/// (`Meanings`); this is what they mean when they are spoken, and which begin with others.
extension FlowLowering {
    mutating func reportUnclear(
        _ choices: [ChoicePattern], _ input: InputForm?, of step: Step, hasEnd: Bool
    ) {
        let menu = Menu(choices, input)
        if channel == .voice, !hasEnd {
            for (short, long) in menu.beginnings {
                typer.diagnostics.report(
                    CheckMessages.beginningOfAnother(
                        keyName(short), keyName(long), at: place(ofKey: short, of: step) ?? step.verbSpan,
                        other: place(ofKey: long, of: step)))
            }
        }
        for (language, program) in languages.enumerated() {
            for clash in menu.clashes(in: language, program.tag) {
                let span = place(of: clash.later, language, of: step) ?? step.verbSpan
                typer.diagnostics.report(
                    CheckMessages.clashingAnswers(
                        clash.later.shown, clash.earlier.shown,
                        in: languages.count > 1 && !clash.later.isKey ? program.tag : nil, at: span,
                        first: place(of: clash.earlier, language, of: step)))
            }
        }
    }

    private func place(of answer: Menu.Answer, _ language: Int, of step: Step) -> Span? {
        switch answer {
        case .key(let key): place(ofKey: key, of: step)
        case .phrase(let phrase): place(ofPhrase: phrase, in: language, of: step)
        case .wordKey: step.option("as")?.keySpan
        }
    }

    private func place(ofKey key: String, of step: Step) -> Span? {
        guard case .choices(let choices)? = step.option("choices")?.value else { return nil }
        return choices.lazy.flatMap(\.keys).first { $0.value == keyName(key) || $0.value == key }?.span
    }

    private func place(ofPhrase phrase: String, in language: Int, of step: Step) -> Span? {
        var written: [Located<String>] = []
        if case .phrases(let entries)? = step.option("phrases")?.value {
            for forms in entries.flatMap(\.forms)
            where forms.language.map({ $0.value == languages[language].tag }) ?? true {
                written += forms.phrases
            }
        }
        if case .choices(let choices)? = step.option("choices")?.value { written += choices.flatMap(\.keys) }
        return written.first { fold($0.value) == phrase }?.span
    }
}

/// What may be pressed or said at one wait.
struct Menu {
    private let choices: [ChoicePattern]
    /// The keys that stand for the words of the answer's type, in their order.
    private let wordKeys: [String]

    enum Answer: Hashable {
        case key(String)
        /// Folded.
        case phrase(String)
        /// The key that stands for a word.
        case wordKey(String)

        var isKey: Bool { if case .key = self { true } else { false } }

        var shown: String {
            switch self {
            case .key(let key): keyName(key)
            case .phrase(let text), .wordKey(let text): text
            }
        }
    }

    init(_ choices: [ChoicePattern], _ input: InputForm?) {
        self.choices = choices
        switch input {
        case .words(let words):
            wordKeys = words.flatMap(\.keys)
        case .yesNo:
            wordKeys = ["1", "2"]
        default:
            wordKeys = []
        }
    }

    /// Keys with which others begin, each with the first of those.
    var beginnings: [(short: String, long: String)] {
        let keys = choices.flatMap(\.keys) + wordKeys
        guard let longest = keys.lazy.map(\.utf8.count).max(), longest > 1 else { return [] }
        var longer: [String: String] = [:]
        for key in keys where key.utf8.count > 1 {
            for length in 1..<key.utf8.count {
                let start = String(key.prefix(length))
                if longer[start] == nil { longer[start] = key }
            }
        }
        var seen: Set<String> = []
        return keys.compactMap { key in longer[key].map { (key, $0) } }.filter { seen.insert($0.0).inserted }
    }

    /// Answers that mean two things in a language, each with what it meant before.
    func clashes(in language: Int, _ tag: String) -> [(later: Answer, earlier: Answer)] {
        var clashes: [(later: Answer, earlier: Answer)] = []
        let keys = choices.enumerated().flatMap { number, choice in choice.keys.map { (number, $0) } }
        let hasSpokenKeys = !keys.isEmpty || !wordKeys.isEmpty
        for (number, choice) in choices.enumerated() {
            let phrases =
                choice.phrases.indices.contains(language)
                ? choice.phrases[language] : choice.phrases.first ?? []
            for phrase in phrases {
                guard hasSpokenKeys, let key = spokenKey(of: phrase, tag) else { continue }
                if keys.contains(where: { owner, other in owner != number && other == key }) {
                    clashes.append((.phrase(phrase), .key(key)))
                } else if wordKeys.contains(key) {
                    clashes.append((.phrase(phrase), .wordKey(key)))
                }
            }
        }
        return clashes
    }
}
