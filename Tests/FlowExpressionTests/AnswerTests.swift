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

@Suite struct AnswerTests {
    static let keys: [AnswerCase] = [
        AnswerCase("123456", .digits(6...6), "en", .text("123456")),
        AnswerCase("12345", .digits(6...6), "en", nil),
        AnswerCase("12*", .digits(1...6), "en", nil), AnswerCase("", .digits(1...6), "en", nil),
        AnswerCase("42", .integer, "en", .integer(42)), AnswerCase("3*5", .number, "en", .number(3.5)),
        AnswerCase("1", .yesNo, "en", .bool(true)), AnswerCase("2", .yesNo, "en", .bool(false)),
        AnswerCase("3", .yesNo, "en", nil), AnswerCase("2", .words(["a", "b"]), "en", .text("b")),
        AnswerCase("0", .words(["a", "b"]), "en", nil), AnswerCase("3", .words(["a", "b"]), "en", nil),
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
        AnswerCase("treinta y uno", .integer, "es", .integer(31)),
        AnswerCase("quatre-vingt-dix-sept", .integer, "fr", .integer(97)),
        AnswerCase("soixante et onze", .integer, "fr", .integer(71)),
        AnswerCase("vingt et un", .integer, "fr", .integer(21)),
        AnswerCase("nonante deux", .integer, "fr", .integer(92)),
        AnswerCase("einundzwanzig", .integer, "de", .integer(21)),
        AnswerCase("fünfunddreißig", .integer, "de", .integer(35)),
        AnswerCase("zwo drei", .digits(2...2), "de", .text("23")),
        AnswerCase("vinte e três", .integer, "pt-BR", .integer(23)),
        AnswerCase("meia dois", .digits(2...2), "pt-BR", .text("62")),
        AnswerCase("ventotto", .integer, "it", .integer(28)),
        AnswerCase("novantuno", .integer, "it", .integer(91)),
        AnswerCase("seventeen", .integer, "en", .integer(17)),
        AnswerCase("twenty one", .integer, "en", .integer(21)), AnswerCase("two one", .integer, "en", nil),
        AnswerCase("1,200", .integer, "en", .integer(1_200)),
        AnswerCase("-12", .integer, "en", .integer(-12)),
        AnswerCase("007", .integer, "en", .integer(7)), AnswerCase("--1", .integer, "en", nil),
        AnswerCase("99999999999999999999", .integer, "en", nil),
        AnswerCase("3,5", .number, "de", .number(3.5)),
        AnswerCase("3.5.", .number, "en", .number(3.5)), AnswerCase("three", .number, "en", .number(3)),
        AnswerCase("+1 555 555 0100", .phone, "de", .text("+15555550100")),
        AnswerCase("555 555 0100", .phone, "en-US", .text("+15555550100")),
        AnswerCase("Yes, please.", .yesNo, "en", .bool(true)), AnswerCase("Sí", .yesNo, "es", .bool(true)),
        AnswerCase("não", .yesNo, "pt", .bool(false)), AnswerCase("yes", .yesNo, "de", .bool(true)),
        AnswerCase("nein", .yesNo, "de", .bool(false)), AnswerCase("yes and no", .yesNo, "en", nil),
        AnswerCase("d'accord", .yesNo, "fr", .bool(true)), AnswerCase("nothing", .yesNo, "en", nil),
        AnswerCase("I'd like new york please", .words(["york", "new_york"]), "en", .text("new_york")),
        AnswerCase("two", .words(["a", "b"]), "en", .text("b")),
        AnswerCase("red or tan", .words(["red", "tan"]), "en", nil),
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

    @Test("keys have names")
    func keyNames() {
        #expect(SpokenLanguage(tag: "es-MX").words(forKey: "2") == ["dos"])
        #expect(SpokenLanguage(tag: "en").words(forKey: "*").first == "star")
        #expect(SpokenLanguage(tag: "de").words(forKey: "#") == ["raute"])
        #expect(SpokenLanguage(tag: "xx").words(forKey: "07") == [])
    }
}
