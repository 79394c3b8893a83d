import FlowProgram
import Testing

@Suite struct TypeRuleTests {
    static let usable: [(ValueType, ValueType)] = [
        (.text, .text), (.text(limit: 5), .text(limit: 6)), (.digits(6...6), .text(limit: 6)),
        (.digits(6...6), .digits(2...8)), (.phone, .text), (.phone, .address), (.url, .text),
        (.address, .text),
        (.words(["a"]), .words(["b", "a"])), (.words(["open"]), .text(limit: 4)), (.integer, .number),
        (.integer, .optional(.number)), (.none, .optional(.bool)), (.optional(.integer), .optional(.number)),
        (.text, .secret), (.list(.integer, limit: 2), .list(.number, limit: 3)),
        (.list(.none, limit: 0), .list(.bool, limit: 1)), (.invalid, .date), (.date, .invalid),
        (.record(place), .record(RecordType(name: nil, fields: place.fields))),
    ]

    @Test("a type is usable where a wider one is expected", arguments: usable)
    func isUsable(pair: (ValueType, ValueType)) {
        #expect(pair.0.isUsable(as: pair.1))
    }

    static let notUsable: [(ValueType, ValueType)] = [
        (.text(limit: 6), .text(limit: 5)), (.text, .digits(6...6)), (.digits(1...6), .digits(2...6)),
        (.digits(6...6), .integer), (.text, .phone), (.address, .phone), (.words(["a", "b"]), .words(["a"])),
        (.number, .integer), (.optional(.text), .text), (.none, .text), (.secret, .text), (.bool, .integer),
        (.integer, .text), (.list(.integer, limit: 4), .list(.integer, limit: 3)),
        (.money("USD"), .money("EUR")),
        (.datetime, .date), (.record(place), .record(RecordType(name: "Other", fields: []))),
    ]

    @Test("a type isn't usable where a narrower or another one is expected", arguments: notUsable)
    func isNotUsable(pair: (ValueType, ValueType)) {
        #expect(!pair.0.isUsable(as: pair.1))
    }

    static let joins: [(ValueType, ValueType, ValueType?)] = [
        (.integer, .number, .number), (.text(limit: 3), .text(limit: 9), .text(limit: 9)),
        (.digits(2...3), .digits(6...6), .digits(2...6)), (.digits(2...3), .phone, .text(limit: 16)),
        (.words(["a", "b"]), .words(["b", "c"]), .words(["a", "b", "c"])), (.none, .date, .optional(.date)),
        (.optional(.integer), .number, .optional(.number)), (.bool, .integer, nil),
        (.money("USD"), .money("EUR"), nil),
        (.list(.integer, limit: 1), .list(.number, limit: 4), .list(.number, limit: 4)),
        (.list(.none, limit: 0), .list(.text, limit: 4), .list(.text, limit: 4)), (.invalid, .bool, .invalid),
        (.secret, .text, .secret),
    ]

    @Test("two types have a smallest common one, whichever comes first", arguments: joins)
    func joined(row: (ValueType, ValueType, ValueType?)) {
        #expect(row.0.joined(with: row.1) == row.2)
        #expect(row.1.joined(with: row.0)?.isUsable(as: row.2 ?? .none) ?? (row.2 == nil))
    }

    static let displays: [(ValueType, String)] = [
        (.text, "text"), (.text(limit: 200), "text(200)"), (.digits, "digits"), (.digits(6...6), "digits(6)"),
        (.digits(2...4), "digits(2..4)"), (.money("USD"), "money(USD)"),
        (.words(["open", "closed"]), "open | closed"),
        (.optional(.words(["a", "b"])), "(a | b)?"), (.list(.record(place), limit: 100), "[Place]"),
        (.list(.integer, limit: 3), "[integer, 3]"), (.optional(.phone), "phone?"),
        (
            .record(RecordType(name: nil, fields: [RecordType.Field(name: "a", type: .optional(.bool))])),
            "{a?: bool}"
        ),
    ]

    @Test("a type is shown as an author writes it", arguments: displays)
    func display(row: (ValueType, String)) {
        #expect(row.0.display == row.1)
    }
}
