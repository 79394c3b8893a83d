import FlowCompiler
import FlowLang
import FlowProgram

/// The tables of docs/language.md, from the tables that the compiler reads.
enum LanguageTables {
    /// nil for a name that no table has.
    static func table(_ name: String) -> String? {
        switch name {
        case "flow keys": flowKeys
        case "defaults": options(FlowKeyTable.defaults, hasChannels: false)
        case "verbs": verbs
        case "places": places
        case "types": types
        case "names": names
        case "notices": notices
        case "functions": functions
        case _ where name.hasPrefix("options of "):
            VerbTable.row(named: String(name.dropFirst(11))).map {
                options($0.options, hasChannels: $0.channels.count > 1)
            }
        case _ where name.hasPrefix("kinds of "):
            VerbTable.row(named: String(name.dropFirst(9))).flatMap(kinds)
        default: nil
        }
    }

    /// The regions that the page must have.
    static var required: [String] {
        let withOptions = VerbTable.rows.filter { !$0.options.isEmpty }.map {
            "options of \($0.verb.rawValue)"
        }
        let pages = ["flow keys", "defaults", "verbs", "places", "types", "names", "notices", "functions"]
        return pages + withOptions
            + ["kinds of dial", "kinds of enqueue"]
    }

    private static func markdown(_ head: [String], _ rows: [[String]]) -> String {
        let lines = [head, head.map { _ in "---" }] + rows
        return lines.map { cells in
            "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }

    private static func code(_ text: String) -> String { "`\(text)`" }

    private static var flowKeys: String {
        markdown(["key", "is"], FlowKeyTable.rows.map { [code($0.name), $0.summary] })
    }

    private static var types: String {
        markdown(
            ["type", "values"],
            BuiltinType.allCases.map { [$0.forms.map(code).joined(separator: ", "), $0.summary] })
    }

    private static var notices: String {
        let rows = NoticeKind.allCases.map { kind in
            let fields = (kind.form?.fields ?? []).map {
                code("\(kind.rawValue).\($0.name): \($0.type.display)")
            }
            let channels = HandlerEvent(rawValue: kind.rawValue)?.channels.map(\.rawValue) ?? []
            return [code(kind.rawValue), channels.joined(separator: ", "), fields.joined(separator: ", ")]
        }
        return markdown(["handler", "channel", "what came"], rows)
    }

    private static var names: String {
        let fields = ContextField.allCases.map { [code($0.path), code($0.type.display)] }
        return markdown(["name", "type"], fields)
    }

    private static var functions: String {
        markdown(
            ["function", "gives", "example"],
            FunctionTable.rows.map { row in
                let example = "\(row.example.call.source) → \(row.example.result.source)"
                return [
                    row.signatures.map { code($0.display) }.joined(separator: "<br>"), row.summary,
                    code(example),
                ]
            })
    }

    // MARK: verbs

    private static var verbs: String {
        markdown(
            ["verb", "channel", "value", "does"],
            VerbTable.rows.map { row in
                [
                    "[\(code(row.verb.rawValue))](#\(row.verb.rawValue))", channels(row.channels),
                    argument(row.argument), row.summary,
                ]
            })
    }

    /// Where the verbs run that don't run everywhere.
    private static var places: String {
        let places: [(place: FlowPlace, title: String)] = [
            (.call, "a call"), (.queueWait, "a queue's wait"), (.conferenceWait, "a conference's wait"),
            (.whisper, "a whisper"), (.queueWhisper, "a queue's whisper"),
        ]
        return markdown(
            ["verb"] + places.map(\.title),
            VerbTable.rows.filter { $0.channels.contains(.voice) && $0.places.count < places.count }.map {
                row in
                [code(row.verb.rawValue)]
                    + places.map { place, _ in
                        row.places.contains(place)
                            ? "yes" : row.unverifiedPlaces.contains(place) ? "unverified" : ""
                    }
            })
    }

    private static func channels(_ channels: [FlowChannel]) -> String {
        channels.count == FlowChannel.allCases.count
            ? "both" : channels.map(\.rawValue).joined(separator: ", ")
    }

    private static func argument(_ rule: VerbRow.ArgumentRule) -> String {
        switch rule {
        case .nothing: "none"
        case .required(let kind): words(kind)
        case .optional(let kind): "\(words(kind)), or none"
        }
    }

    private static func options(_ rows: [OptionRow], hasChannels: Bool) -> String {
        let rows = rows.filter { !$0.isUnnamed }
        let hasSources = rows.contains { $0.source != nil }
        let head =
            ["option", "value"] + (hasChannels ? ["channel"] : []) + ["if left out", "is"]
            + (hasSources ? ["TwiML"] : [])
        return markdown(
            head,
            rows.map { row in
                [code(row.name), words(row.kind)]
                    + (hasChannels ? [row.channels.map(channels) ?? "both"] : [])
                    + [row.isRequired ? "an error" : row.standard.map(code) ?? "", row.summary]
                    + (hasSources ? [source(row)] : [])
            })
    }

    private static func source(_ row: OptionRow) -> String {
        guard let source = row.source else { return "" }
        return code(source) + (row.isUnverified ? ", unverified" : "")
    }

    /// Of the object that a verb takes.
    private static func kinds(_ row: VerbRow) -> String? {
        guard case .required(let kind) = row.argument else { return nil }
        let object = if case .manyOf(let one) = kind { one } else { kind }
        guard case .object(_, let kinds) = object else { return nil }
        return markdown(
            ["kind", "value", "its own options", "is"],
            kinds.map { kind in
                let options = kind.options.map { option in
                    code(option.name) + ": \(words(option.kind))"
                        + (option.standard.map { ", `\($0)` if left out" } ?? "")
                }
                return [code(kind.name), words(kind.kind), options.joined(separator: "; "), kind.summary]
            })
    }

    // MARK: kinds of values

    private static func words(_ kind: ArgumentKind) -> String {
        switch kind {
        case .text: "a text"
        case .value: "a value"
        case .shortText(let limit): "a text of at most \(limit)"
        case .credential: "a text or a secret"
        case .number: "a number"
        case .sipAddress: "a SIP address"
        case .sid(let prefix): "a sid `\(prefix)…`"
        case .language(let others): (["a language"] + others.map(code)).joined(separator: ", ")
        case .webSocketURL: "a `wss` URL"
        case .url: "a URL"
        case .phone: "a phone number"
        case .bool: "`true` or `false`"
        case .words(let words): words.map(code).joined(separator: ", ")
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .duration(let range):
            "\(writtenDuration(range.lowerBound)) to \(writtenDuration(range.upperBound))"
        case .key: "a key, or `none`"
        case .keys: "keys, `any` or `none`"
        case .tones: "keys to be played"
        case .variable: "a variable"
        case .state: "a state"
        case .flow: "a flow"
        case .roleFlow(let role): "a \(role.rawValue) flow"
        case .outcome: "a name"
        case .list(let kind): "\(words(kind)), or a list"
        case .prompt: "a prompt"
        case .prompts: "a list of prompts"
        case .expression: "an expression"
        case .target: "a target"
        case .choices: "choices"
        case .phrases: "phrases"
        case .cases: "cases"
        case .assignments: "names and values"
        case .data: "a value, list or mapping"
        case .instruction: "a word, or a word with its fields"
        case .type: "a type"
        case .object(let scalar, let kinds):
            ((scalar.map { [words($0)] } ?? []) + kinds.map { "`{\($0.name): …}`" }).joined(separator: ", ")
        case .manyOf(let kind): "\(words(kind)), or a list"
        case .records(let rows):
            "mappings of " + rows.map { "\(code($0.name)) (\(words($0.kind)))" }.joined(separator: ", ")
        case .fields(let names): "a mapping of \(names.map(code).joined(separator: ", "))"
        }
    }
}
