import FlowLang

/// Makes flows from the rows of the verb table.
public struct TableFlowGenerator {
    var choices: Choices
    /// Values that somebody wrote under a key: those of texts with a form of their own, such as a voice, can't be guessed.
    private let examples: [String: [String]]
    private let channels: [FlowChannel]
    private let place: FlowPlace
    let hasTwoLanguages: Bool
    let stateCount: Int
    private let hasChoices: Bool
    private var variables = 0

    /// - Parameter examples: values by their keys, each as it stands on one line.
    public init(_ choices: Choices, examples: [String: [String]] = [:]) {
        self.choices = choices
        self.examples = examples
        channels = self.choices.pick(from: [[.voice], [.voice], [.voice], [.sms], [.voice, .sms]])
        let places: [FlowPlace] = [.queueWait, .queueWait, .whisper, .conferenceWait, .queueWhisper]
        let one = self.choices.pick(14)
        place = channels == [.voice] && one < places.count ? places[one] : .call
        hasTwoLanguages = self.choices.pick(4) == 0
        stateCount = 1 + self.choices.pick(3)
        hasChoices = self.choices.pick(3) == 0
    }

    var isVoice: Bool { channels == [.voice] }
    var isSMS: Bool { channels == [.sms] }
    private var role: FlowRole? { place.role }

    public mutating func flow() -> TableFlow {
        let rows = VerbTable.rows.filter { row in
            channels.allSatisfy(row.channels.contains) && row.places.contains(place)
        }
        let caller =
            switch place {
            case .call: "generated"
            case .queueWait: "waiting"
            case .conferenceWait: "conferring"
            case .whisper: "whispering"
            case .queueWhisper: "fetching"
            }
        let end = role == .whisper ? "accept" : "end"
        let heard = (hasChoices ? [interrupts] : ["error: [end]"]) + notices()
        let head = head + settings() + ["on: {\(heard.joined(separator: ", "))}", "states:"]
        var states: [[TableFlow.Step]] = []
        for state in 0..<stateCount {
            var steps: [TableFlow.Step] = []
            for _ in 0...choices.pick(5) {
                // A verb of the other channel, now and then.
                let row = choices.pick(from: choices.once(in: 40) ? VerbTable.rows : rows)
                steps.append(step(row))
            }
            if state + 1 < stateCount {
                steps.append(
                    .init(
                        verb: "if", value: condition(), options: [("then", "s\(state + 1)")],
                        required: ["then"]))
            }
            states.append(steps + [.init(verb: end)])
        }
        return TableFlow(choices: choices, caller: caller, head: head, states: states)
    }

    private mutating func settings() -> [String] {
        var settings: [String] = []
        if choices.once(in: 3) {
            settings.append("voices: {en-US: Polly.Joanna-Neural, es-MX: Polly.Mia-Neural}")
        }
        if !hasTwoLanguages { settings = [] }
        let defaults = FlowKeyTable.defaults.filter { row in
            choices.once(in: 8) && (role == nil || row.name != "fallback")
        }
        if !defaults.isEmpty {
            let entries = defaults.map { row in
                switch row.name {
                case "fallback": "fallback: \"${config.number}\""
                case "otherwise": "otherwise: next"
                default: "\(row.name): \(value(of: row.name, row.kind))"
                }
            }
            settings.append("defaults: {\(entries.joined(separator: ", "))}")
        }
        if !isVoice, choices.once(in: 4) { settings.append("expires: 10m") }
        return settings
    }

    private var head: [String] {
        [
            "flow: generated", role.map { "runs: \($0.rawValue)" } ?? "description: Made at random.",
            "channel: [\(channels.map(\.rawValue).joined(separator: ", "))]",
            hasTwoLanguages ? "languages: [en-US, es-MX]" : "languages: en-US", "timezone: UTC",
            "config: {number: {type: phone, default: \"+15555550111\"}, host: {type: url, default: \"https://api.example.com/x?y=1\"}}",
            "types: {Place: {name: text, size?: integer, names?: [text, 5], open?: bool}}",
            "vars: {tries: {type: integer, initial: 0}, answer: {type: text(16000), initial: \"\"}, place: {type: Place?}}",
            "hours: {office: {open: {mon-fri: \"09:00-17:00\", sat: \"22:00-02:00\"}, closed: [2026-12-25]}}",
            "texts: {sorry: \(hasTwoLanguages ? "{en-US: Sorry., es-MX: Perdón.}" : "Sorry.")}",
        ]
    }

    /// What is heard at every wait.
    private var interrupts: String {
        let said = hasTwoLanguages ? "{en-US: Open., es-MX: Abierto.}" : "Open."
        let phrases =
            hasTwoLanguages ? "{agent: {en-US: [agent], es-MX: [agente]}}" : "{agent: [agent, a person]}"
        return
            "choices: {\"0, agent\": s0, 9: [{say: \(said)}], 8: [{set: {answer: word}}, {menu: \(said), choices: {7: next}, otherwise: next}]}, phrases: \(phrases)"
    }

    /// A flow that others run, in any language and on any channel.
    public static let helper = """
        flow: helper
        channel: [voice, sms]
        languages: [en-US, es-MX]
        params: {word: "text(20)?"}
        returns: integer
        on: {choices: {5: [{say: {en-US: Five., es-MX: Cinco.}}]}}
        steps:
          - ask: {en-US: "How many, ${word ?? 'you'}?", es-MX: ¿Cuántos?}
            as: integer(1..4)
            into: count
            confirm: true
            attempts: 2
            otherwise: [{return: 0}]
          - return: ${count}

        """

    /// Handlers with effects only, for what may happen on the channel, and now and then for what may not.
    private mutating func notices() -> [String] {
        HandlerEvent.allCases.filter { $0 != .error }.compactMap { event in
            guard choices.once(in: event.channels.contains(where: channels.contains) ? 2 : 80) else {
                return nil
            }
            let status = event == .expired ? "person" : "\(event.rawValue).status"
            let steps = [
                "log: {heard: \"${\(status)}\"}", "set: {answer: \"${\(status)}\"}",
                "if: \(status) == 'completed', then: [{set: {tries: 1}}], else: next",
                "send: \"Hello ${answer}\", to: \"${person}\", allow: any",
                "send: Hello, to: \"${config.number}\"",
                "fetch: \"${config.host}\", method: POST, json: {heard: \"${\(status)}\"}, failed: next",
                choices.once(in: 60) ? "say: Hello" : "log: {tries: \"${tries}\"}",
            ]
            let taken = (0...choices.pick(3)).map { _ in "{\(choices.pick(from: steps))}" }
            return "\(event.rawValue): [\(taken.joined(separator: ", "))]"
        }
    }

    // MARK: steps

    private mutating func step(_ row: VerbRow) -> TableFlow.Step {
        var step = TableFlow.Step(verb: row.verb.rawValue, value: nil)
        let subject = choices.pick(Self.subjects.count)
        switch row.argument {
        case .nothing: break
        case .required(let kind): step.value = argument(row, kind, subject)
        case .optional(let kind): if choices.pick(3) != 0 { step.value = argument(row, kind, subject) }
        }
        for option in row.options where isTaken(option) {
            let name =
                switch option.name {
                case "statuses": choices.pick(from: ["404", "\"404, 410\""])
                case "leaves": choices.pick(from: ["message", "message", "nothing"])
                default: option.name
                }
            if case .cases = option.kind, !option.isUnnamed {
                step.options.append((name, cases(Self.subjects[subject].cases)))
            } else {
                step.options.append((name, value(of: option.name, option.kind)))
            }
            if option.isRequired { step.required.insert(name) }
        }
        // Nobody declines without a whisper.
        if step.options.contains(where: { $0.name == "declined" }), choices.once(in: 2) {
            step.value = "{number: \"+15555550112\", whisper: screen}"
        }
        if choices.once(in: 40) { step.options.append(("lop", "1")) }
        return step
    }

    /// What is missing is found by the checker, too; `otherwise` alone makes many steps whole.
    private mutating func isTaken(_ option: OptionRow) -> Bool {
        if option.isRequired || option.name == "otherwise" { return !choices.once(in: 40) }
        if let only = option.channels, !only.contains(where: channels.contains) {
            return choices.once(in: 40)
        }
        return choices.pick(3) == 0
    }

    /// Conditions and values with their cases.
    private static let subjects: [(value: String, cases: [String])] = [
        ("channel", ["voice", "sms"]), ("tries > 3", ["true", "false"]), ("answer", ["a", "b"]),
        ("hours.office.open", ["true", "false"]), ("tries", ["1", "2"]),
    ]

    private mutating func argument(_ row: VerbRow, _ kind: ArgumentKind, _ subject: Int) -> String {
        guard case .expression = kind else { return value(of: row.verb.rawValue, kind) }
        let hasCases = row.options.contains { if case .cases = $0.kind { true } else { false } }
        return hasCases ? Self.subjects[subject].value : condition()
    }

    // MARK: values

    private mutating func value(of name: String, _ kind: ArgumentKind, depth: Int = 0) -> String {
        if choices.once(in: 30) { return wrong() }
        if let known = examples[name], choices.pick(2) == 0 { return choices.pick(from: known) }
        switch kind {
        case .language(let others):
            return choices.pick(from: ["en-US", "es-MX", "\"${language}\"", "\"${answer}\""] + others)
        case .text, .credential: return text()
        case .shortText(let limit):
            return choices.pick(from: [text(), "\"${first(answer, \(limit))}\"", "word", "room"])
        case .sid(let prefix):
            return choices.pick(from: [
                "\(prefix)0123456789abcdef0123456789abcdef", "\"${first(answer, 34)}\"", "WW12",
            ])
        case .sipAddress:
            return choices.pick(from: [
                "sip:ann@example.com", "\"sips:bob@example.com;transport=tls\"",
                "\"sip:${tries}@example.com\"",
                "ann@example.com", "\"${first(answer, 255)}\"",
            ])
        case .value: return choices.pick(from: ["12", "\"${tries}\"", text()])
        case .number: return choices.pick(from: ["0.5", "12", "\"${tries}\"", "\"${tries * 1.5}\""])
        case .webSocketURL:
            return choices.pick(from: [
                "wss://example.com/x", "\"wss://example.com/${answer}?a=${tries}\"", "https://example.com",
            ])
        case .flow: return choices.once(in: 8) ? "nobody" : "helper"
        case .outcome: return choices.pick(from: ["message", "word_left", "full"])
        case .roleFlow(let role): return roleFlow(role)
        case .url: return choices.pick(from: urls)
        case .phone:
            return choices.pick(from: [
                "\"+15555550112\"", "+15555550113", "\"${config.number}\"",
                "\"${phone(answer) ?? config.number}\"",
            ])
        case .bool: return choices.pick(from: ["true", "false", "\"true\""])
        case .words(let words): return quoted(choices.pick(from: words))
        case .integer(let range): return "\(number(in: range))"
        case .duration(let range): return duration(in: range)
        case .key: return choices.pick(from: ["\"#\"", "\"*\"", "5", "none", "\"12\"", "any"])
        case .keys: return choices.pick(from: ["\"#*\"", "5", "any", "none", "ww1"])
        case .tones: return choices.pick(from: ["\"#\"", "\"12\"", "ww1A", "\"W*\"", "any"])
        case .variable:
            variables += 1
            return choices.once(in: 8) ? "answer" : "v\(variables)"
        case .state: return "s\(choices.pick(stateCount))"
        case .list(let one):
            let items = (0...choices.pick(2)).map { _ in value(of: "", one, depth: depth) }
            return items.count == 1 && choices.once(in: 2) ? items[0] : "[\(items.joined(separator: ", "))]"
        case .manyOf(let one):
            guard choices.once(in: 3) else { return value(of: "", one, depth: depth) }
            return
                "[\((0...choices.pick(2)).map { _ in value(of: "", one, depth: depth) }.joined(separator: ", "))]"
        case .prompt: return prompt()
        case .prompts: return "[\((0...choices.pick(2)).map { _ in prompt() }.joined(separator: ", "))]"
        case .expression: return condition()
        case .target: return target(depth)
        case .choices: return "{1: \(target(depth)), \"2, word\": \(target(depth)), star: \(target(depth))}"
        case .phrases where name == "keys":
            return choices.pick(from: ["{red: 3, green: [4, star]}", "{red: 1, green: 2}", "{red: 1}"])
        case .phrases:
            return hasTwoLanguages
                ? "{word: {en-US: [word, a few words], es-MX: [palabra]}}"
                : choices.pick(from: ["{word: [word, a few words]}", "{red: [red, rose], green: [green]}"])
        case .cases: return target(depth)
        case .assignments where name == "with": return "{word: \(text())}"
        case .assignments: return assignments()
        case .data: return data(depth)
        case .instruction:
            return choices.pick(from: ["dequeue", "accept", "{dequeue: {timeout: 30}}"])
        case .type:
            return choices.pick(from: [
                "Place", "digits(4)", "integer", "red | green", "text(20)", "text", "bool", "phone", "number",
                "\"digits(1..12)\"", "date", "time", "duration", "money(USD)", "money(JPY)", "yes_no",
                "integer(1..10)", "number(-0.5..9.5)", "url", "\"[text, 5]\"",
            ])
        case .object(let scalar, let kinds): return object(scalar, kinds, depth)
        case .records(let rows):
            let items = (0...choices.pick(2)).map { _ in record(rows, depth) }
            return "[\(items.joined(separator: ", "))]"
        case .fields(let names):
            let some = names.filter { _ in choices.pick(2) == 0 }
            return "{\(some.map { "\($0): \(text())" }.joined(separator: ", "))}"
        }
    }

    private mutating func record(_ rows: [OptionRow], _ depth: Int) -> String {
        let taken = rows.filter { $0.isRequired ? !choices.once(in: 30) : choices.once(in: 3) }
        return
            "{\(taken.map { "\($0.name): \(value(of: $0.name, $0.kind, depth: depth))" }.joined(separator: ", "))}"
    }

    private mutating func roleFlow(_ role: FlowRole) -> String {
        let flow = choices.pick(from: role == .whisper ? ["screen", "chime"] : ["hold", "room"])
        switch choices.pick(4) {
        case 0: return "{flow: \(flow), with: {word: \(text())}}"
        case 1 where choices.once(in: 4): return choices.pick(from: ["helper", "nobody", "generated"])
        default: return flow
        }
    }

    private mutating func object(_ scalar: ArgumentKind?, _ kinds: [ObjectRow], _ depth: Int) -> String {
        if let scalar, kinds.isEmpty || choices.once(in: 4) { return value(of: "", scalar, depth: depth) }
        guard !kinds.isEmpty else { return text() }
        let row = choices.pick(from: kinds)
        var entries = ["\(row.name): \(value(of: row.name, row.kind, depth: depth))"]
        for option in row.options where option.isRequired || choices.once(in: 4) {
            entries.append("\(option.name): \(value(of: option.name, option.kind, depth: depth))")
        }
        return "{\(entries.joined(separator: ", "))}"
    }

    private mutating func wrong() -> String {
        choices.pick(from: [
            "often", "-1", "99999999", "[]", "{}", "{a: b}", "\"${nothing}\"", "\"${tries\"", "1s", "nowhere",
            "\"\"",
            "null", "[[a]]", "\"${answer}\"",
        ])
    }
}
