import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import Testing

/// Who speaks a language hears that one: never another, never nothing.
@Suite("Every language complete")
struct EveryLanguageCompleteTests {
    private static let words = ["en-US": "english", "es-MX": "spanish", "fr-FR": "french"]

    @Test("A session hears its own language, at every step")
    func complete() async throws {
        var accepted = 0
        var heard = 0
        var refused = 0
        for seed in 0..<UInt64(300) {
            var generator = LanguageFlow(Choices(seed: seed, count: 300), words: Self.words)
            let text = generator.flow()
            let compilation = Promise.compilation(of: text)
            let errors = Promise.errors(of: compilation)
            if !errors.isDisjoint(with: [.missingLanguage, .missingPhrase, .missingVoice]) { refused += 1 }
            guard let program = compilation.programs.first else { continue }
            accepted += 1
            for (language, word) in Self.words.sorted(by: { $0.key < $1.key }) where text.contains("[en-US") {
                guard program.program.languages.contains(where: { $0.tag == language }) else { continue }
                var caller = try OneCaller(program)
                if program.program.channel == .voice {
                    await caller.call([("Language", language)])
                } else {
                    await caller.text("hi", [("Language", language)])
                }
                for turn in 0..<8 {
                    let lines = caller.text.split(separator: "\n")
                    heard += lines.count
                    for line in lines where !line.contains(word) {
                        Issue.record("seed \(seed): \(language) hears '\(line)'\n\(text)")
                    }
                    if caller.document?.children.isEmpty ?? true {
                        Issue.record("seed \(seed): \(language) hears nothing")
                    }
                    for verb in caller.document?.children ?? [] where verb.name == "Say" {
                        if verb.attribute("language") != language {
                            Issue.record("seed \(seed): another language's <Say>")
                        }
                    }
                    let phrase = "word \(word)"
                    if program.program.channel == .voice {
                        guard let wait = caller.waits.first else { break }
                        await caller.answer(wait, turn % 2 == 0 ? [("SpeechResult", phrase)] : [])
                    } else {
                        await caller.text(turn % 2 == 0 ? phrase : "nothing", [("Language", language)])
                    }
                }
            }
        }
        #expect(
            accepted > 60 && heard > 500 && refused > 60, "\(accepted), \(refused) refused, \(heard) heard")
    }
}

private struct LanguageFlow {
    private var choices: Choices
    private let words: [String: String]
    private var languages: [String] = []

    init(_ choices: Choices, words: [String: String]) {
        self.choices = choices
        self.words = words
    }

    mutating func flow() -> String {
        languages = choices.once(in: 2) ? ["en-US", "es-MX"] : ["en-US", "es-MX", "fr-FR"]
        let isVoice = choices.once(in: 2)
        let words = words
        var lines = [
            "flow: spoken", "channel: \(isVoice ? "voice" : "sms")",
            "languages: [\(languages.joined(separator: ", "))]",
            "params: {Language: text(8)}",
        ]
        if isVoice, choices.once(in: 2) { lines.append("voices: \(forms { _ in "woman" })") }
        lines += ["texts: {greeting: \(prompt())}", "states:", "  start:"]
        for tag in languages.dropFirst() {
            lines += ["    - if: Language == '\(tag)'", "      then: [{set: {language: \(tag)}}]"]
        }
        for _ in 0...choices.pick(3) {
            lines.append("    - say: \(choices.once(in: 4) ? "\"${texts.greeting}\"" : prompt())")
        }
        lines += [
            "    - menu: \(prompt())", "      choices: {go: next}",
            "      phrases: {go: \(forms { "[word \(words[$0] ?? "")]" })}", "      attempts: 2",
            "      no_match: \(prompt())", "      otherwise: [{say: \(prompt())}]", "    - say: \(prompt())",
            "    - end",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func prompt() -> String {
        let words = words
        return forms { "\"In \(words[$0] ?? "").\"" }
    }

    /// Now and then one is missing.
    private mutating func forms(_ form: (String) -> String) -> String {
        var tags = languages
        if choices.once(in: 24) { tags.remove(at: choices.pick(tags.count)) }
        return "{\(tags.map { "\($0): \(form($0))" }.joined(separator: ", "))}"
    }
}
