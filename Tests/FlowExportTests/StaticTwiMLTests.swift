import FlowCompiler
import FlowExport
import FlowLang
import FlowProgram
import FlowRuntime
import FlowTestSupport
import Testing

@Suite struct `Static documents` {
    @Test func `say and do what is known when they are exported`() throws {
        let text = try document(
            """
            flow: closed
            channel: voice
            config:
              desk: phone
              open: bool
            vars:
              day: {type: text, initial: Monday}
            steps:
              - if: config.open
                then:
                  - say: We are open.
                  - hangup
              - say: "We are closed until ${day} & say sorry."
              - set: {day: Friday}
              - dial: ${config.desk}
                timeout: 20s
                answered: next
                otherwise: next
              - say: "Call again on ${day}."
              - hangup
            """, ["DESK": "+15555550111", "OPEN": "false"])
        #expect(
            text
                == "<Say>We are closed until Monday &amp; say sorry.</Say><Dial timeout=\"20\">+15555550111</Dial><Say>Call again on Friday.</Say><Hangup/>"
        )
    }

    @Test func `put in what comes with the call`() throws {
        let text = try document(
            """
            flow: dialler
            channel: voice
            params:
              To: phone
              Name: text(80)
            steps:
              - say: "Hello ${Name}."
              - dial: ${To}
                allow: any
                answered: next
                otherwise: next
              - hangup
            """)
        #expect(text == "<Say>Hello {{Name}}.</Say><Dial>{{To}}</Dial><Hangup/>")
    }

    @Test func `ask whether a param is there`() throws {
        let text = try document(
            """
            flow: greeting
            channel: sms
            params:
              Name: text(80)?
            steps:
              - say: Hello.
              - if: Name != none
                then:
                  - say: "You are ${Name}."
                  - end
              - say: Who are you?
              - end
            """)
        let expected =
            "<Message>Hello.{{#Name}}\nYou are {{.}}.</Message>{{/Name}}{{^Name}}\nWho are you?</Message>{{/Name}}"
        #expect(text == expected)
    }

    @Test(arguments: ["Name=Ann+%26+Bob", "", "Name="])
    func `are what the machine answers, once a bin has filled them in`(_ query: String) async throws {
        let flow = """
            flow: greeting
            channel: voice
            params:
              Name: text(80)?
            states:
              start:
                - if: Name == none
                  then: stranger
                - say: "Hello ${Name}."
                - goto: bye
              stranger:
                - say: Hello.
                - goto: bye
              bye:
                - say: Goodbye.
                - hangup
            """
        let name =
            query.isEmpty
            ? nil : query.replacing("Name=", with: "").replacing("+", with: " ").replacing("%26", with: "&")
        let filled = BinTemplate.render(try document(flow), ["Name": name ?? ""])
        let said =
            name.map { $0.isEmpty ? "<Say>Hello.</Say>" : "<Say>Hello Ann &amp; Bob.</Say>" }
            ?? "<Say>Hello.</Say>"
        #expect(filled == said + "<Say>Goodbye.</Say><Hangup/>")
    }

    @Test func `attach media`() throws {
        let text = try document(
            """
            flow: leaflet
            channel: sms
            config: {leaflet: url}
            params:
              Picture: url?
            steps:
              - say: Here it is.
                media: ${config.leaflet}
              - if: Picture != none
                then:
                  - say: And a picture.
                    media: ${Picture}
              - end
            """, ["LEAFLET": "https://example.com/a.pdf?b=1&c=2"])
        let leaflet = "<Media>https://example.com/a.pdf?b=1&amp;c=2</Media>"
        #expect(
            text
                == "<Message><Body>Here it is.{{#Picture}}\nAnd a picture.</Body>\(leaflet)<Media>{{.}}</Media></Message>{{/Picture}}{{^Picture}}</Body>\(leaflet)</Message>{{/Picture}}"
        )
    }

    @Test func `are refused where a text is longer than a message`() throws {
        let line = String(repeating: "word ", count: 30)
        let flow =
            "flow: a\nchannel: sms\nsteps:\n" + String(repeating: "  - say: \(line)\n", count: 12)
            + "  - end\n"
        let made = try staticDocuments(of: programs(flow), environment: [:])
        #expect(made.problems.map(\.reason) == [.longMessage])
    }

    @Test func `run through other flows`() throws {
        let caller = """
            flow: caller
            channel: voice
            params:
              Name: text(80)
            steps:
              - run: greet
                with: {who: "${Name}"}
              - hangup
            """
        let callee = """
            flow: greet
            channel: voice
            params:
              who: text(80)
            steps:
              - say: "Hello ${who}."
              - return
            """
        let made = try staticDocuments(of: programs(caller, callee), environment: [:])
        let export = made.export
        #expect(made.problems == [])
        #expect(
            export.documents.map { String(decoding: $0.bytes, as: UTF8.self) }.first?.contains(
                "<Say>Hello {{Name}}.</Say><Hangup/>") == true)
        #expect(export.documents.map(\.parameters) == [["Name"], ["who"]])
    }

    @Test func `that can't be are refused at each step that stands in the way`() throws {
        let flow = """
            flow: help-desk
            channel: voice
            timezone: America/New_York
            hours:
              office: {open: {mon-fri: "09:00-17:00"}}
            states:
              start:
                - if: not hours.office.open
                  then: closed
                - ask: Your order?
                  as: digits(6)
                  into: order
                  otherwise: closed
                - fetch: https://api.example.com/orders
                  query: {order: "${order}"}
                  failed: closed
                - dial: "+15555550111"
                  otherwise: closed
              closed:
                - log: {event: closed}
                - hangup
            """
        let programs = programs(flow)
        let made = try staticDocuments(of: programs, environment: [:])
        let (export, refusals) = (made.export, made.problems)
        #expect(export.documents.isEmpty)
        #expect(
            refusals.map { programs[0].sourceMap.location(of: $0.operation)?.split(separator: ":")[1] } == [
                "8", "10", "14", "20",
            ])
        #expect(
            refusals.map(\.reason) == [.clock, .openAnswer(1_948_717), .fetch, .log])
    }

    @Test(arguments: [
        ("params:\n  To: phone\n", "  - say: \"${To}\"\n", StaticReason.parameter("To")),
        ("params:\n  To: phone\n", "  - say: {spell: \"${To}\"}\n", .parameter("To")),
        ("params:\n  A: text(9)\n", "  - if: A == 'x'\n    then: hangup\n", .parameter("A")),
        ("", "  - say: \"From ${upper(call.from)}\"\n", .condition),
        ("", "  - say: \"a {{ b\"\n", .braces),
        ("", "  - say: \"a {${'{'} b\"\n", .braces),
        (
            "params:\n  To: phone\n",
            "  - dial: ${To}\n    allow: [\"+1\"]\n    answered: next\n    otherwise: next\n", .prefixes
        ),
        (
            "params:\n  A: text?\n  B: text\n", "  - if: A != none\n    then: [{say: \"${B}\"}]\n",
            .parameterInSection("B", section: "A")
        ),
        (
            "params:\n  A: text?\n  B: text?\n",
            "  - if: A != none\n    then:\n      - if: B != none\n        then: [{say: Both.}]\n",
            .parameterInSection("B", section: "A")
        ),
    ])
    func `are refused where a bin would say something else`(
        _ head: String, _ steps: String, _ reason: StaticReason
    ) throws {
        let flow = "flow: a\nchannel: voice\n\(head)steps:\n\(steps)  - hangup\n"
        let programs = programs(flow)
        let made = try staticDocuments(of: programs, environment: [:])
        let (export, refusals) = (made.export, made.problems)
        #expect(refusals.map(\.reason) == [reason])
        #expect(export.documents.isEmpty)
    }

    @Test func `name the settings that are missing`() {
        let flow = "flow: a\nchannel: voice\nconfig:\n  desk: phone\nsteps:\n  - hangup\n"
        #expect(throws: ConfigurationProblems.self) {
            try staticDocuments(of: programs(flow), environment: [:])
        }
    }

    /// The document without its frame.
    private func document(_ text: String, _ environment: [String: String] = [:]) throws -> String {
        let made = try staticDocuments(of: programs(text), environment: environment)
        let export = made.export
        #expect(made.problems == [])
        let document = try #require(export.documents.first)
        return String(decoding: document.bytes, as: UTF8.self)
            .replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>", with: "")
            .replacing("</Response>", with: "")
    }

    private func programs(_ texts: String...) -> [ProgramFile.Entry] {
        let files = texts.enumerated().map { SourceFile(id: UInt32($0), name: "\($0).yaml", text: $1) }
        let compilation = compile(files, options: CompilerOptions(knowsTimezone: { _ in true }))
        #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.headline) == [])
        return compilation.programs
    }
}
