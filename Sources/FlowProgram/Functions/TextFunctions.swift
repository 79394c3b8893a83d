extension FunctionTable {
    static let textRows: [FunctionRow] = [
        FunctionRow(
            .trim, [FunctionSignature("trim(text) → text", [.text], result: sameLength)],
            "The text without blanks and line ends at its beginning and end.",
            example: FunctionExample(.trim, [.text("  Berlin ")], gives: .text("Berlin"))
        ) { arguments, _ in onText(arguments, trimmed) },
        FunctionRow(
            .lower, [FunctionSignature("lower(text) → text", [.text], result: sameLength)],
            "The text in lower case.",
            example: FunctionExample(.lower, [.text("HELP")], gives: .text("help"))
        ) { arguments, _ in onText(arguments) { mapped($0) { $0.properties.lowercaseMapping } } },
        FunctionRow(
            .upper, [FunctionSignature("upper(text) → text", [.text], result: sameLength)],
            "The text in upper case.",
            example: FunctionExample(.upper, [.text("abc")], gives: .text("ABC"))
        ) { arguments, _ in onText(arguments) { mapped($0) { $0.properties.uppercaseMapping } } },
        FunctionRow(
            .length, [FunctionSignature("length(text) → integer", [.text], gives: .integer)],
            "How many Unicode scalars the text has.",
            example: FunctionExample(.length, [.text("Málaga")], gives: .integer(6))
        ) { arguments, _ in .integer(Int64(text(arguments, 0).unicodeScalars.count)) },
        FunctionRow(
            .contains,
            [FunctionSignature("contains(text, part: text) → bool", [.text, .text], gives: .bool)],
            "Whether the part stands somewhere in the text.",
            example: FunctionExample(.contains, [.text("my order"), .text("order")], gives: .bool(true))
        ) { arguments, _ in
            let part = bytes(arguments, 1)
            return .bool(part.isEmpty || !occurrences(of: part, in: bytes(arguments, 0), limit: 1).isEmpty)
        },
        FunctionRow(
            .startsWith,
            [FunctionSignature("starts_with(text, part: text) → bool", [.text, .text], gives: .bool)],
            "Whether the text begins with the part.",
            example: FunctionExample(.startsWith, [.text("+15555550100"), .text("+1")], gives: .bool(true))
        ) { arguments, _ in .bool(bytes(arguments, 0).starts(with: bytes(arguments, 1))) },
        FunctionRow(
            .endsWith,
            [FunctionSignature("ends_with(text, part: text) → bool", [.text, .text], gives: .bool)],
            "Whether the text ends with the part.",
            example: FunctionExample(.endsWith, [.text("invoice.pdf"), .text(".pdf")], gives: .bool(true))
        ) { arguments, _ in
            .bool(bytes(arguments, 0).reversed().starts(with: bytes(arguments, 1).reversed()))
        },
        FunctionRow(
            .replace,
            [
                FunctionSignature(
                    "replace(text, part: text, by: text) → text", [.text, .text, .text],
                    result: replacedLength)
            ],
            "The text with every occurrence of the part replaced.",
            example: FunctionExample(
                .replace, [.text("a-b-c"), .text("-"), .text(" ")], gives: .text("a b c"))
        ) { arguments, _ in replaced(arguments) },
        FunctionRow(
            .digitsOf, [FunctionSignature("digits_of(text) → digits", [.text], result: digitsResult)],
            "The decimal digits of the text, side by side.",
            example: FunctionExample(.digitsOf, [.text("12-34 5")], gives: .text("12345"))
        ) { arguments, _ in .text(String(decoding: bytes(arguments, 0).filter(isDigit), as: UTF8.self)) },
        FunctionRow(
            .matches,
            [FunctionSignature("matches(text, pattern: text) → bool", [.text, .text], gives: .bool)],
            "Whether the whole text fits the pattern, which is written out in quotes.",
            example: FunctionExample(
                .matches, [.text("AB-1234"), .text("[A-Z]{2}-\\d+")], gives: .bool(true))
        ) { arguments, _ in
            guard let pattern = try? Pattern(text(arguments, 1)) else { return .bool(false) }
            return .bool(pattern.matches(text(arguments, 0)))
        },
    ]

    // Types

    private static let sameLength: @Sendable ([Operand]) -> ValueType? = { operands in
        operands.first?.type.scalarLimit.map { .text(limit: $0) }
    }

    private static let digitsResult: @Sendable ([Operand]) -> ValueType? = { operands in
        operands.first?.type.scalarLimit.map { .digits(0...$0) }
    }

    /// As long as it could get: every scalar replaced.
    private static let replacedLength: @Sendable ([Operand]) -> ValueType? = { operands in
        guard operands.count == 3, let limit = operands[0].type.scalarLimit else { return nil }
        let part = operands[1].literal?.asText?.unicodeScalars.count ?? 1
        let by = operands[2].literal?.asText?.unicodeScalars.count ?? operands[2].type.scalarLimit ?? 0
        guard part > 0 else { return .text(limit: limit) }
        let longest = limit / part * max(part, by) + limit % part
        return .text(limit: min(longest, FunctionLimits.textScalars))
    }

    // Bodies

    static func text(_ arguments: [Value], _ index: Int) -> String {
        arguments.indices.contains(index) ? arguments[index].asText ?? "" : ""
    }

    private static func bytes(_ arguments: [Value], _ index: Int) -> [UInt8] {
        Array(text(arguments, index).utf8)
    }

    private static func onText(_ arguments: [Value], _ body: (String) -> String) -> Value {
        .text(body(text(arguments, 0)))
    }

    /// Only where one scalar becomes one, so that the length stays.
    private static func mapped(_ text: String, _ mapping: (Unicode.Scalar) -> String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let scalars = mapping(scalar).unicodeScalars
            result.append(scalars.count == 1 ? scalars.first ?? scalar : scalar)
        }
        return String(result)
    }

    private static func replaced(_ arguments: [Value]) -> Value {
        let text = bytes(arguments, 0)
        let part = bytes(arguments, 1)
        let by = bytes(arguments, 2)
        var result: [UInt8] = []
        for (index, piece) in parts(of: text, separatedBy: part, limit: .max).enumerated() {
            if index > 0 { result += by }
            result += piece
            if result.count > FunctionLimits.textScalars * 4 { break }
        }
        return .text(String(decoding: result, as: UTF8.self).cut(to: FunctionLimits.textScalars))
    }
}

/// Without white space at both ends.
package func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
        let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
}
