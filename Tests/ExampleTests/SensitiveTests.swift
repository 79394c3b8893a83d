import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowTestSupport
import FlowWebhook
import Testing

/// What answers a sensitive question is shown nowhere.
@Suite("Sensitive questions")
struct SensitiveTests {
    private static let call = """
        flow: private
        channel: voice
        steps:
          - menu: Press 1 or 2.
            choices: {1: next, 2: next}
            sensitive: true
            otherwise: hangup
          - ask: Your PIN?
            as: digits(4)
            into: pin
            sensitive: true
            otherwise: hangup
          - gather: Say your name.
            input: [dtmf, speech]
            into: name
            sensitive: true
            otherwise: hangup
          - ask: How many?
            as: integer(1..9)
            into: count
            otherwise: hangup
          - if: name.speech == 'Ann' and pin == '1234'
            then:
              - say: "${count}"
          - hangup

        """

    private static let text = """
        flow: private
        channel: sms
        steps:
          - ask: Your word?
            as: text(20)
            into: word
            sensitive: true
            otherwise: end
          - menu: Red or green?
            choices: {red: next, green: next}
            sensitive: true
            otherwise: end
          - ask: And your town?
            as: text(20)
            into: town
            otherwise: end
          - if: word == 'sesame'
            then: [{say: "${town}"}]
          - end

        """

    private func played(_ flow: String, _ lines: String, masks: Bool) async throws -> String {
        let compilation = compile(
            [SourceFile(id: 0, name: "private.yaml", text: flow)],
            options: CompilerOptions(knowsTimezone: { _ in true }))
        #expect(compilation.diagnostics.filter { $0.severity == .error } == [])
        let (script, problems) = TranscriptScript.parse("flow: private\n" + lines)
        #expect(problems == [])
        let line = try LocalLine(
            try Deployment(compilation.programs, environment: [:]),
            fetcher: try CannedFetcher(json: Array("[]".utf8)))
        var shown: [String] = []
        await Transcript.play(
            script, phone: PhoneSettings(), transport: line.transport, setClock: { line.setClock(to: $0) },
            besides: line.besides, masks: masks
        ) { shown.append($0) }
        return shown.joined(separator: "\n")
    }

    private static let inputs = "call\npress 2\npress 12#\npress 1234\nsay Ann\npress 7\n"

    @Test("A call's answers to sensitive questions are masked, wrong ones too, and others aren't")
    func masked() async throws {
        let shown = try await played(Self.call, Self.inputs, masks: true)
        let typed = shown.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(
            typed == [
                "flow: private", "call", "press ****", "press ****", "press ****", "say ****", "press 7",
            ], "\(shown)")
        #expect(!shown.contains("1234") && !shown.contains("Ann") && !shown.contains("12"))
        #expect(shown.contains("say 7"))
    }

    @Test("A transcript that is played again has them as they are")
    func unmasked() async throws {
        let shown = try await played(Self.call, Self.inputs, masks: false)
        #expect(shown.contains("\npress 1234\n") && shown.contains("\nsay Ann\n"))
    }

    @Test("So it is in a text conversation")
    func texts() async throws {
        let shown = try await played(
            Self.text, "text hello\ntext sesame\ntext red\ntext Boston\n", masks: true)
        let typed = shown.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(
            typed == ["flow: private", "text hello", "text ****", "text ****", "text Boston"], "\(shown)")
        #expect(!shown.contains("sesame"))
    }

    @Test("`flowc talk` masks them in what it prints, webhooks too", arguments: [false, true])
    func talk(_ showsAll: Bool) throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        try shell.write(Self.call, to: "private.yaml")
        let options = showsAll ? "--show-sensitive" : ""
        let result = try shell.run(
            "printf 'call\\npress 2\\npress 1234\\nsay Ann\\npress 7\\n' | flowc talk private.yaml --webhooks \(options) --script -"
        )
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("press 1234") == showsAll)
        #expect(result.output.contains("Digits=1234") == showsAll)
        #expect(result.output.contains("Digits=****") == !showsAll)
        #expect(result.output.contains("SpeechResult=****") == !showsAll)
        #expect(result.output.contains("Digits=7"))
        #expect(result.output.contains("say ****") == !showsAll)
    }

    @Test("What is gathered in secret isn't said", arguments: ["digits", "speech"])
    func gathered(_ field: String) {
        let flow = Self.call.replacing("say: \"${count}\"", with: "say: \"${name.\(field) ?? ''}\"")
        let found = compile(
            [SourceFile(id: 0, name: "private.yaml", text: flow)],
            options: CompilerOptions(knowsTimezone: { _ in true }))
        #expect(found.diagnostics.contains { $0.code == .secretExposed })
    }
}
