import Testing
import TwiML

@Suite struct Escaping {
    @Test(arguments: [
        ("a & b", "a &amp; b"),
        ("<Say>", "&lt;Say&gt;"),
        ("<\u{338}", "&lt;\u{338}"),
        ("&\u{301}", "&amp;\u{301}"),
        ("it's", "it's"),
        (#"say "hi""#, #"say "hi""#),
        ("]]>", "]]&gt;"),
        ("&amp;", "&amp;amp;"),
        ("a\r\nb\rc", "a&#13;\nb&#13;c"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\u{0}b\u{1B}c\u{7F}", "abc\u{7F}"),
        ("a\u{FFFE}b\u{FFFF}c\u{FFFD}", "abc\u{FFFD}"),
        ("Español 你好 😀", "Español 你好 😀"),
    ])
    func `of a text keeps its meaning`(_ text: String, _ escaped: String) {
        #expect(Array(escapeText(text).utf8) == Array(escaped.utf8))
    }

    @Test(arguments: [
        ("\"", "&quot;"),
        ("\"\u{301}", "&quot;\u{301}"),
        ("it's", "it's"),
        ("a\tb\nc\rd", "a&#9;b&#10;c&#13;d"),
        ("<&>", "&lt;&amp;&gt;"),
    ])
    func `of an attribute keeps its meaning`(_ text: String, _ escaped: String) {
        #expect(Array(escapeAttribute(text).utf8) == Array(escaped.utf8))
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
            ([0xC3], "\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xC0, 0xBC, 0x3C], "\u{FFFD}\u{FFFD}&lt;"),
        ] as [([UInt8], String)])
    func `makes malformed bytes harmless`(_ bytes: [UInt8], _ escaped: String) {
        var output: [UInt8] = []
        appendEscaped(bytes, in: .text, to: &output)
        #expect(output == Array(escaped.utf8))
    }

    @Test func `appends behind what is there`() {
        var output = Array("<Say>".utf8)
        appendEscaped("a<b".utf8, to: &output)
        #expect(output == Array("<Say>a&lt;b".utf8))
    }
}
