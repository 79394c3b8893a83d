import FlowLang
import FlowProgram

// The operators. What is made of literals alone is computed here.

extension Typer {
    mutating func type(
        binary operation: BinaryOperator, _ left: Expression, _ right: Expression, _ whole: Expression,
        _ facts: Facts
    ) -> Typed {
        switch operation {
        case .and, .or, .equal, .notEqual:
            return test(whole, facts: facts).typed
        case .coalesce: return type(left, orElse: right, facts)
        case .contained: return type(left, in: right, facts)
        case .less: return type(ordered: .less, left, right, whole, facts)
        case .lessOrEqual: return type(ordered: .lessOrEqual, left, right, whole, facts)
        case .greater: return type(ordered: .greater, left, right, whole, facts)
        case .greaterOrEqual: return type(ordered: .greaterOrEqual, left, right, whole, facts)
        case .add: return type(arithmetic: .add, operation, left, right, whole, facts)
        case .subtract:
            if let word = unquotedWord(left, right) {
                diagnostics.report(TypeMessages.unknownName(word, [], at: whole.span))
                return .invalid
            }
            return type(arithmetic: .subtract, operation, left, right, whole, facts)
        case .multiply: return type(arithmetic: .multiply, operation, left, right, whole, facts)
        case .divide: return type(arithmetic: .divide, operation, left, right, whole, facts)
        case .remainder: return type(arithmetic: .remainder, operation, left, right, whole, facts)
        }
    }

    /// `es-MX`: two names that mean nothing with a hyphen between them.
    private mutating func unquotedWord(_ left: Expression, _ right: Expression) -> String? {
        guard case .name(let first) = left.kind, case .name(let second) = right.kind,
            left.span.upper + 1 == right.span.lower, isUnknown(first), isUnknown(second)
        else { return nil }
        return "\(first)-\(second)"
    }

    private mutating func isUnknown(_ name: String) -> Bool {
        names.variable(named: name) == nil && RootName(rawValue: name) == nil
    }

    mutating func type(negated operand: Expression, _ facts: Facts) -> Typed {
        guard let value = needed(type(operand, facts: facts), operand) else { return .invalid }
        guard ParameterRule.amount.accepts(value.operand) else {
            diagnostics.report(TypeMessages.wrongOperand("-", value.type, at: operand.span))
            return .invalid
        }
        let expression = value.expression.literal.map { TypedExpression.literal($0.negated) }
        return Typed(expression ?? .negate(value.expression), value.type)
    }

    private mutating func type(_ left: Expression, orElse right: Expression, _ facts: Facts) -> Typed {
        let value = type(left, facts: facts)
        let other = type(right, facts: facts)
        if value.isInvalid || other.isInvalid { return .invalid }
        guard value.type.isOptional else { return value }
        if value.type == .none { return other }
        let present = Operand(type: value.type.unwrapped)
        guard let joined = present.joined(with: other.operand) else {
            diagnostics.report(TypeMessages.noCommonType(present.type, other.type, at: right.span))
            return .invalid
        }
        return Typed(.coalesce(value.expression, other.expression), joined)
    }

    private mutating func type(_ element: Expression, in list: Expression, _ facts: Facts) -> Typed {
        let value = needed(type(element, facts: facts), element)
        let values = needed(type(list, facts: facts), list)
        guard let value, let values else { return .invalid }
        guard let wanted = values.type.element else {
            diagnostics.report(TypeMessages.notContained(values.type, at: list.span))
            return .invalid
        }
        guard wanted == .none || comparable(value.operand, Operand(type: wanted)) else {
            reportIncomparable(
                Located(value.operand, element.span), Located(Operand(type: wanted), list.span))
            return .invalid
        }
        if let one = value.expression.literal, case .list(let all)? = values.expression.literal {
            return Typed(.literal(.bool(all.contains { $0.equals(one) })), .bool)
        }
        return Typed(.contained(value.expression, values.expression), .bool)
    }

    // Comparisons

    private mutating func type(
        ordered comparison: TypedExpression.Comparison, _ left: Expression, _ right: Expression,
        _ whole: Expression, _ facts: Facts
    ) -> Typed {
        let a = needed(type(left, facts: facts), left)
        let b = needed(type(right, facts: facts), right)
        guard let a, let b else { return .invalid }
        guard a.type.isOrdered, b.type.isOrdered, a.type.joined(with: b.type) != nil else {
            reportUnordered(a, b, whole.span)
            return .invalid
        }
        return compared(comparison, a, b)
    }

    /// Equality of two typed operands; optionals may be compared, with `none` too.
    mutating func equality(
        _ comparison: TypedExpression.Comparison, _ left: Typed, _ right: Typed,
        _ spans: (left: Span, right: Span)
    ) -> Typed {
        if left.isInvalid || right.isInvalid { return .invalid }
        if left.type != .none, right.type != .none, !comparable(left.operand, right.operand) {
            reportIncomparable(Located(left.operand, spans.left), Located(right.operand, spans.right))
            return .invalid
        }
        return compared(comparison, left, right)
    }

    private func compared(_ comparison: TypedExpression.Comparison, _ left: Typed, _ right: Typed) -> Typed {
        if let a = left.expression.literal, let b = right.expression.literal {
            return Typed(.literal(.bool(comparison.holds(a, b))), .bool)
        }
        return Typed(.compare(comparison, left.expression, right.expression), .bool)
    }

    /// Whether two values could ever be equal. An enum and a word that it doesn't have couldn't.
    private func comparable(_ left: Operand, _ right: Operand) -> Bool {
        let a = Operand(type: left.type.unwrapped, literal: left.literal)
        let b = Operand(type: right.type.unwrapped, literal: right.literal)
        if missingWord(a, b) != nil || missingWord(b, a) != nil { return false }
        if case .words(let some) = a.type, case .words(let others) = b.type {
            return some.contains(where: others.contains)
        }
        return a.joined(with: b) != nil
    }

    /// A literal that the enum at the other side doesn't have.
    private func missingWord(_ words: Operand, _ other: Operand) -> String? {
        guard case .words(let all) = words.type, case .text(let text)? = other.literal, !all.contains(text)
        else { return nil }
        return text
    }

    /// Points at the literal that doesn't fit, else at both sides.
    private mutating func reportIncomparable(_ left: Located<Operand>, _ right: Located<Operand>) {
        for (words, other) in [(left, right), (right, left)] {
            let plain = Operand(type: words.value.type.unwrapped, literal: words.value.literal)
            if case .words(let all) = plain.type, let word = missingWord(plain, other.value) {
                diagnostics.report(TypeMessages.unknownWord(word, all, at: other.span))
                return
            }
        }
        let both = left.span.joined(with: right.span)
        for (text, number) in [(left, right), (right, left)]
        where text.value.type.unwrapped.isText && number.value.type.unwrapped.isNumeric {
            let written = number.value.literal?.plainText
            diagnostics.report(
                TypeMessages.textAndNumber(
                    text.value.type.unwrapped, written, at: written == nil ? both : number.span))
            return
        }
        diagnostics.report(TypeMessages.incomparable(left.value.type, right.value.type, at: both))
    }

    private mutating func reportUnordered(_ left: Typed, _ right: Typed, _ span: Span) {
        for (text, number) in [(left, right), (right, left)] where text.type.isText && number.type.isNumeric {
            diagnostics.report(TypeMessages.textOrdered(text.type, at: span))
            return
        }
        diagnostics.report(TypeMessages.unordered(left.type, right.type, at: span))
    }

    // Arithmetic

    private mutating func type(
        arithmetic: TypedExpression.Arithmetic, _ written: BinaryOperator, _ left: Expression,
        _ right: Expression, _ whole: Expression, _ facts: Facts
    ) -> Typed {
        let a = needed(type(left, facts: facts), left)
        let b = needed(type(right, facts: facts), right)
        guard let a, let b else { return .invalid }
        guard let type = arithmetic.resultType(a.type, b.type) else {
            diagnostics.report(TypeMessages.wrongOperands(written.rawValue, a.type, b.type, at: whole.span))
            return .invalid
        }
        let mayFail = arithmetic.divides && b.expression.literal?.isZero ?? true
        let result = mayFail ? type.madeOptional : type
        if let first = a.expression.literal, let second = b.expression.literal {
            return Typed(.literal(arithmetic.result(first, second)), result)
        }
        return Typed(.arithmetic(arithmetic, a.expression, b.expression), result)
    }
}

extension TypedExpression.Arithmetic {
    fileprivate var divides: Bool { self == .divide || self == .remainder }

    /// The type of the result, divisor not 0; nil where the operator has no meaning.
    fileprivate func resultType(_ left: ValueType, _ right: ValueType) -> ValueType? {
        switch (self, left, right) {
        case (.divide, _, _) where left.isNumeric && right.isNumeric: .number
        case (_, .integer, .integer): .integer
        case (_, _, _) where left.isNumeric && right.isNumeric: .number
        case (.add, .duration, .duration), (.subtract, .duration, .duration): .duration
        case (.multiply, .duration, _) where right.isNumeric: .duration
        case (.divide, .duration, _) where right.isNumeric: .duration
        case (.multiply, _, .duration) where left.isNumeric: .duration
        case (.divide, .duration, .duration): .number
        case (.add, .datetime, .duration), (.subtract, .datetime, .duration): .datetime
        case (.subtract, .datetime, .datetime), (.subtract, .date, .date): .duration
        case (.add, .date, .duration), (.subtract, .date, .duration): .date
        case (.add, .time, .duration), (.subtract, .time, .duration): .time
        case (.add, .money, .money), (.subtract, .money, .money): left == right ? left : nil
        case (.multiply, .money, _) where right.isNumeric: left
        case (.divide, .money, _) where right.isNumeric: left
        case (.multiply, _, .money) where left.isNumeric: right
        case (.divide, .money, .money): left == right ? .number : nil
        default: nil
        }
    }
}

extension Value {
    fileprivate var isZero: Bool {
        switch self {
        case .integer(let value), .duration(let value), .money(let value): value == 0
        case .number(let value): value == 0
        default: false
        }
    }
}
