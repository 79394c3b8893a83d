import Testing

@testable import FlowLang

/// The bounds of a file and of its expressions: within them everything is read, beyond them it is said.
@Suite struct `Bounds of a file` {
    @Test func `ten thousand keys of a mapping are read`() {
        let keys = (0..<10_000).map { "      k\($0): x\n" }.joined()
        let parsed = parse(text: "flow: t\nchannel: sms\nsteps:\n  - log:\n\(keys)  - end\n")
        #expect(parsed.diagnostics.items.isEmpty)
        guard case .assignments(let assignments) = parsed.flow.states.first?.steps.first?.argument else {
            Issue.record("no assignments")
            return
        }
        #expect(assignments.count == 10_000)
    }

    @Test func `of fifty thousand unknown keys a hundred are named and the others counted`() {
        let found = parse(text: (0..<50_000).map { "k\($0): x\n" }.joined()).diagnostics
        #expect(found.items.count == YAMLLimits.maxProblems + 1)
        #expect(found.items.contains { $0.code == .tooManyProblems && $0.headline.contains("49") })
    }

    @Test func `a text of nearly a megabyte is read`() {
        let long = String(repeating: "a", count: 1_000_000)
        let parsed = parse(text: "flow: t\nchannel: sms\nsteps:\n  - say: \"\(long)\"\n  - end\n")
        #expect(parsed.diagnostics.items.isEmpty)
    }

    @Test func `aliases that double again and again are refused`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            text +=
                "a\(level): &a\(level) [\((0..<8).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
        }
        #expect(codes(text).contains(.tooManyNodes))
    }

    @Test(arguments: [(10, true), (31, true), (32, false), (10_000, false)])
    func `steps are read inside each other down to the bound`(levels: Int, isRead: Bool) {
        var text = "flow: t\nchannel: sms\nsteps: "
        text += String(repeating: "[{if: true, then: ", count: levels) + "[end]"
        text += String(repeating: "}, end]", count: levels) + "\n"
        #expect(codes(text).contains(.tooDeep) == !isRead)
    }

    @Test(arguments: [
        ("(", "true", ")"), ("not ", "true", ""), ("lower(", "'a'", ")"), ("[", "1", "]"), ("-", "1", ""),
        ("", "a", ".b"), ("", "a", "[0]"), ("", "a", " + a"), ("", "a", " and a"), ("", "a", " ?? a"),
        ("", "a", " == a"),
        ("if(true, ", "1", ", 2)"),
    ])
    func `expressions inside each other end at a bound`(before: String, inside: String, after: String) {
        for count in [20, 200, 400, 5_000] {
            let expression =
                String(repeating: before, count: count) + inside + String(repeating: after, count: count)
            let found = codes(
                "flow: t\nchannel: sms\nsteps:\n  - if: \"\(expression)\"\n    then: end\n  - end\n")
            #expect(found.isEmpty == (count == 20) || after == " == a", "\(count): \(found)")
        }
    }

    @Test(arguments: ["\\ud800", "\\udc00\\ud800", "\\U00110000", "\\UFFFFFFFF", "\\xZ", "\\u12"])
    func `an escape that is no character is refused where it stands`(escape: String) {
        let parsed = parse(text: "flow: t\nchannel: sms\nsteps:\n  - say: \"a \(escape)\"\n  - end\n")
        #expect(parsed.diagnostics.items.map(\.code) == [.yamlSyntax])
    }

    @Test func `one key in two normal forms is there twice`() {
        let text = "flow: t\nchannel: sms\nsteps:\n  - log: {\"\u{E9}\": a, \"e\u{301}\": b}\n  - end\n"
        #expect(codes(text).contains(.duplicateKey))
    }

    @Test(arguments: [100, 101, 40_000])
    func `a flow has a hundred languages at most`(count: Int) {
        let letters = Array("abcdefghijklmnopqrstuvwxyz").map(String.init)
        let tags = (0..<count).map {
            "en-\(letters[$0 % 26])\(letters[$0 / 26 % 26])\(letters[$0 / 676 % 26])x\(letters[$0 / 17_576])"
        }
        let parsed = parse(
            text: "flow: t\nchannel: sms\nlanguages: [\(tags.joined(separator: ", "))]\nsteps:\n  - end\n")
        #expect(parsed.flow.languages.count == 100)
        #expect(parsed.diagnostics.items.map(\.code) == (count > 100 ? [.invalidLanguage] : []))
    }

    @Test func `a channel that is there twice counts once`() {
        let parsed = parse(text: "flow: t\nchannel: [voice, sms, voice]\nsteps:\n  - end\n")
        #expect(parsed.flow.channels.map(\.value) == [.voice, .sms])
        #expect(parsed.diagnostics.items.map(\.code) == [.duplicateName])
    }

    private func parse(text: String) -> ParsedFlow {
        FlowLang.parse(SourceFile(id: 0, name: "test.yaml", text: text))
    }

    private func codes(_ text: String) -> [DiagnosticCode] { parse(text: text).diagnostics.items.map(\.code) }
}
