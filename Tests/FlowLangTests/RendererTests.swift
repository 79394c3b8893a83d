import Testing

@testable import FlowLang

@Suite struct `Printed diagnostics` {
    @Test func `show place, excerpt, notes and help`() {
        let text = "flow: a\n  loop: 2\n  loop: 3\n"
        let printed = render(
            text, "loop", 2, .duplicateKey,
            notes: [.init("first written here", at: span(of: "loop", 1, in: text))],
            help: "Remove one of them.")
        #expect(
            printed == """
                flows/a.yaml:3:3: error[duplicate-key]: a headline
                  |
                3 |   loop: 3
                  |   ^^^^
                flows/a.yaml:2:3: note: first written here
                  |
                2 |   loop: 2
                  |   ----
                help: Remove one of them.

                """)
    }

    @Test(arguments: [
        ("tabs", "a:\tx y", "x", "1 | a:  x y", "  |     ^"),
        ("letters beyond ASCII", "größe: x", "x", "1 | größe: x", "  |        ^"),
        ("decomposed letters", "gro\u{308}ße: x", "x", "1 | gro\u{308}ße: x", "  |        ^"),
        ("wide letters", "日本: x日", "x日", "1 | 日本: x日", "  |       ^^^"),
        ("emoji", "👋 hello", "hello", "1 | 👋 hello", "  |    ^^^^^"),
        ("bidi controls", "a\u{202E}b x", "x", "1 | a<U+202E>b x", "  |            ^"),
        ("control characters", "a\u{1B}[2J x", "x", "1 | a<U+001B>[2J x", "  |              ^"),
        ("Windows line ends", "say: x\r\nb", "x", "1 | say: x", "  |      ^"),
    ])
    func `underline the right columns`(
        name: String, text: String, marked: String, line: String, carets: String
    ) {
        let lines = render(text, marked, 1, .unknownKey).split(separator: "\n")
        #expect(lines.dropFirst(2).prefix(2).map(String.init) == [line, carets])
    }

    @Test func `show the first and the last line of a long span`() {
        let text = "say: one\n  two\n  three\nend: x\n"
        #expect(
            render(text, "one\n  two\n  three", 1, .cutText) == """
                flows/a.yaml:1:6: error[cut-text]: a headline
                  |
                1 | say: one
                  |      ^^^
                ...
                3 |   three
                  |   ^^^^^

                """)
    }

    @Test func `mark one column where nothing stands`() {
        let file = SourceFile(id: 3, name: "a.yaml", text: "say:\n")
        let diagnostic = Diagnostic(.missingValue, "nothing", at: Span(source: 3, 4..<4))
        #expect(DiagnosticRenderer(files: [file]).render(diagnostic).hasSuffix("1 | say:\n  |     ^\n"))
    }

    @Test func `are coloured on request and else the same`() {
        let plain = render("x: 1\n", "x", 1, .unreachableStep)
        let coloured = render("x: 1\n", "x", 1, .unreachableStep, isColoured: true)
        #expect(plain.hasPrefix("flows/a.yaml:1:1: warning[unreachable-step]: a headline\n"))
        #expect(coloured.hasPrefix("flows/a.yaml:1:1: \u{1B}[1;33mwarning[unreachable-step]\u{1B}[0m: "))
        #expect(withoutColours(coloured) == plain)
    }

    @Test func `survive a span outside of the file and a file that isn't there`() {
        let renderer = DiagnosticRenderer(files: [SourceFile(id: 0, name: "a.yaml", text: "x")])
        #expect(
            renderer.render(Diagnostic(.unknownKey, "h", at: Span(source: 0, 90..<95))).hasPrefix(
                "a.yaml:1:2: "))
        #expect(
            renderer.render(Diagnostic(.unknownKey, "h", at: Span(source: 9, 0..<5)))
                == "?: error[unknown-key]: h\n")
    }

    @Test func `for machines are one line of JSON`() {
        let file = SourceFile(id: 0, name: "a\"b.yaml", text: "ü: x\ny: 2\n")
        let diagnostic = Diagnostic(
            .duplicateKey, "a \\ and\n\u{1}", at: Span(source: 0, 4..<5),
            notes: [.init("first", at: Span(source: 0, 6..<7)), .init("second")], help: "Do it.")
        #expect(
            DiagnosticRenderer(files: [file]).renderJSON(diagnostic)
                == #"{"file":"a\"b.yaml","line":1,"column":4,"endLine":1,"endColumn":5,"severity":"error","#
                + #""code":"duplicate-key","message":"a \\ and\n\u0001","help":"Do it.","notes":["#
                + #"{"file":"a\"b.yaml","line":2,"column":1,"endLine":2,"endColumn":2,"message":"first"},"#
                + #"{"message":"second"}],"fix":null}"#)
    }

    private func render(
        _ text: String, _ marked: String, _ occurrence: Int, _ code: DiagnosticCode,
        notes: [Diagnostic.Note] = [],
        help: String? = nil, isColoured: Bool = false
    ) -> String {
        let file = SourceFile(id: 0, name: "flows/a.yaml", text: text)
        let diagnostic = Diagnostic(
            code, "a headline", at: span(of: marked, occurrence, in: text), notes: notes, help: help)
        return DiagnosticRenderer(files: [file], isColoured: isColoured).render(diagnostic)
    }

    private func withoutColours(_ text: String) -> String {
        text.split(separator: "\u{1B}[").enumerated().map { index, part in
            index == 0 ? String(part) : String(part.drop { $0 != "m" }.dropFirst())
        }.joined()
    }
}

private func span(of word: String, _ occurrence: Int, in text: String) -> Span {
    let (bytes, wanted) = (Array(text.utf8), Array(word.utf8))
    var left = occurrence
    for offset in 0...(bytes.count - wanted.count) where bytes[offset...].starts(with: wanted) {
        left -= 1
        if left == 0 { return Span(source: 0, offset..<offset + wanted.count) }
    }
    return Span(source: 0, 0..<0)
}
