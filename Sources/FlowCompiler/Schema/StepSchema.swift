import FlowLang

/// Steps: a definition for each row of the verb table.
enum StepSchema {
    static var definitions: [(name: String, schema: SchemaNode)] {
        [
            ("steps", .list(of: .reference("step")).described("Steps, from top to bottom.")),
            ("step", step), ("step-with-keys", stepWithKeys), ("target", target), ("state", state),
        ] + VerbTable.rows.map { ("step-\($0.verb.rawValue)", verb($0)) }
    }

    /// A verb that stands alone, or a mapping.
    private static var step: SchemaNode {
        let alone = VerbTable.rows.filter { row in
            if case .required = row.argument { return false }
            return !row.options.contains(where: \.isRequired)
        }
        return .choice(
            if: .type("string"), then: .words(alone.map(\.verb.rawValue)), else: .reference("step-with-keys"))
    }

    /// The verb says which keys may stand beside it, and so each of two verbs refuses the other.
    private static var stepWithKeys: SchemaNode {
        let verbs = VerbTable.rows.map { row in
            (key: row.verb.rawValue, value: SchemaNode([]).described(summary(of: row)).json)
        }
        return SchemaNode.isObject.with("properties", .object(verbs))
            .with("anyOf", VerbTable.rows.map { .requiring($0.verb.rawValue) })
            .with(
                "allOf",
                VerbTable.rows.map { row in
                    SchemaNode([
                        ("if", SchemaNode.requiring(row.verb.rawValue).json),
                        ("then", SchemaNode.reference("step-\(row.verb.rawValue)").json),
                    ])
                })
    }

    private static func summary(of row: VerbRow) -> String {
        row.channels.count == 1 ? "\(row.summary) (\(row.channels[0].rawValue))" : row.summary
    }

    private static func verb(_ row: VerbRow) -> SchemaNode {
        let main = (row.verb.rawValue, argument(row.argument).described(summary(of: row)))
        let unnamed = row.options.first(where: \.isUnnamed)
        let options = row.namedOptions
        let step = SchemaNode.object(
            [main] + options.map { ($0.name, option($0)) },
            required: [row.verb.rawValue] + options.filter(\.isRequired).map(\.name))
        guard let unnamed else { return step }
        let targets = SchemaNode.reference("target").described(unnamed.summary)
        func withKeys(_ pattern: String) -> SchemaNode {
            step.with("patternProperties", .object([(pattern, targets.json)]))
        }
        guard row.verb == .enqueue else { return withKeys(Patterns.statuses) }
        return .choice(if: .requiring("wait"), then: withKeys(Patterns.outcome), else: step)
    }

    private static func argument(_ rule: VerbRow.ArgumentRule) -> SchemaNode {
        switch rule {
        case .nothing: .type("null")
        case .required(let kind): ValueSchema.schema(of: kind)
        case .optional(let kind):
            .choice(if: .type("null"), then: SchemaNode([]), else: ValueSchema.schema(of: kind))
        }
    }

    /// An option with all that the table says of it.
    static func option(_ row: OptionRow) -> SchemaNode {
        var sentences = [row.summary]
        if let range = ValueSchema.range(of: row.kind) { sentences.append("From \(range).") }
        if let standard = row.standard { sentences.append("If left out: `\(standard)`.") }
        if let channels = row.channels, channels.count == 1 {
            sentences.append("In \(channels[0].rawValue) only.")
        }
        if let source = row.source {
            sentences.append("TwiML: `\(source)`\(row.isUnverified ? ", unverified" : "").")
        }
        return ValueSchema.schema(of: row.kind).described(sentences.joined(separator: " "))
    }

    // MARK: where it leads

    private static var target: SchemaNode {
        let words = Target.Word.allCases.map(\.rawValue)
        return .choice(
            if: .isArray, then: .reference("steps"),
            else: SchemaNode([]).with("anyOf", [.words(words), .reference("state")]))
    }

    private static var state: SchemaNode { SchemaNode.name(.kebab).described("A state's name.") }
}
