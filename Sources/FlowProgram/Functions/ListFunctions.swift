extension FunctionTable {
    static let listRows: [FunctionRow] = [
        FunctionRow(
            .split,
            [
                FunctionSignature("split(text, separator: text) → [text]", [.text, .text]) { operands in
                    operands.first?.type.scalarLimit.map {
                        .list(.text(limit: $0), limit: FunctionLimits.listItems)
                    }
                }
            ],
            "The parts of the text between separators; the hundredth keeps the rest.",
            example: FunctionExample(
                .split, [.text("a,b"), .text(",")], gives: .list([.text("a"), .text("b")]))
        ) { arguments, _ in
            let separator = Array(text(arguments, 1).utf8)
            let pieces = parts(
                of: Array(text(arguments, 0).utf8), separatedBy: separator, limit: FunctionLimits.listItems)
            return .list(pieces.map { .text(String(decoding: $0, as: UTF8.self)) })
        },
        FunctionRow(
            .join,
            [
                FunctionSignature(
                    "join(list: [text], separator: text) → text", [.textList, .text], result: joinedLength)
            ],
            "The texts of the list in one, with the separator between them.",
            example: FunctionExample(.join, [.texts(["a", "b"]), .text(", ")], gives: .text("a, b"))
        ) { arguments, _ in joined(list(arguments), text(arguments, 1)) },
        FunctionRow(
            .first,
            [
                FunctionSignature("first(list: [T]) → T?", [.list]) { $0.first?.type.element?.madeOptional },
                FunctionSignature("first(text, n: integer) → text", [.text, .integer], result: cutLength),
            ],
            "The first element of a list, or the first n Unicode scalars of a text.",
            example: FunctionExample(.first, [.text("Hello"), .integer(2)], gives: .text("He"))
        ) { arguments, _ in
            guard let count = count(arguments) else { return list(arguments).first ?? .none }
            return .text(text(arguments, 0).cut(to: count))
        },
        FunctionRow(
            .last,
            [
                FunctionSignature("last(list: [T]) → T?", [.list]) { $0.first?.type.element?.madeOptional },
                FunctionSignature("last(text, n: integer) → text", [.text, .integer], result: cutLength),
            ],
            "The last element of a list, or the last n Unicode scalars of a text.",
            example: FunctionExample(.last, [.text("+15555550123"), .integer(4)], gives: .text("0123"))
        ) { arguments, _ in
            guard let count = count(arguments) else { return list(arguments).last ?? .none }
            return .text(String(text(arguments, 0).unicodeScalars.suffix(count)))
        },
        FunctionRow(
            .count, [FunctionSignature("count(list: [T]) → integer", [.list], gives: .integer)],
            "How many elements the list has.",
            example: FunctionExample(.count, [.texts(["a", "b", "c"])], gives: .integer(3))
        ) { arguments, _ in .integer(Int64(list(arguments).count)) },
    ]

    // Types

    private static let joinedLength: @Sendable ([Operand]) -> ValueType? = { operands in
        guard operands.count == 2, case .list(let element, let count) = operands[0].type else { return nil }
        let separator = operands[1].literal?.asText?.unicodeScalars.count ?? operands[1].type.scalarLimit ?? 0
        let longest = count * ((element.scalarLimit ?? 0) + separator)
        return .text(limit: min(max(longest, 1), FunctionLimits.textScalars))
    }

    /// At most n, if n is written out; digits stay digits.
    private static let cutLength: @Sendable ([Operand]) -> ValueType? = { operands in
        guard operands.count == 2, let limit = operands[0].type.scalarLimit else { return nil }
        guard case .integer(let written)? = operands[1].literal else { return .text(limit: limit) }
        let count = Int(min(max(written, 0), Int64(limit)))
        guard case .digits(let range) = operands[0].type else { return .text(limit: count) }
        return .digits(min(range.lowerBound, count)...count)
    }

    // Bodies

    static func list(_ arguments: [Value]) -> [Value] {
        if case .list(let values)? = arguments.first { return values }
        return []
    }

    /// The second argument, as a count of scalars.
    private static func count(_ arguments: [Value]) -> Int? {
        guard arguments.count > 1, case .integer(let value) = arguments[1] else { return nil }
        return Int(min(max(value, 0), Int64(FunctionLimits.textScalars)))
    }

    private static func joined(_ values: [Value], _ separator: String) -> Value {
        var result = ""
        for (index, value) in values.enumerated() {
            if index > 0 { result += separator }
            result += value.plainText
            if result.utf8.count > FunctionLimits.textScalars * 4 { break }
        }
        return .text(result.cut(to: FunctionLimits.textScalars))
    }
}
