/// Makes flows that pass values from hand to hand: from callers, services and settings to numbers that are dialled, hosts, logs and
/// prompts. Many break a promise; those that the checker accepts must keep it.
public struct ValueFlowGenerator {
    private var choices: Choices
    private let states = 3
    private var state = 0

    public init(_ choices: Choices) {
        self.choices = choices
    }

    public mutating func flow() -> String {
        var lines = [
            "flow: values", "channel: voice",
            "config:", "  own: {type: phone, default: \"+15555550111\"}", "  token: secret",
            "  base: {type: url, default: \"https://api.example.com/v1\"}", "params: {To: phone}",
            "types: {Answer: {number: phone, name: text(60)}}", "vars:",
        ]
        for slot in 0..<3 {
            lines.append("  n\(slot): {type: phone, initial: \"+15555550112\"}")
            lines.append("  t\(slot): {type: text(200), initial: \"c-word\"}")
        }
        lines += [
            "  secret_one: {type: secret}", "  answer: {type: Answer?}",
            "  word: {type: red | green, initial: red}",
        ]
        lines.append("states:")
        for number in 0..<states {
            state = number
            lines.append("  s\(number):")
            for _ in 0...choices.pick(5) { lines += step().map { "    " + $0 } }
            lines += sink().map { "    " + $0 }
            lines.append("    - \(number + 1 < states ? "goto: s\(number + 1)" : "hangup")")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func step() -> [String] {
        switch choices.pick(10) {
        case 0, 1: ["- set: {n\(slot()): \"${\(number())}\"}"]
        case 2, 3: ["- set: {t\(slot()): \"${first(\(text()), 200)}\"}"]
        case 4: ask("digits(4)", "d\(slot())")
        case 5: ask(choices.once(in: 2) ? "phone" : "text(200)", choices.once(in: 2) ? "n9" : "t9")
        case 6: ask("red | green", "word")
        case 7: fetch()
        case 8: ["- if: word == 'red'", "  then: [{set: {n\(slot()): \"${\(number())}\"}}]"]
        default: ["- set: {secret_one: \"${config.token}\"}"]
        }
    }

    private mutating func ask(_ type: String, _ name: String) -> [String] {
        let kept = name == "n9" && type != "phone" ? "t8" : name == "t9" && type == "phone" ? "n8" : name
        return [
            "- ask: Tell me.", "  as: \(type)", "  into: \(kept)", "  attempts: 2",
            "  otherwise: \(target())",
        ]
    }

    private mutating func fetch() -> [String] {
        var lines = ["- fetch: ${config.base}/things", "  query: {q: \"${\(text())}\"}"]
        if choices.once(in: 2) { lines.append("  headers: {Authorization: \"Bearer ${config.token}\"}") }
        return lines + ["  returns: Answer", "  into: answer", "  failed: next"]
    }

    /// Where a value does something.
    private mutating func sink() -> [String] {
        switch choices.pick(9) {
        case 0: ["- dial: \"${\(number())}\"", "  otherwise: next", "  answered: next"]
        case 1:
            ["- dial: \"${\(number())}\"", "  allow: [\"+1555\"]", "  otherwise: next", "  answered: next"]
        case 2: ["- dial: {client: \"${first(\(text()), 60)}\"}", "  otherwise: next", "  answered: next"]
        case 3:
            [
                "- dial: \"+15555550113\"", "  caller_id: \"${\(number())}\"", "  otherwise: next",
                "  answered: next",
            ]
        case 4: ["- enqueue: \"${first(\(text()), 40)}\"", "  otherwise: next", "  bridged: next"]
        case 5: ["- fetch: \"https://api.example.com${\(text())}/x\"", "  failed: next"]
        case 6: ["- log: {value: \"${\(choices.once(in: 2) ? "t0" : text())}\", word: \"${word}\"}"]
        case 7: ["- say: \"${\(text())}\""]
        default: ["- dial: {conference: \"room ${word}\"}", "  otherwise: next", "  answered: next"]
        }
    }

    private mutating func slot() -> Int { choices.pick(3) }

    private mutating func target() -> String {
        state + 1 < states && choices.once(in: 2) ? "s\(state + 1)" : "hangup"
    }

    private mutating func number() -> String {
        choices.pick(from: [
            "config.own", "config.own", "n\(slot())", "n\(slot())", "To", "phone(t\(slot())) ?? config.own",
            "if(word == 'red', '+15555550114', n\(slot()))", "['+15555550115', n\(slot())][1] ?? config.own",
            "if(word == 'red', config.own, '+15555550116')", "answer.number ?? config.own",
            "phone(call.from) ?? config.own",
        ])
    }

    private mutating func text() -> String {
        choices.pick(from: [
            "word", "t\(slot())", "t\(slot())", "n\(slot())", "'c-plain'", "call.from", "trim(t\(slot()))",
            "contact.city ?? 'c-town'", "answer.name ?? 'c-name'", "upper(t\(slot()))",
            "join([t\(slot()), word], '-')",
            "secret_one ?? 'c-none'", "lower(word)", "digits_of(t\(slot()))",
        ])
    }
}
