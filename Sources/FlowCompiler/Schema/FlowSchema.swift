import FlowLang

/// The JSON Schema (2020-12) of a flow file, made from the tables that the reader reads, so that editors complete and underline
/// what `flowc check` takes and refuses. It sees structure; names, types and ways are the compiler's.
///
/// An editor takes an unquoted `5` for a number and `true` for a bool: where the language reads a text, all three stand.
public func flowSchema() -> String {
    let definitions =
        PromptSchema.definitions + StepSchema.definitions + ValueSchema.definitions + TypeSchema.definitions
    let schema =
        SchemaNode([("$schema", .string("https://json-schema.org/draft/2020-12/schema"))])
        .titled("A flow of flowc").merging(FlowSchema.file)
        .with("$defs", .object(definitions.map { (key: $0.name, value: $0.schema.json) }))
    return schema.json.pretty
}

/// The keys at the top of a file.
enum FlowSchema {
    static var file: SchemaNode {
        let rows = FlowKeyTable.rows.map { row in
            (row.name, keySchema(row.name).described(row.summary))
        }
        return .object(rows, required: ["flow", "channel"])
            .with("oneOf", [.requiring("steps"), .requiring("states")])
    }

    /// A key that isn't named here may hold anything.
    private static func keySchema(_ name: String) -> SchemaNode {
        switch name {
        case "flow": .name(.kebab)
        case "channel": .oneOrMore(.words(FlowChannel.allCases.map(\.rawValue)))
        case "runs": .words(FlowRole.allCases.map(\.rawValue))
        case "description", "timezone": .reference("text")
        case "languages": .oneOrMore(.reference("language"))
        case "voices": .mapping(of: .reference("text"), keys: .reference("language"))
        case "config": .mapping(of: typed(beside: "default"), keys: .name(.snake))
        case "vars": .mapping(of: typed(beside: "initial"), keys: .name(.snake))
        case "params": .mapping(of: .reference("type"), keys: .name(.field))
        case "returns": .reference("type")
        case "types": .mapping(of: .reference("type"), keys: .name(.camel))
        case "texts": .mapping(of: .reference("prompt"), keys: .name(.snake))
        case "hours": .mapping(of: calendar, keys: .name(.snake))
        case "defaults":
            .object(FlowKeyTable.defaults.map { ($0.name, StepSchema.option($0)) })
        case "on":
            .object(
                HandlerEvent.allCases.map { ($0.rawValue, .reference("steps")) } + [
                    ("choices", .reference("choices")), ("phrases", .reference("phrases")),
                ])
        case "expires": .reference("duration")
        case "steps": .reference("steps")
        case "states":
            .mapping(of: .reference("steps"), keys: stateName).with("minProperties", .number(1))
        default: SchemaNode([])
        }
    }

    /// A state's name is none of the words that lead elsewhere.
    private static var stateName: SchemaNode {
        .name(.kebab).with("not", .object([("enum", .strings(Target.Word.allCases.map(\.rawValue)))]))
    }

    /// A type, or a mapping of it with a value.
    private static func typed(beside key: String) -> SchemaNode {
        let long = SchemaNode.object(
            [("type", .reference("type")), (key, .reference("text"))], required: ["type"])
        return .choice(
            if: .isObject.with("anyOf", [.requiring("type"), .requiring(key)]), then: long,
            else: .reference("type"))
    }

    // MARK: calendars

    private static var calendar: SchemaNode {
        let spans = SchemaNode.oneOrMore(.pattern(Patterns.timeSpan, hint: "times such as 09:00-17:30"))
        let date = SchemaNode.pattern(Patterns.date, hint: "a day such as 2026-12-25")
        let weekdays = SchemaNode.pattern(Patterns.weekdays, hint: "days such as mon-fri or sat, sun")
        return .object([
            ("open", .mapping(of: spans, keys: weekdays).described("Weekly hours.")),
            ("closed", .oneOrMore(date).described("Days that are closed all day.")),
            ("open_on", .mapping(of: spans, keys: date).described("Days with hours of their own.")),
        ]).with("anyOf", [.requiring("open"), .requiring("open_on")])
    }
}
