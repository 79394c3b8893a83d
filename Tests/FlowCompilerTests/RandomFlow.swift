/// A small flow of random steps: mostly right, now and then with a wrong name, type, verb or target.
func randomFlowText(seed: Int) -> String {
    var writer = RandomFlow(random: SeededGenerator(seed: UInt64(seed)))
    return writer.flow()
}

/// SplitMix64: the same numbers from the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private struct RandomFlow {
    var random: SeededGenerator
    private var isVoice = true
    private let states = ["start", "middle", "other"]

    init(random: SeededGenerator) {
        self.random = random
    }

    mutating func flow() -> String {
        isVoice = !chance(3)
        var text = """
            flow: random
            channel: \(isVoice ? "voice" : "sms")
            types:
              Found: {name: text(100), age?: integer}
            vars:
              count: {type: integer, initial: 0}
              answer: {type: text, initial: none yet}
              sure: {type: bool, initial: false}
              found: {type: Found?}

            """
        if chance(3) { text += "params:\n  order: digits(6)\n" }
        if chance(4) { text += "defaults:\n  otherwise: end\n  attempts: 2\n" }
        text += "states:\n"
        for state in states {
            text +=
                "  \(state):\n" + steps(depth: 0, indent: 4)
                + "    - \(pick(["end", "goto: middle", "goto: other"]))\n"
        }
        return text
    }

    private mutating func steps(depth: Int, indent: Int) -> String {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in step(depth: depth, indent: indent) }.joined()
    }

    /// One step with its lines, each at the indentation.
    private mutating func step(depth: Int, indent: Int) -> String {
        let blanks = String(repeating: " ", count: indent)
        var lines: [String]
        switch Int.random(in: 0..<(isVoice ? 12 : 9), using: &random) {
        case 0: lines = ["- say: \"\(words())\""]
        case 1: lines = ["- set: {\(assignment())}"]
        case 2: lines = ["- log: {event: \"\(words())\"}"]
        case 3, 4:
            lines = ["- if: \(condition())", "  then: " + target(depth, indent)]
            if chance(2) { lines.append("  else: \(target())") }
        case 5:
            lines = ["- switch: sure", "  cases:", "    true: " + target(depth, indent + 2)]
            lines.append(chance(2) ? "    false: \(target())" : "  otherwise: \(target())")
        case 6:
            lines = [
                "- menu: \"\(words())\"", "  choices:", "    1: " + target(depth, indent + 2),
                "    2, two: \(target())",
            ]
            lines.append("  otherwise: \(target())")
        case 7:
            let answers = [
                ("count", "integer"), ("answer", "text(80)"), ("sure", "bool"), ("code", "digits(4)"),
            ]
            let (name, type) = answers[Int.random(in: answers.indices, using: &random)]
            lines = ["- ask: \"\(words())\"", "  as: \(type)", "  into: \(name)", "  otherwise: \(target())"]
        case 8:
            lines = ["- fetch: https://api.example.com/", "  returns: Found", "  into: found"]
            lines.append("  failed: " + target(depth, indent))
        case 9: lines = ["- dial: \"+15555550100\"", "  otherwise: " + target(depth, indent)]
        case 10: lines = ["- record: \"\(words())\"", "  into: voicemail", "  otherwise: \(target())"]
        default: lines = ["- \(pick(["pause: 1s", "gather: {into: heard}", "pause: 2s"]))"]
        }
        if chance(25) {
            lines[lines.count - 1] = "  \(pick(["otherwise: \(target())", "lop: 1", "into: Answer", "x"]))"
        }
        return lines.map { blanks + $0 + "\n" }.joined()
    }

    private mutating func target() -> String {
        if chance(40) { return pick(["nowhere", "leave", "{}", "Start"]) }
        return pick(["start", "middle", "other", "next", "again", "end"])
    }

    /// A target, now and then a list of steps.
    private mutating func target(_ depth: Int, _ indent: Int) -> String {
        guard depth < 3, chance(3) else { return target() }
        let list = "\n" + steps(depth: depth + 1, indent: indent + 4)
        return String(list.dropLast())
    }

    private mutating func assignment() -> String {
        if chance(30) {
            return pick([
                "count: many", "answer: \"${count}\"", "found: 5", "sure: \"${nothing}\"", "new: none",
            ])
        }
        return pick([
            "count: 1", "count: \"${count + 1}\"", "answer: yes", "answer: \"${upper(first(answer, 10))}\"",
            "sure: true",
            "sure: \"${count > 3}\"", "found: none", "greeting: \"Hello, ${person}\"",
        ])
    }

    private mutating func words() -> String {
        if chance(40) {
            return pick(["${found.name}", "${nothing}", "${upper(count)}", "${count", "${if(sure, 1)}"])
        }
        return pick([
            "Hello.", "You said ${answer}.", "${count}", "${upper(answer)}", "${found.name ?? 'Nobody'}",
            "Bye, ${person}.",
            "${if(channel == 'voice', 'call', 'text')}",
        ])
    }

    private mutating func condition() -> String {
        if chance(30) {
            return pick(["count", "answer > 3", "found.age > 18", "sure = true", "count == '1'"])
        }
        return pick([
            "sure", "count > 3", "answer == 'yes'", "channel == 'voice'",
            "found != none and found.age != none",
            "found.age == none or found.age < 18", "not sure", "contact.city != none",
        ])
    }

    /// One time in `count`.
    private mutating func chance(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }

    private mutating func pick(_ words: [String]) -> String {
        words[Int.random(in: words.indices, using: &random)]
    }
}
