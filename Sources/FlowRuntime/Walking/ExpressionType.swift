import FlowProgram

extension ExecutableProgram {
    /// The type of an expression as far as its value is written by it: records, lists and money. Text for all others.
    func type(of expression: TypedExpression) -> ValueType {
        switch expression {
        case .variable(let index):
            return program.variables.indices.contains(index) ? program.variables[index].type : .text
        case .config(let index):
            return program.config.indices.contains(index) ? program.config[index].type : .text
        case .field(let base, let index):
            guard case .record(let record) = present(type(of: base)), record.fields.indices.contains(index)
            else {
                return .text
            }
            return record.fields[index].type
        case .index(let base, _):
            guard case .list(let element, _) = present(type(of: base)) else { return .text }
            return element
        case .list(let elements):
            return .list(elements.first.map(type) ?? .text, limit: elements.count)
        case .call(.first, let arguments), .call(.last, let arguments):
            guard let list = arguments.first, case .list(let element, _) = present(type(of: list)) else {
                return .text
            }
            return element
        case .coalesce(let left, _), .conditional(_, let left, _), .arithmetic(_, let left, _),
            .negate(let left):
            return type(of: left)
        case .call(.if, let arguments):
            return arguments.count > 1 ? type(of: arguments[1]) : .text
        case .literal, .context, .language, .call, .not, .and, .or, .compare, .contained, .concatenation,
            .isOpen,
            .now, .today:
            return .text
        }
    }
}

/// The type of a value that is there.
private func present(_ type: ValueType) -> ValueType {
    if case .optional(let inner) = type { return present(inner) }
    return type
}
