import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowTestSupport
import Testing

/// Each answer that a menu names leads where it is named, be it pressed, spoken or texted, in every language.
@Suite("Clear menus")
struct ClearMenusTests {
    @Test("Every answer leads to its own choice")
    func answers() async throws {
        var accepted = 0
        var tried = 0
        var refused = 0
        for seed in 0..<UInt64(500) {
            var generator = MenuFlow(Choices(seed: seed, count: 300))
            let menu = generator.menu()
            let compilation = Promise.compilation(of: menu.text)
            if Promise.errors(of: compilation).contains(.ambiguousChoice) { refused += 1 }
            guard let program = compilation.programs.first else { continue }
            accepted += 1
            for answer in menu.answers {
                var caller = try OneCaller(program)
                if menu.isVoice {
                    await caller.call([("Language", answer.language)])
                    guard let wait = caller.waits.first else { continue }
                    let isKey = answer.said.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || $0 == 0x2A || $0 == 0x23
                    }
                    await caller.answer(wait, [(isKey ? "Digits" : "SpeechResult", answer.said)])
                } else {
                    await caller.text("hello", [("Language", answer.language)])
                    await caller.text(answer.said)
                }
                tried += 1
                if !caller.text.contains("choice \(answer.choice).") {
                    Issue.record(
                        "seed \(seed): '\(answer.said)' in \(answer.language) doesn't lead to \(answer.choice): \(caller.text)\n\(menu.text)"
                    )
                }
            }
        }
        #expect(
            accepted > 60 && tried > 300 && refused > 60,
            "\(accepted) accepted, \(refused) refused, \(tried) answers")
    }
}

private struct MenuFlow {
    struct Menu {
        var text: String
        var isVoice: Bool
        var answers: [(said: String, language: String, choice: Int)]
    }

    private var choices: Choices

    init(_ choices: Choices) {
        self.choices = choices
    }

    private static let words = [
        "sales", "Sales!", "SALES", "the sales", "sales please", "support", "two", "one", "ten", "zero",
        "uno", "dos",
        "ventas", "sälés", "pound", "star", "twelve", "help desk", "desk", "a b", "ab",
    ]

    mutating func menu() -> Menu {
        let isVoice = choices.pick(3) != 0
        let languages = choices.once(in: 3) ? ["en-US", "es-MX"] : ["en-US"]
        var lines = [
            "flow: menus", "channel: \(isVoice ? "voice" : "sms")",
            "languages: [\(languages.joined(separator: ", "))]",
            "params: {Language: text(8)}", "states:", "  start:",
        ]
        if languages.count > 1 {
            lines += ["    - if: Language == 'es-MX'", "      then: [{set: {language: es-MX}}]"]
        }
        lines += ["    - menu: \(prompt("What is it?", languages))", "      choices:"]
        var answers: [(said: String, language: String, choice: Int)] = []
        var phrases: [String] = []
        let count = 2 + choices.pick(3)
        for choice in 0..<count {
            var names: [String] = []
            if choices.pick(4) != 0 {
                let key = choices.pick(from: ["0", "1", "2", "3", "10", "12", "star", "pound"])
                names.append(key)
                for language in languages {
                    answers.append((key == "star" ? "*" : key == "pound" ? "#" : key, language, choice))
                    if let spoken = Self.spoken[language]?[key] { answers.append((spoken, language, choice)) }
                }
            }
            if names.isEmpty || choices.once(in: 2) {
                names.append("phrase \(choice)")
                var forms: [String] = []
                for language in languages {
                    let words = (0...choices.pick(2)).map { _ in choices.pick(from: Self.words) }
                    for word in words { answers.append((word, language, choice)) }
                    forms.append("\(language): [\(words.map { "\"\($0)\"" }.joined(separator: ", "))]")
                }
                phrases.append("phrase \(choice): {\(forms.joined(separator: ", "))}")
            }
            lines.append("        \(names.joined(separator: ", ")): c\(choice)")
        }
        if !phrases.isEmpty { lines.append("      phrases: {\(phrases.joined(separator: ", "))}") }
        if isVoice, choices.once(in: 2) { lines.append("      timeout: 3s") }
        if isVoice, choices.once(in: 4) { lines.append("      finish_on: \"#\"") }
        lines.append("      attempts: 1")
        lines.append("      otherwise: out")
        for choice in 0..<count {
            lines += [
                "  c\(choice):", "    - say: \(prompt("This is choice \(choice).", languages))", "    - end",
            ]
        }
        lines += ["  out:", "    - say: \(prompt("Nothing.", languages))", "    - end"]
        // Where only keys are choices nobody listens to speech.
        if phrases.isEmpty, isVoice {
            answers.removeAll { answer in !answer.said.utf8.allSatisfy { (0x23...0x39).contains($0) } }
        }
        return Menu(text: lines.joined(separator: "\n") + "\n", isVoice: isVoice, answers: answers)
    }

    private static let spoken = [
        "en-US": ["0": "zero", "1": "one", "2": "two", "3": "three", "10": "ten", "12": "twelve"],
        "es-MX": ["0": "cero", "1": "uno", "2": "dos", "3": "tres", "10": "diez", "12": "doce"],
    ]

    private func prompt(_ text: String, _ languages: [String]) -> String {
        languages.count == 1 ? text : "{\(languages.map { "\($0): \"\(text)\"" }.joined(separator: ", "))}"
    }
}
