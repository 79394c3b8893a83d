import FlowCompiler
import FlowLang
import FlowProgram
import Testing

private func type(_ name: String, _ arguments: String...) -> TypeExpression {
    TypeExpression(.name(name, arguments: arguments.map { Located($0, nowhere) }), nowhere)
}

private func record(_ fields: [(String, TypeExpression)], optional: Set<String> = []) -> TypeExpression {
    TypeExpression(
        .record(
            fields.map { name, type in
                TypeExpression.Field(
                    name: Located(name, nowhere), isOptional: optional.contains(name), type: type)
            }), nowhere)
}

private func list(_ element: TypeExpression, _ limit: String? = nil) -> TypeExpression {
    TypeExpression(.list(element, limit: limit.map { Located($0, nowhere) }), nowhere)
}

private func declare(_ name: String, _ type: TypeExpression) -> Flow.TypeDeclaration {
    Flow.TypeDeclaration(name: Located(name, nowhere), type: type)
}

@Suite struct TypeResolutionTests {
    static let resolved: [(TypeExpression, ValueType)] = [
        (type("text"), .text), (type("text", "200"), .text(limit: 200)), (type("digits"), .digits(1...32)),
        (type("digits", "6"), .digits(6...6)), (type("digits", "2..4"), .digits(2...4)),
        (type("phone"), .phone),
        (type("money", "USD"), .money("USD")), (type("secret"), .secret),
        (list(type("integer")), .list(.integer, limit: 100)),
        (list(type("integer"), "5"), .list(.integer, limit: 5)),
        (TypeExpression(.optional(type("date")), nowhere), .optional(.date)),
        (
            TypeExpression(.optional(TypeExpression(.optional(type("date")), nowhere)), nowhere),
            .optional(.date)
        ),
        (
            TypeExpression(.words([Located("a", nowhere), Located("b", nowhere)]), nowhere),
            .words(["a", "b"])
        ),
    ]

    @Test("a type as written becomes a type", arguments: resolved)
    func resolves(row: (TypeExpression, ValueType)) {
        var typer = makeTyper()
        #expect(typer.resolve(row.0) == row.1)
        #expect(typer.diagnostics.items.isEmpty)
    }

    static let refused: [(TypeExpression, DiagnosticCode)] = [
        (type("txt"), .unknownType), (type("text", "0"), .typeSyntax), (type("text", "16001"), .typeSyntax),
        (type("text", "-1"), .typeSyntax), (type("digits", "4..2"), .typeSyntax),
        (type("digits", "a"), .typeSyntax),
        (type("digits", "33"), .typeSyntax), (type("money"), .typeSyntax),
        (type("money", "usd"), .typeSyntax),
        (type("bool", "2"), .typeSyntax), (list(type("bool"), "0"), .typeSyntax),
        (record([("a", type("bool")), ("a", type("bool"))]), .duplicateName),
    ]

    @Test("a type that can't be is reported", arguments: refused)
    func refuses(row: (TypeExpression, DiagnosticCode)) {
        var typer = makeTyper()
        _ = typer.resolve(row.0)
        #expect(typer.diagnostics.items.map(\.code) == [row.1])
    }

    @Test("declared types may use each other in any order")
    func order() {
        var typer = makeTyper()
        typer.resolve([
            declare("Places", record([("results", list(type("Spot")))], optional: ["results"])),
            declare("Spot", record([("name", type("text", "200"))])),
        ])
        let spot = RecordType(name: "Spot", fields: [RecordType.Field(name: "name", type: .text(limit: 200))])
        let results = RecordType.Field(name: "results", type: .optional(.list(.record(spot), limit: 100)))
        #expect(typer.names.namedTypes["Places"] == .record(RecordType(name: "Places", fields: [results])))
        #expect(typer.diagnostics.items.isEmpty)
    }

    @Test("a type that holds itself is reported once, with the way round")
    func recursion() {
        var typer = makeTyper()
        typer.resolve([
            declare("A", record([("b", type("B"))])), declare("B", record([("a", list(type("A")))])),
        ])
        #expect(typer.diagnostics.items.map(\.code) == [.recursiveType])
        #expect(typer.diagnostics.items.first?.headline.contains("A → B → A") == true)
    }

    @Test("types that lie in each other without end are refused")
    func nesting() {
        var typer = makeTyper()
        typer.resolve(
            [declare("T0", type("bool"))] + (1...300).map { declare("T\($0)", list(type("T\($0 - 1)"))) })
        #expect(typer.diagnostics.items.map(\.code) == [.typeSyntax])
        var backwards = makeTyper()
        backwards.resolve(
            (1...300).reversed().map { declare("T\($0)", list(type("T\($0 - 1)"))) } + [
                declare("T0", type("bool"))
            ])
        #expect(backwards.diagnostics.items.map(\.code).contains(.typeSyntax))
        let inner = (0..<100).reduce(type("bool")) { inner, _ in list(inner) }
        #expect(typer.resolve(inner) == .invalid)
    }

    @Test("types that double at every step are refused before they fill the memory")
    func doubling() {
        var typer = makeTyper()
        typer.resolve(
            [declare("T0", type("bool"))]
                + (1...60).map {
                    declare("T\($0)", record([("a", type("T\($0 - 1)")), ("b", type("T\($0 - 1)"))]))
                })
        #expect(typer.diagnostics.items.map(\.code) == [.typeSyntax])
    }
}
