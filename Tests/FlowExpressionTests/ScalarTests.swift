import FlowCompiler
import FlowLang
import FlowProgram
import Testing

@Suite struct ScalarTests {
    static let literals: [(String, ValueType, Value)] = [
        ("no", .text, .text("no")), ("no", .bool, .bool(false)), ("yes", .bool, .bool(true)),
        ("012", .digits(3...3), .text("012")), ("1:30", .time, .time(CivilTime(seconds: 5_400))),
        ("1:30", .text, .text("1:30")), ("+15555550123", .phone, .text("+15555550123")),
        ("12", .number, .integer(12)),
        ("1.5", .number, .number(1.5)), ("-3", .integer, .integer(-3)), ("90s", .duration, .duration(90_000)),
        ("1h30m", .duration, .duration(5_400_000)), ("12.5", .money("USD"), .money(1_250)),
        ("0.05", .money("USD"), .money(5)), ("-0.05", .money("USD"), .money(-5)),
        ("7", .money("JPY"), .money(7)),
        ("2026-11-21", .date, .date(CivilDate(days: 20_778))), ("open", .words(["open"]), .text("open")),
        ("none", .optional(.text), .none),
        ("https://api.example.com/x?y=1", .url, .text("https://api.example.com/x?y=1")),
        ("2026-11-21T10:00:00+02:00", .datetime, .datetime(1_795_248_000_000)),
    ]

    @Test("a literal is read by the type of its place", arguments: literals)
    func reads(row: (String, ValueType, Value)) {
        var typer = makeTyper()
        let result = typer.scalar(literal(row.0), as: row.1, facts: allSet)
        #expect(result?.literal?.equals(row.2) == true)
        #expect(typer.diagnostics.items.isEmpty)
    }

    static let unreadable: [(String, ValueType)] = [
        ("12a", .digits(1...6)), ("1234567", .digits(6...6)), ("١٢", .digits(1...6)), ("+0155", .phone),
        ("15555550100", .phone), ("25:00", .time), ("2026-02-29", .date), ("1.", .number), ("+5", .integer),
        ("9007199254740992", .integer), ("maybe", .bool), ("shut", .words(["open", "closed"])),
        ("5 s", .duration),
        ("1.234", .money("USD")), ("abcdef", .text(limit: 5)), ("x", .list(.text, limit: 3)),
        ("1e3", .number),
    ]

    @Test("a literal that doesn't fit is reported", arguments: unreadable)
    func refuses(row: (String, ValueType)) {
        var typer = makeTyper()
        #expect(typer.scalar(literal(row.0), as: row.1, facts: allSet) == nil)
        #expect(typer.diagnostics.items.map(\.code) == [.typeMismatch])
    }

    @Test(
        "an address that isn't plainly one is refused",
        arguments: [
            "ftp://example.com", "https://", "http://user@example.com/",
            "http://api.example.com\\@example.org/",
            "http://exa mple.com", "http://ⓛocalhost/", "https://example.com:65616/", "https://example..com/",
            "https://example.com/\u{7}", "//example.com", "https://-a.example/",
        ])
    func badAddress(text: String) {
        #expect(value(of: text, as: .url) == nil)
    }

    @Test("one whole hole keeps its type and has to fit")
    func wholeHole() {
        var typer = makeTyper()
        #expect(
            typer.scalar(hole(name("order")), as: .digits(6...6), facts: allSet) == .variable(slot("order")))
        #expect(typer.scalar(hole("US"), as: .words(["US", "MX"]), facts: allSet) == .literal(.text("US")))
        #expect(typer.diagnostics.items.isEmpty)
        #expect(typer.scalar(hole(name("count_")), as: .text, facts: allSet) == nil)
        #expect(typer.scalar(hole(name("maybe")), as: .text, facts: allSet) == nil)
        #expect(typer.diagnostics.items.map(\.code) == [.typeMismatch, .optionalUsed])
    }

    @Test("words that were written out count by themselves, also in the branches of if")
    func branches() {
        var typer = makeTyper()
        let choice = call("if", name("flag"), "open", "closed")
        #expect(typer.scalar(hole(choice), as: .words(["open", "closed"]), facts: allSet) != nil)
        #expect(typer.scalar(hole(choice), as: .text(limit: 6), facts: allSet) != nil)
        #expect(typer.diagnostics.items.isEmpty)
        #expect(typer.scalar(hole(choice), as: .words(["open"]), facts: allSet) == nil)
        #expect(typer.diagnostics.items.map(\.code) == [.typeMismatch])
    }

    @Test("a longer text is refused with first() as help")
    func tooLong() {
        var typer = makeTyper()
        #expect(typer.scalar(hole(name("name")), as: .text(limit: 20), facts: allSet) == nil)
        #expect(typer.diagnostics.items.first?.help == "Cut it: first(name, 20).")
    }

    @Test("text and holes side by side make a text, and only a text")
    func concatenation() {
        var typer = makeTyper()
        let parts: [TypedExpression] = [.literal(.text("Hi ")), .variable(slot("short"))]
        #expect(typer.scalar(mixed("Hi ", name("short")), as: .text, facts: allSet) == .concatenation(parts))
        #expect(typer.diagnostics.items.isEmpty)
        #expect(typer.scalar(mixed("1", name("order")), as: .integer, facts: allSet) == nil)
        #expect(typer.scalar(mixed("Hi ", name("name")), as: .text, facts: allSet) == nil)
        #expect(typer.diagnostics.items.map(\.code) == [.typeMismatch, .typeMismatch])
    }

    static let inferred: [(Template, ValueType)] = [
        (literal("12"), .integer), (literal("1.5"), .number), (literal("true"), .bool),
        (literal("none"), .none),
        (literal("012"), .text), (literal("no"), .text), (literal("12", quoted: true), .text),
        (literal("Bob"), .text),
        (hole(name("order")), .digits(6...6)), (hole(["a"]), .list(.text, limit: 100)),
        (mixed("a", name("short")), .text(limit: 21)),
        (hole(call("first", name("places"))), .optional(.record(place))),
    ]

    @Test("a value without a declared type gets one", arguments: inferred)
    func infers(row: (Template, ValueType)) {
        var typer = makeTyper()
        #expect(typer.inferred(row.0, facts: allSet).type == row.1)
        #expect(typer.diagnostics.items.isEmpty)
    }

    @Test("anything that can be shown makes a text; a secret only where it may")
    func texts() {
        var typer = makeTyper()
        #expect(
            typer.text(hole(name("count_")), facts: allSet) == .concatenation([.variable(slot("count_"))]))
        #expect(typer.text(mixed("Bearer ", name("token")), facts: allSet, allowsSecret: true) != nil)
        #expect(typer.diagnostics.items.isEmpty)
        #expect(typer.text(hole(name("token")), facts: allSet) == nil)
        #expect(typer.text(hole(name("place")), facts: allSet) == nil)
        #expect(typer.text(hole(name("maybe")), facts: allSet) == nil)
        #expect(typer.diagnostics.items.map(\.code) == [.secretExposed, .typeMismatch, .optionalUsed])
    }

    @Test("a prompt's hole takes what can be said")
    func showable() {
        let typer = makeTyper()
        #expect(
            [ValueType.text, .integer, .date, .money("USD"), .words(["a"]), .bool].allSatisfy(
                typer.isShowable))
        let others: [ValueType] = [.optional(.text), .record(place), .list(.text, limit: 1), .secret, .none]
        #expect(!others.contains(where: typer.isShowable))
    }
}
