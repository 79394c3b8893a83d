/// Makes the text of a flow from choices: nearly always one that compiles, so that what comes after the reader is reached.
public struct FlowGenerator {
    public private(set) var choices: Choices
    private var isVoice = true
    private var hasTwoLanguages = false
    private var states = 1
    /// The one that is being made.
    private var state = 0

    public init(_ choices: Choices) {
        self.choices = choices
    }

    public mutating func flow() -> String {
        isVoice = choices.pick(3) != 0
        hasTwoLanguages = choices.pick(3) == 0
        states = 1 + choices.pick(4)
        var lines = ["flow: generated", "channel: \(isVoice ? "voice" : "sms")"]
        if hasTwoLanguages { lines.append("languages: [en-US, es-MX]") }
        lines += [
            "timezone: UTC",
            "config: {number: {type: phone, default: \"+15555550111\"}, host: {type: url, default: \"https://api.example.com/x?y=1\"}}",
            "types: {Place: {name: text, size?: integer, names?: [text, 5], open?: bool}}",
            "vars: {tries: {type: integer, initial: 0}, answer: {type: text(16000), initial: \"\"}, place: {type: Place?}}",
            "hours: {office: {open: {mon-fri: \"09:00-17:00\", sat: \"22:00-02:00\"}, closed: [2026-12-25]}}",
        ]
        if choices.once(in: 3) { lines.append("params: {Greeting: text?}") }
        if choices.once(in: 3) {
            lines += ["on:", "  error:", "    - say: \(text())", "    - \(isVoice ? "hangup" : "end")"]
        }
        lines.append("states:")
        for number in 0..<states {
            state = number
            lines.append("  s\(state):")
            if state == 0, isVoice, choices.once(in: 30) {
                lines += ["    - if: \(condition())", "      then: [reject]"]
            }
            for _ in 0..<choices.pick(6) { lines += step(depth: 0).map { "    " + $0 } }
            if state + 1 < states {
                lines += ["    - if: \(condition())", "      then: s\(state + 1)"]
            }
            lines.append("    - \(end())")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func step(depth: Int) -> [String] {
        switch choices.pick(isVoice ? 18 : 12) {
        case 0, 1: return ["- say: \(text())"]
        case 2: return ["- set: {tries: \"${\(number())}\"}"]
        case 3: return ["- set: {answer: \"${\(expression())}\"}"]
        case 4: return ["- if: \(condition())", "  then: \(target())", "  else: \(target())"]
        case 5, 6: return menu()
        case 7: return ask()
        case 8: return fetch()
        case 9: return ["- log: {event: \"${\(expression())}\", tries: \"${tries}\"}"]
        case 10 where depth < 3:
            var lines = ["- if: \(condition())", "  then:"]
            for _ in 0...choices.pick(2) { lines += step(depth: depth + 1).map { "    " + $0 } }
            return lines
        case 11:
            return [
                "- switch: channel", "  cases: {voice: \(target()), sms: \(target())}",
                "  otherwise: \(target())",
            ]
        case 12: return dial()
        case 13:
            return [
                "- record: \(text())", "  into: message_left",
                "  max: \(choices.pick(from: [2, 60, 14_400]))s",
                "  otherwise: \(target())",
            ]
        case 14:
            return choices.once(in: 2)
                ? ["- enqueue: support", "  full: \(target())", "  otherwise: \(target())"]
                : [
                    "- enqueue: {workflow: WW0123456789abcdef0123456789abcdef, task: {a: \"${\(expression())}\", n: 1}}",
                    "  otherwise: \(target())",
                ]
        case 15: return ["- pause: \(1 + choices.pick(3))s"]
        case 16:
            return [
                "- gather: \(text())", "  into: raw", "  input: [dtmf, speech]", "  otherwise: \(target())",
            ]
        case 17:
            return choices.once(in: 2)
                ? ["- play: https://cdn.example.com/a%20b.mp3?x=1&y=2"] : ["- play:", "  digits: 12w"]
        default: return ["- say: \(text())"]
        }
    }

    private mutating func menu() -> [String] {
        var lines = [
            "- menu: \(text())",
            "  choices: {1: \(choiceTarget()), \"2, word\": \(choiceTarget()), 10: \(choiceTarget())}",
            hasTwoLanguages
                ? "  phrases: {word: {en-US: [word, a few words], es-MX: [palabra]}}"
                : "  phrases: {word: [word, a few words]}",
            "  attempts: \(1 + choices.pick(10))", "  no_match: \(text())",
        ]
        if isVoice { lines += ["  no_input: \(text())", "  timeout: 3s"] }
        return lines + ["  otherwise: \(target())"]
    }

    private mutating func ask() -> [String] {
        let type = choices.pick(from: [
            "digits(4)", "integer", "red | green", "text(20)", "text", "bool", "phone", "number",
            "digits(1..64)",
        ])
        var lines = ["- ask: \(text())", "  as: \(type)", "  into: v\(choices.pick(1_000))"]
        if isVoice, choices.once(in: 2) { lines.append("  choices: {star: again, 0: \(target())}") }
        return lines + ["  attempts: \(1 + choices.pick(4))", "  otherwise: \(target())"]
    }

    private mutating func fetch() -> [String] {
        var lines = [
            choices.once(in: 3)
                ? "- fetch: \"https://api.example.com/${\(expression())}?q=${\(expression())}\""
                : "- fetch: ${config.host}",
            "  query: {q: \"${\(expression())}\", n: \"${tries}\"}",
        ]
        if choices.once(in: 3) { lines.append("  json: {a: \"${\(expression())}\", b: [1, \"${tries}\"]}") }
        if choices.once(in: 3) { lines.append("  headers: {X-Name: \"${\(expression())}\"}") }
        if choices.once(in: 3) { lines.append("  retry: \(choices.pick(3))") }
        return lines + [
            "  returns: Place", "  into: place", "  timeout: 1s", "  404: \(target())",
            "  failed: \(target())",
        ]
    }

    private mutating func dial() -> [String] {
        let whom = choices.pick(from: [
            "\"${config.number}\"", "{client: \"agent ${tries}\"}", "{sip: \"sip:a@example.com\"}",
            "{queue: support}",
            "{conference: \"room ${tries}\"}", "[\"+15555550112\", {client: agent}]",
            "{number: \"+15555550113\", send_digits: ww12}",
        ])
        return [
            "- dial: \(whom)", "  timeout: \(5 + choices.pick(60))s", "  answered: \(target())",
            "  otherwise: \(target())",
        ]
    }

    private mutating func end() -> String {
        switch choices.pick(6) {
        case 0, 1:
            state + 1 < states
                ? "goto: s\(state + 1 + choices.pick(states - state - 1))" : isVoice ? "hangup" : "end"
        case 2 where isVoice: "hangup"
        case 3: "redirect: https://example.com/other?a=1&b=2"
        default: "end"
        }
    }

    private mutating func target() -> String {
        switch choices.pick(8) {
        case 0, 1, 2: "next"
        case 3: "end"
        case 4: "[{say: \(text())}, end]"
        case 5: "[{set: {tries: \"${\(number())}\"}}]"
        default:
            // Back leads only what the caller chose: the checker knows that nobody who is silent goes round for ever.
            state + 1 < states ? "s\(state + 1 + choices.pick(states - state - 1))" : "end"
        }
    }

    /// Where a choice leads: back, too.
    private mutating func choiceTarget() -> String {
        choices.once(in: 2) ? "s\(choices.pick(states))" : target()
    }

    private mutating func text() -> String {
        guard hasTwoLanguages else { return prompt("Hello there") }
        return "{en-US: \(prompt("Hello there")), es-MX: \(prompt("¿Qué tal, señor?"))}"
    }

    private mutating func prompt(_ words: String) -> String {
        switch choices.pick(6) {
        case 0: "\"\(words) ${\(expression())}.\""
        case 1: "\"${\(expression())}\""
        case 2 where isVoice:
            "[\(words), {spell: \"${\(expression())}\"}, {pause: 1s}, {emphasis: \"${\(expression())}\"}]"
        case 3: "\"<\(words)> & \\\"${tries}\\\" it's ]]> ${now} ${today} ${place.size ?? 0}\""
        case 4: "\"" + String(repeating: words + " ", count: 1 + choices.pick(60)) + "\""
        default: "\"\(words).\""
        }
    }

    private mutating func condition() -> String {
        switch choices.pick(8) {
        case 0: "hours.office.open"
        case 1: "tries < \(choices.pick(9))"
        case 2: "answer == ''"
        case 3: "contains(\(expression()), 'a') and not (tries > 3)"
        case 4: "matches(\(expression()), '[a-z]+|[0-9]{1,3}')"
        case 5: "place == none or length(\(expression())) > 3"
        case 6: "lower(\(expression())) in ['a', 'b', trim(\(expression()))]"
        default: "channel == 'voice'"
        }
    }

    /// A text.
    private mutating func expression() -> String {
        let spoken =
            isVoice
            ? ["call.from", "call.to", "replace(call.from, '+', answer)"]
            : ["message.body", "first(message.body, 3)", "join(split(message.body, ' '), answer)"]
        return choices.pick(
            from: spoken + [
                "answer", "'text'", "lower(answer)", "upper(answer)", "format(today, 'd MMMM yyyy')",
                "first('abcdef', 3)",
                "if(tries > 1, 'a', answer)", "config.number", "place.name ?? ''", "digits_of(answer)",
                "trim(answer)",
                "last(answer, 7)", "join([answer, answer], '')", "replace(answer, 'a', answer)",
                "join(place.names ?? [], ', ')",
                "first(split(answer, ',')) ?? 'none'",
            ])
    }

    /// An integer.
    private mutating func number() -> String {
        choices.pick(from: [
            "tries + 1", "tries * 9007199254740991", "0 - tries", "5 % (tries + 1) ?? 0",
            "round(number(answer) ?? 0)",
            "length(answer)", "min(tries, 3)", "abs(tries)", "place.size ?? 0", "tries - 9007199254740991",
            "days_between(today, today)", "count(split(answer, 'a'))",
        ])
    }
}
