import FlowCompiler
import FlowLang
import FlowTestSupport
import Testing

@Suite("Fixes")
struct FixTests {
    @Test(
        "What can only have meant one thing is mended",
        arguments: [
            ("  - say: @home is our slogan.\n", "  - say: \"@home is our slogan.\"\n"),
            ("  - say: '!'\n  - say: `quoted`\n", "  - say: '!'\n  - say: \"`quoted`\"\n"),
            ("  - say: &now or never\n", "  - say: \"&now or never\"\n"),
            ("  - say: Wel\u{2028}come\n", "  - say: Welcome\n"),
            (
                "  - menu: {say: \"${call.from}\", choices: {1: hangup}, otherwise: hangup}\n    prompt: Hello\n",
                nil
            ),
            (
                "  - set: {x: ${call.from}}\n  - say: ${x}\n",
                "  - set: {x: \"${call.from}\"}\n  - say: ${x}\n"
            ),
            (
                "  - menu: One.\n    choices:\n      *: again\n      1: hangup\n    otherwise: hangup\n",
                "  - menu: One.\n    choices:\n      star: again\n      1: hangup\n    otherwise: hangup\n"
            ),
            (
                "  - menu: One.\n    choices:\n      #: again\n      1: hangup\n    otherwise: hangup\n",
                "  - menu: One.\n    choices:\n      pound: again\n      1: hangup\n    otherwise: hangup\n"
            ),
            (
                "  - if: call.from = '+15555550123' && call.to != call.from || 1 < 2\n    then: [{say: Hi}]\n",
                "  - if: call.from == '+15555550123' and call.to != call.from or 1 < 2\n    then: [{say: Hi}]\n"
            ),
            ("  - set: {x: \"${digits_of('42')}\"}\n", nil),
            (
                "  - ask: Your code?\n    into: code\n    as: digits(4)\n    otherwise: hangup\n  - if: code == 1234\n    then: [{say: Hi}]\n",
                "  - ask: Your code?\n    into: code\n    as: digits(4)\n    otherwise: hangup\n  - if: code == '1234'\n    then: [{say: Hi}]\n"
            ),
            // A leading zero is no number's: the fix would change the key.
            (
                "  - ask: Your code?\n    into: code\n    as: digits(4)\n    otherwise: hangup\n  - if: code == 0123\n    then: [{say: Hi}]\n",
                nil
            ),
            // The nearest name is a guess.
            ("  - goto: strat\n", nil),
        ])
    func mended(_ steps: String, _ expected: String?) {
        let head = "flow: help-desk\nchannel: voice\nsteps:\n"
        let file = SourceFile(id: 0, name: "flow.yaml", text: head + steps + "  - hangup\n")
        let fixed = fix([file], options: options)
        let text = String(decoding: fixed.files[0].bytes, as: UTF8.self)
        #expect(text == head + (expected ?? steps) + "  - hangup\n")
        if expected != nil {
            #expect(fixed.diagnostics.filter { $0.severity == .error }.map(\.headline) == [])
        }
        #expect(fix(fixed.files, options: options).counts.isEmpty)
    }

    @Test("Tabs that indent become levels")
    func tabs() {
        func mended(_ text: String) -> String {
            let fixed = fix([SourceFile(id: 0, name: "flow.yaml", text: text)], options: options)
            return String(decoding: fixed.files[0].bytes, as: UTF8.self)
        }
        #expect(
            mended("flow: a\nchannel: sms\nsteps:\n\t- if: 1 < 2\n\t\tthen:\n\t\t\t- say: A\ttab.\n\t- end\n")
                == "flow: a\nchannel: sms\nsteps:\n  - if: 1 < 2\n    then:\n      - say: A\ttab.\n  - end\n")
        // How wide was it meant to be? That is for people to say.
        let mixed = "flow: a\nchannel: sms\nsteps:\n  - if: 1 < 2\n\tthen: [{say: Hi}]\n  - end\n"
        #expect(mended(mixed) == mixed)
        let found = compile([SourceFile(id: 0, name: "flow.yaml", text: mixed)], options: options).diagnostics
        #expect(found.first?.fix?.new == "  then: [{say: Hi}]")
    }

    @Test(
        "A zone is told by its place, or by nearly its name",
        arguments: [
            ("Berlin", "Europe/Berlin"), ("US/New_York", "America/New_York"),
            ("america/new york", "America/New_York"),
            ("Europe/Berln", "Europe/Berlin"), ("America/Boston", nil), ("EST", "America/New_York"),
            ("XYZ", nil),
        ])
    func zones(_ written: String, _ meant: String?) {
        let text = "flow: a\nchannel: sms\ntimezone: \(written)\nsteps:\n  - end\n"
        let zones = ["America/Bogota", "America/New_York", "Europe/Berlin"]
        let options = CompilerOptions(knowsTimezone: { zones.contains($0) }, timezones: { zones })
        let found = compile([SourceFile(id: 0, name: "flow.yaml", text: text)], options: options).diagnostics
        #expect(found.map(\.code) == [.unknownTimezone])
        #expect(found.first?.fix?.new == meant)
    }

    @Test("A byte order mark goes")
    func byteOrderMark() {
        let text = "flow: help-desk\nchannel: voice\nsteps:\n  - hangup\n"
        let fixed = fix([SourceFile(id: 0, name: "flow.yaml", text: "\u{FEFF}" + text)], options: options)
        #expect(String(decoding: fixed.files[0].bytes, as: UTF8.self) == text)
        #expect(fixed.counts == [0: 1])
    }

    static let corpus = Repository.files(in: "Tests/Corpus/rejected", ending: ".yaml")

    @Test("Fixing a wrong flow solves problems, and a second time changes nothing", arguments: corpus)
    func idempotent(_ test: TestFile) {
        let file = SourceFile(id: 0, name: test.name, bytes: test.bytes)
        let fixed = fix([file], options: options)
        guard fixed.counts[0] != nil else { return #expect(fixed.files[0].bytes == file.bytes) }
        let again = fix(fixed.files, options: options)
        #expect(again.counts.isEmpty)
        #expect(again.files[0].bytes == fixed.files[0].bytes)
    }

    @Test("The nearest name is offered as a guess, at its place")
    func guess() throws {
        let file = SourceFile(
            id: 0, name: "flow.yaml",
            text: "flow: help-desk\nchannel: voice\nsteps:\n  - goto: strat\n")
        let found = compile([file], options: options).diagnostics
        let fix = try #require(found.first?.fix)
        #expect(fix.new == "start" && fix.applies(to: file) && !fix.isSafe)
    }

    private let options = CompilerOptions(knowsTimezone: { _ in true })
}
