import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import Testing

extension FunctionExample.Argument {
    /// The tree that the parser would give for the example.
    var expression: Expression {
        switch self {
        case .call(let name, let arguments):
            written(.call(Located(name.rawValue, nowhere), arguments.map(\.expression)))
        case .literal(let value): value.expression
        }
    }
}

extension Value {
    fileprivate var expression: Expression {
        switch self {
        case .text(let text): written(.text(text))
        case .integer(let value): written(.integer(value))
        case .number(let value): written(.number(value))
        case .bool(let value): written(.bool(value))
        case .list(let values): written(.list(values.map(\.expression)))
        default: written(.none)
        }
    }
}

@Suite struct FunctionTests {
    @Test("every function has its row, once")
    func complete() {
        #expect(FunctionTable.rows.count == FunctionName.allCases.count)
        #expect(Set(FunctionTable.rows.map(\.name)) == Set(FunctionName.allCases))
    }

    @Test("the example in the docs gives what it says", arguments: FunctionName.allCases)
    func example(name: FunctionName) throws {
        let row = try #require(FunctionTable.row(name))
        #expect(run(row.example.call.expression) == row.example.result)
        #expect(row.example.call.source.hasPrefix("\(name.rawValue)("))
        #expect(row.summary.hasSuffix("."))
    }

    static let values: [(String, Expression, Value)] = [
        ("trim", call("trim", " \u{A0}\n x y \t"), .text("x y")),
        ("trim of blanks", call("trim", "   "), .text("")),
        ("lower keeps the length", call("lower", "ÀİX"), .text("àİx")),
        ("upper keeps ß", call("upper", "straße"), .text("STRAßE")),
        ("length in scalars", call("length", "e\u{301}🙂"), .integer(3)),
        ("contains nothing", call("contains", "abc", ""), .bool(true)),
        ("contains more", call("contains", "ab", "abc"), .bool(false)),
        ("contains after a false start", call("contains", "aaab", "aab"), .bool(true)),
        ("ends with an accent alone", call("ends_with", "e\u{301}", "\u{301}"), .bool(true)),
        ("replace with nothing to find", call("replace", "abc", "", "x"), .text("abc")),
        ("replace without overlap", call("replace", "aaa", "aa", "b"), .text("ba")),
        ("split without separator", call("split", "a,b", ""), .list([.text("a,b")])),
        ("split at the ends", call("split", ",a,", ","), .list([.text(""), .text("a"), .text("")])),
        ("join", call("join", ["a", "b", "c"], "-"), .text("a-b-c")),
        ("first of nothing", call("first", []), .none),
        ("first of a list", call("first", [1, 2]), .integer(1)),
        ("last of a list", call("last", [1, 2]), .integer(2)),
        ("first beyond the end", call("first", "abc", 9), .text("abc")),
        ("first of less than nothing", call("first", "abc", -1), .text("")),
        ("digits_of other digits", call("digits_of", "٣4x５"), .text("4")),
        ("round", call("round", 2.5), .integer(3)),
        ("round down from a negative half", call("round", -2.5), .integer(-3)),
        ("round a great number", call("round", 1e300), .integer((1 << 53) - 1)),
        ("round to places", call("round", 1.005, 2), .number(1.01)),
        ("round up to ten", call("round", 9.99, 1), .number(10)),
        ("round to tens", call("round", 1234.0, -2), .number(1200)),
        ("round to absurd places", call("round", 1.5, 999_999), .number(1.5)),
        ("round away to nothing", call("round", 0.4, -5), .number(0)),
        ("min", call("min", 3, 1.5, 2), .number(1.5)),
        ("max of durations", call("max", seconds(1), seconds(2)), .duration(2_000)),
        ("abs", call("abs", -1.5), .number(1.5)),
        ("abs of a duration", call("abs", written(.negate(seconds(3)))), .duration(3_000)),
        ("number", call("number", " -12.50 "), .number(-12.5)),
        (
            "days_between backwards",
            call("days_between", call("date", "2026-03-01"), call("date", "2024-02-29")), .integer(-731)
        ),
        ("phone", call("phone", "+44 20 7946-0018"), .text("+442079460018")),
        ("if", call("if", op(1, ">", 2), "a", "b"), .text("b")),
        ("count", call("count", []), .integer(0)),
        ("format of a time", call("format", call("time", "15:05"), "h:mm a"), .text("3:05 PM")),
        (
            "format keeps other words", call("format", call("date", "2026-01-05"), "EEEE d de MMMM"),
            .text("Monday 5 de January")
        ),
        (
            "format of a date with hours", call("format", call("date", "2026-01-05"), "yyyy HH"),
            .text("2026 HH")
        ),
    ]

    @Test("a function gives its value", arguments: values)
    func value(row: (String, Expression, Value)) {
        #expect(run(row.1) == row.2)
    }

    @Test(
        "months and days have our own names in the session's language",
        arguments: [
            ("en", "Wednesday 18 March"), ("es-MX", "miércoles 18 marzo"), ("fr-FR", "mercredi 18 mars"),
            ("de", "Mittwoch 18 März"), ("pt-BR", "quarta-feira 18 março"), ("it", "mercoledì 18 marzo"),
            ("ja", "Wednesday 18 March"),
        ])
    func formatLanguages(row: (String, String)) {
        var context = makeContext()
        context.languageTag = row.0
        let day = TypedExpression.literal(.date(date("2026-03-18")))
        let value = evaluate(.call(.format, [day, .literal(.text("EEEE d MMMM"))]), in: context)
        #expect(value == .text(row.1))
    }

    @Test("the date and time of an instant are those of the flow's zone")
    func zone() {
        let value = TypedExpression.literal(.datetime(instant("2026-01-01T03:30:00Z")))
        let context = makeContext()
        #expect(evaluate(.call(.date, [value]), in: context) == .date(date("2025-12-31")))
        #expect(evaluate(.call(.time, [value]), in: context) == .time(CivilTime(seconds: 81_000)))
    }
}
