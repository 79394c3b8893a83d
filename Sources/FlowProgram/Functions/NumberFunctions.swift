extension FunctionTable {
    static let numberRows: [FunctionRow] = [
        FunctionRow(
            .round,
            [
                FunctionSignature("round(number) → integer", [.number], gives: .integer),
                FunctionSignature(
                    "round(number, places: integer) → number", [.number, .integer], gives: .number),
            ],
            "The nearest integer, or the number with so many places after the point; a half goes away from zero.",
            example: FunctionExample(.round, [.number(2.675), .integer(2)], gives: .number(2.68))
        ) { arguments, _ in rounded(arguments) },
        FunctionRow(
            .min,
            [
                FunctionSignature(
                    "min(a: T, b: T, …) → T", [.ordered, .ordered], variadic: true, result: common)
            ],
            "The smallest of the values.",
            example: FunctionExample(.min, [.integer(3), .integer(2)], gives: .integer(2))
        ) { arguments, _ in extreme(arguments, .less) },
        FunctionRow(
            .max,
            [
                FunctionSignature(
                    "max(a: T, b: T, …) → T", [.ordered, .ordered], variadic: true, result: common)
            ],
            "The greatest of the values.",
            example: FunctionExample(.max, [.integer(3), .integer(2)], gives: .integer(3))
        ) { arguments, _ in extreme(arguments, .greater) },
        FunctionRow(
            .abs, [FunctionSignature("abs(x: T) → T", [.amount]) { $0.first?.type }],
            "The number, duration or amount of money without its sign.",
            example: FunctionExample(.abs, [.integer(-7)], gives: .integer(7))
        ) { arguments, _ in
            let value = arguments.first ?? .none
            let zero = TypedExpression.Arithmetic.subtract.result(value, value)
            return value.order(to: zero) == .less ? value.negated : value
        },
        FunctionRow(
            .number, [FunctionSignature("number(text) → number?", [.text], gives: .optional(.number))],
            "The number that the text is, if it is one: `-12.5`, with blanks around it at most.",
            example: FunctionExample(.number, [.text("12.5")], gives: .number(12.5))
        ) { arguments, _ in
            writtenNumber(Array(trimmed(text(arguments, 0)).utf8)).map(Value.number) ?? .none
        },
    ]

    /// The type that all arguments have in common.
    static let common: @Sendable ([Operand]) -> ValueType? = { operands in
        guard var result = operands.first else { return nil }
        for operand in operands.dropFirst() {
            guard let type = result.joined(with: operand) else { return nil }
            result = Operand(type: type)
        }
        return result.type
    }

    private static func rounded(_ arguments: [Value]) -> Value {
        let number = arguments.first?.asDouble ?? 0
        guard arguments.count > 1 else {
            if case .integer(let value)? = arguments.first { return .integer(clamped(value)) }
            return .integer(integer(nearest: number))
        }
        let places = Int(integer(nearest: arguments[1].asDouble ?? 0))
        var digits = DecimalDigits(clamped(number))
        digits.round(toPlaces: Swift.min(Swift.max(places, -400), 400))
        return .number(clamped(Double(digits.text) ?? number))
    }

    private static func extreme(_ arguments: [Value], _ wanted: Value.Order) -> Value {
        guard var best = arguments.first else { return .none }
        for value in arguments.dropFirst() where value.order(to: best) == wanted { best = value }
        return best
    }
}
