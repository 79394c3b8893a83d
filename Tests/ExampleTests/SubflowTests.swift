import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowWebhook
import Testing

/// Flows that run each other, called.
@Suite("Subflows")
struct SubflowTests {
    private func played(_ flows: [String], _ inputs: String) async throws -> [String] {
        let files = flows.enumerated().map { SourceFile(id: UInt32($0), name: "flow-\($0).yaml", text: $1) }
        let compilation = compile(files, options: CompilerOptions(knowsTimezone: { _ in true }))
        try #require(compilation.diagnostics.filter { $0.code != .unusedName }.map(\.headline) == [])
        let line = try LocalLine(
            Deployment(
                compilation.programs.filter { $0.sourceMap.files.first == "flow-0.yaml" }, environment: [:]),
            fetcher: CannedFetcher(json: Array("[]".utf8)))
        let (script, problems) = TranscriptScript.parse("flow: entry\n\n" + inputs)
        try #require(problems == [])
        let text = await Transcript.play(script, transport: line.transport, besides: line.besides)
        return text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("  ") }
    }

    private func entry(_ steps: String, _ rest: String = "") -> String {
        "flow: entry\nchannel: voice\nsteps:\n\(steps)\n  - hangup\n\(rest)"
    }

    @Test("A flow that is run again begins anew")
    func anew() async throws {
        let inner = """
            flow: inner
            channel: voice
            params: {word: "text(20)?"}
            vars: {count: {type: integer, initial: 1}}
            returns: text(20)
            steps:
              - set: {count: "${count + 1}"}
              - menu: ${count} for ${word ?? 'nothing'}, press 1.
                choices:
                  1:
                    - return: ${word ?? 'none'}
                otherwise: hangup
            """
        let lines = try await played(
            [
                entry(
                    """
                      - run: inner
                        with: {word: one}
                        into: first
                      - run: inner
                        into: second
                      - say: ${first} and ${second}.
                    """), inner,
            ], "call\npress 1\npress 1\n")
        #expect(
            lines == [
                "  listen keys", "    say 2 for one, press 1.", "  listen keys",
                "    say 2 for nothing, press 1.",
                "  say one and none.", "  end of call",
            ])
    }

    @Test("A flow within a flow within a flow returns step by step, and silence goes the same way")
    func nested() async throws {
        let middle =
            "flow: middle\nchannel: voice\nsteps:\n  - say: In.\n  - run: inner\n  - say: Out.\n  - return\n"
        let inner =
            "flow: inner\nchannel: voice\nsteps:\n  - menu: Press 1.\n    choices: {1: return}\n    attempts: 1\n    otherwise: return\n"
        for input in ["press 1", "silence"] {
            let lines = try await played(
                [entry("  - run: middle\n  - say: Back."), middle, inner], "call\n\(input)\n")
            #expect(
                lines == [
                    "  say In.", "  listen keys", "    say Press 1.", "  say Out.", "  say Back.",
                    "  end of call",
                ])
        }
    }

    /// More than a session may hold.
    private func faulty(_ name: String, _ rest: String = "") -> String {
        let long = String(repeating: "x", count: 1_500)
        let sets = (1...12).map { "  - set: {v\($0): \(long)}\n" }.joined()
        return "flow: \(name)\nchannel: voice\nsteps:\n\(sets)  - menu: Press 1.\n    choices: {1: hangup}\n"
            + "    otherwise: hangup\n\(rest)"
    }

    private let sorry = "on:\n  error:\n    - say: Sorry from %.\n"

    @Test("A fault leads to the flow's own handler, else to that of the flow that runs it")
    func faults() async throws {
        let own = sorry.replacing("%", with: "inner")
        let outer = sorry.replacing("%", with: "entry")
        let run = "  - run: middle"
        let middle = "flow: middle\nchannel: voice\nsteps:\n  - run: inner\n  - return\n"
        #expect(
            try await played([entry(run, outer), middle, faulty("inner", own)], "call\n")
                == ["  say Sorry from inner.", "  end of call"])
        #expect(
            try await played(
                [entry(run, outer), middle + sorry.replacing("%", with: "middle"), faulty("inner")], "call\n")
                == ["  say Sorry from middle.", "  end of call"])
        #expect(
            try await played([entry(run, outer), middle, faulty("inner")], "call\n")
                == ["  say Sorry from entry.", "  end of call"])
        #expect(
            try await played([entry(run), middle, faulty("inner")], "call\n").last == "  end of call")
    }

    @Test("Called by itself, a flow ends where it returns")
    func alone() async throws {
        let flow = "flow: entry\nchannel: voice\nreturns: bool\nsteps:\n  - say: Hello.\n  - return: true\n"
        #expect(try await played([flow], "call\n") == ["  say Hello.", "  end of call"])
    }

    @Test("The language stays with the conversation")
    func language() async throws {
        let head = "languages: [en-US, es-MX]\n"
        let inner = "flow: inner\nchannel: voice\n\(head)steps:\n  - set: {language: es-MX}\n  - return\n"
        let outer =
            "flow: entry\nchannel: voice\n\(head)steps:\n  - run: inner\n  - say: {en-US: Hello., es-MX: Hola.}\n  - hangup\n"
        #expect(try await played([outer, inner], "call\n").first == "  say [es-MX] Hola.")
    }
}
