import FlowLang
import FlowProgram
import FlowTestSupport
import Testing

@testable import FlowExport

@Suite struct `What a Function can't do` {
    private func problems(_ text: String) throws -> [FunctionProblem] {
        let entries = compiledPrograms([SourceFile(id: 0, name: "a.yaml", text: text)])
        try #require(!entries.isEmpty)
        do {
            _ = try twilioFunctions(of: entries.map(\.program))
            return []
        } catch {
            return error.problems
        }
    }

    private func flow(asking type: String, then steps: String) -> String {
        """
        flow: a
        channel: voice
        steps:
          - ask: One?
            as: \(type)
            into: one
            otherwise: hangup
          - ask: Two?
            as: yes_no
            into: two
            otherwise: hangup
        \(steps)
          - hangup

        """
    }

    @Test func `is to remember a text without a bound`() throws {
        let found = try problems(flow(asking: "text", then: "  - say: ${one}"))
        #expect(
            found.map(\.reason) == [.sessionTooLarge(characters: 8_679, variables: ["one (text)"])],
            "\(found)")
        #expect(found.first?.headline == "what is remembered here may take 8679 characters of a URL")
    }

    @Test func `a bounded one may be remembered, and any may be used before the next wait`() throws {
        #expect(try problems(flow(asking: "text(200)", then: "  - say: ${one}")) == [])
        #expect(try problems(flow(asking: "text", then: "  - say: ${two}")) == [])
        #expect(try problems(flow(asking: "text", then: "  - set: {one: short}\n  - say: ${one}")) == [])
    }

    @Test func `what a handler of errors reads is remembered`() throws {
        let text = flow(asking: "text", then: "  - say: ${two}")
            .replacing(
                "steps:",
                with:
                    "vars:\n  one: {type: text, initial: none}\non:\n  error:\n    - say: ${one}\n    - hangup\nsteps:"
            )
        #expect(try !problems(text).isEmpty)
    }

    @Test func `what was interrupted is remembered until it goes on`() throws {
        let text = """
            flow: a
            channel: voice
            on:
              choices:
                0:
                  - menu: Help. Press 1.
                    choices: {1: next}
                    otherwise: next
            steps:
              - menu: One.
                choices: {1: next}
                otherwise: hangup
              - hangup

            """
        let program = try #require(
            compiledPrograms([SourceFile(id: 0, name: "a.yaml", text: text)]).first?.program)
        let interrupts = try #require(program.interrupts)
        let live = LiveVariables(program).atOperation
        let asking = program.operations.indices.filter {
            program.operations[$0].isGather && !interrupts.waits.contains($0)
        }
        #expect(!asking.isEmpty && asking.allSatisfy { live[$0].contains(interrupts.variable) })
    }

    @Test func `is to carry a secret`() throws {
        let text = """
            flow: a
            channel: voice
            config: {url: url}
            steps:
              - ask: Your PIN?
                as: digits(4)
                sensitive: true
                into: pin
                otherwise: hangup
              - ask: Two?
                as: yes_no
                into: two
                otherwise: hangup
              - fetch: ${config.url}
                method: POST
                form: {pin: "${pin}"}
                failed: hangup
              - hangup

            """
        #expect(try problems(text).contains { $0.reason == .secretKept("pin") })
    }

    @Test func `is to wait for a fetch of more than eight seconds`() throws {
        func text(_ options: String) -> String {
            "flow: a\nchannel: voice\nsteps:\n  - fetch: https://example.com/\n    \(options)\n    failed: hangup\n  - hangup\n"
        }
        #expect(try problems(text("timeout: 9s")).map(\.reason) == [.fetchTooSlow(9_000)])
        #expect(
            try problems(
                text("{timeout: 3s, retry: 2}").replacing("{", with: "").replacing(", ", with: "\n    ")
                    .replacing("}", with: "")
            ).map(\.reason) == [.fetchTooSlow(9_000)])
        #expect(try problems(text("timeout: 8s")) == [])
    }

    @Test func `is to wait for the fetches of a text for more than eight seconds together`() throws {
        func text(_ channel: String, _ timeouts: Int...) -> String {
            "flow: a\nchannel: \(channel)\nsteps:\n"
                + timeouts.map { "  - fetch: https://example.com/\n    timeout: \($0)s\n    failed: end\n" }
                .joined() + "  - say: Done.\n  - end\n"
        }
        #expect(try problems(text("sms", 4, 4)) == [])
        let found = try problems(text("sms", 4, 3, 2))
        #expect(found.map(\.reason) == [.fetchesTooSlow(9_000)])
        #expect(found.first?.headline == "the fetches from here to the answer may take 9 s together")
        // A call's turn ends before one that wouldn't fit.
        #expect(try problems(text("voice", 4, 3, 2)) == [])
    }

    @Test func `a packed session never takes more than was reckoned`() throws {
        #expect(SealedSize.characters(sealing: 0) == 38)
        #expect(SealedSize.most(.text(limit: 200)) == 804)
        #expect(SealedSize.most(.optional(.digits(6...6))) == 8)
    }

    @Test func `the page shows what the command prints`() throws {
        let page = Repository.file("docs/diagnostics.md").text
        let section = try #require(
            page.components("\n### not-for-function\n").last?.components("\n## ").first)
        let flow = try #require(section.components("```yaml\n").last?.components("```").first)
        let found = try problems(String(flow))
        #expect(section.contains("error[not-for-function]: \(found.first?.headline ?? "")"))
        #expect(section.contains("help: \(found.first?.help ?? "")"))
    }
}

extension StringProtocol {
    fileprivate func components(_ separator: String) -> [SubSequence] {
        guard let place = firstRange(of: separator) else { return [self[...]] }
        return [self[..<place.lowerBound], self[place.upperBound...]]
    }
}
