import FlowProgram
import FlowRuntime
import Testing

struct AnswerCase: CustomTestStringConvertible {
    var answer: String
    var form: InputForm
    var language: String
    var value: Value?
    var testDescription: String { "\(answer) (\(language))" }

    init(_ answer: String, _ form: InputForm, _ language: String, _ value: Value?) {
        self.answer = answer
        self.form = form
        self.language = language
        self.value = value
    }
}

/// Words as they are answered if nothing is said of them: by their place, or by themselves.
func answered(by words: [String]) -> [AnswerWord] {
    words.enumerated().map { AnswerWord($1, keys: [String($0 + 1)], phrases: [[fold($1)]]) }
}

@Suite struct AnswerTests {
    static let keys: [AnswerCase] = [
        AnswerCase("123456", .digits(6...6), "en", .text("123456")),
        AnswerCase("12345", .digits(6...6), "en", nil),
        AnswerCase("12*", .digits(1...6), "en", nil), AnswerCase("", .digits(1...6), "en", nil),
        AnswerCase("42", .integer(nil), "en", .integer(42)),
        AnswerCase("3*5", .number(nil), "en", .number(3.5)),
        AnswerCase("1", .yesNo, "en", .bool(true)), AnswerCase("2", .yesNo, "en", .bool(false)),
        AnswerCase("3", .yesNo, "en", nil),
        AnswerCase("2", .words(answered(by: ["a", "b"])), "en", .text("b")),
        AnswerCase("0", .words(answered(by: ["a", "b"])), "en", nil),
        AnswerCase("3", .words(answered(by: ["a", "b"])), "en", nil),
        AnswerCase("5555550100", .phone, "en-US", .text("+15555550100")),
        AnswerCase("15555550100", .phone, "en-US", .text("+15555550100")),
        AnswerCase("00442079460018", .phone, "en-GB", .text("+442079460018")),
        AnswerCase("5555550100", .phone, "de-DE", nil),
        AnswerCase("12#", .text(limit: 5), "en", .text("12#")),
        AnswerCase("12", .raw, "en", .record([.text("12"), .none, .none])),
        AnswerCase("a1", .text(limit: 5), "en", nil),
    ]

    @Test("keys become a value", arguments: keys)
    func keysFit(row: AnswerCase) {
        #expect(parseAnswer(keys: row.answer, as: row.form, language: row.language) == row.value)
    }

    static let spoken: [AnswerCase] = [
        AnswerCase("four two", .digits(2...2), "en-US", .text("42")),
        AnswerCase("Forty-two.", .digits(2...2), "en-US", .text("42")),
        AnswerCase("4 2", .digits(2...2), "en", .text("42")),
        AnswerCase("12-34 56", .digits(6...6), "en", .text("123456")),
        AnswerCase("oh five", .digits(2...2), "en", .text("05")),
        AnswerCase("my order is five", .digits(1...6), "en", nil),
        AnswerCase("cuatro dos", .digits(2...2), "es-MX", .text("42")),
        AnswerCase("veintidós", .digits(2...2), "es", .text("22")),
        AnswerCase("treinta y uno", .integer(nil), "es", .integer(31)),
        AnswerCase("quatre-vingt-dix-sept", .integer(nil), "fr", .integer(97)),
        AnswerCase("soixante et onze", .integer(nil), "fr", .integer(71)),
        AnswerCase("vingt et un", .integer(nil), "fr", .integer(21)),
        AnswerCase("nonante deux", .integer(nil), "fr", .integer(92)),
        AnswerCase("einundzwanzig", .integer(nil), "de", .integer(21)),
        AnswerCase("fünfunddreißig", .integer(nil), "de", .integer(35)),
        AnswerCase("zwo drei", .digits(2...2), "de", .text("23")),
        AnswerCase("vinte e três", .integer(nil), "pt-BR", .integer(23)),
        AnswerCase("meia dois", .digits(2...2), "pt-BR", .text("62")),
        AnswerCase("ventotto", .integer(nil), "it", .integer(28)),
        AnswerCase("novantuno", .integer(nil), "it", .integer(91)),
        AnswerCase("seventeen", .integer(nil), "en", .integer(17)),
        AnswerCase("twenty one", .integer(nil), "en", .integer(21)),
        AnswerCase("two one", .integer(nil), "en", nil),
        AnswerCase("1,200", .integer(nil), "en", .integer(1_200)),
        AnswerCase("-12", .integer(nil), "en", .integer(-12)),
        AnswerCase("007", .integer(nil), "en", .integer(7)), AnswerCase("--1", .integer(nil), "en", nil),
        AnswerCase("99999999999999999999", .integer(nil), "en", nil),
        AnswerCase("3,5", .number(nil), "de", .number(3.5)),
        AnswerCase("3.5.", .number(nil), "en", .number(3.5)),
        AnswerCase("three", .number(nil), "en", .number(3)),
        AnswerCase("+1 555 555 0100", .phone, "de", .text("+15555550100")),
        AnswerCase("555 555 0100", .phone, "en-US", .text("+15555550100")),
        AnswerCase("Yes, please.", .yesNo, "en", .bool(true)), AnswerCase("Sí", .yesNo, "es", .bool(true)),
        AnswerCase("não", .yesNo, "pt", .bool(false)), AnswerCase("yes", .yesNo, "de", .bool(true)),
        AnswerCase("nein", .yesNo, "de", .bool(false)), AnswerCase("yes and no", .yesNo, "en", nil),
        AnswerCase("d'accord", .yesNo, "fr", .bool(true)), AnswerCase("nothing", .yesNo, "en", nil),
        AnswerCase(
            "I'd like new york please", .words(answered(by: ["york", "new_york"])), "en", .text("new_york")),
        AnswerCase("two", .words(answered(by: ["a", "b"])), "en", .text("b")),
        AnswerCase("red or tan", .words(answered(by: ["red", "tan"])), "en", nil),
        AnswerCase("  caf\u{65}\u{301} ", .text(limit: 5), "en", .text("café")),
        AnswerCase("too long", .text(limit: 5), "en", nil),
        AnswerCase("   ", .text(limit: 5), "en", nil),
    ]

    @Test("what is said or texted becomes a value", arguments: spoken)
    func spokenFits(row: AnswerCase) {
        #expect(parseAnswer(speech: row.answer, as: row.form, language: row.language) == row.value)
        #expect(parseAnswer(text: row.answer, as: row.form, language: row.language) == row.value)
    }

    static let folds: [(String, String)] = [
        ("  Hello,  WORLD! ", "hello world"), ("", ""), ("?!", ""), ("Español", "espanol"),
        ("e\u{301}TÉ", "ete"),
        ("Straße", "strasse"), ("Łódź Ærø", "lodz aero"), ("l'agent", "l agent"), ("İstanbul", "istanbul"),
        ("a1-b2", "a1 b2"), ("ПРИВЕТ, мир", "привет мир"), ("日本", "日本"), ("x\u{200B}y🙂z", "x y z"),
    ]

    @Test("an answer is folded to letters and digits", arguments: folds)
    func foldsTo(row: (String, String)) {
        #expect(fold(row.0) == row.1)
        #expect(fold(row.1) == row.1)
    }

    @Test("every number of 0...99 that we name is heard again", arguments: SpokenLanguage.allCases)
    func numbersRoundTrip(language: SpokenLanguage) {
        for number in 0...99 {
            for name in language.names(of: number) {
                #expect(language.spokenNumber(name) == Int64(number), "\(name)")
                #expect(fold(name) == name)
            }
            #expect(!language.names(of: number).isEmpty)
        }
    }

    @Test("numbers up to 999,999 that we name are heard again", arguments: SpokenLanguage.allCases)
    func largeNumbersRoundTrip(language: SpokenLanguage) {
        let edges = [
            100, 101, 110, 199, 200, 999, 1_000, 1_001, 1_100, 1_999, 2_026, 10_000, 21_021, 99_999, 100_000,
            999_999,
        ]
        for number in edges + stride(from: 103, to: 1_000_000, by: 7_919) {
            for name in language.names(of: number) {
                #expect(language.spokenNumber(name) == Int64(number), "\(name)")
            }
            #expect(!language.names(of: number).isEmpty)
        }
        #expect(language.names(of: 1_000_000).isEmpty)
    }

    @Test("keys have names")
    func keyNames() {
        #expect(SpokenLanguage(tag: "es-MX").words(forKey: "2") == ["dos"])
        #expect(SpokenLanguage(tag: "en").words(forKey: "*").first == "star")
        #expect(SpokenLanguage(tag: "de").words(forKey: "#") == ["raute"])
        #expect(SpokenLanguage(tag: "xx").words(forKey: "07") == [])
    }
}
