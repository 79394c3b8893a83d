import FlowProgram
import FlowRuntime
import Foundation
import Testing
import TwiML

@testable import FlowExport

/// Parts of the interpreter beside those of the machine, in tables.
@Suite(.enabled(if: NodeHost.isWanted, "node is missing: apt-get install nodejs"))
struct `The interpreter's parts` {
    private let languages = [
        "en-US", "en-GB", "es-MX", "es-ES", "fr-FR", "de-DE", "pt-BR", "it-IT", "nl-NL", "sv-SE",
    ]
    private let now: Int64 = 1_795_000_000_123
    private let zones = SystemZoneRules()

    private func host(_ body: (NodeHost) async throws -> Void) async throws {
        var money = Self.emptyProgram
        money.variables = ["USD", "EUR", "JPY", "KWD", "CHF", "SEK", "GBP"].map {
            Program.Variable(name: $0, type: .money($0), initial: nil)
        }
        let project = try ExportedProject(functionProject(of: [money], bounds: FunctionBounds.all))
        try await body(project.host)
        await project.remove()
    }

    private static let emptyProgram = Program(
        flow: "a", channel: .voice, languages: [Program.Language(tag: "en-US", voice: nil)], timezone: nil,
        config: [],
        parameters: [], variables: [], hours: [], states: [], operations: [.finish(.hangup)], statics: [],
        entry: 0,
        errorHandler: nil, apology: Rendering([Piece]()), expires: 14_400, stopsSilentWay: [false])

    // MARK: expressions

    private struct Expression: Encodable {
        var expression: TypedExpression
        var tag: String
        var timezone: String?
        var now: Int64
    }

    private func compare(_ expressions: [TypedExpression], _ tags: [String], _ host: NodeHost) async throws {
        for tag in tags {
            let items = expressions.map {
                Expression(expression: $0, tag: tag, timezone: "America/New_York", now: now)
            }
            let context = EvaluationContext(
                parameters: Parameters([(String, String)]()), channel: .voice, languageTag: tag,
                timezone: "America/New_York",
                now: now, zones: zones)
            let found: [Value] = try await host.ask("expressions", items)
            #expect(found.count == expressions.count)
            var differences = 0
            for (expression, value) in zip(expressions, found) where differences < 10 {
                let wanted = evaluate(expression, in: context)
                if wanted != value {
                    differences += 1
                    Issue.record("\(tag): \(expression): \(wanted), and \(value) in JavaScript")
                }
            }
        }
    }

    @Test func `every function gives what its row's example says`() async throws {
        try await host { host in
            try await compare(FunctionTable.rows.map { $0.example.call.expression }, languages, host)
        }
    }

    private let values: [Value] = Self.numbers + Self.amounts + Self.times + Self.others

    private static let numbers: [Value] = {
        let integers: [Int64] = [0, 1, -1, 2, 3, -7, 10, 12_345, maxInteger, -maxInteger]
        let doubles: [Double] = [
            0.5, -0.5, 1.5, 2.675, 0.1, 1.0 / 3, 1e-7, -1e-12, 1e21, 123_456_789_012_345.678, 1e308, -1e308,
            .leastNonzeroMagnitude, 0.3, 999_999_999_999.5, 2, 1e15, 0.000_123_456_789_012_345,
        ]
        return integers.map(Value.integer) + doubles.map(Value.number)
    }()

    private static let amounts: [Value] = {
        let durations: [Int64] = [0, 1, 999, 60_000, 86_400_000, -90_061_001, maxInteger]
        let money: [Int64] = [0, 5, 1_250, -199, maxInteger]
        return durations.map(Value.duration) + money.map(Value.money)
    }()

    private static let times: [Value] = {
        let times: [Int32] = [0, 43_200, 86_399]
        let days: [Int32] = [-719_162, 0, 20_778, 19_782, 2_932_896]
        let instants: [Int64] = [0, 1_795_000_000_123, -62_135_596_800_000, 253_402_300_799_999, -1]
        return times.map { Value.time(CivilTime(seconds: $0)) } + days.map { Value.date(CivilDate(days: $0)) }
            + instants.map(Value.datetime)
    }()

    private static let others: [Value] = {
        let texts: [Value] = [
            "", "a", "Málaga", "Ma\u{301}laga", "😀 <&\">", "ß", " 12.50 ", "2026-11-21", "9:30",
        ].map(Value.text)
        let rest: [Value] = [
            .none, .bool(true), .bool(false), .list([.integer(1), .text("a")]), .record([.number(1), .none]),
        ]
        return texts + rest
    }()

    @Test func `arithmetic and comparisons of all pairs of values`() async throws {
        let operations: [TypedExpression.Arithmetic] = [.add, .subtract, .multiply, .divide, .remainder]
        let comparisons: [TypedExpression.Comparison] = [
            .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
        ]
        var expressions: [TypedExpression] = []
        for left in values {
            expressions.append(.negate(.literal(left)))
            expressions.append(.concatenation([.literal(left), .literal(.text("|"))]))
            for right in values {
                expressions += operations.map { .arithmetic($0, .literal(left), .literal(right)) }
                expressions += comparisons.map { .compare($0, .literal(left), .literal(right)) }
            }
        }
        try await host { try await compare(expressions, ["en-US"], $0) }
    }

    @Test func `functions of many values`() async throws {
        let numbers = values.filter { $0.asDouble != nil }
        let texts =
            values.filter { $0.asText != nil }
            + ["HELLO İstanbul ǅ", "a,b,,c", "aaaa", "\u{85}x\u{2028}", "12a3"].map(Value.text)
        func call(_ name: FunctionName, _ arguments: Value...) -> TypedExpression {
            .call(name, arguments.map(TypedExpression.literal))
        }
        var expressions: [TypedExpression] = []
        for value in numbers {
            expressions += [call(.round, value), call(.abs, value)]
            expressions += [-3, 0, 1, 2, 12, 400].map { call(.round, value, .integer($0)) }
            for other in numbers { expressions += [call(.min, value, other), call(.max, value, other)] }
        }
        for text in texts {
            for name: FunctionName in [
                .trim, .lower, .upper, .length, .digitsOf, .number, .date, .time, .phone,
            ] {
                expressions.append(call(name, text))
            }
            for part in texts {
                expressions += [
                    call(.contains, text, part), call(.startsWith, text, part), call(.endsWith, text, part),
                    call(.split, text, part), call(.replace, text, part, .text("<>")),
                ]
            }
            for count: Int64 in [-1, 0, 1, 3, 100] {
                expressions += [call(.first, text, .integer(count)), call(.last, text, .integer(count))]
            }
        }
        for case .datetime(let instant) in values {
            expressions += [
                call(.date, .datetime(instant)), call(.time, .datetime(instant)),
                call(
                    .format, .datetime(instant),
                    .text("EEEE, d. MMMM yyyy yy MM M dd HH:mm:ss H hh h a – é zz")),
                call(.daysBetween, .datetime(0), .datetime(instant)),
            ]
        }
        for case .date(let date) in values {
            expressions += [
                call(.format, .date(date), .text("EEEE d MMMM yyyy HH")),
                call(.daysBetween, .date(date), .date("2026-11-21")),
            ]
        }
        expressions += [.now, .today, .language]
        try await host { try await compare(expressions, ["en-US", "de-DE"], $0) }
    }

    // MARK: answers

    private struct Question: Encodable {
        struct Answer: Encodable {
            var kind: String
            var text: String
        }
        var answer: Answer
        var form: InputForm
        var tag: String
        var language: Int
        var today: Int32
    }

    @Test func `answers of every form, in every language`() async throws {
        let forms: [InputForm] = [
            .digits(1...6), .digits(2...2), .integer(nil), .integer(1...100), .number(nil), .number(0...9.5),
            .phone, .date,
            .time, .duration, .money("USD"), .money("JPY"), .money("KWD"), .money("CHF"), .url, .yesNo,
            .text(limit: 20), .raw,
            .words([
                AnswerWord("red", keys: ["1"], phrases: [["red", "rojo"]]),
                AnswerWord("dark-red", keys: ["2"], phrases: [["dark red", "rojo oscuro"]]),
                AnswerWord("green", keys: ["3"], phrases: [["green", "verde"]]),
            ]),
        ]
        let texts = Self.said + (0...31).map(String.init)
        let keys = [
            "1", "2", "42", "*", "#", "0012", "1*30", "12*50", "930", "2359", "2460", "12252026", "122526",
            "20261225",
            "12*25*2026", "31*12", "5555550123", "15555550123", "0015555550123", "01115555550123", "1#",
            "9999999999999999",
            "007", "12*5", "12*505", "99", "123456789012", "*5", "29*2", "2*29",
        ]
        try await host { host in
            for tag in languages {
                let language = SpokenLanguage(tag: tag)
                let numbers = [
                    0, 1, 11, 21, 71, 80, 95, 99, 100, 101, 205, 999, 1_000, 2_300, 12_345, 999_999,
                ]
                .flatMap(language.names)
                var said =
                    texts + numbers + ["\(numbers[3]) \(numbers[4])", "\(numbers[5]) dollars \(numbers[6])"]
                said += (1...12).map { "\(numbers[3]) \(language.monthName($0)) 2027" }
                said += (0...6).map { "\(language.dayName($0)) 3. \(language.monthName(2))" }
                var items: [Question] = []
                for form in forms {
                    for text in said {
                        for kind in ["speech", "message"] {
                            items.append(question(kind, text, form, tag))
                        }
                    }
                    items += keys.map { question("keys", $0, form, tag) }
                }
                let found: [Value?] = try await host.ask("answers", items)
                var differences = 0
                for (item, value) in zip(items, found) where differences < 5 {
                    let wanted = parsed(item)
                    if wanted != value {
                        differences += 1
                        Issue.record(
                            "\(tag): \(item.answer) as \(item.form): \(String(describing: wanted)), and \(String(describing: value)) in JavaScript"
                        )
                    }
                }
            }
        }
    }

    private static let said = [
        "", " ", "yes", "No.", "yes no", "sí", "oui", "ja genau", "nein", "não", "1", "two", "forty two",
        "four two", "4 2",
        "-12", "--1", "minus twelve", "1,200", "1.200,50", "1 200", "1,20", "3.5", "3,5", "three point five",
        "coma cinco",
        "1,234.50", "$12.50", "12,50 €", "twelve dollars and fifty cents", "twelve fifty", "fifty cents",
        "12 CHF", "fr. 12",
        "a hundred and five", "two thousand three hundred", "zweihundertfünf", "duecentoventi",
        "quatre vingt dix sept",
        "quatre-vingts", "ciento dos", "duzentos e trinta", "einundzwanzig", "1h30m", "90 minutes",
        "an hour and a half",
        "half an hour", "two hours and five minutes", "2 h 5 min", "eine halbe stunde", "una hora y media",
        "9:30", "9:30 pm",
        "half past nine", "halb zehn", "viertel nach neun", "a quarter to ten", "zehn vor neun",
        "las nueve y media",
        "neuf heures et quart", "meio dia", "noon", "midnight", "9 o'clock", "14 uhr 5", "25:00",
        "12/25/2026", "25/12/2026",
        "2026-12-25", "25.12.26", "12/25", "december twenty fifth", "25 de diciembre de 2026",
        "am ersten mai", "the 3rd of May",
        "May 3rd, 2027", "29 february", "tomorrow", "today", "morgen", "heute", "hoy", "demain",
        "premier janvier 2030",
        "september 1 twenty twenty six", "+1 (555) 555-0123", "555 555 0123",
        "five five five five five five zero one two three",
        "https://example.com/a?b", "example.com", "http://１２７.0.0.1/", "user@example.com", "red", "dark red",
        "Dark-Red!", "green red",
        "verde", "one", "three", "option two", "star", "asterisco", "pound", "Zürich", "ﬁne", "١٢٣", "１２３",
        "²", "👍 yes",
        "1e5", "0x10", "007", "9007199254740993", "..5", "5.", "5!?", "'5'", "a", "an", "the", "p", "c", "ms",
        "5 ms", "a quarter",
    ]

    private func question(_ kind: String, _ text: String, _ form: InputForm, _ tag: String) -> Question {
        Question(
            answer: Question.Answer(kind: kind, text: text), form: form, tag: tag, language: 0, today: 20_778)
    }

    private func parsed(_ item: Question) -> Value? {
        let (text, tag, today) = (item.answer.text, item.tag, CivilDate(days: item.today))
        return switch item.answer.kind {
        case "keys": parseAnswer(keys: text, as: item.form, language: tag, today: today)
        case "speech": parseAnswer(speech: text, as: item.form, language: tag, today: today)
        default: parseAnswer(text: text, as: item.form, language: tag, today: today)
        }
    }

    // MARK: what is shown

    private struct Shown: Encodable {
        struct Place: Encodable {
            var type: ValueType
            var form: Hole.Form
            var limit: Int
        }
        var value: Value
        var hole: Place
        var tag: String
        var timezone: String?
    }

    @Test func `what holes show, in every form and language`() async throws {
        func ones(_ kind: Value) -> [Value] {
            values.filter { value in
                switch (kind, value) {
                case (.integer, .integer), (.number, .number), (.duration, .duration), (.date, .date),
                    (.time, .time), (.datetime, .datetime):
                    true
                default: false
                }
            }
        }
        var typed: [(ValueType, [Value])] = []
        typed.append((.integer, ones(.integer(0))))
        typed.append((.number, ones(.number(0))))
        typed.append((.duration, ones(.duration(0))))
        typed.append((.date, ones(.date(CivilDate(days: 0)))))
        typed.append((.time, ones(.time(CivilTime(seconds: 0)))))
        typed.append((.datetime, ones(.datetime(0))))
        typed.append((.bool, [.bool(true), .bool(false)]))
        typed.append((.optional(.bool), [.none]))
        let texts = [
            "a b c d e f g h i j k l m n o p q r", "aaaaaaaaaaaaaaaaaaaaaaaaaaa bbb", "😀e\u{301} <&\">\n\t",
            "",
        ]
        typed.append((.text, texts.map(Value.text)))
        typed.append((.digits, [.text("012345")]))
        typed.append((.phone, [.text("+15555550123")]))
        typed.append((.address, [.text("client:ann"), .text("+15555550123")]))
        typed.append((.list(.integer, limit: 3), [.list([.integer(1)])]))
        let fields: [RecordType.Field] = [
            .init(name: "a\"b", type: .optional(.text)), .init(name: "c", type: .number),
        ]
        typed.append(
            (.record(RecordType(name: nil, fields: fields)), [.record([.text("\u{1}\\"), .number(0.5)])]))
        for currency in ["USD", "EUR", "JPY", "KWD", "CHF"] {
            typed.append((.money(currency), [.money(0), .money(5), .money(-123_456), .money(maxInteger)]))
        }
        let forms: [Hole.Form] = [.spoken, .spelled, .written, .verbatim, .json, .jsonText, .url]
        var items: [Shown] = []
        for tag in languages {
            for (type, values) in typed {
                for form in forms {
                    for limit in [0, 1, 17, 300] {
                        items += values.map {
                            Shown(
                                value: $0, hole: Shown.Place(type: type, form: form, limit: limit), tag: tag,
                                timezone: "Europe/Berlin")
                        }
                    }
                }
            }
        }
        try await host { host in
            let found: [String] = try await host.ask("shown", items)
            let clock = CivilClock(timezone: "Europe/Berlin", zones: zones)
            var differences = 0
            for (item, text) in zip(items, found) where differences < 10 {
                let wanted = show(
                    item.value, as: item.hole.type, form: item.hole.form, language: item.tag,
                    limit: item.hole.limit, clock: clock)
                if wanted != text {
                    differences += 1
                    Issue.record("\(item): \(wanted), and \(text) in JavaScript")
                }
            }
        }
    }

    // MARK: texts

    private struct Text: Encodable {
        var text: String
        var isAttribute = false
    }

    /// Those with letters, marks and signs that change; of the rest a few.
    private static let blocks: [ClosedRange<Int>] = [
        0x20...0x2FFF, 0xA640...0xABFF, 0xF900...0xFAFF, 0xFB00...0xFFFF, 0x1_0400...0x1_044F,
        0x1_DF00...0x1_DFFF, 0x1_F600...0x1_F64F,
    ]

    @Test func `every character that both know is folded, composed and escaped alike`() async throws {
        let scalars = Self.blocks.joined().compactMap { Unicode.Scalar(UInt32($0)) }.filter {
            $0.properties.generalCategory != .unassigned && $0.properties.generalCategory != .privateUse
        }
        let texts = scalars.map { Text(text: "a\($0)B\($0)") }
        try await host { host in
            let isKnown: [Bool] = try await host.ask("assigned", scalars.map { Text(text: String($0)) })
            let folded: [String] = try await host.ask("folded", texts)
            let composedTexts: [String] = try await host.ask("composed", texts)
            let escaped: [String] = try await host.ask("escaped", texts)
            var differences: [String] = []
            for (index, item) in texts.enumerated() where isKnown[index] {
                let text = item.text
                if !fold(text).utf8.elementsEqual(folded[index].utf8) {
                    differences.append("fold \(scalars[index].value)")
                }
                if !composed(text).utf8.elementsEqual(composedTexts[index].utf8) {
                    differences.append("compose \(scalars[index].value)")
                }
                if !escapeText(text).utf8.elementsEqual(escaped[index].utf8) {
                    differences.append("escape \(scalars[index].value)")
                }
            }
            #expect(differences.prefix(20) == [])
        }
    }

    // MARK: dates and zones

    private struct Instant: Encodable {
        var zone: String
        var instant: Int64
    }

    @Test func `civil time by the zones' rules`() async throws {
        let names = [
            "UTC", "America/New_York", "America/Sao_Paulo", "Europe/Berlin", "Europe/London",
            "Australia/Sydney", "Asia/Kolkata",
            "Asia/Tokyo", "Pacific/Auckland", "Africa/Casablanca", "America/St_Johns", "Pacific/Apia",
            "Asia/Kathmandu", "Nowhere/None",
        ]
        // From 1975 on, every five days and some hours: all changes of the clocks are near one.
        let instants = stride(
            from: Int64(157_766_400_000), to: 2_240_000_000_000, by: 5 * 86_400_000 + 5_000_017)
        let items = names.flatMap { zone in instants.map { Instant(zone: zone, instant: $0) } }
        try await host { host in
            let found: [[Int]] = try await host.ask("civil", items)
            var differences: [String] = []
            for (item, parts) in zip(items, found) {
                let (date, time) = CivilClock(timezone: item.zone, zones: zones).civil(at: item.instant)
                if parts != [Int(date.days), Int(time.seconds)] {
                    differences.append("\(item.zone) \(item.instant)")
                }
            }
            #expect(differences.prefix(10) == [])
        }
    }

    // MARK: patterns and JSON

    private struct Pair: Encodable {
        var text: String
        var pattern: String
    }

    @Test func `patterns match alike, and no text is slow`() async throws {
        let patterns = [
            "[A-Z]{2}-\\d+", "a*", "(a|b)*c", "(a+)+", "^a$", "a|", "[^a-c]+", "\\w+\\s\\w+", "\\D*",
            "[\\d.-]+", "a{2,4}", "(ab?){2,}",
            ".", "x\\.y", "()*", "(^a|b$)+", "[]a]", "é+", "\\W\\S",
        ].filter { (try? Pattern($0)) != nil }
        let texts = [
            "", "a", "aa", "aaaaa", "AB-12", "ab c", "abab", "abc", "x.y", "éé", "é", "e\u{301}", "1.2-3",
            "😀", "b", "ba", " a", "]a", "_ ",
        ]
        var items = patterns.flatMap { pattern in texts.map { Pair(text: $0, pattern: pattern) } }
        items.append(Pair(text: String(repeating: "a", count: 1_600) + "!", pattern: "(a+)+"))
        try await host { host in
            let found: [Bool] = try await host.ask("matches", items)
            for (item, matches) in zip(items, found) {
                #expect(try Pattern(item.pattern).matches(item.text) == matches, "\(item)")
            }
        }
    }

    private struct Document: Encodable {
        var bytes: String
        var type: ValueType
    }

    @Test func `typed JSON is read alike`() async throws {
        let record = ValueType.record(
            RecordType(
                name: nil,
                fields: [
                    .init(name: "name", type: .text(limit: 5)),
                    .init(name: "size", type: .optional(.integer)),
                    .init(name: "tags", type: .optional(.list(.text, limit: 2))),
                ]))
        let types: [ValueType] = [
            record, .optional(record), .integer, .number, .bool, .text, .date, .datetime, .duration,
            .money("USD"), .words(["a", "b"]),
            .url, .phone, .digits(1...3), .list(.number, limit: 3), .secret,
        ]
        let texts = [
            "", " ", "null", "true", "1", "-0", "01", "1.0", "3e2", "1e400", "9007199254740993", "-1.5", "1.",
            ".5", "+1", "NaN",
            #""a""#, #""abcdef""#, #""\u0041\n""#, #""\ud83d\ude00""#, #""\ud800""#, #""\ude00\ud83d""#,
            "\"a\u{1}\"", #""a"#, #""\x""#,
            #""2026-11-21""#, #""2026-02-30""#, #""2026-11-21T10:30:00.5+02:00""#, #""1h30m""#,
            #""+15555550123""#, #""https://a.b/c""#,
            #"{"name":"abc"}"#, #"{"name":"abc","size":null,"x":[{}]}"#, #"{"name":"abcdef"}"#,
            #"{"name":"a","name":"b","size":3.0}"#,
            #"{"name":"a","tags":["a","b","c"]}"#, #"{"name":"a","tags":["a"]}"#, #"{"size":1}"#, "{}", "[]",
            "[1,2,3]", "[1,2,3,4]", "[1,]",
            "{\"a\":1,}", "{} x", "\u{FEFF}{}", "[1 2]", #"{"name":"Cafe\u0301"}"#,
            #"{"__proto__":1,"name":"a"}"#,
        ]
        var items = types.flatMap { type in texts.map { (Array($0.utf8), type) } }
        items.append((Array("\"".utf8) + [0xFF] + Array("\"".utf8), .text))
        items.append((Array(repeating: UInt8(ascii: "["), count: 100_000), .text))
        items.append(
            (Array((String(repeating: "[", count: 63) + String(repeating: "]", count: 63)).utf8), .text))
        try await host { host in
            let found: [Value?] = try await host.ask(
                "decoded", items.map { Document(bytes: Data($0.0).base64EncodedString(), type: $0.1) })
            for (item, value) in zip(items, found) {
                let wanted = try? decodeJSON(item.0, as: item.1).get()
                #expect(
                    wanted == value,
                    "\(String(decoding: item.0.prefix(80), as: UTF8.self)) as \(item.1.display)")
            }
        }
    }
}

extension FunctionExample.Argument {
    fileprivate var expression: TypedExpression {
        switch self {
        case .literal(let value): .literal(value)
        case .call(let name, let arguments): .call(name, arguments.map(\.expression))
        }
    }
}

extension Value {
    fileprivate static func date(_ text: String) -> Value {
        writtenDate(Array(text.utf8)).map(Value.date) ?? .none
    }
}
