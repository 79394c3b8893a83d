/// Makes the text of a flow from arbitrary bytes: mostly valid, so that the fuzzer gets past the reader.
public struct FlowGenerator {
    private var bytes: ArraySlice<UInt8>

    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)[...]
    }

    /// What the flow didn't use, for events.
    public var rest: ArraySlice<UInt8> { bytes }

    public mutating func flow() -> String {
        let isVoice = pick(3) != 0
        var lines = ["flow: fuzz", "channel: \(isVoice ? "voice" : "sms")"]
        if pick(3) == 0 { lines.append("languages: [en-US, es-MX]") }
        lines += [
            "timezone: Europe/Berlin", "config: {number: {type: phone, default: \"+15555550111\"}}",
            "types: {Place: {name: text, size?: integer}}",
            "vars: {tries: {type: integer, initial: 0}, answer: {type: text}}",
            "hours: {office: {open: {mon-sun: \"09:00-17:00\"}}}", "states:",
        ]
        let states = 1 + pick(4)
        for state in 0..<states {
            lines.append("  s\(state):")
            for _ in 0..<pick(4) { lines += step(isVoice: isVoice, states: states, depth: 0).map { "    " + $0 } }
            lines.append("    - \(end(isVoice: isVoice, states: states))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func step(isVoice: Bool, states: Int, depth: Int) -> [String] {
        switch pick(isVoice ? 14 : 9) {
        case 0: return ["- say: \(text())"]
        case 1: return ["- set: {tries: \"${tries + \(pick(9))}\"}"]
        case 2: return ["- set: {answer: \"${\(expression())}\"}"]
        case 3:
            return ["- if: \(condition())", "  then: \(target(states))", "  else: \(target(states))"]
        case 4:
            return [
                "- menu: \(text())", "  choices: {1: \(target(states)), \"2, word\": \(target(states))}",
                "  phrases: {word: {en-US: [word], es-MX: [palabra]}}", "  attempts: \(1 + pick(3))",
                "  no_match: \(text())", "  otherwise: \(target(states))",
            ]
        case 5:
            return [
                "- ask: \(text())", "  as: \(["digits(4)", "integer", "a | b", "text(20)", "bool"][pick(5)])",
                "  into: v\(pick(3))", "  otherwise: \(target(states))",
            ]
        case 6:
            return [
                "- fetch: https://api.example.com/place", "  query: {q: \"${\(expression())}\"}", "  returns: Place",
                "  into: place", "  404: \(target(states))", "  failed: \(target(states))",
            ]
        case 7: return ["- log: {event: \"${\(expression())}\"}"]
        case 8 where depth < 3:
            var lines = ["- if: \(condition())", "  then:"]
            for _ in 0...pick(2) { lines += step(isVoice: isVoice, states: states, depth: depth + 1).map { "    " + $0 } }
            return lines
        case 9: return ["- dial: \"${config.number}\"", "  otherwise: \(target(states))"]
        case 10: return ["- record: \(text())", "  into: message_left", "  otherwise: \(target(states))"]
        case 11: return ["- enqueue: support", "  otherwise: \(target(states))"]
        case 12: return ["- pause: \(1 + pick(3))s"]
        case 13: return ["- gather: \(text())", "  into: raw", "  input: [dtmf, speech]", "  otherwise: \(target(states))"]
        default: return ["- say: \(text())"]
        }
    }

    private mutating func end(isVoice: Bool, states: Int) -> String {
        switch pick(4) {
        case 0: "goto: s\(pick(states))"
        case 1 where isVoice: "hangup"
        case 2 where isVoice: "reject"
        default: "end"
        }
    }

    private mutating func target(_ states: Int) -> String {
        switch pick(6) {
        case 0: "next"
        case 1: "again"
        case 2: "end"
        case 3: "[{say: \(text())}, end]"
        default: "s\(pick(states))"
        }
    }

    private mutating func text() -> String {
        switch pick(4) {
        case 0: "{en-US: \"Hello ${\(expression())}.\", es-MX: \"Hola.\"}"
        case 1: "\"${\(expression())}\""
        case 2: "[Hello, {spell: \"${\(expression())}\"}]"
        default: "Hello there."
        }
    }

    private mutating func condition() -> String {
        switch pick(6) {
        case 0: "hours.office.open"
        case 1: "tries < \(pick(9))"
        case 2: "answer == none"
        case 3: "contains(\(expression()), 'a') and not (tries > 3)"
        case 4: "matches(\(expression()), '[a-z]+|\\\\d{1,3}')"
        default: "channel == 'voice'"
        }
    }

    private mutating func expression() -> String {
        let names = [
            "tries", "answer ?? 'none'", "'text'", "call.from", "message.body", "lower('ABC')", "now", "today",
            "format(today, 'd MMMM yyyy')", "tries * 9007199254740991", "first('abcdef', 3)", "number('1.5') ?? 0",
            "if(tries > 1, 'a', 'b')", "5 / (tries + 1) ?? 0", "config.number", "place.name ?? ''", "v0 ?? v1 ?? v2",
        ]
        return names[pick(names.count)]
    }

    private mutating func pick(_ count: Int) -> Int {
        guard let byte = bytes.popFirst(), count > 0 else { return 0 }
        return Int(byte) % count
    }
}
