extension FunctionTable {
    static let otherRows: [FunctionRow] = [
        FunctionRow(
            .phone, [FunctionSignature("phone(text) → phone?", [.text], gives: .optional(.phone))],
            "The phone number that the text is, if it is one with its country code: `+1 (555) 555-0100`.",
            example: FunctionExample(.phone, [.text("+1 (555) 555-0100")], gives: .text("+15555550100"))
        ) { arguments, _ in writtenPhone(text(arguments, 0)).map(Value.text) ?? .none },
        FunctionRow(
            .if,
            [
                FunctionSignature("if(condition: bool, a: T, b: T) → T", [.bool, .any, .any]) { operands in
                    operands.count == 3 ? common(Array(operands.dropFirst())) : nil
                }
            ],
            "The second value where the condition holds, else the third.",
            example: FunctionExample(
                .if, [.bool(true), .text("open"), .text("closed")], gives: .text("open"))
        ) { arguments, _ in
            guard arguments.count == 3 else { return .none }
            return arguments[0].isTrue ? arguments[1] : arguments[2]
        },
    ]
}

/// E.164, with blanks, hyphens, points and brackets between the digits.
package func writtenPhone(_ text: String) -> String? {
    let bytes = trimmed(text).utf8.filter { !" -.()/".utf8.contains($0) }
    return isPhone(bytes) ? String(decoding: bytes, as: UTF8.self) : nil
}
