import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import Testing
import TwiML

/// A message that the checker doesn't warn of is never cut: a flow with a bound texts the same as one without.
@Suite("Cost of messages")
struct MessageCostTests {
    @Test("What isn't warned of is sent whole")
    func whole() async throws {
        var silent = 0
        var warned = 0
        var longest = 0
        for seed in 0..<UInt64(400) {
            var generator = MessageFlow(Choices(seed: seed, count: 400))
            let bound = generator.bound
            let lines = generator.lines()
            let compilation = Promise.compilation(of: MessageFlow.text(lines, bound: bound))
            let free = Promise.compilation(of: MessageFlow.text(lines, bound: nil))
            guard let bounded = compilation.programs.first, let unbounded = free.programs.first else {
                Issue.record("seed \(seed): \(compilation.diagnostics.map(\.headline))")
                continue
            }
            guard !compilation.diagnostics.contains(where: { $0.code == .longMessage }) else {
                warned += 1
                continue
            }
            silent += 1
            var choices = Choices(seed: seed &+ 7, count: 200)
            for _ in 0..<6 {
                let words = MessageFlow.hostile(&choices)
                var (one, other) = (try OneCaller(bounded), try OneCaller(unbounded))
                for body in ["hi", words, "12", words] {
                    await one.text(body)
                    await other.text(body)
                    let sent = one.text
                    if sent != other.text {
                        Issue.record(
                            "seed \(seed): '\(sent)' was cut from '\(other.text)'\n\(MessageFlow.text(lines, bound: bound))"
                        )
                    }
                    let segments = MessageSegments(of: String(sent.dropLast())).count
                    longest = max(longest, segments)
                    if segments > bound { Issue.record("seed \(seed): \(segments) segments of \(bound)") }
                }
            }
        }
        #expect(
            silent > 60 && warned > 60 && longest > 2,
            "\(silent) silent, \(warned) warned, \(longest) segments")
    }
}

private struct MessageFlow {
    private var choices: Choices
    let bound: Int

    init(_ choices: Choices) {
        var choices = choices
        bound = 2 + choices.pick(8)
        self.choices = choices
    }

    static func text(_ lines: [String], bound: Int?) -> String {
        let defaults = bound.map { ["defaults: {max_segments: \($0)}"] } ?? []
        return (["flow: messages", "channel: sms", "timezone: UTC"] + defaults + lines).joined(
            separator: "\n") + "\n"
    }

    static func hostile(_ choices: inout Choices) -> String {
        let piece = choices.pick(from: [
            "a", "€", "[]", "é", "ž", "\u{1F600}", "👩‍👩‍👧 ", "& <b>", "x y ", "\u{0301}e",
        ])
        return String(repeating: piece, count: 1 + choices.pick(400))
    }

    mutating func lines() -> [String] {
        var lines = [
            "vars: {n: {type: integer, initial: 7}, t: {type: text(20), initial: abc}, colour: {type: red | green, initial: red}}",
            "states:", "  start:",
        ]
        for _ in 0...choices.pick(2) { lines += step() }
        lines += [
            "    - ask: \(prompt())", "      as: text(40)", "      into: name", "      no_match: Again.",
            "      otherwise: end",
        ]
        for _ in 0...choices.pick(2) { lines += step() }
        lines += ["    - say: \"${name} \(choices.once(in: 6) ? "${message.body}" : "")\"", "    - end"]
        return lines
    }

    private mutating func step() -> [String] {
        switch choices.pick(4) {
        case 0:
            [
                "    - if: n > \(choices.pick(9))", "      then: [{say: \(prompt())}]",
                "      else: [{say: \(prompt())}]",
            ]
        case 1: ["    - set: {n: \"${n * 9999999999}\"}"]
        case 2: ["    - set: {t: \"${first(message.body, 20)}\"}"]
        default: ["    - say: \(prompt())"]
        }
    }

    private mutating func prompt() -> String {
        let holes = [
            "${n}", "${t}", "${colour}", "${first(message.body, 5)}", "${now}", "${message.from}", "",
        ]
        let words = choices.pick(from: [
            "Hello there", "Grüße [x]", "Žluťoučký", "€uro", "Plain words & more",
        ])
        let text = (0...choices.pick(3)).map { _ in words + " " + choices.pick(from: holes) }.joined(
            separator: " ")
        return "\"\(text).\""
    }
}
