import FlowLang

/// Prompts: a text, a part, a list of both, or a prompt for each language or channel.
enum PromptSchema {
    static var definitions: [(name: String, schema: SchemaNode)] {
        [
            (
                "prompt",
                SchemaNode.choice(
                    if: .isArray, then: .list(of: .reference("prompt-item")), else: .reference("prompt-item")
                ).described(
                    "A text, perhaps with holes; a list of texts and parts; or one for each language.")
            ),
            ("prompt-item", .choice(if: .isObject, then: keyed, else: .reference("text"))),
            ("prompt-by-channel", byChannel),
            ("prompt-by-language", .mapping(of: .reference("prompt"), keys: .reference("language"))),
        ] + parts.map { ("part-\($0.name)", $0.schema) }
    }

    /// A part by its key, else channels or languages.
    private static var keyed: SchemaNode {
        var schema = SchemaNode.choice(
            if: SchemaNode([]).with("anyOf", FlowChannel.allCases.map { .requiring($0.rawValue) }),
            then: .reference("prompt-by-channel"), else: .reference("prompt-by-language"))
        for part in parts.reversed() {
            schema = .choice(
                if: .requiring(part.name), then: .reference("part-\(part.name)"), else: schema)
        }
        return schema.with("minProperties", .number(1))
    }

    private static var byChannel: SchemaNode {
        .object(
            FlowChannel.allCases.map { channel in
                (channel.rawValue, SchemaNode.reference("prompt").described("Said in \(channel.rawValue)."))
            })
    }

    private static var parts: [(name: String, schema: SchemaNode)] {
        let text = SchemaNode.reference("text")
        let pause = SchemaNode.reference("duration-or-hole")
        return [
            ("in", inLanguage), part("spell", text, "Said letter by letter."),
            part("pause", pause, "A silence. (voice)"), part("play", text, "An audio file. (voice)"),
            part("emphasis", text, "Said with weight."), part("ssml", text, "Markup of the voice's own."),
        ]
    }

    private static func part(
        _ name: String, _ value: SchemaNode, _ summary: String
    ) -> (name: String, schema: SchemaNode) {
        (name, .object([(name, value.described(summary))]))
    }

    private static var inLanguage: SchemaNode {
        .object(
            [
                ("in", SchemaNode.reference("language").described("The language of the part.")),
                ("say", SchemaNode.reference("prompt").described("What is said in it.")),
            ], required: ["in", "say"])
    }
}
