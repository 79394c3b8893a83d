import FlowLang

/// Types: a scalar, a list as `[T]` or `[T, 20]`, a record as a mapping.
enum TypeSchema {
    static var definitions: [(name: String, schema: SchemaNode)] {
        let names = BuiltinType.allCases.flatMap(\.forms)
        let scalar = SchemaNode.pattern(
            Patterns.type, hint: "a type such as text(200), phone? or red | green"
        )
        .with("examples", .strings(names))
        let list = SchemaNode.list(
            of: .choice(if: .type("integer"), then: SchemaNode([]), else: .reference("type"))
        )
        .with("minItems", .number(1)).with("maxItems", .number(2))
        let field = SchemaNode.pattern(
            "^[A-Za-z_][A-Za-z0-9_]*[?]?$", hint: "a field such as name or country?")
        let record = SchemaNode.mapping(of: .reference("type"), keys: field)
        return [
            (
                "type",
                .choice(if: .isArray, then: list, else: .choice(if: .isObject, then: record, else: scalar))
            )
        ]
    }
}
