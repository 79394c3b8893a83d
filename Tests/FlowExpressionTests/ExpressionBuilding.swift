import FlowCompiler
package import FlowLang
import FlowProgram
import FlowRuntime

// Trees as the parser would give them, without the parser.

let nowhere = Span(source: 0, lower: 0, upper: 1)

func written(_ kind: Expression.Kind) -> Expression { Expression(kind, nowhere) }

func name(_ name: String) -> Expression { written(.name(name)) }

/// `a.b.c`
func path(_ text: String) -> Expression {
    let parts = text.split(separator: ".").map(String.init)
    return parts.dropFirst().reduce(name(parts.first ?? "")) { base, field in
        written(.field(base, Located(field, nowhere)))
    }
}

func call(_ function: String, _ arguments: Expression...) -> Expression {
    written(.call(Located(function, nowhere), arguments))
}

func not(_ operand: Expression) -> Expression { written(.not(operand)) }

func op(_ left: Expression, _ operation: String, _ right: Expression) -> Expression {
    guard let operation = BinaryOperator(rawValue: operation) else { return written(.invalid) }
    return written(.binary(operation, left, right))
}

let noneLiteral = written(.none)

extension Expression: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByUnicodeScalarLiteral,
    ExpressibleByExtendedGraphemeClusterLiteral
{
    package init(stringLiteral value: String) { self = written(.text(value)) }
    package init(integerLiteral value: Int64) { self = written(.integer(value)) }
    package init(floatLiteral value: Double) { self = written(.number(value)) }
    package init(booleanLiteral value: Bool) { self = written(.bool(value)) }
    package init(arrayLiteral elements: Expression...) { self = written(.list(elements)) }
}

/// A duration of so many seconds.
func seconds(_ count: Int64) -> Expression { written(.duration(count * 1_000)) }

func literal(_ text: String, quoted: Bool = false) -> Template {
    Template([.literal(Located(text, nowhere))], span: nowhere, isQuoted: quoted)
}

func hole(_ expression: Expression) -> Template {
    Template([.hole(expression, nowhere)], span: nowhere, isQuoted: true)
}

func mixed(_ text: String, _ expression: Expression) -> Template {
    Template([.literal(Located(text, nowhere)), .hole(expression, nowhere)], span: nowhere, isQuoted: true)
}

let place = RecordType(
    name: "Place",
    fields: [
        RecordType.Field(name: "name", type: .text(limit: 200)),
        RecordType.Field(name: "country", type: .optional(.text(limit: 200))),
        RecordType.Field(name: "visits", type: .integer),
    ])

/// A voice flow with a variable of most types; every one of them is surely set in `allSet`.
let variables: [(String, ValueType?)] = [
    ("name", .text), ("short", .text(limit: 20)), ("order", .digits(6...6)), ("count_", .integer),
    ("price", .number), ("flag", .bool), ("status", .words(["open", "closed"])), ("place", .record(place)),
    ("maybe", .optional(.text)), ("maybe_place", .optional(.record(place))),
    ("places", .list(.record(place), limit: 100)), ("names", .list(.text, limit: 10)), ("day", .date),
    ("at", .time), ("instant", .datetime), ("wait", .duration), ("total", .money("USD")),
    ("euros", .money("EUR")),
    ("yen", .money("JPY")), ("token", .secret), ("caller", .phone), ("site", .url), ("who", .address),
    ("later", nil), ("maybe_count", .optional(.integer)),
]

func makeTyper(channel: Channel = .voice, timezone: Bool = true) -> Typer {
    var names = NameTable(channel: channel)
    names.variables = variables.map {
        NameTable.VariableEntry(name: $0.0, type: $0.1, assignments: [nowhere])
    }
    names.config = [("sales_number", .phone), ("extra", .optional(.text)), ("api_key", .secret)]
    names.hours = ["office"]
    names.texts = ["greeting"]
    names.languages = ["en-US", "es-MX"]
    names.hasTimezone = timezone
    return Typer(names: names)
}

/// The facts of a place where every variable was set; optionals may still be none.
let allSet: Facts = {
    var facts = Facts.none
    for (slot, variable) in variables.enumerated() {
        facts.assign(variable: slot, isPresent: !(variable.1?.isOptional ?? false))
    }
    return facts
}()

func slot(_ name: String) -> Int { variables.firstIndex { $0.0 == name } ?? -1 }

/// Type and problems of an expression where every variable was set.
func check(_ expression: Expression, facts: Facts = allSet) -> (type: ValueType, codes: [DiagnosticCode]) {
    var typer = makeTyper()
    let typed = typer.type(expression, facts: facts)
    return (typed.type, typer.diagnostics.items.map(\.code))
}

/// Seconds east of UTC that never change.
struct FixedZone: ZoneRules {
    var offset = 0
    func offset(of zone: String, at instant: Int64) -> Int { offset }
    func knows(_ zone: String) -> Bool { true }
}

func makeContext(
    variables: [Value] = [], parameters: Parameters = Parameters([(String, String)]()),
    channel: Channel = .voice,
    now: Int64 = 0, zone: String? = "America/New_York", zones: any ZoneRules = SystemZoneRules(),
    hours: [Program.Calendar] = []
) -> EvaluationContext {
    EvaluationContext(
        variables: variables, parameters: parameters, channel: channel, languageTag: "en-US", timezone: zone,
        now: now, zones: zones, hours: hours)
}

/// The value of an expression of literals and functions, through checker and evaluator.
func run(_ expression: Expression) -> Value {
    var typer = makeTyper()
    let typed = typer.type(expression, facts: allSet)
    guard typer.diagnostics.items.isEmpty else {
        return .text("problem: \(typer.diagnostics.items[0].headline)")
    }
    return evaluate(typed.expression, in: makeContext())
}

func date(_ text: String) -> CivilDate { writtenDate(Array(text.utf8)) ?? CivilDate(days: .min) }

func instant(_ text: String) -> Int64 { writtenInstant(Array(text.utf8)) ?? .min }
