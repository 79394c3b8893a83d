import FlowTestSupport
import Testing

@Suite struct Expectations {
    typealias Expected = FlowTestSupport.Expectation

    @Test(arguments: [
        ("a: b", []),
        ("a: b\nc: d # error: [unknown-key]\n", [Expected(line: 2, code: "unknown-key")]),
        (
            "c: d # error: [unknown-key] \"the 'c'\"",
            [Expected(line: 1, code: "unknown-key", text: "the 'c'")]
        ),
        (
            "c # warning: [a] \"x\" # error: [b]",
            [Expected(line: 1, code: "a", text: "x"), Expected(line: 1, code: "b")]
        ),
        ("# expect 5:3 [unclosed-quote]\n", [Expected(line: 5, column: 3, code: "unclosed-quote")]),
        ("# expect 12 [cut-text] \"x\"\n", [Expected(line: 12, code: "cut-text", text: "x")]),
        ("# expect the best\n# errors: none\n", []),
    ])
    func `are read from comments`(text: String, expected: [Expected]) {
        #expect(expectations(in: Array(text.utf8)) == expected)
    }
}
