import FlowRuntime
import Testing

@Suite struct MaskingTests {
    @Test(arguments: [
        ("+15555550123", "+15*******23"), ("client:ann", "client:***"),
        ("sip:ann@example.com", "sip:***************"),
        ("5550", "****"), ("", ""),
    ])
    func `a number keeps its beginning and its end`(number: String, shown: String) {
        #expect(maskedNumber(number) == shown)
    }

    @Test(arguments: [
        ("+15555550123", "+15*******23"), ("from +15555550123 at 10:30", "from +*********23 at 10:30"),
        ("5555550123", "********23"), ("0015555550123", "***********23"), ("5550123", "*****23"),
        ("+15555550199", "+15555550199"), ("order 481516", "order 481516"), ("Ann", "Ann"), ("", ""),
    ])
    func `a text shows no number of these people, however it is written`(text: String, shown: String) {
        #expect(masked(text, hiding: ["+15555550123", ""]) == shown)
    }

    @Test func `short numbers hide nothing of other texts`() {
        #expect(masked("12345 and 1234567", hiding: ["12345"]) == "12345 and 1234567")
        #expect(masked("12345", hiding: ["12345"]) == "*****")
    }
}
