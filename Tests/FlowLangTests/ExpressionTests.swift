import Testing

@testable import FlowLang

@Suite struct Expressions {
    @Test(arguments: [
        ("a", "a"), ("a.b.c", "a.b.c"), ("a[0].b", "a[0].b"), ("f()", "f()"), ("f(1, 'x')", "f(1, 'x')"),
        ("1 + 2 * 3", "(1 + (2 * 3))"), ("1 - 2 - 3", "((1 - 2) - 3)"), ("(1 + 2) * 3", "((1 + 2) * 3)"),
        ("-a * b", "(-a * b)"), ("- - 1", "--1"), ("a % 2 == 0", "((a % 2) == 0)"),
        ("not a and b", "(not a and b)"), ("not a == b", "not (a == b)"),
        ("a or b and c", "(a or (b and c))"),
        ("a ?? b ?? c", "(a ?? (b ?? c))"), ("a == 1 or b ?? c", "(((a == 1) or b) ?? c)"),
        ("x in ['a', 'b']", "(x in ['a', 'b'])"), ("[]", "[]"), ("none", "none"), ("true", "true"),
        ("'it''s'", "'it's'"), ("5s", "5000ms"), ("500ms", "500ms"), ("1d", "86400000ms"), ("1.5", "1.5"),
        ("now + 2h > later", "((now + 7200000ms) > later)"),
        ("length(trim(m.body)) == 0", "(length(trim(m.body)) == 0)"),
        ("'größe' == x", "('größe' == x)"), ("nothing", "nothing"), ("inside", "inside"),
    ])
    func `bind as the reference says`(text: String, form: String) {
        let (expression, problem) = read(text)
        #expect(problem == nil)
        #expect(described(expression) == form)
    }

    @Test(arguments: [
        ("", "an empty expression"), ("a =", "'=' doesn't compare"), ("a && b", "'&&' has no meaning"),
        ("a || b", "'||' has no meaning"), ("!a", "'!' has no meaning"), ("a ? b : c", "'?' has no meaning"),
        ("\"x\"", "a double quote"), ("'x", "no closing quote"), ("1 < 2 < 3", "a second comparison"),
        ("a in b in c", "a second comparison"), ("1 +", "ends where a value is missing"),
        ("(1", "ends where ')' is missing"), ("f(1", "ends where ')' is missing"),
        ("[1", "ends where ']' is missing"),
        ("a.", "a field's name is missing"), ("a b", "'b' doesn't fit here"), ("a)", "')' doesn't fit here"),
        ("012", "begins with 0"), ("9007199254740992", "too large"),
        ("99999999999999999999999999", "too large"),
        ("5x", "neither a number nor a duration"), ("1.5s", "neither a number nor a duration"),
        ("and", "a value is missing"),
        ("a @ b", "'@' has no meaning"), ("${a}", "a hole inside"), ("ü", "'ü' has no meaning"),
        ("f(,)", "a value is missing"), ("1.2.3", "a field's name is missing"),
    ])
    func `that can't be read say why`(text: String, headline: String) {
        let (expression, problem) = read(text)
        #expect(expression.kind == .invalid)
        #expect(problem?.headline.contains(headline) == true, "\(problem?.headline ?? "nothing")")
    }

    @Test(arguments: [
        String(repeating: "(", count: 2000) + "1" + String(repeating: ")", count: 2000),
        String(repeating: "not ", count: 1000) + "a", String(repeating: "-", count: 4000) + "1",
        String(repeating: "[", count: 4000), "a" + String(repeating: ".b", count: 2000),
        "1" + String(repeating: "+1", count: 2000), "a" + String(repeating: "??a", count: 1300),
        String(repeating: "f(", count: 2000), "a" + String(repeating: "[0]", count: 1300),
    ])
    func `nest only so deep`(text: String) {
        #expect(read(text).1?.code == .tooDeep)
    }

    @Test func `have at most 4096 bytes`() {
        #expect(read(String(repeating: " ", count: 4095) + "a").1 == nil)
        #expect(read(String(repeating: " ", count: 4096) + "a").1?.code == .expressionSyntax)
    }

    @Test(
        arguments: [
            ("1ms", 1), ("4s", 4000), ("2m", 120_000), ("1h", 3_600_000), ("1d", 86_400_000), ("0s", 0),
            ("", nil), ("s", nil), ("5", nil), ("-5s", nil), ("+5s", nil), ("5 s", nil), ("5S", nil),
            ("1.5s", nil),
            ("999999999999999d", nil), ("５s", nil), ("5s5", nil),
        ] as [(String, Int64?)])
    func `durations are a number and a unit`(text: String, milliseconds: Int64?) {
        #expect(durationMilliseconds(text) == milliseconds)
    }
}

private func read(_ text: String) -> (Expression, Diagnostic?) {
    let file = SourceFile(id: 0, name: "test.yaml", text: text)
    let scalar = YAMLScalar(text: text, style: .plain, contentLower: 0, isVerbatim: true, hasAnchor: false)
    let source = SourceText(scalar, Span(source: 0, 0..<text.utf8.count), in: file)
    return ExpressionParser.parse(source, 0..<text.utf8.count)
}

func described(_ expression: Expression) -> String {
    switch expression.kind {
    case .none: "none"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): "'\(value)'"
    case .duration(let value): "\(value)ms"
    case .list(let items): "[" + items.map(described).joined(separator: ", ") + "]"
    case .name(let name): name
    case .field(let base, let field): "\(described(base)).\(field.value)"
    case .index(let base, let index): "\(described(base))[\(described(index))]"
    case .call(let name, let arguments): "\(name.value)(\(arguments.map(described).joined(separator: ", ")))"
    case .not(let operand): "not \(described(operand))"
    case .negate(let operand): "-\(described(operand))"
    case .binary(let operation, let left, let right):
        "(\(described(left)) \(operation.rawValue) \(described(right)))"
    case .invalid: "?"
    }
}
