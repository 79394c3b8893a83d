import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowWebhook
import Testing

/// Asking, reading back, and what is heard at every wait: conversations.
@Suite("Asking")
struct AskTests {
    /// - Returns: what came back, a line each.
    static func played(_ flow: String, _ inputs: String, at time: String? = nil) async throws -> [String] {
        let file = SourceFile(id: 0, name: "flow.yaml", text: flow)
        let compilation = compile([file], options: CompilerOptions(knowsTimezone: { _ in true }))
        try #require(compilation.diagnostics.filter { $0.severity == .error }.map(\.headline) == [])
        let line = try LocalLine(
            Deployment(compilation.programs, environment: [:]), fetcher: CannedFetcher(json: Array("[]".utf8))
        )
        let settings = "flow: entry\n" + (time.map { "at: \($0)\n" } ?? "")
        let (script, problems) = TranscriptScript.parse(settings + "\n" + inputs + "\n")
        try #require(problems == [])
        let text = await Transcript.play(script, transport: line.transport) { line.setClock(to: $0) }
        return text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("  ") }.map {
            String($0.drop { $0 == " " })
        }
    }

    private func ask(_ options: String, then: String = "\"Got ${answer}.\"") -> String {
        """
        flow: entry
        channel: voice
        languages: en-US
        timezone: America/New_York
        steps:
          - ask: Well?
            into: answer
            attempts: 2
            no_input: Silence.
            no_match: Wrong.
            otherwise:
              - say: Enough.
              - hangup
        \(options.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
          - say: \(then)
          - hangup

        """
    }

    // MARK: confirm

    private static let question = ["listen keys, speech", "say [en-US] Well?"]
    private static func readBack(_ value: String) -> [String] {
        [
            "listen keys, speech",
            "say [en-US] You entered \(value). If that is right, press 1 or say yes. If not, press 2 or say no.",
        ]
    }

    @Test("A yes goes on, by key and by word", arguments: ["press 1", "say yes", "say That's right."])
    func confirmed(_ yes: String) async throws {
        let lines = try await Self.played(
            ask("as: digits(3)\nconfirm: true"), "call\npress 123\n\(yes)")
        #expect(
            lines == Self.question + Self.readBack("1 2 3") + ["say [en-US] Got 1 2 3.", "end of call"])
    }

    @Test("A no asks again and costs an attempt", arguments: ["press 2", "say no", "say wrong"])
    func denied(_ no: String) async throws {
        let lines = try await Self.played(
            ask("as: digits(3)\nconfirm: true"), "call\npress 123\n\(no)\npress 456\n\(no)")
        #expect(
            lines == Self.question + Self.readBack("1 2 3") + Self.question + Self.readBack("4 5 6")
                + ["say [en-US] Enough.", "end of call"])
    }

    @Test("Silence and other answers to the reading back cost an attempt, too")
    func unclear() async throws {
        let lines = try await Self.played(
            ask("as: digits(3)\nconfirm: true"), "call\npress 123\nsilence\nsay perhaps")
        #expect(
            lines == Self.question + Self.readBack("1 2 3") + ["say [en-US] Silence."]
                + Self.readBack("1 2 3")
                + ["say [en-US] Enough.", "end of call"])
    }

    @Test("What wasn't confirmed isn't the variable's value")
    func unconfirmed() async throws {
        let lines = try await Self.played(
            """
            flow: entry
            channel: voice
            languages: en-US
            vars: {count: {type: integer, initial: 7}}
            steps:
              - ask: Well?
                as: integer
                into: count
                confirm: true
                attempts: 1
                otherwise: next
              - say: "${count}"
              - hangup
            """, "call\npress 12#\npress 2")
        #expect(lines.suffix(2) == ["say [en-US] 7", "end of call"])
    }

    @Test("The ways out are heard while an answer is read back, and `again` keeps the attempts")
    func waysOut() async throws {
        let flow = ask("as: digits(3)\nconfirm: true\nchoices: {0: hangup, star: again}")
        #expect(
            try await Self.played(flow, "call\npress 123\npress 0")
                == Self.question + Self.readBack("1 2 3") + ["end of call"])
        #expect(
            try await Self.played(flow, "call\npress 12#\npress 123\npress *\npress 45#")
                == Self.question + ["say [en-US] Wrong."] + Self.question + Self.readBack("1 2 3")
                + Self.question
                + ["say [en-US] Enough.", "end of call"])
    }

    @Test(
        "Every type is read back as it is said",
        arguments: [
            ("as: date", "press 12252026#", "December 25, 2026"), ("as: time", "press 930#", "9:30 AM"),
            ("as: money(USD)", "press 12*50#", "$12.50"), ("as: duration", "press 90#", "1 hour 30 minutes"),
            ("as: yes_no", "press 1", "yes"), ("as: phone", "press 5555550123#", "1 5 5 5 5 5 5 0 1 2 3"),
            ("as: integer(1..20)", "say twelve", "12"), ("as: number", "press 2*5#", "2.5"),
            ("as: text", "say Blue sky", "Blue sky"), ("as: small | large", "press 2", "large"),
        ])
    func readBackTypes(_ row: (type: String, input: String, said: String)) async throws {
        let lines = try await Self.played(
            ask("\(row.type)\nconfirm: true", then: "\"${answer}\""), "call\n\(row.input)")
        #expect(lines.last == Self.readBack(row.said).last)
    }

    @Test("A text is confirmed by text")
    func texted() async throws {
        let lines = try await Self.played(
            """
            flow: entry
            channel: sms
            languages: [en-US, de-DE]
            timezone: UTC
            steps:
              - set: {language: de-DE}
              - ask: {en-US: When?, de-DE: Wann?}
                as: date
                into: day
                confirm: true
                no_match: {en-US: What?, de-DE: Wie bitte?}
                otherwise: end
              - say: {en-US: "${day}", de-DE: "Gut, ${day}."}
              - end
            """, "text hi\ntext dritter Mai 2027\ntext vielleicht\ntext nein\ntext 04.05.2027\ntext Ja!")
        #expect(
            lines == [
                "message Wann?",
                "message Ihre Antwort war 3. Mai 2027. Stimmt das? Antworten Sie mit Ja oder Nein.",
                "message Ihre Antwort war 3. Mai 2027. Stimmt das? Antworten Sie mit Ja oder Nein.",
                "message Wann?",
                "message Ihre Antwort war 4. Mai 2027. Stimmt das? Antworten Sie mit Ja oder Nein.",
                "message Gut, 4. Mai 2027.",
            ])
    }

    // MARK: ranges, days, words

    @Test("What isn't within the range is a wrong answer")
    func range() async throws {
        let lines = try await Self.played(ask("as: integer(1..8)"), "call\npress 9#\nsay eight")
        #expect(
            lines == Self.question + ["say [en-US] Wrong."] + Self.question + [
                "say [en-US] Got 8.", "end of call",
            ])
    }

    @Test("Today is a day of the flow's zone")
    func today() async throws {
        let flow = ask("as: date")
        #expect(
            try await Self.played(flow, "call\nsay tomorrow", at: "2026-11-24T23:30:00-05:00").dropLast().last
                == "say [en-US] Got November 25, 2026.")
        #expect(
            try await Self.played(flow, "call\npress 11*24#", at: "2026-11-25T04:30:00Z").dropLast().last
                == "say [en-US] Got November 24, 2026.")
    }

    @Test(
        "Words have their keys and phrases, in the language of the moment",
        arguments: [
            ("press 7", "rojo"), ("press *", "verde"), ("say uno rojo por favor", "rojo"),
            ("say siete", "rojo"),
            ("say Verde.", "verde"), ("say asterisco", "verde"),
        ])
    func words(_ row: (input: String, said: String)) async throws {
        let lines = try await Self.played(
            """
            flow: entry
            channel: voice
            languages: [en-US, es-MX]
            voices: {en-US: Polly.Joanna-Neural, es-MX: Polly.Mia-Neural}
            steps:
              - set: {language: es-MX}
              - ask: {en-US: Which?, es-MX: ¿Cuál?}
                as: red | green
                into: colour
                keys: {red: 7, green: [8, star]}
                phrases: {red: {en-US: [red], es-MX: [rojo]}, green: {en-US: [green], es-MX: [verde]}}
                attempts: 1
                otherwise: hangup
              - switch: ${colour}
                cases:
                  red: [{say: {en-US: red, es-MX: rojo}}]
                  green: [{say: {en-US: green, es-MX: verde}}]
              - hangup
            """, "call\n\(row.input)")
        #expect(lines.suffix(2) == ["say [es-MX] \(row.said)", "end of call"])
    }

    @Test("The longest match wins among choices and words, and a tie is a wrong answer")
    func longest() async throws {
        let flow = ask(
            "as: york | jersey\nphrases: {york: [york, new york city], jersey: [jersey]}\nchoices: {new york: hangup}"
        )
        func last(_ said: String) async throws -> String? {
            try await Self.played(flow, "call\nsay \(said)").dropLast().last
        }
        #expect(try await last("new york city") == "say [en-US] Got york.")
        #expect(try await last("new york") == "say [en-US] Well?")
        #expect(try await last("jersey or york") == "listen keys, speech")
    }

    @Test(
        "The n-th failure hears the n-th prompt",
        arguments: ["integer", "date", "time", "duration", "money(USD)", "phone", "yes_no", "a | b"])
    func escalating(_ type: String) async throws {
        let lines = try await Self.played(
            """
            flow: entry
            channel: voice
            timezone: UTC
            steps:
              - ask: Well?
                as: \(type)
                into: answer
                attempts: 4
                no_input_prompts: [S1, S2]
                no_match_prompts: [W1, W2]
                otherwise: hangup
              - say: Got it.
              - hangup
            """, "call\nsay blah\nsilence\nsay blah blah\nsay blah")
        #expect(
            lines.filter { $0 != "listen keys, speech" } == [
                "say Well?", "say W1", "say Well?", "say S2", "say Well?", "say W2", "say Well?",
                "end of call",
            ])
    }

    // MARK: what is heard at every wait

    private static let desk = """
        flow: entry
        channel: voice
        languages: [en-US, es-MX]
        voices: {en-US: Polly.Joanna-Neural, es-MX: Polly.Mia-Neural}
        on:
          choices:
            0, agent: agent
            9: [{set: {language: es-MX}}]
            8: [{say: {en-US: We are open., es-MX: Abierto.}}]
            7:
              - menu: {en-US: Sure?, es-MX: ¿Seguro?}
                choices: {1: next, 2: hangup}
                otherwise: next
              - say: {en-US: Back., es-MX: De vuelta.}
          phrases: {agent: {en-US: [agent, a person], es-MX: [agente]}}
        states:
          start:
            - menu: {en-US: Press 1., es-MX: Marque 1.}
              choices: {1: number}
              attempts: 2
              no_match: {en-US: Wrong., es-MX: No.}
              otherwise: hangup
          number:
            - ask: {en-US: Your number?, es-MX: ¿Su número?}
              as: digits(3)
              into: number
              attempts: 2
              no_match: {en-US: Three digits., es-MX: Tres dígitos.}
              otherwise: hangup
            - say: {en-US: Thanks., es-MX: Gracias.}
            - hangup
          agent:
            - say: {en-US: One moment., es-MX: Un momento.}
            - hangup

        """

    @Test(
        "A choice of the flow is heard at every wait, and speech with it",
        arguments: [
            "press 0", "say agent", "say A person!", "say zero", "press 1\npress 0", "press 1\nsay agent",
            "press 7\nsay agent",
        ])
    func anywhere(_ inputs: String) async throws {
        #expect(
            try await Self.played(Self.desk, "call\n\(inputs)").suffix(2) == [
                "say [en-US] One moment.", "end of call",
            ])
    }

    @Test("Its words must be the whole answer")
    func wholeAnswer() async throws {
        #expect(
            try await Self.played(Self.desk, "call\nsay I want an agent")
                == [
                    "listen keys, speech", "say [en-US] Press 1.", "say [en-US] Wrong.",
                    "listen keys, speech", "say [en-US] Press 1.",
                ])
    }

    @Test("A list that runs off its end asks the interrupted step again, uncounted")
    func resumed() async throws {
        let lines = try await Self.played(
            Self.desk, "call\npress 1\npress 12#\npress 8\npress 9\nsay agente")
        #expect(
            lines == [
                "listen keys, speech", "say [en-US] Press 1.", "listen keys, speech",
                "say [en-US] Your number?",
                "say [en-US] Three digits.", "listen keys, speech", "say [en-US] Your number?",
                "say [en-US] We are open.", "listen keys, speech", "say [en-US] Your number?",
                "listen keys, speech", "say [es-MX] ¿Su número?", "say [es-MX] Un momento.", "end of call",
            ])
        // The attempt that was used stays used.
        #expect(
            try await Self.played(Self.desk, "call\npress 1\npress 12#\npress 8\npress 12#").last
                == "end of call")
    }

    @Test("A list may ask itself: then the step that was interrupted first follows")
    func nested() async throws {
        let lines = try await Self.played(
            Self.desk, "call\npress 1\npress 7\npress 8\npress 7\npress 1\npress 123")
        #expect(
            lines == [
                "listen keys, speech", "say [en-US] Press 1.", "listen keys, speech",
                "say [en-US] Your number?",
                "listen keys, speech", "say [en-US] Sure?", "say [en-US] We are open.", "listen keys, speech",
                "say [en-US] Your number?", "listen keys, speech", "say [en-US] Sure?", "say [en-US] Back.",
                "listen keys, speech", "say [en-US] Your number?", "say [en-US] Thanks.", "end of call",
            ])
    }

    @Test("In sms the first text counts, and what follows a list then is the beginning")
    func firstText() async throws {
        let flow = """
            flow: entry
            channel: sms
            on:
              choices:
                hours: [{say: Nine to five.}]
                bye: end
            steps:
              - ask: Your name?
                as: text(20)
                into: name
                otherwise: end
              - say: "Hi ${name}."
              - end
            """
        #expect(
            try await Self.played(flow, "text Hours!\ntext hours\ntext Ann")
                == [
                    "message Nine to five.", "| Your name?", "message Nine to five.", "| Your name?",
                    "message Hi Ann.",
                ])
        #expect(try await Self.played(flow, "text bye") == ["(no reply)"])
        #expect(
            try await Self.played(flow, "text bye now\ntext bye") == ["message Your name?", "(no reply)"])
    }

    @Test("What a list sets may be unset where the step is asked again")
    func facts() throws {
        let file = SourceFile(
            id: 0, name: "flow.yaml",
            text: """
                flow: entry
                channel: voice
                vars: {name: text?, other: text?}
                on:
                  choices: {9: [{set: {name: none}}], 8: [{set: {other: "x"}}]}
                steps:
                  - set: {name: "Ann", other: "Bo"}
                  - menu: "${name} ${other}"
                    choices: {1: next}
                    otherwise: hangup
                  - say: "${other}"
                  - hangup
                """)
        let found = compile([file], options: CompilerOptions(knowsTimezone: { _ in true })).diagnostics.map {
            "\($0.code.rawValue) \(file.position(of: $0.span.lower).line)"
        }
        #expect(found == ["optional-used 8"])
    }

    @Test("Each flow hears its own choices")
    func subflow() async throws {
        let files = [
            """
            flow: entry
            channel: voice
            on: {choices: {0: [{say: Outer.}]}}
            steps:
              - run: inner
              - menu: Press 1.
                choices: {1: hangup}
                otherwise: hangup
            """,
            """
            flow: inner
            channel: voice
            on: {choices: {9: [{say: Inner.}]}}
            steps:
              - menu: Press 2.
                choices: {2: return}
                no_match: Wrong.
                otherwise: hangup
            """,
        ].enumerated().map { SourceFile(id: UInt32($0), name: "\($0).yaml", text: $1) }
        let compilation = compile(files, options: CompilerOptions(knowsTimezone: { _ in true }))
        try #require(compilation.diagnostics.map(\.headline) == [])
        let line = try LocalLine(
            Deployment(compilation.programs.filter { $0.program.flow == "entry" }, environment: [:]),
            fetcher: CannedFetcher(json: Array("[]".utf8)))
        let (script, _) = TranscriptScript.parse(
            "flow: entry\n\ncall\npress 0\npress 9\npress 2\npress 9\npress 0\n")
        let text = await Transcript.play(script, transport: line.transport)
        let said = text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("say") }
        #expect(
            said == [
                "say Press 2.", "say Wrong.", "say Press 2.", "say Inner.", "say Press 2.", "say Press 1.",
                "say Press 1.",
                "say Outer.", "say Press 1.",
            ])
    }
}
