import FlowProgram

/// `log`: values as people write them; what is secret is withheld even if a program asks for it.
extension Walk {
    func entry(_ fields: [Operation.LogField]) -> LogEntry {
        LogEntry(
            fields: fields.map { field in
                let isSecret = program.readsSecret(field.value)
                return LogEntry.Field(
                    name: field.name, value: isSecret ? "(secret)" : shown(field.value) ?? "")
            })
    }
}

extension Walk {
    /// The value as machines read it; nil for `none`.
    func shown(_ expression: TypedExpression) -> String? {
        let value = evaluate(expression, in: context)
        return value == .none ? nil : value.plainText(of: program.type(of: expression))
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
