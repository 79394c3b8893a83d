package import FlowProgram

/// The value of an expression. Total: what a checked program can't hold gives `none`.
///
/// - Complexity: linear in the expression and the values that it reads.
package func evaluate(_ expression: TypedExpression, in context: EvaluationContext) -> Value {
    evaluate(expression, context, depth: 0)
}

/// Deeper than the checker lets an expression be.
private let maxDepth = 250

private func evaluate(_ expression: TypedExpression, _ context: EvaluationContext, depth: Int) -> Value {
    guard depth < maxDepth else { return .none }
    func value(_ part: TypedExpression) -> Value { evaluate(part, context, depth: depth + 1) }
    switch expression {
    case .literal(let value): return value
    case .variable(let slot): return element(slot, of: context.variables)
    case .config(let slot): return element(slot, of: context.config)
    case .context(let field): return context.value(of: field)
    case .language: return .text(context.languageTag)
    case .field(let base, let index):
        guard case .record(let fields) = value(base) else { return .none }
        return element(index, of: fields)
    case .index(let base, let index):
        guard case .list(let elements) = value(base), case .integer(let place) = value(index) else {
            return .none
        }
        return Int(exactly: place).map { element($0, of: elements) } ?? .none
    case .list(let parts): return .list(parts.prefix(ValueType.maxListLimit).map(value))
    case .call(let name, let arguments): return call(name, arguments.map(value), context)
    case .not(let operand): return .bool(!value(operand).isTrue)
    case .and(let left, let right): return .bool(value(left).isTrue && value(right).isTrue)
    case .or(let left, let right): return .bool(value(left).isTrue || value(right).isTrue)
    case .coalesce(let left, let right):
        let first = value(left)
        return first == .none ? value(right) : first
    case .conditional(let test, let then, let otherwise): return value(value(test).isTrue ? then : otherwise)
    case .compare(let comparison, let left, let right):
        return .bool(comparison.holds(value(left), value(right)))
    case .contained(let element, let list):
        guard case .list(let elements) = value(list) else { return .bool(false) }
        let wanted = value(element)
        return .bool(elements.contains { $0.equals(wanted) })
    case .arithmetic(let operation, let left, let right): return operation.result(value(left), value(right))
    case .negate(let operand): return value(operand).negated
    case .concatenation(let parts): return concatenated(parts, value)
    case .isOpen(let index):
        guard context.hours.indices.contains(index) else { return .bool(false) }
        let zone = context.timezone ?? "UTC"
        return .bool(context.hours[index].isOpen(at: context.now, zone: zone, rules: context.zones))
    case .now: return .datetime(clampedInstant(context.now))
    case .today: return .date(context.clock.civil(at: context.now).date)
    }
}

private func element(_ index: Int, of values: [Value]) -> Value {
    values.indices.contains(index) ? values[index] : .none
}

private func call(_ name: FunctionName, _ arguments: [Value], _ context: EvaluationContext) -> Value {
    guard let row = FunctionTable.row(name) else { return .none }
    return row.body(arguments, FunctionContext(language: context.languageTag, clock: context.clock))
}

/// At most as long as any text may be.
private func concatenated(_ parts: [TypedExpression], _ value: (TypedExpression) -> Value) -> Value {
    var text = ""
    for part in parts {
        text += value(part).plainText
        if text.utf8.count > ValueType.maxTextLimit * 4 { break }
    }
    return .text(text.cut(to: ValueType.maxTextLimit))
}
