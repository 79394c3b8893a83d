import FlowLang
import FlowProgram

/// `json:` and `task:` (language.md §4): unquoted `12`, `1.5`, `true`, `null` are JSON's, everything quoted is a string,
/// one whole hole keeps its type.
extension FlowLowering {
    /// - Parameter mayBeSecret: whether a secret may go where this goes, such as the body of a request.
    mutating func jsonTemplate(_ data: DataTemplate, mayBeSecret: Bool) -> JSONTemplate {
        switch data {
        case .scalar(let template):
            let typed = leaf(template)
            guard typed.type != .invalid else { return .value(.literal(.none)) }
            return .value(mayBeSecret ? typed.expression : checkedLeaf(typed, at: template.span))
        case .list(let elements):
            return .list(elements.map { jsonTemplate($0, mayBeSecret: mayBeSecret) })
        case .object(let fields):
            return .object(
                fields.map {
                    JSONTemplate.Field(
                        name: $0.name.value, value: jsonTemplate($0.value, mayBeSecret: mayBeSecret))
                })
        }
    }

    private mutating func leaf(_ template: Template) -> Typed {
        if !template.isQuoted, template.literal == "null" { return Typed(.literal(.none), .none) }
        return typer.inferred(template, facts: code.facts)
    }

    private mutating func checkedLeaf(_ typed: Typed, at span: Span) -> TypedExpression {
        if typed.type == .secret { typer.diagnostics.report(CheckMessages.secretShown(at: span)) }
        return typed.expression
    }

    /// The same as text with holes, for a document.
    mutating func jsonAtoms(_ data: DataTemplate) -> [SpeechAtom] {
        var atoms: [SpeechAtom] = []
        appendJSON(data, to: &atoms)
        return atoms
    }

    private mutating func appendJSON(_ data: DataTemplate, to atoms: inout [SpeechAtom]) {
        switch data {
        case .scalar(let template): appendJSON(template, to: &atoms)
        case .list(let elements):
            atoms.append(.text("["))
            for (index, element) in elements.enumerated() {
                if index > 0 { atoms.append(.text(",")) }
                appendJSON(element, to: &atoms)
            }
            atoms.append(.text("]"))
        case .object(let fields):
            atoms.append(.text("{"))
            for (index, field) in fields.enumerated() {
                atoms.append(.text((index > 0 ? "," : "") + "\"" + jsonEscaped(field.name.value) + "\":"))
                appendJSON(field.value, to: &atoms)
            }
            atoms.append(.text("}"))
        }
    }

    private mutating func appendJSON(_ template: Template, to atoms: inout [SpeechAtom]) {
        let typed = leaf(template)
        guard typed.type != .invalid else { return }
        let leaf = checkedLeaf(typed, at: template.span)
        if case .literal(let value) = leaf {
            atoms.append(.text(jsonText(value, type: typed.type)))
        } else {
            atoms.append(.hole(leaf, typed.type, .json))
        }
    }
}
