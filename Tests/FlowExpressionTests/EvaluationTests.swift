import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import Testing

@Suite struct EvaluationTests {
    static let big: Int64 = (1 << 53) - 1

    static let values: [(String, Expression, Value)] = [
        ("1 + 2 * 3", op(1, "+", op(2, "*", 3)), .integer(7)),
        ("the greatest integer + 1", op(written(.integer(big)), "+", 1), .integer(big)),
        ("-the greatest - 1", op(written(.integer(-big)), "-", 1), .integer(-big)),
        (
            "the greatest * the greatest", op(written(.integer(big)), "*", written(.integer(big))),
            .integer(big)
        ),
        ("the greatest * -2", op(written(.integer(big)), "*", -2), .integer(-big)),
        ("an integer literal beyond the bound", written(.integer(.max)), .integer(big)),
        ("7 / 2", op(7, "/", 2), .number(3.5)),
        ("7 / 0", op(7, "/", 0), .none),
        ("7.5 % 2", op(7.5, "%", 2), .number(1.5)),
        ("-7 % 3", op(-7, "%", 3), .integer(-1)),
        ("1e308 * 10", op(1e308, "*", 10), .number(.greatestFiniteMagnitude)),
        ("a literal that is no number", written(.number(.nan)), .number(0)),
        ("1 == 1.0", op(1, "==", 1.0), .bool(true)),
        ("'é' composed and decomposed", op("é", "==", "e\u{301}"), .bool(false)),
        ("60s + 30s", op(seconds(60), "+", seconds(30)), .duration(90_000)),
        ("90s / 60s", op(seconds(90), "/", seconds(60)), .number(1.5)),
        ("90s * 2", op(seconds(90), "*", 2), .duration(180_000)),
        ("none ?? 3", op(noneLiteral, "??", 3), .integer(3)),
        ("['a', 'b'][1]", written(.index(["a", "b"], 1)), .text("b")),
        ("['a'][5]", written(.index(["a"], 5)), .none),
        ("['a'][-1]", written(.index(["a"], -1)), .none),
        ("2 in [1.0, 2.0]", op(2, "in", [1.0, 2.0]), .bool(true)),
        ("date + 2 days", op(call("date", "2026-02-27"), "+", seconds(172_800)), .date(date("2026-03-01"))),
        (
            "date - date", op(call("date", "2026-03-01"), "-", call("date", "2026-02-27")),
            .duration(172_800_000)
        ),
        (
            "time + 1 h past midnight", op(call("time", "23:30"), "+", seconds(3_600)),
            .time(CivilTime(seconds: 1_800))
        ),
        (
            "time - 1 h before midnight", op(call("time", "0:30"), "-", seconds(3_600)),
            .time(CivilTime(seconds: 84_600))
        ),
    ]

    @Test("an expression has its value", arguments: values)
    func evaluates(row: (String, Expression, Value)) {
        #expect(run(row.1) == row.2)
    }

    @Test("the same operators on variables give the same values", arguments: values)
    func evaluatesUnfolded(row: (String, Expression, Value)) {
        guard case .binary(let operation, let left, let right) = row.1.kind else { return }
        let operands = [run(left), run(right)]
        let (a, b) = (TypedExpression.variable(0), TypedExpression.variable(1))
        let expression: TypedExpression? =
            switch operation {
            case .add: .arithmetic(.add, a, b)
            case .subtract: .arithmetic(.subtract, a, b)
            case .multiply: .arithmetic(.multiply, a, b)
            case .divide: .arithmetic(.divide, a, b)
            case .remainder: .arithmetic(.remainder, a, b)
            case .equal: .compare(.equal, a, b)
            case .coalesce: .coalesce(a, b)
            case .contained: .contained(a, b)
            default: nil
            }
        guard let expression else { return }
        #expect(evaluate(expression, in: makeContext(variables: operands)) == row.2)
    }

    @Test("what no checked program holds gives none instead of a crash")
    func total() {
        let context = makeContext()
        let odd: [TypedExpression] = [
            .variable(7), .variable(-1), .config(0), .field(.literal(.integer(1)), 0),
            .field(.literal(.record([])), 3),
            .index(.literal(.none), .literal(.integer(0))),
            .arithmetic(.add, .literal(.none), .literal(.bool(true))),
            .negate(.literal(.text("x"))), .call(.if, []), .call(.first, []), .call(.format, []),
        ]
        for expression in odd { #expect(evaluate(expression, in: context) == .none) }
        for name in FunctionName.allCases {
            _ = evaluate(.call(name, []), in: context)
            _ = evaluate(.call(name, [.literal(.none), .literal(.none), .literal(.none)]), in: context)
            _ = evaluate(.call(name, [.literal(.text("x")), .literal(.integer(.min))]), in: context)
            _ = evaluate(.call(name, [.literal(.number(.infinity)), .literal(.integer(.max))]), in: context)
        }
        #expect(evaluate(.isOpen(3), in: context) == .bool(false))
        let operations: [TypedExpression.Arithmetic] = [.add, .subtract, .multiply, .divide, .remainder]
        let extremes: [Value] = [
            .integer(.min), .integer(.max), .number(.infinity), .duration(.min), .money(.min),
            .datetime(.max),
            .date(CivilDate(days: .max)), .time(CivilTime(seconds: .min)),
        ]
        for operation in operations {
            for left in extremes { for right in extremes { _ = operation.result(left, right) } }
        }
    }

    @Test("a tree deeper than any checked one gives none")
    func depth() {
        let deep = (0..<2_000).reduce(TypedExpression.literal(.integer(1))) { inner, _ in .negate(inner) }
        #expect(evaluate(deep, in: makeContext()) == .none)
    }

    @Test("texts stop at 16,000 scalars")
    func longTexts() {
        let long = TypedExpression.literal(.text(String(repeating: "ab", count: 8_000)))
        let context = makeContext()
        let both = evaluate(.concatenation([long, long]), in: context)
        #expect(both.asText?.unicodeScalars.count == 16_000)
        let replaced = evaluate(
            .call(.replace, [long, .literal(.text("a")), .literal(.text("xyz"))]), in: context)
        #expect(replaced.asText?.unicodeScalars.count == 16_000)
        let split = evaluate(.call(.split, [long, .literal(.text("b"))]), in: context)
        #expect(evaluate(.call(.count, [.literal(split)]), in: context) == .integer(100))
    }

    /// A value of a variable of `variables`.
    private static func sample(_ type: ValueType?) -> Value {
        switch type {
        case .text(let limit): .text(String(repeating: "a", count: limit))
        case .digits(let range): .text(String(repeating: "7", count: range.upperBound))
        case .integer: .integer(5)
        case .number: .number(-2.5)
        case .bool: .bool(true)
        case .words(let words): .text(words[0])
        case .record(let record): .record(record.fields.map { sample($0.type) })
        case .list(let element, _): .list([sample(element), sample(element)])
        case .date: .date(date("2026-11-21"))
        case .time: .time(CivilTime(seconds: 3_600))
        case .datetime: .datetime(1_795_257_000_000)
        case .duration: .duration(60_000)
        case .money: .money(1_250)
        case .phone, .address: .text("+15555550100")
        case .url: .text("https://example.com")
        default: .none
        }
    }

    @Test("a value is of the type that was found while checking", arguments: ExpressionTypeTests.typed)
    func sound(row: TypeCase) {
        var typer = makeTyper()
        let typed = typer.type(row.expression, facts: allSet)
        let parameters = Parameters([("From", "+15555550100"), ("To", "client:bob"), ("FromCity", "Boston")])
        var context = makeContext(
            variables: variables.map { Self.sample($0.1) }, parameters: parameters,
            hours: [OpenHoursTests.office])
        context.config = [.text("+15555550199"), .none, .text("key")]
        #expect(typed.type.admits(evaluate(typed.expression, in: context)))
        context.variables = variables.map { $0.1?.isOptional == true ? .none : Self.sample($0.1) }
        #expect(typed.type.admits(evaluate(typed.expression, in: context)))
    }

    static let voice = Parameters([
        ("CallSid", "CA1"), ("From", "+15555550100"), ("To", "+15555550199"), ("Direction", "inbound"),
        ("FromCity", "Mu\u{308}nchen"), ("ToCity", "Boston"), ("CallerName", ""),
    ])

    static let fields: [(ContextField, Value)] = [
        (.callSid, .text("CA1")), (.callFrom, .text("+15555550100")), (.callTo, .text("+15555550199")),
        (.callDirection, .text("inbound")), (.callCallerName, .none), (.callForwardedFrom, .none),
        (.contactCity, .text("München")), (.contactZip, .none), (.person, .text("+15555550100")),
        (.failureReason, .text("")), (.failureStatus, .none), (.messageMedia, .list([])),
    ]

    @Test("what the webhook says is read by name, composed", arguments: fields)
    func contextFields(row: (ContextField, Value)) {
        #expect(evaluate(.context(row.0), in: makeContext(parameters: Self.voice)) == row.1)
    }

    @Test("the person is whom we rang, where we rang")
    func outbound() {
        let parameters = Parameters([
            ("From", "+15555550100"), ("To", "+15555550199"), ("Direction", "outbound-api"),
            ("ToCity", "Boston"),
        ])
        let context = makeContext(parameters: parameters)
        #expect(evaluate(.context(.person), in: context) == .text("+15555550199"))
        #expect(evaluate(.context(.contactCity), in: context) == .text("Boston"))
    }

    @Test("media are as many as the message says, and only web addresses")
    func media() {
        let parameters = Parameters([
            ("NumMedia", "3"), ("MediaUrl0", "https://api.example.com/a"), ("MediaUrl1", "javascript:x"),
            ("MediaUrl3", "https://api.example.com/d"),
        ])
        let media = evaluate(.context(.messageMedia), in: makeContext(parameters: parameters, channel: .sms))
        #expect(media == .list([.text("https://api.example.com/a")]))
    }

    @Test("what went wrong with a fetch can be read")
    func failure() {
        var context = makeContext()
        context.failure = ("status", 503)
        #expect(evaluate(.context(.failureReason), in: context) == .text("status"))
        #expect(evaluate(.context(.failureStatus), in: context) == .integer(503))
    }
}
