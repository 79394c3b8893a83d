import FlowCompiler
import FlowLang
import FlowProgram
import Testing

/// Whether `use` is allowed where `condition` holds and where it doesn't.
struct NarrowingCase: CustomTestStringConvertible {
    var testDescription: String
    var condition: Expression
    var use: Expression
    var whenTrue: Bool
    var whenFalse: Bool

    init(_ description: String, _ condition: Expression, _ use: Expression, whenTrue: Bool, whenFalse: Bool) {
        testDescription = description
        self.condition = condition
        self.use = use
        self.whenTrue = whenTrue
        self.whenFalse = whenFalse
    }
}

@Suite struct NarrowingTests {
    static let isThere = op(name("maybe"), "!=", noneLiteral)
    static let isNone = op(name("maybe"), "==", noneLiteral)
    static let use = call("trim", name("maybe"))
    static let useCountry = call("trim", path("maybe_place.country"))

    static let cases: [NarrowingCase] = [
        NarrowingCase("maybe != none", isThere, use, whenTrue: true, whenFalse: false),
        NarrowingCase("maybe == none", isNone, use, whenTrue: false, whenFalse: true),
        NarrowingCase(
            "none != maybe", op(noneLiteral, "!=", name("maybe")), use, whenTrue: true, whenFalse: false),
        NarrowingCase("not maybe == none", not(isNone), use, whenTrue: true, whenFalse: false),
        NarrowingCase("maybe == 'x'", op(name("maybe"), "==", "x"), use, whenTrue: true, whenFalse: false),
        NarrowingCase("maybe != 'x'", op(name("maybe"), "!=", "x"), use, whenTrue: false, whenFalse: true),
        NarrowingCase(
            "maybe == place.country", op(name("maybe"), "==", path("place.country")), use, whenTrue: false,
            whenFalse: false),
        NarrowingCase(
            "maybe != none and flag", op(isThere, "and", name("flag")), use, whenTrue: true, whenFalse: false),
        NarrowingCase(
            "maybe == none or flag", op(isNone, "or", name("flag")), use, whenTrue: false, whenFalse: true),
        NarrowingCase(
            "maybe != none or flag", op(isThere, "or", name("flag")), use, whenTrue: false, whenFalse: false),
        NarrowingCase(
            "maybe != none and length(maybe) > 2",
            op(isThere, "and", op(call("length", name("maybe")), ">", 2)), use,
            whenTrue: true, whenFalse: false),
        NarrowingCase(
            "maybe == none or length(maybe) > 2", op(isNone, "or", op(call("length", name("maybe")), ">", 2)),
            use,
            whenTrue: false, whenFalse: true),
        NarrowingCase(
            "maybe_place.country != none", op(path("maybe_place.country"), "!=", noneLiteral), useCountry,
            whenTrue: true, whenFalse: false),
        NarrowingCase(
            "a field that is there shows its record", op(path("maybe_place.country"), "!=", noneLiteral),
            op(path("maybe_place.visits"), "+", 1), whenTrue: true, whenFalse: false),
        NarrowingCase(
            "a record that is there doesn't show its optional fields",
            op(name("maybe_place"), "!=", noneLiteral),
            useCountry, whenTrue: false, whenFalse: false),
        NarrowingCase(
            "a record that is there shows its other fields", op(name("maybe_place"), "!=", noneLiteral),
            op(path("maybe_place.visits"), "+", 1), whenTrue: true, whenFalse: false),
        NarrowingCase(
            "call.caller_name != none", op(path("call.caller_name"), "!=", noneLiteral),
            call("trim", path("call.caller_name")), whenTrue: true, whenFalse: false),
        NarrowingCase(
            "config.extra != none", op(path("config.extra"), "!=", noneLiteral),
            call("trim", path("config.extra")),
            whenTrue: true, whenFalse: false),
    ]

    @Test("a condition shows what is there", arguments: cases)
    func narrows(row: NarrowingCase) {
        var typer = makeTyper()
        let (_, whenTrue, whenFalse) = typer.condition(row.condition, facts: allSet)
        #expect(typer.diagnostics.items.isEmpty)
        #expect((typer.type(row.use, facts: whenTrue).type != .invalid) == row.whenTrue)
        #expect((typer.type(row.use, facts: whenFalse).type != .invalid) == row.whenFalse)
    }

    @Test("a variable that isn't surely set is an optional, and its help shows the way out")
    func unassigned() {
        var typer = makeTyper()
        #expect(typer.type(name("name"), facts: .none).type == .optional(.text))
        _ = typer.type(call("trim", name("name")), facts: .none)
        let problem = typer.diagnostics.items.first
        #expect(problem?.code == .unassignedVariable)
        #expect(problem?.notes.count == 1)
        #expect(problem?.help?.contains("name ??") == true)
    }

    @Test("a declared optional is told apart from a variable that isn't set")
    func optionalCode() {
        #expect(check(call("trim", name("maybe")), facts: .none).codes == [.optionalUsed])
        #expect(check(op(path("place.visits"), "+", 1), facts: .none).codes == [.unassignedVariable])
    }

    @Test("an unset variable may be tested and given a value")
    func unsetTested() {
        #expect(check(op(name("name"), "??", "x"), facts: .none).codes == [])
        let test = op(op(name("name"), "!=", noneLiteral), "and", op(call("length", name("name")), ">", 0))
        #expect(check(test, facts: .none).codes == [])
    }

    @Test("a new value forgets what was known of the old one's fields")
    func assignKills() {
        var typer = makeTyper()
        var (_, known, _) = typer.condition(op(path("maybe_place.country"), "!=", noneLiteral), facts: allSet)
        #expect(typer.type(Self.useCountry, facts: known).type != .invalid)
        known.assign(variable: slot("maybe_place"), isPresent: true)
        #expect(typer.type(Self.useCountry, facts: known).type == .invalid)
        #expect(typer.type(op(path("maybe_place.visits"), "+", 1), facts: known).type == .integer)
    }

    @Test("facts meet and join as sets do")
    func sets() {
        var a = Facts.none
        a.assign(variable: 1, isPresent: true)
        a.assign(variable: 2_000, isPresent: true)
        var b = Facts.none
        b.assign(variable: 2_000, isPresent: true)
        var both = a
        both.formIntersection(b)
        #expect(both == b)
        both.formUnion(a)
        #expect(both == a)
        both.assign(variable: 1, isPresent: false)
        #expect(both == b)
    }
}
