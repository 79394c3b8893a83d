import FlowCompiler
import FlowLang
import FlowProgram
import Testing

/// An expression and the type that it has.
struct TypeCase: CustomTestStringConvertible {
    var source: String
    var expression: Expression
    var type: ValueType
    var testDescription: String { source }

    init(_ source: String, _ expression: Expression, _ type: ValueType) {
        self.source = source
        self.expression = expression
        self.type = type
    }
}

/// An expression and the problem that it has.
struct ProblemCase: CustomTestStringConvertible {
    var source: String
    var expression: Expression
    var code: DiagnosticCode
    var testDescription: String { source }

    init(_ source: String, _ expression: Expression, _ code: DiagnosticCode) {
        self.source = source
        self.expression = expression
        self.code = code
    }
}

@Suite struct ExpressionTypeTests {
    static let typed: [TypeCase] = [
        TypeCase("name", name("name"), .text),
        TypeCase("place.country", path("place.country"), .optional(.text(limit: 200))),
        TypeCase("maybe_place.name", path("maybe_place.name"), .optional(.text(limit: 200))),
        TypeCase("places[0]", written(.index(name("places"), 0)), .optional(.record(place))),
        TypeCase("call.from", path("call.from"), .address),
        TypeCase("call.caller_name", path("call.caller_name"), .optional(.text)),
        TypeCase("contact.city", path("contact.city"), .optional(.text)),
        TypeCase("person", name("person"), .address),
        TypeCase("config.sales_number", path("config.sales_number"), .phone),
        TypeCase("hours.office.open", path("hours.office.open"), .bool),
        TypeCase("now", name("now"), .datetime),
        TypeCase("today", name("today"), .date),
        TypeCase("language", name("language"), .words(["en-US", "es-MX"])),
        TypeCase("language == 'es-MX'", op(name("language"), "==", "es-MX"), .bool),
        TypeCase("count_ + 1", op(name("count_"), "+", 1), .integer),
        TypeCase("count_ + price", op(name("count_"), "+", name("price")), .number),
        TypeCase("count_ / 2", op(name("count_"), "/", 2), .number),
        TypeCase("count_ / count_", op(name("count_"), "/", name("count_")), .optional(.number)),
        TypeCase("count_ % 0", op(name("count_"), "%", 0), .optional(.integer)),
        TypeCase("count_ % 2", op(name("count_"), "%", 2), .integer),
        TypeCase("wait * 2", op(name("wait"), "*", 2), .duration),
        TypeCase("now + wait", op(name("now"), "+", name("wait")), .datetime),
        TypeCase("now - instant", op(name("now"), "-", name("instant")), .duration),
        TypeCase("today + 86400s", op(name("today"), "+", seconds(86_400)), .date),
        TypeCase("at - 60s", op(name("at"), "-", seconds(60)), .time),
        TypeCase("total + total", op(name("total"), "+", name("total")), .money("USD")),
        TypeCase("total * 2", op(name("total"), "*", 2), .money("USD")),
        TypeCase("-wait", written(.negate(name("wait"))), .duration),
        TypeCase("maybe ?? 'x'", op(name("maybe"), "??", "x"), .text),
        TypeCase("maybe ?? none", op(name("maybe"), "??", noneLiteral), .optional(.text)),
        TypeCase("place.country ?? 'US'", op(path("place.country"), "??", "US"), .text(limit: 200)),
        TypeCase("name ?? 'x'", op(name("name"), "??", "x"), .text),
        TypeCase("places ?? []", op(name("places"), "??", []), .list(.record(place), limit: 100)),
        TypeCase("first(places)", call("first", name("places")), .optional(.record(place))),
        TypeCase("first(name, 20)", call("first", name("name"), 20), .text(limit: 20)),
        TypeCase("last(order, 2)", call("last", name("order"), 2), .digits(2...2)),
        TypeCase("trim(short)", call("trim", name("short")), .text(limit: 20)),
        TypeCase("round(price)", call("round", name("price")), .integer),
        TypeCase("round(price, 1)", call("round", name("price"), 1), .number),
        TypeCase("max(count_, price, 3)", call("max", name("count_"), name("price"), 3), .number),
        TypeCase("date(now)", call("date", name("now")), .date),
        TypeCase("date(name)", call("date", name("name")), .optional(.date)),
        TypeCase("date('2026-11-21')", call("date", "2026-11-21"), .date),
        TypeCase("phone(who)", call("phone", name("who")), .optional(.phone)),
        TypeCase("split(short, ',')", call("split", name("short"), ","), .list(.text(limit: 20), limit: 100)),
        TypeCase(
            "if(flag, status, 'open')", call("if", name("flag"), name("status"), "open"),
            .words(["open", "closed"])),
        TypeCase(
            "if(maybe == none, '', maybe)",
            call("if", op(name("maybe"), "==", noneLiteral), "", name("maybe")), .text),
        TypeCase("count(names)", call("count", name("names")), .integer),
        TypeCase("'a' in ['a', 'b']", op("a", "in", ["a", "b"]), .bool),
        TypeCase("status in ['open']", op(name("status"), "in", ["open"]), .bool),
        TypeCase("[1, 2.5]", [1, 2.5], .list(.number, limit: 2)),
        TypeCase("order == '123456'", op(name("order"), "==", "123456"), .bool),
        TypeCase("maybe == 'x'", op(name("maybe"), "==", "x"), .bool),
        TypeCase("not flag and count_ < 3", op(not(name("flag")), "and", op(name("count_"), "<", 3)), .bool),
    ]

    @Test("an expression has its type", arguments: typed)
    func hasType(row: TypeCase) {
        let result = check(row.expression)
        #expect(result.codes == [])
        #expect(result.type == row.type)
    }

    static let problems: [ProblemCase] = [
        ProblemCase("nam", name("nam"), .unknownName),
        ProblemCase("message.body", path("message.body"), .unknownName),
        ProblemCase("config.nothing", path("config.nothing"), .unknownName),
        ProblemCase("hours.shop.open", path("hours.shop.open"), .unknownName),
        ProblemCase("call.form", path("call.form"), .unknownName),
        ProblemCase("call", name("call"), .typeMismatch),
        ProblemCase("hours.office", path("hours.office"), .typeMismatch),
        ProblemCase("texts.greeting", path("texts.greeting"), .typeMismatch),
        ProblemCase("place.nam", path("place.nam"), .unknownField),
        ProblemCase("name.first", path("name.first"), .typeMismatch),
        ProblemCase("trimm(name)", call("trimm", name("name")), .unknownFunction),
        ProblemCase("trim()", call("trim"), .wrongArguments),
        ProblemCase("trim(1)", call("trim", 1), .typeMismatch),
        ProblemCase("trim(maybe)", call("trim", name("maybe")), .optionalUsed),
        ProblemCase("if(flag, 1, 'a')", call("if", name("flag"), 1, "a"), .typeMismatch),
        ProblemCase("matches(name, name)", call("matches", name("name"), name("name")), .invalidPattern),
        ProblemCase("matches(name, '(')", call("matches", name("name"), "("), .invalidPattern),
        ProblemCase("date('2026-02-30')", call("date", "2026-02-30"), .typeMismatch),
        ProblemCase("phone('555')", call("phone", "555"), .typeMismatch),
        ProblemCase("maybe_count + 1", op(name("maybe_count"), "+", 1), .optionalUsed),
        ProblemCase("none + 1", op(noneLiteral, "+", 1), .typeMismatch),
        ProblemCase("name + name", op(name("name"), "+", name("name")), .typeMismatch),
        ProblemCase("today + 1", op(name("today"), "+", 1), .typeMismatch),
        ProblemCase("total + euros", op(name("total"), "+", name("euros")), .typeMismatch),
        ProblemCase("order == 123456", op(name("order"), "==", 123_456), .digitsCompared),
        ProblemCase("1 == order", op(1, "==", name("order")), .digitsCompared),
        ProblemCase("order < 5", op(name("order"), "<", 5), .digitsCompared),
        ProblemCase("order in [1, 2]", op(name("order"), "in", [1, 2]), .digitsCompared),
        ProblemCase("name == 1", op(name("name"), "==", 1), .typeMismatch),
        ProblemCase("name < 'b'", op(name("name"), "<", "b"), .typeMismatch),
        ProblemCase("status == 'opne'", op(name("status"), "==", "opne"), .typeMismatch),
        ProblemCase("channel == 'fax'", op(name("channel"), "==", "fax"), .typeMismatch),
        ProblemCase("language == 'fr'", op(name("language"), "==", "fr"), .typeMismatch),
        ProblemCase("flag == 1", op(name("flag"), "==", 1), .typeMismatch),
        ProblemCase("today == now", op(name("today"), "==", name("now")), .typeMismatch),
        ProblemCase("not name", not(name("name")), .typeMismatch),
        ProblemCase("flag and 1", op(name("flag"), "and", 1), .typeMismatch),
        ProblemCase("'a' in name", op("a", "in", name("name")), .typeMismatch),
        ProblemCase("name[0]", written(.index(name("name"), 0)), .typeMismatch),
        ProblemCase("maybe ?? 1", op(name("maybe"), "??", 1), .typeMismatch),
        ProblemCase("[1, 'a']", [1, "a"], .typeMismatch),
        ProblemCase("-name", written(.negate(name("name"))), .typeMismatch),
    ]

    @Test("a mistake is reported once, with its code", arguments: problems)
    func hasProblem(row: ProblemCase) {
        let result = check(row.expression)
        #expect(result.codes == [row.code])
        #expect(result.type == .invalid)
    }

    @Test("what follows from a mistake stays silent")
    func silence() {
        let wrong = op(call("trim", op(name("nam"), "+", 1)), "==", 3)
        #expect(check(wrong).codes == [.unknownName])
        #expect(check(written(.invalid)).codes == [])
    }

    @Test("an unknown name has the nearest one as help")
    func nearestName() {
        var typer = makeTyper()
        _ = typer.type(name("ordr"), facts: allSet)
        #expect(typer.diagnostics.items.first?.help == "Did you mean 'order'?")
    }

    @Test("digits compared with a number show the quoted form")
    func quotedForm() {
        var typer = makeTyper()
        _ = typer.type(op(name("order"), "==", 12), facts: allSet)
        #expect(typer.diagnostics.items.first?.help == "Put the number in quotes: '12'.")
    }

    @Test("a variable whose type isn't known yet is silent and says so")
    func unknownVariable() {
        var typer = makeTyper()
        let typed = typer.type(op(name("later"), "+", 1), facts: allSet)
        #expect(typed.type == .invalid)
        #expect(typer.readsUnknownVariable)
        #expect(typer.diagnostics.items.isEmpty)
    }

    @Test(
        "what depends on the civil time needs a timezone", arguments: ["now", "today", "hours.office.open"])
    func timezone(source: String) {
        var typer = makeTyper(timezone: false)
        _ = typer.type(path(source), facts: allSet)
        #expect(typer.diagnostics.items.map(\.code) == [.missingTimezone])
    }

    @Test("the date of an instant needs a timezone too")
    func timezoneOfFunction() {
        var typer = makeTyper(timezone: false)
        _ = typer.type(call("date", name("instant")), facts: allSet)
        #expect(typer.diagnostics.items.map(\.code) == [.missingTimezone])
    }

    @Test("a text message has a message and no call")
    func smsNames() {
        var typer = makeTyper(channel: .sms)
        #expect(typer.type(path("message.body"), facts: allSet).type == .text)
        #expect(typer.type(path("message.media"), facts: allSet).type == .list(.url, limit: 10))
        #expect(typer.type(path("call.from"), facts: allSet).type == .invalid)
        #expect(typer.diagnostics.items.map(\.code) == [.unknownName])
    }

    @Test("an expression nested beyond reason is refused, not overflowed")
    func depth() {
        let deep = (0..<500).reduce(name("flag")) { inner, _ in not(inner) }
        #expect(check(deep).codes == [.tooDeep])
        let sum = (0..<500).reduce(name("count_")) { inner, _ in op(inner, "+", 1) }
        #expect(check(sum).codes == [.tooDeep])
    }

    static let folded: [(String, Expression, Value)] = [
        ("channel == 'voice'", op(name("channel"), "==", "voice"), .bool(true)),
        (
            "channel != 'voice' and flag", op(op(name("channel"), "!=", "voice"), "and", name("flag")),
            .bool(false)
        ),
        ("not true", not(true), .bool(false)),
        ("1 + 2", op(1, "+", 2), .integer(3)),
        ("[1, 2]", [1, 2], .list([.integer(1), .integer(2)])),
        ("upper('a')", call("upper", "a"), .text("A")),
        ("2 in [1, 2]", op(2, "in", [1, 2]), .bool(true)),
    ]

    @Test("what is made of literals is computed while checking", arguments: folded)
    func folds(row: (String, Expression, Value)) {
        var typer = makeTyper()
        #expect(typer.type(row.1, facts: allSet).expression == .literal(row.2))
    }

    @Test("an expression knows what it reads")
    func reads() {
        var typer = makeTyper()
        let typed = typer.type(op(call("date", name("now")), "==", name("day")), facts: allSet).expression
        #expect(typed.readsClock)
        #expect(typed.reads(variable: slot("day")))
        #expect(!typed.reads(variable: slot("name")))
        #expect(typer.type(path("hours.office.open"), facts: allSet).expression.readsClock)
        #expect(!typer.type(name("name"), facts: allSet).expression.readsClock)
    }
}
