import FlowProgram
import FlowRuntime
import Testing

/// What each input type takes by keys, and by speech and text, in each language. docs/language.md says the same in words.
@Suite("Input types") struct InputTypeTests {
    /// A Wednesday.
    static let today = CivilDate(year: 2026, month: 11, day: 25)

    static let keys: [AnswerCase] = [
        AnswerCase("7", .integer(1...10), "en", .integer(7)), AnswerCase("11", .integer(1...10), "en", nil),
        AnswerCase("0", .integer(1...10), "en", nil), AnswerCase("1*5", .integer(nil), "en", nil),
        AnswerCase("2*5", .number(0...2.5), "en", .number(2.5)),
        AnswerCase("2*6", .number(0...2.5), "en", nil),
        AnswerCase("12252026", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("25122026", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("20261225", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("25122026", .date, "de-DE", date(2026, 12, 25)),
        AnswerCase("12252026", .date, "de-DE", date(2026, 12, 25)),
        AnswerCase("03042026", .date, "en-US", date(2026, 3, 4)),
        AnswerCase("03042026", .date, "en-GB", date(2026, 4, 3)),
        AnswerCase("030426", .date, "es-MX", date(2026, 4, 3)),
        AnswerCase("122585", .date, "en-US", date(1985, 12, 25)),
        AnswerCase("12*25*2026", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("1*5*26", .date, "fr-FR", date(2026, 5, 1)),
        AnswerCase("12*25", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("11*24", .date, "en-US", date(2027, 11, 24)),
        AnswerCase("11*25", .date, "en-US", date(2026, 11, 25)),
        AnswerCase("2*29", .date, "en-US", date(2028, 2, 29)),
        AnswerCase("02302026", .date, "en-US", nil), AnswerCase("12251799", .date, "en-US", nil),
        AnswerCase("1225", .date, "en-US", nil), AnswerCase("12**25", .date, "en-US", nil),
        AnswerCase("*12*25*", .date, "en-US", nil), AnswerCase("#", .date, "en-US", nil),
        AnswerCase("9", .time, "en", time(9, 0)), AnswerCase("930", .time, "en", time(9, 30)),
        AnswerCase("0930", .time, "en", time(9, 30)), AnswerCase("9*30", .time, "en", time(9, 30)),
        AnswerCase("2145", .time, "en", time(21, 45)), AnswerCase("0", .time, "en", time(0, 0)),
        AnswerCase("24", .time, "en", nil), AnswerCase("960", .time, "en", nil),
        AnswerCase("9*3", .time, "en", nil), AnswerCase("12345", .time, "en", nil),
        AnswerCase("90", .duration, "en", minutes(90)), AnswerCase("1*30", .duration, "en", minutes(90)),
        AnswerCase("1*60", .duration, "en", nil), AnswerCase("9999999", .duration, "en", nil),
        AnswerCase("12", .money("USD"), "en", .money(1_200)),
        AnswerCase("12*50", .money("USD"), "en", .money(1_250)),
        AnswerCase("12*5", .money("USD"), "en", .money(1_250)),
        AnswerCase("0*07", .money("EUR"), "de", .money(7)),
        AnswerCase("12*505", .money("USD"), "en", nil), AnswerCase("*50", .money("USD"), "en", nil),
        AnswerCase("500", .money("JPY"), "en", .money(500)), AnswerCase("5*1", .money("JPY"), "en", nil),
        AnswerCase("1*234", .money("KWD"), "en", .money(1_234)),
        AnswerCase("9999999999999", .money("USD"), "en", nil),
        AnswerCase("1", .url, "en", nil),
    ]

    @Test("keys become a value", arguments: keys)
    func typed(row: AnswerCase) {
        #expect(
            parseAnswer(keys: row.answer, as: row.form, language: row.language, today: Self.today)
                == row.value)
    }

    static let numbers: [AnswerCase] = [
        AnswerCase("one hundred", .integer(nil), "en", .integer(100)),
        AnswerCase("a thousand", .integer(nil), "en", .integer(1_000)),
        AnswerCase("Two hundred and five.", .integer(nil), "en", .integer(205)),
        AnswerCase("twelve hundred", .integer(nil), "en", .integer(1_200)),
        AnswerCase(
            "three hundred forty two thousand six hundred ninety one", .integer(nil), "en", .integer(342_691)),
        AnswerCase("2 thousand", .integer(nil), "en", .integer(2_000)),
        AnswerCase("doscientos treinta y cinco", .integer(nil), "es", .integer(235)),
        AnswerCase("mil", .integer(nil), "es", .integer(1_000)),
        AnswerCase("veintiún mil ciento uno", .integer(nil), "es", .integer(21_101)),
        AnswerCase("deux cents", .integer(nil), "fr", .integer(200)),
        AnswerCase("mille neuf cent quatre-vingt-dix-neuf", .integer(nil), "fr", .integer(1_999)),
        AnswerCase("zweihundert", .integer(nil), "de", .integer(200)),
        AnswerCase("Zweitausendsechsundzwanzig", .integer(nil), "de", .integer(2_026)),
        AnswerCase("neunzehnhundertfünfundachtzig", .integer(nil), "de", .integer(1_985)),
        AnswerCase("zwei hundert drei", .integer(nil), "de", .integer(203)),
        AnswerCase("duzentos e trinta e cinco", .integer(nil), "pt-BR", .integer(235)),
        AnswerCase("dois mil e vinte e seis", .integer(nil), "pt-BR", .integer(2_026)),
        AnswerCase("duecentotrentacinque", .integer(nil), "it", .integer(235)),
        AnswerCase("centotto", .integer(nil), "it", .integer(108)),
        AnswerCase("duemilaventisei", .integer(nil), "it", .integer(2_026)),
        AnswerCase("minus five", .integer(nil), "en", .integer(-5)),
        AnswerCase("menos cinco", .integer(nil), "es", .integer(-5)),
        AnswerCase("eleven", .integer(1...10), "en", nil),
        AnswerCase("ten", .integer(1...10), "en", .integer(10)),
        AnswerCase("three point five", .number(nil), "en", .number(3.5)),
        AnswerCase("drei Komma zwei fünf", .number(nil), "de", .number(3.25)),
        AnswerCase("minus two point five", .number(nil), "en", .number(-2.5)),
        AnswerCase("three point", .number(nil), "en", nil),
        AnswerCase("six", .number(0...5.5), "en", nil),
        AnswerCase("one hundred twenty three", .digits(3...3), "en", .text("123")),
        AnswerCase("zweihundert eins", .digits(3...3), "de", .text("201")),
        AnswerCase("hundred thousand thousand", .integer(nil), "en", nil),
    ]

    static let dates: [AnswerCase] = [
        AnswerCase("december twenty fifth", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("Friday, December 25th, 2026.", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("the 25th of December", .date, "en-GB", date(2026, 12, 25)),
        AnswerCase("december twenty fifth twenty twenty seven", .date, "en-US", date(2027, 12, 25)),
        AnswerCase("march third nineteen eighty five", .date, "en-US", date(1985, 3, 3)),
        AnswerCase("march third nineteen oh five", .date, "en-US", date(1905, 3, 3)),
        AnswerCase("May 5 two thousand twenty seven", .date, "en-US", date(2027, 5, 5)),
        AnswerCase("sept 1", .date, "en", date(2027, 9, 1)),
        AnswerCase("12/25/2026", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("25/12/2026", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("3/4/26", .date, "en-US", date(2026, 3, 4)),
        AnswerCase("3/4/26", .date, "en-AU", date(2026, 4, 3)),
        AnswerCase("2026-12-25", .date, "de", date(2026, 12, 25)),
        AnswerCase("12252026", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("tomorrow", .date, "en-US", date(2026, 11, 26)),
        AnswerCase("today", .date, "en-US", date(2026, 11, 25)),
        AnswerCase("25 de diciembre de 2026", .date, "es-MX", date(2026, 12, 25)),
        AnswerCase("el primero de enero", .date, "es-MX", date(2027, 1, 1)),
        AnswerCase("veinticinco de diciembre del dos mil veintiséis", .date, "es", date(2026, 12, 25)),
        AnswerCase("mañana", .date, "es", date(2026, 11, 26)),
        AnswerCase("1er janvier 2027", .date, "fr", date(2027, 1, 1)),
        AnswerCase("le vingt-cinq décembre", .date, "fr-FR", date(2026, 12, 25)),
        AnswerCase("25. Dezember 2026", .date, "de-DE", date(2026, 12, 25)),
        AnswerCase("25.12.2026", .date, "de-DE", date(2026, 12, 25)),
        AnswerCase("am fünfundzwanzigsten Dezember", .date, "de-DE", date(2026, 12, 25)),
        AnswerCase("dritter Mai zweitausendsiebenundzwanzig", .date, "de", date(2027, 5, 3)),
        AnswerCase("25 de dezembro de 2026", .date, "pt-BR", date(2026, 12, 25)),
        AnswerCase("primeiro de maio", .date, "pt-BR", date(2027, 5, 1)),
        AnswerCase("25 dicembre 2026", .date, "it", date(2026, 12, 25)),
        AnswerCase("il primo maggio", .date, "it", date(2027, 5, 1)),
        AnswerCase("february thirtieth", .date, "en-US", nil), AnswerCase("december", .date, "en-US", nil),
        AnswerCase("some day in december", .date, "en-US", nil),
        AnswerCase("12/25", .date, "en-US", date(2026, 12, 25)),
        AnswerCase("13/13/2026", .date, "en-US", nil), AnswerCase("1/2/3/4", .date, "en-US", nil),
        AnswerCase("december 25 999", .date, "en-US", nil), AnswerCase("twenty five", .date, "en-US", nil),
    ]

    static let times: [AnswerCase] = [
        AnswerCase("9:30", .time, "en", time(9, 30)), AnswerCase("9:30 pm", .time, "en", time(21, 30)),
        AnswerCase("9:30 p.m.", .time, "en", time(21, 30)), AnswerCase("9am", .time, "en", time(9, 0)),
        AnswerCase("nine thirty", .time, "en", time(9, 30)),
        AnswerCase("at nine o'clock in the evening", .time, "en", time(21, 0)),
        AnswerCase("half past nine", .time, "en", time(9, 30)),
        AnswerCase("a quarter to ten pm", .time, "en", time(21, 45)),
        AnswerCase("ten past eight", .time, "en", time(8, 10)), AnswerCase("noon", .time, "en", time(12, 0)),
        AnswerCase("midnight", .time, "en", time(0, 0)), AnswerCase("12:15 am", .time, "en", time(0, 15)),
        AnswerCase("twelve pm", .time, "en", time(12, 0)),
        AnswerCase("nine oh five", .time, "en", time(9, 5)),
        AnswerCase("13 pm", .time, "en", nil), AnswerCase("25:00", .time, "en", nil),
        AnswerCase("nine seventy", .time, "en", nil), AnswerCase("soon", .time, "en", nil),
        AnswerCase("a las nueve y media de la noche", .time, "es", time(21, 30)),
        AnswerCase("nueve y cuarto", .time, "es", time(9, 15)),
        AnswerCase("diez menos cuarto", .time, "es", time(9, 45)),
        AnswerCase("mediodía", .time, "es", time(12, 0)),
        AnswerCase("9h30", .time, "fr", time(9, 30)),
        AnswerCase("neuf heures et demie", .time, "fr", time(9, 30)),
        AnswerCase("dix heures moins le quart", .time, "fr", time(9, 45)),
        AnswerCase("vingt et une heures", .time, "fr", time(21, 0)),
        AnswerCase("midi", .time, "fr", time(12, 0)),
        AnswerCase("halb zehn", .time, "de", time(9, 30)), AnswerCase("9 Uhr 30", .time, "de", time(9, 30)),
        AnswerCase("neun Uhr dreißig", .time, "de", time(9, 30)),
        AnswerCase("Viertel nach neun", .time, "de", time(9, 15)),
        AnswerCase("zehn vor neun abends", .time, "de", time(20, 50)),
        AnswerCase("nove e meia da noite", .time, "pt-BR", time(21, 30)),
        AnswerCase("às nove horas", .time, "pt-BR", time(9, 0)),
        AnswerCase("le nove e mezza", .time, "it", time(9, 30)),
        AnswerCase("dieci meno un quarto", .time, "it", time(9, 45)),
        AnswerCase("mezzogiorno", .time, "it", time(12, 0)),
    ]

    static let durations: [AnswerCase] = [
        AnswerCase("1h30m", .duration, "en", minutes(90)),
        AnswerCase("90 minutes", .duration, "en", minutes(90)),
        AnswerCase("two hours and five minutes", .duration, "en", minutes(125)),
        AnswerCase("an hour and a half", .duration, "en", minutes(90)),
        AnswerCase("half an hour", .duration, "en", minutes(30)),
        AnswerCase("45", .duration, "en", minutes(45)),
        AnswerCase("30 seconds", .duration, "en", .duration(30_000)),
        AnswerCase("dos horas y media", .duration, "es", minutes(150)),
        AnswerCase("deux heures", .duration, "fr", minutes(120)),
        AnswerCase("zwei Stunden und dreißig Minuten", .duration, "de", minutes(150)),
        AnswerCase("meia hora", .duration, "pt", minutes(30)),
        AnswerCase("un'ora", .duration, "it", minutes(60)),
        AnswerCase("minutes", .duration, "en", nil), AnswerCase("5 minutes 2 hours", .duration, "en", nil),
        AnswerCase("999999 days", .duration, "en", nil), AnswerCase("a while", .duration, "en", nil),
    ]

    static let amounts: [AnswerCase] = [
        AnswerCase("$12.50", .money("USD"), "en-US", .money(1_250)),
        AnswerCase("12.5", .money("USD"), "en-US", .money(1_250)),
        AnswerCase("1,234.50", .money("USD"), "en-US", .money(123_450)),
        AnswerCase("1,234", .money("USD"), "en-US", .money(123_400)),
        AnswerCase("12,50 €", .money("EUR"), "de-DE", .money(1_250)),
        AnswerCase("1.234,50", .money("EUR"), "de-DE", .money(123_450)),
        AnswerCase("EUR 5", .money("EUR"), "de-DE", .money(500)),
        AnswerCase("twelve dollars and fifty cents", .money("USD"), "en-US", .money(1_250)),
        AnswerCase("Twelve fifty.", .money("USD"), "en-US", .money(1_250)),
        AnswerCase("fifty cents", .money("USD"), "en-US", .money(50)),
        AnswerCase("two hundred dollars", .money("USD"), "en-US", .money(20_000)),
        AnswerCase("five dollars five", .money("USD"), "en-US", .money(505)),
        AnswerCase("doce dólares con", .money("USD"), "es", nil),
        AnswerCase("doce dólares y cincuenta centavos", .money("USD"), "es-US", .money(1_250)),
        AnswerCase("douze euros cinquante", .money("EUR"), "fr", .money(1_250)),
        AnswerCase("zwölf Euro fünfzig", .money("EUR"), "de", .money(1_250)),
        AnswerCase("doze reais e cinquenta centavos", .money("BRL"), "pt-BR", .money(1_250)),
        AnswerCase("dodici euro e cinquanta", .money("EUR"), "it", .money(1_250)),
        AnswerCase("500 yen", .money("JPY"), "en", .money(500)), AnswerCase("5.50", .money("JPY"), "en", nil),
        AnswerCase("twelve five", .money("USD"), "en-US", nil),
        AnswerCase("12 pesos", .money("USD"), "en", nil),
        AnswerCase("-5", .money("USD"), "en", nil), AnswerCase("1.2.3", .money("USD"), "en", nil),
        AnswerCase("$", .money("USD"), "en", nil), AnswerCase("12,34,5", .money("USD"), "en", nil),
    ]

    @Test("what is said or texted becomes a value", arguments: numbers + dates + times + durations + amounts)
    func spoken(row: AnswerCase) {
        for value in [
            parseAnswer(speech: row.answer, as: row.form, language: row.language, today: Self.today),
            parseAnswer(text: row.answer, as: row.form, language: row.language, today: Self.today),
        ] {
            #expect(value == row.value)
        }
    }

    @Test("A URL is texted, with its scheme or without")
    func urls() {
        func texted(_ text: String) -> Value? { parseAnswer(text: text, as: .url, language: "en") }
        #expect(texted("https://example.com/a?b=1") == .text("https://example.com/a?b=1"))
        #expect(texted(" example.com/a ") == .text("https://example.com/a"))
        for wrong in [
            "example", "a b.com", "ftp://example.com", "me@example.com", "http://", "exa_mple.com",
            "javascript:alert(1)",
        ] {
            #expect(texted(wrong) == nil, "\(wrong)")
        }
        #expect(parseAnswer(speech: "example.com", as: .url, language: "en") == nil)
    }

    @Test("Without today a day without a year is no answer")
    func noToday() {
        #expect(parseAnswer(text: "tomorrow", as: .date, language: "en") == nil)
        #expect(parseAnswer(keys: "12*25", as: .date, language: "en") == nil)
        #expect(parseAnswer(keys: "12252026", as: .date, language: "en") == Self.date(2026, 12, 25))
    }

    /// Nothing that a caller sends may trap or take long.
    @Test("No answer takes long", .timeLimit(.minutes(1)))
    func hostile() {
        let texts = [
            String(repeating: "tausend", count: 228), String(repeating: "cent", count: 400),
            String(repeating: "thousand ", count: 177), String(repeating: "9", count: 1_600),
            String(repeating: "one hundred and ", count: 100), String(repeating: "*", count: 1_600),
            String(repeating: "minus ", count: 250), String(repeating: "point ", count: 250),
            "99999999999999999999 hours", "\u{0}\u{FFFD}", String(repeating: "am ", count: 500),
            String(repeating: "december ", count: 170), "0 0 0", "-", "--", ".", ",", "$€£",
            "9999999999 thousand",
            String(repeating: "zweiundzwanzig", count: 114),
        ]
        let forms: [InputForm] = [
            .digits(1...32), .integer(nil), .number(nil), .phone, .date, .time, .duration, .money("USD"),
            .money("JPY"), .money("KWD"), .url, .yesNo, .text(limit: 1_600),
            .words(answered(by: ["a", "b"])), .raw,
        ]
        for language in SpokenLanguage.allCases {
            for form in forms {
                for text in texts {
                    _ = parseAnswer(text: text, as: form, language: language.rawValue, today: Self.today)
                    _ = parseAnswer(speech: text, as: form, language: language.rawValue, today: Self.today)
                    _ = parseAnswer(keys: text, as: form, language: language.rawValue, today: Self.today)
                }
            }
        }
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int) -> Value {
        CivilDate(year: year, month: month, day: day).map(Value.date) ?? .none
    }

    private static func time(_ hour: Int, _ minute: Int) -> Value {
        CivilTime(hour: hour, minute: minute).map(Value.time) ?? .none
    }

    private static func minutes(_ count: Int64) -> Value { .duration(count * 60_000) }
}
