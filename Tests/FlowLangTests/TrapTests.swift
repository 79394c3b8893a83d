import Testing

@testable import FlowLang

/// What YAML does behind an author's back: each is said, where it stands, and nothing else.
@Suite struct `Traps of YAML` {
    @Test(arguments: [
        ("a value that begins with a tag", "  - say: !important message\n", "4:10 yaml-tag"),
        ("a tag of two exclamation marks", "  - say: !!str 5\n", "4:10 yaml-tag"),
        ("an undefined tag handle", "  - say: !no!such thing\n", "4:10 yaml-tag"),
        ("an anchor that takes a word", "  - say: &welcome to us\n", "4:10 cut-text"),
        ("an alias without an anchor", "  - say: *welcome\n", "4:10 unknown-alias"),
        ("a star before a blank", "  - say: * is the star\n", "4:10 yaml-syntax"),
        ("an at sign", "  - say: @us\n", "4:10 yaml-syntax"),
        ("a backtick", "  - say: `us`\n", "4:10 yaml-syntax"),
        ("a percent sign", "  - say: %5\n", "4:10 yaml-syntax"),
        ("a comment behind a text", "  - say: Press # now\n", "4:16 cut-text"),
        ("a comment behind a text in a list", "  - say:\n      - Press # now\n", "5:15 cut-text"),
        ("a comment behind a text over lines", "  - say: Press\n      hash # now\n", "5:12 cut-text"),
        ("a comment behind a quoted text", "  - say: \"Press\" # now\n", ""),
        ("a hash within a word", "  - say: Press C#, or #1\n", "4:23 cut-text"),
        ("comments behind what is no text", "  - pause: 1s # short\n  - goto: start # again\n", ""),
        ("a colon in a text", "  - say: Note: hear this\n", "4:14 unquoted-colon"),
        ("a colon at a text's end", "  - say: Choose one:\n", "4:20 unquoted-colon"),
        ("two colons in a text", "  - say: a: b: c\n", "4:11 unquoted-colon"),
        ("a time in a text", "  - say: We open at 9:30\n", ""),
        ("a hole in braces", "  - set: {a: ${b}, c: d}\n", "4:14 unquoted-hole"),
        ("two holes in braces", "  - set: {a: ${b}, c: ${d}}\n", "4:14 unquoted-hole;4:23 unquoted-hole"),
        ("a hole with a call in braces", "  - set: {a: ${f(x, 'y')}}\n", "4:14 unquoted-hole"),
        ("a hole in brackets", "  - say: [Hello, ${b}]\n", "4:18 unquoted-hole"),
        ("a comma in braces", "  - say: {en: Hello, you}\n", "4:22 missing-value"),
        ("a quote that ends too early", "  - say: \"Stop\" means stop\n", "4:17 yaml-syntax"),
        ("a single quote that ends too early", "  - say: 'Tis' the season\n", "4:16 yaml-syntax"),
        ("a quote that never ends", "  - say: \"Hello\n", "4:10 unclosed-quote"),
        ("a quote that ends in the next step", "  - say: 'Hello\n  - say: 'Bye'\n", "4:10 unclosed-quote"),
        ("an escape that isn't one", "  - say: \"C:\\dir\"\n", "4:13 yaml-syntax"),
        ("a tab before a step", "\t- hangup\n", "4:1 tab-indent"),
        ("a tab after blanks", "  - say: x\n    \tloop: 2\n", "5:5 tab-indent"),
        ("a tab within a text", "  - say: a\tb\n", ""),
        ("a list in place of a key", "  - log:\n      [a, b]: c\n", "5:7 complex-key"),
        ("a mapping as a key", "  - log:\n      ? {a: b}\n      : c\n", "5:9 complex-key"),
        ("no key at all", "  - log: {: c}\n", "4:11 yaml-syntax"),
        ("a merge key", "  - log:\n      <<: {a: b}\n      c: d\n", "5:7 merge-key"),
        ("a quoted merge key", "  - log: {\"<<\": b}\n", ""),
        ("the same key twice", "  - log: {a: b, a: c}\n", "4:17 duplicate-key"),
        ("the same key in two spellings", "  - log: {a: b, \"a\": c}\n", "4:17 duplicate-key"),
        ("a second document", "  - hangup\n---\na: b\n", "5:1 several-documents"),
        ("the end of the document", "  - hangup\n...\n", ""),
        ("a directive in the middle", "  - hangup\n%TAG ! x\n", "5:1 yaml-directive"),
        ("a list on its key's line", "  - say: - Hello\n", "4:10 yaml-syntax"),
        ("a word alone", "  - say: Hello\n    loop\n", "5:5 yaml-syntax"),
        ("NUL", "  - say: a\u{0}b\n", "4:11 invalid-character"),
        ("NEL", "  - say: a\u{85}b\n", "4:11 invalid-character"),
        ("a paragraph separator", "  - say: a\u{2029}b\n", "4:11 invalid-character"),
        ("a byte order mark inside", "  - say: a\u{FEFF}b\n", "4:11 invalid-character"),
        ("a delete character", "  - say: a\u{7F}b\n", "4:11 invalid-character"),
        ("the first and second letter of a family", "  - say: 👩‍👩‍👧 é e\u{301}\n", ""),
        ("an empty text", "  - say:\n", "4:5 missing-value"),
        ("a null", "  - say: ~\n  - say: null\n  - say: no\n", ""),
    ])
    func `are explained`(name: String, step: String, expected: String) {
        let file = SourceFile(id: 0, name: "test.yaml", text: "flow: test\nchannel: voice\nsteps:\n\(step)")
        let problems = parse(file).diagnostics.sorted()
        let found = problems.map { problem in
            let position = file.position(of: problem.span.lower)
            return "\(position.line):\(position.column) \(problem.code.rawValue)"
        }
        #expect(
            found.joined(separator: ";") == expected, "\(DiagnosticRenderer(files: [file]).render(problems))")
    }

    @Test(arguments: [
        [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0xC0, 0x80], [0x61, 0xED, 0xA0, 0x80],
        [0xE2, 0x82],
    ])
    func `other encodings than UTF-8 are named`(bytes: [UInt8]) {
        let found = parse(SourceFile(id: 0, name: "test.yaml", bytes: bytes)).diagnostics
        #expect(found.items.first?.code == .invalidUTF8)
    }

    @Test func `aliases repeat what was written`() {
        let text = "flow: t\nchannel: sms\nsteps:\n  - log: {a: &x \"1\", b: *x}\n  - end\n"
        let parsed = parse(SourceFile(id: 0, name: "test.yaml", text: text))
        #expect(parsed.diagnostics.items.isEmpty)
        guard case .assignments(let assignments) = parsed.flow.states.first?.steps.first?.argument else {
            Issue.record("no assignments")
            return
        }
        #expect(assignments.map(\.value.literal) == ["1", "1"])
    }

    @Test func `an alias of what it stands in refers to nothing`() {
        let file = SourceFile(id: 0, name: "test.yaml", text: "a: &a [*a]\n")
        #expect(parse(file).diagnostics.items.contains { $0.code == .unknownAlias })
    }

    @Test func `aliases can't nest deeper than collections`() {
        var text = "a0: &a0 [x]\n"
        for level in 1...80 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(
            parse(SourceFile(id: 0, name: "test.yaml", text: text)).diagnostics.items.contains {
                $0.code == .tooDeep
            })
    }
}
