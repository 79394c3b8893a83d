import FlowProgram

/// `log`: values as people write them; what is secret is withheld even if a program asks for it.
extension Walk {
    func entry(_ fields: [Operation.LogField]) -> LogEntry {
        LogEntry(
            fields: fields.map { field in
                let value =
                    program.readsSecret(field.value)
                    ? "(secret)"
                    : show(
                        evaluate(field.value, in: context), form: .verbatim, language: context.languageTag,
                        limit: 300)
                return LogEntry.Field(name: field.name, value: value)
            })
    }
}

extension ExecutableProgram {
    fileprivate func readsSecret(_ expression: TypedExpression) -> Bool {
        switch expression {
        case .variable(let index): secretVariables.indices.contains(index) && secretVariables[index]
        case .config(let index): secretConfig.indices.contains(index) && secretConfig[index]
        case .literal, .context, .language, .isOpen, .now, .today: false
        case .field(let part, _), .not(let part), .negate(let part): readsSecret(part)
        case .list(let parts), .call(_, let parts), .concatenation(let parts):
            parts.contains(where: readsSecret)
        case .index(let left, let right), .and(let left, let right), .or(let left, let right),
            .coalesce(let left, let right), .compare(_, let left, let right), .contained(let left, let right),
            .arithmetic(_, let left, let right):
            readsSecret(left) || readsSecret(right)
        case .conditional(let condition, let left, let right):
            readsSecret(condition) || readsSecret(left) || readsSecret(right)
        }
    }
}
