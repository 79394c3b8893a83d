import FlowProgram
import FlowRuntime
import Testing

struct ShowCase: CustomTestStringConvertible {
    var value: Value
    var type: ValueType
    var form: Hole.Form
    var language: String
    var text: String
    var testDescription: String { "\(form) \(language): \(text)" }

    init(_ value: Value, _ type: ValueType, _ form: Hole.Form, _ language: String, _ text: String) {
        self.value = value
        self.type = type
        self.form = form
        self.language = language
        self.text = text
    }
}

@Suite struct ShowTests {
    static let november = Value.date(date("2026-11-21"))
    static let halfPastFive = Value.time(CivilTime(seconds: 63_000))

    static let cases: [ShowCase] = [
        ShowCase(.text("42"), .digits(2...2), .spoken, "en", "4 2"),
        ShowCase(.text("42"), .digits(2...2), .written, "en", "42"),
        ShowCase(.text("42"), .text, .spoken, "en", "42"),
        ShowCase(.text("+15555550100"), .phone, .spoken, "en", "1 5 5 5 5 5 5 0 1 0 0"),
        ShowCase(.text("+15555550100"), .address, .spoken, "en", "1 5 5 5 5 5 5 0 1 0 0"),
        ShowCase(.text("client:bob"), .address, .spoken, "en", "client:bob"),
        ShowCase(.text("+15555550100"), .phone, .verbatim, "en", "+15555550100"),
        ShowCase(november, .date, .spoken, "en-US", "November 21, 2026"),
        ShowCase(november, .date, .written, "en-GB", "21 November 2026"),
        ShowCase(november, .date, .spoken, "es-MX", "21 de noviembre de 2026"),
        ShowCase(november, .date, .spoken, "fr", "21 novembre 2026"),
        ShowCase(.date(date("2026-01-01")), .date, .spoken, "fr", "1er janvier 2026"),
        ShowCase(november, .date, .spoken, "de", "21. November 2026"),
        ShowCase(november, .date, .spoken, "pt-BR", "21 de novembro de 2026"),
        ShowCase(november, .date, .spoken, "it", "21 novembre 2026"),
        ShowCase(november, .date, .verbatim, "it", "2026-11-21"),
        ShowCase(halfPastFive, .time, .spoken, "en", "5:30 PM"),
        ShowCase(.time(CivilTime(seconds: 0)), .time, .spoken, "en", "12:00 AM"),
        ShowCase(halfPastFive, .time, .spoken, "es", "17:30"),
        ShowCase(halfPastFive, .time, .spoken, "de", "17:30 Uhr"),
        ShowCase(.datetime(1_795_257_000_000), .datetime, .spoken, "en", "November 21, 2026 at 5:30 AM"),
        ShowCase(.datetime(1_795_257_000_000), .datetime, .verbatim, "en", "2026-11-21T10:30:00Z"),
        ShowCase(.duration(3_900_000), .duration, .spoken, "en", "1 hour 5 minutes"),
        ShowCase(.duration(90_061_500), .duration, .spoken, "es", "1 día 1 hora 1 minuto 1,5 segundos"),
        ShowCase(.duration(0), .duration, .spoken, "en", "0 seconds"),
        ShowCase(.duration(1_000), .duration, .spoken, "de", "1 Sekunde"),
        ShowCase(.duration(5_400_000), .duration, .verbatim, "de", "1h30m"),
        ShowCase(.money(1_250), .money("USD"), .spoken, "en", "$12.50"),
        ShowCase(.money(-5), .money("USD"), .spoken, "en", "-$0.05"),
        ShowCase(.money(1_250), .money("EUR"), .spoken, "de", "12,50 €"),
        ShowCase(.money(1_250), .money("JPY"), .spoken, "en", "¥1250"),
        ShowCase(.money(1_250), .money("CHF"), .spoken, "en", "12.50 CHF"),
        ShowCase(.money(1_250), .money("JPY"), .verbatim, "en", "1250"),
        ShowCase(.number(0.1 + 0.2), .number, .spoken, "en", "0.3"),
        ShowCase(.number(1.5), .number, .spoken, "es-ES", "1,5"),
        ShowCase(.number(1.5), .number, .spoken, "es-MX", "1.5"),
        ShowCase(.number(1e21), .number, .written, "en", "1000000000000000000000"),
        ShowCase(.number(-0.00000015), .number, .written, "en", "-0.00000015"),
        ShowCase(.number(123_456_789_012.5), .number, .written, "en", "123456789013"),
        ShowCase(.number(3), .number, .written, "en", "3"),
        ShowCase(.bool(true), .bool, .spoken, "es", "sí"),
        ShowCase(.bool(false), .bool, .spoken, "fr", "non"),
        ShowCase(.none, .optional(.text), .spoken, "en", ""),
        ShowCase(.text("AB 4e\u{301}"), .text, .spelled, "en", "A B 4 e\u{301}"),
        ShowCase(.text("a&b ü/"), .text, .url, "en", "a%26b%20%C3%BC%2F"),
        ShowCase(.text("a\"b\\\n\u{1}"), .text, .jsonText, "en", "a\\\"b\\\\\\n\\u0001"),
        ShowCase(.text("12"), .digits(2...2), .json, "en", "\"12\""),
        ShowCase(.none, .optional(.integer), .json, "en", "null"),
    ]

    @Test("a value is shown as people of the language say and write it", arguments: cases)
    func shows(row: ShowCase) {
        let clock = CivilClock(timezone: "America/New_York", zones: SystemZoneRules())
        let text = show(
            row.value, as: row.type, form: row.form, language: row.language, limit: 300, clock: clock)
        #expect(text.utf8.elementsEqual(row.text.utf8))
    }

    static let cuts: [(String, Int, String)] = [
        ("one two three", 13, "one two three"), ("one two three", 9, "one two"),
        ("one two three", 7, "one two"),
        ("onetwothree", 5, "onetw"), ("a bcdefghij", 8, "a bcdefg"), ("x", 0, ""),
    ]

    @Test("a long text is cut at a word", arguments: cuts)
    func isCut(row: (String, Int, String)) {
        let clock = CivilClock(timezone: nil, zones: FixedZone())
        #expect(
            show(.text(row.0), as: .text, form: .written, language: "en", limit: row.1, clock: clock) == row.2
        )
    }
}
