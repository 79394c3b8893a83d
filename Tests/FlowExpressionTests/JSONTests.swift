import FlowProgram
import FlowRuntime
import Testing

private func field(_ name: String, _ type: ValueType) -> RecordType.Field {
    RecordType.Field(name: name, type: type)
}

private func record(_ fields: RecordType.Field...) -> ValueType {
    .record(RecordType(name: nil, fields: fields))
}

@Suite struct JSONTests {
    static let forecast = record(field("current", record(field("temperature_2m", .number))))
    static let places = record(field("results", .optional(.list(.record(place), limit: 2))))

    static let decoded: [(String, ValueType, Value)] = [
        ("{\"current\":{\"temperature_2m\":-3.5,\"x\":[{}]}}", forecast, .record([.record([.number(-3.5)])])),
        (" {\"results\" : null } ", places, .record([.none])), ("{}", places, .record([.none])),
        (
            "{\"results\":[{\"name\":\"A\",\"visits\":3.0}]}", places,
            .record([.list([.record([.text("A"), .none, .integer(3)])])])
        ),
        ("{\"a\":1,\"a\":2}", record(field("a", .integer)), .record([.integer(2)])),
        ("{\"a\":\"x\",\"a\":2}", record(field("a", .integer)), .record([.integer(2)])),
        ("\"caf\\u0065\\u0301\"", .text, .text("café")), ("\"\\ud83d\\ude42\\/\"", .text, .text("🙂/")),
        ("true", .bool, .bool(true)), ("1e2", .integer, .integer(100)),
        ("9007199254740991", .integer, .integer((1 << 53) - 1)),
        ("-0", .number, .number(0)), ("1250", .money("USD"), .money(1_250)),
        ("\"012\"", .digits(3...3), .text("012")),
        ("\"2026-11-21\"", .date, .date(CivilDate(days: 20_778))), ("\"90s\"", .duration, .duration(90_000)),
        ("\"1970-01-01T00:00:01Z\"", .datetime, .datetime(1_000)),
        ("\"open\"", .words(["open"]), .text("open")),
        ("null", .optional(.integer), .none), ("[]", .list(.bool, limit: 1), .list([])),
    ]

    @Test("an answer becomes a value of its type", arguments: decoded)
    func decodes(row: (String, ValueType, Value)) throws {
        let value = try decodeJSON(Array(row.0.utf8), as: row.1).get()
        #expect(value == row.2)
    }

    static let faults: [(String, ValueType, String)] = [
        ("{\"current\":{}}", forecast, "current.temperature_2m: a number is missing"),
        (
            "{\"current\":{\"temperature_2m\":\"3\"}}", forecast,
            "current.temperature_2m: a number is expected"
        ),
        ("{\"current\":[]}", forecast, "current: an object is expected"),
        (
            "{\"results\":[{\"name\":\"A\",\"visits\":1},{\"name\":1}]}", places,
            "results[1].name: a text(200) is expected"
        ),
        (
            "{\"results\":[{\"name\":\"A\",\"visits\":1.5}]}", places,
            "results[0].visits: an integer is expected"
        ),
        ("[1,2,3]", .list(.integer, limit: 2), "the list has more than 2 elements"),
        ("[[],[null]]", .list(.list(.bool, limit: 1), limit: 2), "[1][0]: a bool is missing"),
        ("\"abcdef\"", .text(limit: 5), "the text has more than 5 characters"),
        ("1e400", .number, "the number is too large"), ("1e17", .integer, "an integer is expected"),
        ("9007199254740992", .integer, "an integer is expected"),
        ("12", .digits(2...2), "digits(2) is expected"),
        ("\"shut\"", .words(["open", "closed"]), "one of open, closed is expected"),
        ("null", .text, "a text is missing"),
        ("\"15555550100\"", .phone, "a phone is expected"), ("1", .bool, "a bool is expected"),
    ]

    @Test("what doesn't fit its type is a fault that says where", arguments: faults)
    func typeFaults(row: (String, ValueType, String)) {
        guard case .failure(let fault) = decodeJSON(Array(row.0.utf8), as: row.1) else {
            Issue.record("no fault")
            return
        }
        #expect(fault.description == row.2)
    }

    @Test(
        "what isn't JSON is a fault",
        arguments: [
            "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "01", "+1", "1.", ".5", "1e", "-", "nul",
            "truex",
            "\"a", "\"\u{1}\"", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\\u12\"",
            "[1 2]", "1 2",
            "{\"a\" 1}", "NaN", "Infinity", "/**/1", "\u{FEFF}1", "[1}",
            String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 65) + "1",
        ])
    func syntaxFaults(source: String) {
        #expect(throws: JSONFault.self) { try decodeJSON(Array(source.utf8), as: .none).get() }
    }

    @Test("bytes that aren't UTF-8 are a fault")
    func invalidBytes() {
        #expect(throws: JSONFault.self) { try decodeJSON([0x22, 0xFF, 0x22], as: .text).get() }
        #expect(throws: JSONFault.self) { try decodeJSON([0x22, 0xED, 0xA0, 0x80, 0x22], as: .text).get() }
    }

    @Test("a document of the greatest depth is read")
    func depth() throws {
        let source = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try decodeJSON(Array(source.utf8), as: .none).get() == .none)
    }

    @Test("what is written is read back", arguments: decoded)
    func roundTrip(row: (String, ValueType, Value)) throws {
        let text = jsonText(row.2, type: row.1)
        #expect(try decodeJSON(Array(text.utf8), as: row.1).get() == row.2)
    }

    @Test("fields are written in the order of their record")
    func writes() {
        let value = Value.record([.text("a\"b"), .none, .integer(3)])
        #expect(
            jsonText(value, type: .record(place)) == "{\"name\":\"a\\\"b\",\"country\":null,\"visits\":3}")
    }
}
