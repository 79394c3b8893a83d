package import FlowLang
package import FlowProgram

// Conditions, and what is known where they hold and where they don't.

extension Typer {
    /// A bool, with the facts of both ways.
    package mutating func condition(
        _ expression: Expression, facts: Facts
    ) -> (expression: TypedExpression, whenTrue: Facts, whenFalse: Facts) {
        let (typed, whenTrue, whenFalse) = test(expression, facts: facts)
        return (typed.expression, whenTrue, whenFalse)
    }

    typealias ConditionResult = (typed: Typed, whenTrue: Facts, whenFalse: Facts)

    mutating func test(_ expression: Expression, facts: Facts) -> ConditionResult {
        guard enter(expression) else { return (.invalid, facts, facts) }
        defer { leave() }
        switch expression.kind {
        case .not(let inner):
            let (typed, whenTrue, whenFalse) = test(inner, facts: facts)
            return (negated(typed), whenFalse, whenTrue)
        case .binary(.and, let left, let right): return conjunction(left, right, facts)
        case .binary(.or, let left, let right): return disjunction(left, right, facts)
        case .binary(.equal, let left, let right): return comparison(.equal, left, right, facts)
        case .binary(.notEqual, let left, let right):
            return comparison(.notEqual, left, right, facts)
        default: return (bool(type(expression, facts: facts), expression), facts, facts)
        }
    }

    private mutating func bool(_ typed: Typed, _ expression: Expression) -> Typed {
        guard let value = needed(typed, expression) else { return .invalid }
        if value.type == .bool { return value }
        diagnostics.report(
            TypeMessages.notCondition(value.type, source: expression.shortSource, at: expression.span))
        return .invalid
    }

    private func negated(_ typed: Typed) -> Typed {
        if typed.isInvalid { return .invalid }
        if let value = typed.expression.literal { return Typed(.literal(.bool(!value.isTrue)), .bool) }
        return Typed(.not(typed.expression), .bool)
    }

    /// The right side is looked at only where the left one holds.
    private mutating func conjunction(_ left: Expression, _ right: Expression, _ facts: Facts)
        -> ConditionResult
    {
        let a = test(left, facts: facts)
        let b = test(right, facts: a.whenTrue)
        var whenFalse = a.whenFalse
        whenFalse.formIntersection(b.whenFalse)
        if a.typed.isInvalid || b.typed.isInvalid { return (.invalid, b.whenTrue, whenFalse) }
        let expression: TypedExpression =
            switch (a.typed.expression.literal, b.typed.expression.literal) {
            case (let value?, _): value.isTrue ? b.typed.expression : .literal(.bool(false))
            case (nil, let value?) where value.isTrue: a.typed.expression
            default: .and(a.typed.expression, b.typed.expression)
            }
        return (Typed(expression, .bool), b.whenTrue, whenFalse)
    }

    /// The right side is looked at only where the left one doesn't hold.
    private mutating func disjunction(_ left: Expression, _ right: Expression, _ facts: Facts)
        -> ConditionResult
    {
        let a = test(left, facts: facts)
        let b = test(right, facts: a.whenFalse)
        var whenTrue = a.whenTrue
        whenTrue.formIntersection(b.whenTrue)
        if a.typed.isInvalid || b.typed.isInvalid { return (.invalid, whenTrue, b.whenFalse) }
        let expression: TypedExpression =
            switch (a.typed.expression.literal, b.typed.expression.literal) {
            case (let value?, _): value.isTrue ? .literal(.bool(true)) : b.typed.expression
            case (nil, let value?) where !value.isTrue: a.typed.expression
            default: .or(a.typed.expression, b.typed.expression)
            }
        return (Typed(expression, .bool), whenTrue, b.whenFalse)
    }

    /// `x != none` shows that x is there; so does `x == y` where y surely is.
    private mutating func comparison(
        _ operation: TypedExpression.Comparison, _ left: Expression, _ right: Expression, _ facts: Facts
    ) -> ConditionResult {
        let a = type(left, facts: facts)
        let b = type(right, facts: facts)
        let typed = equality(operation, a, b, (left.span, right.span))
        var equal = facts
        var different = facts
        for (some, other) in [(a, b), (b, a)] {
            guard let path = some.path else { continue }
            if other.type == .none {
                for known in paths.withPrefixes(path) { different.insert(known) }
            } else if !other.type.isOptional, !other.isInvalid {
                for known in paths.withPrefixes(path) { equal.insert(known) }
            }
        }
        return operation == .equal ? (typed, equal, different) : (typed, different, equal)
    }
}
