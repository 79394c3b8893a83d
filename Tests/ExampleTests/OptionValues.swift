import FlowLang

/// Values of the verb table's kinds: some that fit, with what TwiML says then, and some that don't, with the code that says so.
enum OptionValues {
    /// What TwiML says for a value.
    enum Shown {
        case attribute(String)
        case anything
    }

    /// The value that stands where any will do.
    static func sample(_ name: String, _ kind: ArgumentKind) -> String {
        switch kind {
        case .text where name == "voice": "Polly.Joanna-Neural"
        case .text where name == "speech_model": "phone_call"
        case .text, .shortText, .credential, .value, .outcome: "word"
        case .number(let range): written(range.lowerBound)
        case .url: "https://example.com/a"
        case .webSocketURL: "wss://example.com/a"
        case .sipAddress: "sip:ann@example.com"
        case .sid(let prefix): sid(prefix)
        case .phone: "\"+15555550123\""
        case .language: "en-US"
        case .bool: "true"
        case .words(let words): "\"\(words.first ?? "")\""
        case .integer(let range): "\(range.lowerBound)"
        case .duration(let range): writtenDuration(range.lowerBound)
        case .key, .keys, .tones: "\"5\""
        case .variable: "heard"
        case .state: "start"
        case .flow: "helper"
        case .roleFlow(let role): role == .wait ? "hold" : "chime"
        case .list(let one), .manyOf(let one): sample(name, one)
        case .prompt: "Hello."
        case .prompts: "[Hello.]"
        case .expression: "\"person == '+15555550123'\""
        case .target: "next"
        case .choices: "{\"1, word\": next}"
        case .phrases: name == "keys" ? "{red: 3}" : "{word: [a word]}"
        case .cases: "next"
        case .assignments: "{order: word}"
        case .data: "{order: 12}"
        case .instruction: "dequeue"
        case .type: "text(20)"
        case .object(let scalar?, _): sample(name, scalar)
        case .object(nil, let kinds):
            kinds.first.map { "{\($0.name): \(sample($0.name, $0.kind))}" } ?? "{}"
        case .fields(let names): "{\(names.first ?? ""): word}"
        case .records(let rows):
            "[{\(rows.filter(\.isRequired).map { "\($0.name): \(sample($0.name, $0.kind))" }.joined(separator: ", "))}]"
        }
    }

    /// Values that fit.
    static func right(_ option: OptionOfTwiML) -> [(written: String, shown: Shown)] {
        right(option.row.name, option.row.kind, inMilliseconds: option.row.isInMilliseconds)
    }

    private static func right(
        _ name: String, _ kind: ArgumentKind, inMilliseconds: Bool
    ) -> [(written: String, shown: Shown)] {
        func same(_ values: [String]) -> [(written: String, shown: Shown)] {
            values.map { ("\"\($0)\"", .attribute($0)) }
        }
        switch kind {
        case .text where ["voice", "speech_model"].contains(name): return same([sample(name, kind)])
        case .text: return same(["a <word> & 'another'"])
        case .credential:
            return [("\"a & b\"", .attribute("a & b")), ("${config.token}", .attribute("s3cret"))]
        case .shortText(let limit): return same([String(repeating: "x", count: limit)])
        case .number(let range):
            return [range.lowerBound, range.upperBound].map { (written($0), .attribute(written($0))) }
        case .url: return same(["https://example.com/a?b=c&d=e"])
        case .webSocketURL: return same(["wss://example.com/a"])
        case .sipAddress: return same(["sip:ann@example.com", "sips:ann@example.com"])
        case .sid(let prefix): return same([sid(prefix)])
        case .language(let others): return same(["es-MX"] + others) + [("${language}", .attribute("en-US"))]
        case .bool: return same(["true", "false"])
        case .words(let words): return same(words)
        case .integer(let range): return same(["\(range.lowerBound)", "\(range.upperBound)"])
        case .duration(let range):
            return [range.lowerBound, range.upperBound].map { milliseconds in
                let shown = inMilliseconds ? milliseconds : (milliseconds + 999) / 1000
                return (writtenDuration(milliseconds), .attribute("\(shown)"))
            }
        case .key: return same(["#", "*", "5"]) + [("none", .attribute(""))]
        case .keys: return same(["#*5"]) + [("any", .attribute("1234567890*#")), ("none", .attribute(""))]
        case .tones: return same(["12wW#A*"])
        case .list(.words(let words)):
            return same(words) + [
                (
                    "[\(words.map { "\"\($0)\"" }.joined(separator: ", "))]",
                    .attribute(words.joined(separator: " "))
                )
            ]
        case .list(.integer(let range)):
            return [
                (
                    "[\(range.lowerBound), \(range.upperBound)]",
                    .attribute("\(range.lowerBound) \(range.upperBound)")
                )
            ]
        case .list(let one) where one.isText: return [("[one, two]", .attribute("one,two"))]
        default: return [(sample(name, kind), .anything)]
        }
    }

    /// Values that don't fit: of another type, below and above the range, no known word.
    static func wrong(_ option: OptionOfTwiML) -> [(written: String, codes: Set<DiagnosticCode>)] {
        option.row.isUnnamed ? wrong(.target) : wrong(option.row.kind)
    }

    private static func wrong(_ kind: ArgumentKind) -> [(written: String, codes: Set<DiagnosticCode>)] {
        func invalid(_ values: [String]) -> [(written: String, codes: Set<DiagnosticCode>)] {
            values.map { ($0, [.invalidValue]) }
        }
        let shape: [(written: String, codes: Set<DiagnosticCode>)] = [("{a: {b: c}}", [.unexpectedShape])]
        switch kind {
        case .text, .credential, .value: return shape
        case .shortText(let limit): return shape + invalid([String(repeating: "x", count: limit + 1)])
        case .number(let range):
            return [("ten", [.typeMismatch])]
                + invalid([written(range.lowerBound - 1), written(range.upperBound + 1)])
        case .url: return shape + [("no address", [.typeMismatch])]
        case .webSocketURL: return shape + invalid(["https://example.com"])
        case .sipAddress: return shape + invalid(["ann@example.com"])
        case .sid: return shape + invalid(["XX12"])
        case .phone: return shape + [("soon", [.typeMismatch])]
        case .language:
            return shape + [
                ("English", [.invalidLanguage]), ("\"${person}\"", [.typeMismatch, .unexpectedHole]),
            ]
        case .bool: return shape + invalid(["maybe", "1"])
        case .words:
            return shape + invalid(["nonsense"]) + [("\"${person}\"", [.typeMismatch, .unexpectedHole])]
        case .integer(let range):
            return shape + invalid(["many", "1.5", "\(range.lowerBound - 1)", "\(range.upperBound + 1)"])
        case .duration(let range):
            return shape
                + invalid(["soon", "7", "\(range.lowerBound - 1)ms", "\(range.upperBound + 1)ms"])
        case .key: return shape + invalid(["x", "\"12\""])
        case .keys, .tones: return shape + invalid(["x", "\"\""])
        case .variable, .outcome: return shape + [("No Name", [.invalidName])]
        case .state: return shape + [("nowhere", [.unknownState])]
        case .flow, .roleFlow: return [("nobody", [.unknownFlow])]
        case .list(let one), .manyOf(let one): return wrong(one)
        case .prompt: return [("{nonsense: word}", [.unknownKey])]
        case .prompts: return [("[{nonsense: word}]", [.unknownKey])]
        case .expression: return [("\"1 <\"", [.expressionSyntax])]
        case .target: return [("nowhere", [.unknownState]), ("No State", [.invalidName])]
        case .choices, .phrases, .assignments, .cases, .records, .fields:
            return [("word", [.unexpectedShape])]
        case .data: return []
        case .instruction: return invalid(["nonsense", "[dequeue]"])
        case .type: return [("nonsense(", [.typeSyntax]), ("nonsense", [.unknownType])]
        case .object(let scalar, _): return scalar.map(wrong) ?? []
        }
    }

    private static func sid(_ prefix: String) -> String { prefix + String(repeating: "0a", count: 16) }

    private static func written(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }
}

extension ArgumentKind {
    fileprivate var isText: Bool {
        switch self {
        case .text, .shortText: true
        default: false
        }
    }
}
