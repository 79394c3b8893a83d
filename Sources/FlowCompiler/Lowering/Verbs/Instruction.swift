import FlowLang
import FlowProgram

/// `instruction:` of a workflow: one of TaskRouter's words, with its fields or without.
///
/// Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
extension FlowLowering {
    /// What each takes; nil: any field.
    private static let instructions: [(word: String, fields: [String]?, required: [String])] = [
        ("accept", [], []),
        ("reject", ["activity_sid"], []),
        (
            "dequeue",
            [
                "to", "from", "post_work_activity_sid", "record", "timeout", "status_callback_url",
                "status_callback_events",
            ], []
        ),
        (
            "call", ["from", "url", "to", "accept", "record", "timeout", "status_callback_url"],
            ["from", "url"]
        ),
        ("redirect", ["call_sid", "url", "accept"], ["call_sid", "url"]),
        ("conference", nil, []),
    ]

    mutating func instruction(of argument: Argument, _ allowance: Allowance) -> JSONTemplate? {
        guard case .object(let object) = argument, let option = object.option("instruction"),
            case .data(let data) = option.value
        else { return nil }
        let word: Located<String>
        var fields: [DataTemplate.Field] = []
        switch data {
        case .scalar(let template):
            guard let text = template.literal else {
                typer.diagnostics.report(CheckMessages.unexpectedHole("instruction", at: template.span))
                return nil
            }
            word = Located(text, template.span)
        case .object(let words):
            guard words.count == 1, let first = words.first, case .object(let named) = first.value else {
                typer.diagnostics.report(CheckMessages.noInstruction(at: option.keySpan))
                return nil
            }
            (word, fields) = (first.name, named)
        case .list:
            typer.diagnostics.report(CheckMessages.noInstruction(at: option.keySpan))
            return nil
        }
        guard let known = Self.instructions.first(where: { $0.word == word.value }) else {
            typer.diagnostics.report(
                CheckMessages.noWord(
                    "instruction", word.value, at: word.span, words: Self.instructions.map(\.word)))
            return nil
        }
        if let names = known.fields {
            for field in fields where !names.contains(field.name.value) {
                typer.diagnostics.report(
                    CheckMessages.unknownInstructionField(field.name, of: word.value, known: names))
            }
        }
        for name in known.required where !fields.contains(where: { $0.name.value == name }) {
            typer.diagnostics.report(CheckMessages.missingInstructionField(name, of: word))
        }
        for field in fields { noteReached(by: field, allowance) }
        return .object(
            [.init(name: "instruction", value: .value(.literal(.text(word.value))))]
                + fields.map { .init(name: $0.name.value, value: jsonTemplate($0.value, mayBeSecret: false)) }
        )
    }

    /// Whom the worker's side is dialled at, and what it shows. `allow: any` of the step takes all; its prefixes are for queues.
    private mutating func noteReached(by field: DataTemplate.Field, _ allowance: Allowance) {
        guard case .scalar(let template) = field.value else { return }
        let allowance = Allowance(isGiven: allowance.isGiven && allowance.prefixes.isEmpty)
        switch field.name.value {
        case "to": note(.number, jsonAtoms(field.value), at: template.span, allowance)
        case "from": note(.callerID, jsonAtoms(field.value), at: template.span, allowance)
        case "url", "status_callback_url":
            note(host: .host, of: urlAtoms(of: template), at: template.span, allowance)
        default: break
        }
    }
}
