import FlowLang

/// Values, by the kinds of the verb table.
enum ValueSchema {
    static var definitions: [(name: String, schema: SchemaNode)] {
        [
            ("text", .type("string", "number", "boolean")),
            ("hole", .pattern(Patterns.hole, hint: "a hole such as ${answer}")),
            ("bool", orHole([.type("boolean"), .words(["true", "false"])])),
            ("duration", .pattern(Patterns.duration, hint: durationHint)),
            (
                "duration-or-hole",
                .pattern("\(Patterns.duration)|\(Patterns.hole)", hint: durationHint)
            ),
            (
                "keys",
                .type("string", "integer").with("minimum", .number(0))
                    .with("pattern", .string("^([0-9*#]*|any|none)$|\(Patterns.hole)"))
                    .with("patternErrorMessage", .string("Expected keys of a phone: 0-9, * and #."))
            ),
            (
                "tones",
                .type("string", "integer").with("minimum", .number(0))
                    .with("pattern", .string("^[0-9A-D*#wW]+$|\(Patterns.hole)"))
                    .with(
                        "patternErrorMessage", .string("Expected keys of a phone, A-D, and w or W to wait."))
            ),
            ("variable", variable),
            (
                "flow-use",
                .choice(
                    if: .isObject,
                    then: .object(
                        [("flow", .name(.kebab)), ("with", .reference("assignments"))], required: ["flow"]),
                    else: .name(.kebab))
            ),
            ("language", .pattern(Patterns.language, hint: "a language such as en-US")),
            ("choices", .mapping(of: .reference("target"), keys: choiceKey)),
            ("phrases", .mapping(of: phrases)),
            ("cases", .mapping(of: .reference("target"), keys: .pattern(Patterns.noHole, hint: "no hole"))),
            ("assignments", .mapping(of: .reference("text"))),
            ("data", data),
        ]
    }

    static func schema(of kind: ArgumentKind) -> SchemaNode {
        switch kind {
        case .text, .shortText, .credential, .value, .number, .url, .webSocketURL, .sipAddress, .sid, .phone,
            .expression:
            .reference("text")
        case .language(let others): .pattern(language(or: others), hint: "a language such as en-US")
        case .bool: .reference("bool")
        case .words(let words): orHole([word(words)])
        case .integer(let range): integer(range)
        case .duration: .reference("duration-or-hole")
        case .key, .keys: .reference("keys")
        case .tones: .reference("tones")
        case .variable: .reference("variable")
        case .state: .reference("state")
        case .flow: .name(.kebab)
        case .outcome: .name(.snake)
        case .roleFlow: .reference("flow-use")
        case .list(let one), .manyOf(let one): .oneOrMore(schema(of: one))
        case .prompt: .reference("prompt")
        case .prompts: .oneOrMore(.reference("prompt"))
        case .target: .reference("target")
        case .choices: .reference("choices")
        case .phrases: .reference("phrases")
        case .cases: .reference("cases")
        case .assignments: .reference("assignments")
        case .data, .instruction: .reference("data")
        case .type: .reference("type")
        case .object(let scalar, let kinds): object(scalar, kinds)
        case .fields(let names): .object(names.map { ($0, .reference("text")) })
        case .records(let rows):
            .oneOrMore(
                .object(
                    rows.map { ($0.name, StepSchema.option($0)) },
                    required: rows.filter(\.isRequired).map(\.name)))
        }
    }

    /// The bounds of a kind, as the docs write them.
    static func range(of kind: ArgumentKind) -> String? {
        switch kind {
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .duration(let range):
            "\(writtenDuration(range.lowerBound)) to \(writtenDuration(range.upperBound))"
        default: nil
        }
    }

    private static func language(or others: [String]) -> String {
        ([Patterns.language] + others.map { "^\($0)$" } + [Patterns.hole]).joined(separator: "|")
    }

    private static let durationHint = "a duration such as 500ms, 5s, 2m, 1h or 1d"

    private static var variable: SchemaNode {
        .name(.snake).with(
            "not", SchemaNode.words(["and", "or", "not", "in", "true", "false", "none"]).json)
    }

    private static var choiceKey: SchemaNode {
        .pattern(Patterns.choiceKey, hint: "keys and phrases such as 1, sales, star or pound")
    }

    private static func orHole(_ schemas: [SchemaNode]) -> SchemaNode {
        SchemaNode([]).with("anyOf", schemas + [.reference("hole")])
    }

    /// Quoted or not: an editor takes some words for other values.
    private static func word(_ words: [String]) -> SchemaNode {
        let others = words.compactMap { word -> JSONText? in
            word == "true" || word == "false" ? .bool(word == "true") : Int(word).map { .number($0) }
        }
        return SchemaNode([("enum", .array(words.map { .string($0) } + others))])
    }

    private static func integer(_ range: ClosedRange<Int>) -> SchemaNode {
        .choice(
            if: .type("number"),
            then: .type("integer").with("minimum", .number(range.lowerBound))
                .with("maximum", .number(range.upperBound)),
            else: .pattern(
                "^-?[0-9]{1,15}$|\(Patterns.hole)",
                hint: "a whole number from \(range.lowerBound) to \(range.upperBound)"))
    }

    private static var phrases: SchemaNode {
        let forms = SchemaNode.oneOrMore(.reference("text"))
        return .choice(
            if: .isObject, then: .mapping(of: forms, keys: .reference("language")), else: forms)
    }

    /// What becomes JSON.
    private static var data: SchemaNode {
        .choice(
            if: .isObject, then: .mapping(of: .reference("data")),
            else: .choice(
                if: .isArray, then: .list(of: .reference("data")),
                else: .type("string", "number", "boolean", "null")))
    }

    /// One of the kinds with its own options, or what stands for the most usual one.
    private static func object(_ scalar: ArgumentKind?, _ kinds: [ObjectRow]) -> SchemaNode {
        let names = kinds.map { row in
            (key: row.name, value: SchemaNode([]).described(row.summary).json)
        }
        let object = SchemaNode.isObject.with("properties", .object(names))
            .with("anyOf", kinds.map { .requiring($0.name) })
            .with(
                "allOf",
                kinds.map { row in
                    SchemaNode([
                        ("if", SchemaNode.requiring(row.name).json), ("then", objectOfKind(row).json),
                    ])
                })
        guard let scalar else { return object }
        return .choice(if: .isObject, then: object, else: schema(of: scalar))
    }

    private static func objectOfKind(_ row: ObjectRow) -> SchemaNode {
        .object(
            [(row.name, schema(of: row.kind).described(row.summary))]
                + row.options.map { ($0.name, StepSchema.option($0)) },
            required: row.options.filter(\.isRequired).map(\.name))
    }
}
