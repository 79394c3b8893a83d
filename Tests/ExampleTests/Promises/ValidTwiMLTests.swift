import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import Testing

/// How large documents grow: values as long and as dear as their types let them be. (That documents are well-formed and within the
/// limits of each verb, `PropertyTests` tries with flows of all verbs and options.)
@Suite("Valid TwiML")
struct ValidTwiMLTests {
    @Test("A document has room for whatever its holes hold")
    func fits() async throws {
        var accepted = 0
        var refused = 0
        var largest = 0
        for seed in 0..<UInt64(160) {
            var generator = LargeFlow(Choices(seed: seed, count: 200))
            let text = generator.flow()
            let compilation = Promise.compilation(of: text)
            if Promise.errors(of: compilation) == [.invalidTwiML] { refused += 1 }
            guard let program = compilation.programs.first else {
                if Promise.errors(of: compilation) != [.invalidTwiML] {
                    Issue.record("seed \(seed): \(compilation.diagnostics.map(\.headline))")
                }
                continue
            }
            accepted += 1
            for piece in ["&", "\"", "\u{1F600}", "a ", "\u{1}", "<\u{0338}"] {
                let body = Self.body(of: piece)
                var caller = try OneCaller(program) { _ in .response(status: 200, body: body) }
                let long = String(String(repeating: piece, count: 1_600).unicodeScalars.prefix(1_600))
                if program.program.channel == .voice {
                    await caller.call([("FromCity", long), ("CallerName", long)])
                } else {
                    await caller.text(long)
                }
                for _ in 0..<12 {
                    largest = max(largest, caller.bytes.count)
                    if let problem = DocumentRules.problem(in: caller.bytes, of: program.program.channel) {
                        Issue.record("seed \(seed): \(problem)\n\(text)")
                    }
                    guard let wait = caller.waits.first else { break }
                    await caller.answer(wait, [("Digits", "7")])
                }
                let faults = caller.faults.filter { !$0.hasPrefix("variables-too-large") }
                if !faults.isEmpty { Issue.record("seed \(seed): \(faults) by \(piece)\n\(text)") }
            }
        }
        #expect(
            accepted > 40 && refused > 20 && largest > 40_000,
            "\(accepted), \(refused) refused, \(largest) bytes")
    }

    private static func body(of piece: String) -> [UInt8] {
        func text(_ count: Int) -> String {
            let scalars = String(repeating: piece, count: count).unicodeScalars.prefix(count)
            return scalars.reduce(into: "") { text, scalar in
                switch scalar {
                case "\"", "\\": text += "\\\(scalar)"
                case ..<" ": text += "\\u000\(scalar.value)"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
        return Array(
            "{\"long\": \"\(text(16_000))\", \"usual\": \"\(text(1_600))\", \"urls\": \"https://api.example.com/\(String(repeating: "&", count: 1_500))\"}"
                .utf8)
    }
}

private struct LargeFlow {
    private var choices: Choices
    private var isVoice = true

    init(_ choices: Choices) {
        self.choices = choices
    }

    mutating func flow() -> String {
        isVoice = choices.pick(3) != 0
        var lines = [
            "flow: large", "channel: \(isVoice ? "voice" : "sms")", "config: {host: url}",
            "types: {Long: {long: text(16000), usual: text, urls: url}}", "steps:",
            "  - fetch: https://api.example.com/x", "    returns: Long", "    into: found", "    failed: end",
        ]
        for _ in 0...choices.pick(3) { lines += step().map { "  " + $0 } }
        lines.append(
            "  - \(choices.once(in: 3) ? "redirect: \"${config.host}/${first(found.long, 300)}\"" : "end")")
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func step() -> [String] {
        switch choices.pick(isVoice ? 6 : 3) {
        case 0: return ["- say: \(prompt())"]
        case 1:
            return isVoice
                ? [
                    "- menu: \(prompt())", "  choices: {1: next}", "  no_input: \(prompt())",
                    "  otherwise: next",
                ]
                : [
                    "- say: \(prompt())",
                    "  media: [\(Array(repeating: "\"${found.urls}\"", count: 10).joined(separator: ", "))]",
                ]
        case 2: return ["- say: \"\(String(repeating: "word ", count: 20 + choices.pick(18) * 20))\""]
        case 3:
            let name = choices.pick(from: [
                "first(found.long, 200)", "found.usual", "first(found.long, 1600)",
            ])
            let values = (0...choices.pick(10)).map { "p\($0): \"${\(name)}\"" }.joined(separator: ", ")
            return [
                "- dial: {client: agent, parameters: {\(values)}}",
                "  answered: next",
                "  otherwise: next",
            ]
        case 4:
            let name = choices.pick(from: ["first(found.long, 1600)", "found.usual", "found"])
            return [
                "- enqueue: {workflow: WW0123456789abcdef0123456789abcdef, task: {a: \"${\(name)}\", b: [\"x ${found.usual}\"]}}",
                "  bridged: next", "  otherwise: next",
            ]
        default:
            return [
                "- say: \"\(String(repeating: "Many words & more. ", count: 1 + choices.pick(3) * 1_400))\""
            ]
        }
    }

    private mutating func prompt() -> String {
        let hole = choices.pick(from: [
            "${found.usual}", "${first(found.long, 20)}", "${first(found.long, 375)}",
        ])
        let count = 1 + choices.pick(6) * 7
        return "\"\(String(repeating: "Word \(hole) ", count: count)).\""
    }
}
