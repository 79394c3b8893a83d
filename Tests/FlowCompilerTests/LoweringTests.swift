import FlowCompiler
import FlowLang
import FlowProgram
import Foundation
import Testing

@Suite("Lowering")
struct LoweringTests {
    private func program(_ text: String) throws -> Program {
        let compilation = compiled([SourceFile(id: 0, name: "flow.yaml", text: text)])
        #expect(compilation.diagnostics.map(\.headline) == [])
        return try #require(compilation.programs.first).program
    }

    private func listing(_ text: String) throws -> String {
        try program(text).listing(sourceMap: nil)
    }

    @Test("Outcomes that share `otherwise` share its steps, however deeply they are nested")
    func sharedOtherwise() throws {
        var text = "flow: chain\nchannel: voice\nsteps:\n"
        var indent = "  "
        for _ in 1...12 {
            text += "\(indent)- dial: \"+15555550111\"\n\(indent)  otherwise:\n"
            indent += "    "
        }
        text += "\(indent)- hangup\n"
        let dials = try program(text).operations.filter { if case .dial = $0 { true } else { false } }
        #expect(dials.count == 12)
    }

    @Test("A composed and a decomposed letter are two texts")
    func exactTexts() throws {
        let program = try program(
            "flow: exact\nchannel: sms\nsteps:\n  - say: caf\u{E9}\n  - say: cafe\u{301}\n  - end\n")
        #expect(program.statics.map { Array($0.xml.utf8) }.contains(Array("caf\u{E9}".utf8)))
        #expect(program.statics.map { Array($0.xml.utf8) }.contains(Array("cafe\u{301}".utf8)))
    }

    @Test("An unquoted null is JSON's, a quoted one is a text")
    func null() throws {
        let text = try listing(
            """
            flow: task
            channel: voice
            steps:
              - enqueue:
                  workflow: WW00000000000000000000000000000001
                  task: {a: null, b: "null", c: [null]}
                otherwise: hangup
            """)
        #expect(text.contains(#"{"a":null,"b":"null","c":[null]}"#))
    }

    @Test("The default timeout is for questions, not for ringing, recording or fetching")
    func defaultTimeout() throws {
        let text = try listing(
            """
            flow: waits
            channel: voice
            defaults: {timeout: 20s, otherwise: bye}
            states:
              start:
                - fetch: https://api.example.com/
                - menu: Press 1.
                  choices: {"1": next}
                - record
                - dial: "+15555550111"
              bye:
                - hangup
            """)
        #expect(text.contains("timeout 4000ms"))
        #expect(text.contains(#"<Gather action="{url}" input="dtmf" timeout="20""#))
        #expect(text.contains(#"<Record action="{url}"/>"#))
        #expect(text.contains(#"<Dial action="{url}">"#))
    }

    @Test("A prompt with short values is said as one")
    func shortValues() throws {
        let text = try listing(
            """
            flow: numbers
            channel: voice
            params: {Count: integer, Price: money(USD), Day: date, Code: digits(6)}
            steps:
              - say: ${Count} for ${Price} on ${Day}, code ${Code}, not ${Code}.
              - hangup
            """)
        #expect(text.components(separatedBy: "<Say>").count == 3)
    }

    @Test("`first(x, n)` in a message says how much of a text is shown")
    func shownLength() throws {
        let holes = try program(
            """
            flow: excerpt
            channel: sms
            steps:
              - say: ${message.body} ${first(message.body, 1000)}
              - end
            """
        ).operations.flatMap { operation -> [Hole] in
            guard case .emit(let rendering) = operation else { return [] }
            return rendering.pieces(in: 0).compactMap { if case .hole(let hole) = $0 { hole } else { nil } }
        }
        #expect(holes.map(\.limit) == [300, 1000])
    }

    @Test("A part in another language stands apart from the words beside it")
    func joinedLanguages() throws {
        let text = try listing(
            """
            flow: greeting
            channel: sms
            languages: [en-US, es-MX]
            steps:
              - say:
                  en-US: [Hello, {in: es-MX, say: hola}, {in: es-MX, say: "!"}, Bye.]
                  es-MX: Hola.
              - end
            """)
        #expect(text.contains("[en-US] Hello hola! Bye."))
    }
}
