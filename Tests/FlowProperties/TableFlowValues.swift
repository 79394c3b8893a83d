import FlowLang

/// The values that need no row of the table.
extension TableFlowGenerator {
    func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    var urls: [String] {
        [
            "https://example.com/a%20b?x=1&y=2", "\"${config.host}\"",
            "\"https://example.com/${answer}?q=${tries}\"",
            "wss://example.com/x",
        ]
    }

    mutating func text() -> String {
        if choices.once(in: 3) { return "\"${\(expression())}\"" }
        return quoted(
            choices.pick(from: [
                "word", "a few words", "<a> & 'b' ]]>", "room ${tries}", "WW0123456789abcdef0123456789abcdef",
                "sip:a@example.com", "+15555550114", "0.5", "12", "en-US", "https://example.com/b",
                "Polly.Joanna-Neural",
            ]))
    }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        let spread = min(range.upperBound - range.lowerBound, 50_000)
        return choices.pick(from: [
            range.lowerBound, range.upperBound, range.lowerBound + choices.pick(spread + 1),
            range.upperBound + 1,
        ])
    }

    mutating func duration(in range: ClosedRange<Int>) -> String {
        let milliseconds = number(in: range)
        return choices.once(in: 8) ? "\(milliseconds)ms" : "\(max(1, milliseconds / 1000))s"
    }

    mutating func target(_ depth: Int) -> String {
        switch choices.pick(10) {
        case 0, 1, 2: "next"
        case 3: "end"
        case 4 where depth < 2: "[{say: \(prompt())}, end]"
        case 5 where depth < 2: "[{set: {tries: \"${tries + 1}\"}}]"
        case 6 where depth < 2: "[{if: \(condition()), then: \(target(depth + 1))}, {say: \(prompt())}]"
        case 7: choices.pick(from: Target.Word.allCases.map(\.rawValue))
        default: "s\(choices.pick(stateCount))"
        }
    }

    mutating func cases(_ values: [String]) -> String {
        "{\(values.map { "\($0): \(target(0))" }.joined(separator: ", "))}"
    }

    mutating func assignments() -> String {
        let names = ["tries", "answer", "place", "sure", "X-Name"].filter { _ in choices.pick(3) == 0 }
        let entries = names.map { name in
            let value = name == "tries" ? "\"${tries + 1}\"" : name == "place" ? "none" : text()
            return "\(name): \(value)"
        }
        return entries.isEmpty ? "{answer: \(text())}" : "{\(entries.joined(separator: ", "))}"
    }

    mutating func data(_ depth: Int) -> String {
        switch choices.pick(depth < 3 ? 6 : 3) {
        case 0: "12"
        case 1: "\"${tries}\""
        case 2: text()
        case 3: "[\(data(depth + 1)), null, true]"
        default: "{a: \(data(depth + 1)), \"b<&\": \(text())}"
        }
    }

    // MARK: prompts

    mutating func prompt() -> String {
        if choices.once(in: 12) { return isVoice ? "{voice: \(said("Hello"))}" : "{sms: \(said("Hello"))}" }
        guard hasTwoLanguages else { return said("Hello there") }
        return "{en-US: \(said("Hello there")), es-MX: \(said("¿Qué tal, señor?"))}"
    }

    private mutating func said(_ words: String) -> String {
        switch choices.pick(8) {
        case 0: "\"\(words) ${\(expression())}.\""
        case 1: "\"${\(expression())}\""
        case 2: "[\(quoted(words)), \(part()), \(part())]"
        case 3: "\"<\(words)> & \\\"${tries}\\\" it's ]]> ${now} ${today} ${place.size ?? 0}\""
        case 4: "\"" + String(repeating: words + " ", count: 1 + choices.pick(60)) + "\""
        case 5: "\"${texts.sorry} \(words)\""
        default: "\"\(words).\""
        }
    }

    private mutating func part() -> String {
        choices.pick(from: [
            "{spell: \"${answer}\"}", "{pause: 1s}", "{emphasis: \"${answer} & so\"}",
            "{in: es-MX, say: \"¿Qué <tal>?\"}",
            "{play: \"https://example.com/a.mp3?b=1&c=2\"}", isVoice ? "\"${call.from}\"" : "\"${person}\"",
            "{ssml: \"<s>a <emphasis>${answer}</emphasis></s><break time='1s'/>\"}",
            "{ssml: \"<say-as interpret-as='date' format='ymd'>${today}</say-as> &amp; <sub alias='b'>c</sub>\"}",
            "{ssml: \"<p><s>a</p></s>\"}",
        ])
    }

    // MARK: expressions

    mutating func condition() -> String {
        quoted(
            choices.pick(from: [
                "hours.office.open", "tries < 3", "answer == ''", "place == none or place.size == none",
                "channel == 'voice'",
                "contains(answer, 'a') and not (tries > 3)", "matches(answer, '[a-z]+|[0-9]{1,3}')",
                "lower(answer) in ['a', 'b']",
            ]))
    }

    /// A text.
    private mutating func expression() -> String {
        choices.pick(from: [
            "answer", "'text'", "upper(answer)", "format(today, 'd MMMM yyyy')", "if(tries > 1, 'a', answer)",
            "config.number", "place.name ?? ''", "first(answer, 7)", "replace(answer, 'a', answer)",
            isVoice ? "call.from" : isSMS ? "message.body" : "person", "person",
        ])
    }
}
