import FlowLang

/// A schema under construction: keywords in the order in which they are written.
struct SchemaNode {
    private(set) var members: [(key: String, value: JSONText)]

    init(_ members: [(key: String, value: JSONText)]) {
        self.members = members
    }

    var json: JSONText { .object(members) }

    func with(_ key: String, _ value: JSONText) -> SchemaNode {
        SchemaNode(members + [(key, value)])
    }

    func with(_ key: String, _ schemas: [SchemaNode]) -> SchemaNode {
        with(key, .array(schemas.map(\.json)))
    }

    func merging(_ other: SchemaNode) -> SchemaNode { SchemaNode(members + other.members) }

    func titled(_ title: String) -> SchemaNode { with("title", .string(title)) }

    /// What an editor shows beside a key.
    func described(_ text: String) -> SchemaNode {
        SchemaNode(members.filter { $0.key != "description" }).with("description", .string(text))
    }
}

extension SchemaNode {
    static func reference(_ name: String) -> SchemaNode {
        SchemaNode([("$ref", .string("#/$defs/\(name)"))])
    }

    static func type(_ names: String...) -> SchemaNode {
        SchemaNode([("type", names.count == 1 ? .string(names[0]) : .strings(names))])
    }

    static let isObject = type("object")
    static let isArray = type("array")

    static func requiring(_ key: String) -> SchemaNode { SchemaNode([("required", .strings([key]))]) }

    /// A mapping of these keys and no others.
    static func object(_ properties: [(String, SchemaNode)], required: [String] = []) -> SchemaNode {
        let object = isObject.with("properties", .object(properties.map { (key: $0.0, value: $0.1.json) }))
        return (required.isEmpty ? object : object.with("required", .strings(required)))
            .with("additionalProperties", .bool(false))
    }

    /// A mapping of names that the author chooses.
    static func mapping(of values: SchemaNode, keys: SchemaNode? = nil) -> SchemaNode {
        let mapping = isObject.with("additionalProperties", values.json)
        return keys.map { mapping.with("propertyNames", $0.json) } ?? mapping
    }

    static func list(of items: SchemaNode) -> SchemaNode { isArray.with("items", items.json) }

    /// Tools complain of what is wrong with the one that was meant, and not of both.
    static func choice(if test: SchemaNode, then: SchemaNode, else other: SchemaNode) -> SchemaNode {
        SchemaNode([("if", test.json), ("then", then.json), ("else", other.json)])
    }

    static func oneOrMore(_ one: SchemaNode) -> SchemaNode {
        choice(if: isArray, then: list(of: one), else: one)
    }

    static func words(_ words: [String]) -> SchemaNode { SchemaNode([("enum", .strings(words))]) }

    /// - Parameter hint: what editors say where it doesn't match.
    static func pattern(_ pattern: String, hint: String) -> SchemaNode {
        type("string").with("pattern", .string(pattern)).with(
            "patternErrorMessage", .string("Expected \(hint)."))
    }

    enum Spelling {
        case kebab, snake, field, camel
    }

    static func name(_ spelling: Spelling) -> SchemaNode {
        let name: SchemaNode =
            switch spelling {
            case .kebab:
                pattern("^[a-z]([a-z0-9-]*[a-z0-9])?$", hint: "small letters, digits and hyphens")
            case .snake: pattern("^[a-z][a-z0-9_]*$", hint: "small letters, digits and underscores")
            case .field: pattern("^[A-Za-z_][A-Za-z0-9_]*$", hint: "letters, digits and underscores")
            case .camel: pattern("^[A-Z][A-Za-z0-9]*$", hint: "capitalized words, such as OrderLine")
            }
        return name.with("maxLength", .number(64))
    }
}

extension JSONText {
    static func strings(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }
}
