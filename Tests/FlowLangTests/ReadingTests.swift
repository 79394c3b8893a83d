import Testing

@testable import FlowLang

@Suite struct `Reading a flow` {
    @Test(arguments: ExampleFlows.allCases)
    func `finds nothing wrong in the examples`(example: ExampleFlows) {
        let file = SourceFile(id: 0, name: "test.yaml", text: example.text)
        let found = parse(file).diagnostics.sorted()
        #expect(found.isEmpty, "\(DiagnosticRenderer(files: [file]).render(found))")
    }

    @Test func `keeps the head of the file`() {
        let flow = read(ExampleFlows.mainMenu.text)
        #expect(flow.name?.value == "main-menu")
        #expect(flow.channels.map(\.value) == [.voice])
        #expect(flow.languages.map(\.value) == ["en-US", "es-MX"])
        #expect(flow.voices.map(\.voice.value) == ["Polly.Joanna-Neural", "Polly.Mia-Neural"])
        #expect(flow.timezone?.value == "America/New_York")
        #expect(flow.config.map(\.name.value) == ["sales_number", "operator_number", "support_workflow"])
        #expect(
            flow.states.map(\.name.value) == [
                "welcome", "menu", "sales", "support", "operator", "closed", "voicemail",
            ])
        #expect(flow.states.first?.steps.map(\.verb) == [.say, .if, .goto])
    }

    @Test func `reads calendars`() throws {
        let hours = try #require(read(ExampleFlows.mainMenu.text).hours.first)
        #expect(hours.name.value == "office")
        #expect(hours.open.map(\.weekdays) == [[0, 1, 2, 3, 4], [5]])
        #expect(hours.open.map(\.from) == [540, 600])
        #expect(hours.open.map(\.to) == [1050, 840])
        #expect(hours.closed.map { [$0.year, $0.month, $0.day] } == [[2026, 12, 25], [2027, 1, 1]])
    }

    @Test(arguments: [
        ("mon-fri", [0, 1, 2, 3, 4]), ("sat-mon", [0, 5, 6]), ("mon, wed,fri", [0, 2, 4]), ("sun", [6]),
        ("mon-sun", [0, 1, 2, 3, 4, 5, 6]), ("Mon", [0]), ("mon-mon", [0]),
    ])
    func `reads days of the week`(words: String, days: [Int]) {
        let flow = read("hours:\n  office:\n    open: {\"\(words)\": [\"22:00-02:00\", \"03:00-24:00\"]}\n")
        #expect(flow.hours.first?.open.map(\.weekdays) == [days, days])
        #expect(flow.hours.first?.open.map(\.to) == [120, 1440])
    }

    @Test(arguments: [
        ("mon", "9-17"), ("mon", "09:00-09:00"), ("mon", "24:00-01:00"), ("mon", "09:60-10:00"),
        ("mon", "09:00"),
        ("mon", "-1:00-02:00"), ("mon-", "09:00-10:00"), ("mon-tue-wed", "09:00-10:00"), ("", "09:00-10:00"),
        ("mon", "09:00-10:00-11:00"), ("mon", "0900-1000"), ("mon", "９:00-10:00"),
    ])
    func `names impossible hours`(days: String, times: String) {
        let problems = problems("hours:\n  office:\n    open: {\"\(days)\": \"\(times)\"}\n")
        #expect(problems == [.hoursSyntax])
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-01-01", "2026-1-1", "today", "1900-02-29",
    ])
    func `names impossible dates`(date: String) {
        #expect(
            problems("hours:\n  office:\n    open: {mon: \"09:00-10:00\"}\n    closed: [\(date)]\n") == [
                .hoursSyntax
            ])
    }

    @Test func `reads choices with their keys and places`() throws {
        let text =
            "- menu: Choose.\n  choices:\n    1, sales: next\n    star: again\n    \"10, künde\": [hangup]\n  otherwise: end\n"
        let (step, file) = try step(text)
        guard case .choices(let choices) = try #require(step.option("choices")).value else {
            Issue.record("no choices")
            return
        }
        #expect(choices.map { $0.keys.map(\.value) } == [["1", "sales"], ["star"], ["10", "künde"]])
        #expect(
            choices.map { $0.keys.map { file.text(of: $0.span) } } == [
                ["1", "sales"], ["star"], ["10", "künde"],
            ])
        #expect(choices.map(\.target.kind).prefix(2) == [.word(.next), .word(.again)])
        guard case .steps(let steps) = choices.last?.target.kind else {
            Issue.record("no steps")
            return
        }
        #expect(steps.map(\.verb) == [.hangup])
    }

    @Test func `gathers a fetch's statuses`() throws {
        let (step, _) = try step(
            "- fetch: https://api.example.com/\n  404, 410: next\n  failed: end\n  500: end\n")
        guard case .cases(let cases) = try #require(step.option("statuses")).value else {
            Issue.record("no cases")
            return
        }
        #expect(cases.map { $0.keys.map(\.value) } == [["404", "410"], ["500"]])
        #expect(step.options.map(\.name) == ["failed", "statuses"])
    }

    @Test func `reads what is dialled as a list`() throws {
        let (step, _) = try step(
            "- dial: [\"+15555550100\", {client: alice}, {number: \"+15555550101\", send_digits: ww1}]\n  otherwise: end\n"
        )
        guard case .list(let items) = step.argument, items.count == 3 else {
            Issue.record("no list")
            return
        }
        guard case .template(let number) = items[0], case .object(let client) = items[1],
            case .object(let other) = items[2]
        else {
            Issue.record("other shapes")
            return
        }
        #expect(number.literal == "+15555550100")
        #expect(client.kind.value == "client")
        #expect(other.options.map(\.name) == ["send_digits"])
    }

    @Test(arguments: [
        ("text(200)", "text(200)"), ("digits(2..4)", "digits(2..4)"), ("[Place]", "[Place]"),
        ("[text, 5]", "[text, 5]"),
        ("phone?", "phone?"), ("open | closed|holiday", "open | closed | holiday"),
        ("money(USD)", "money(USD)"),
        ("{name: text(200), country?: text}", "{name: text(200), country?: text}"),
        ("\"[Place]?\"", "[Place]?"),
        ("[[integer]]", "[[integer]]"),
        ("{current: {temperature_2m: number}}", "{current: {temperature_2m: number}}"),
        ("{results?: [Place]}", "{results?: [Place]}"), ("secret", "secret"),
    ])
    func `reads types`(text: String, form: String) throws {
        let flow = read("params:\n  x: \(text)\n")
        #expect(described(try #require(flow.params.first).type) == form)
    }

    @Test(arguments: [
        "text(", "text(200", "text()", "[", "[text", "| closed", "open |", "text(2) | x", "open closed", "?",
        "(2)", "[text, ]",
        "text)", "[text]]", "text??",
    ])
    func `names what is wrong with a type`(text: String) {
        #expect(problems("params:\n  x: \"\(text)\"\n") == [.typeSyntax])
    }

    @Test func `reads every form of a prompt`() throws {
        let (step, _) = try step(
            "- say:\n    voice: [Hello, {spell: \"12\"}, {pause: 1s}, {in: es-MX, say: Hola}]\n    sms: {en-US: Hi, es: Hola}\n"
        )
        guard case .prompt(let prompt) = step.argument, case .channels(let channels) = prompt.kind,
            case .sequence(let parts) = channels.first?.prompt.kind,
            case .languages(let languages) = channels.last?.prompt.kind
        else {
            Issue.record("other shapes")
            return
        }
        #expect(channels.map(\.channel.value) == [.voice, .sms])
        #expect(parts.count == 4)
        #expect(languages.map(\.language.value) == ["en-US", "es"])
    }

    @Test func `takes one list of steps for a state named start`() {
        let flow = read("steps:\n  - hangup\n")
        #expect(flow.states.map(\.name.value) == ["start"])
    }

    @Test func `one wrong key hides no other`() {
        let text =
            "colour: red\nstates:\n  a:\n    - sya: x\n    - say: x\n      lop: 1\n      loop: x\n  b: hangup\n"
        #expect(problems(text) == [.unknownKey, .unknownVerb, .unknownKey, .invalidValue, .unexpectedShape])
    }

    @Test func `a syntax error hides nothing before or behind it`() {
        let text = "states:\n  a:\n    - lop: 1\n    - say: Note: this\n    - say: [x\n  b:\n    - sya: x\n"
        let found = problems(text)
        #expect(found.contains(.unquotedColon))
        #expect(found.contains(.yamlSyntax))
        #expect(found.filter { $0 == .unknownVerb }.count == 2)
    }

    private func read(_ rest: String) -> Flow {
        parse(SourceFile(id: 0, name: "test.yaml", text: rest)).flow
    }

    /// The codes found in a flow that is complete but for `rest`, in the order of their places.
    private func problems(_ rest: String) -> [DiagnosticCode] {
        let hasSteps = rest.contains("states:") || rest.contains("steps:")
        let text = "flow: test\nchannel: voice\n" + rest + (hasSteps ? "" : "steps:\n  - hangup\n")
        return parse(SourceFile(id: 0, name: "test.yaml", text: text)).diagnostics.sorted().map(\.code)
    }

    /// The first step of a list, which has no problems.
    private func step(_ text: String) throws -> (Step, SourceFile) {
        let file = SourceFile(id: 0, name: "test.yaml", text: "flow: test\nchannel: voice\nsteps:\n" + text)
        let parsed = parse(file)
        try #require(parsed.diagnostics.items.isEmpty, "\(parsed.diagnostics.items.map(\.headline))")
        return (try #require(parsed.flow.states.first?.steps.first), file)
    }
}

private func described(_ type: TypeExpression) -> String {
    switch type.kind {
    case .name(let name, let arguments):
        arguments.isEmpty ? name : "\(name)(\(arguments.map(\.value).joined(separator: ", ")))"
    case .words(let words): words.map(\.value).joined(separator: " | ")
    case .record(let fields):
        "{"
            + fields.map { "\($0.name.value)\($0.isOptional ? "?" : ""): \(described($0.type))" }.joined(
                separator: ", ") + "}"
    case .list(let element, let limit): "[\(described(element))\(limit.map { ", \($0.value)" } ?? "")]"
    case .optional(let type): described(type) + "?"
    case .invalid: "!"
    }
}
