import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import Testing

/// Each option of the verb table by itself: what fits reaches the document, what doesn't is refused where it stands.
@Suite("Options")
struct OptionTests {
    @Test(
        "A value that fits says in TwiML what it says in the flow",
        arguments: OptionOfTwiML.all.filter(\.isInTwiML))
    func accepted(_ option: OptionOfTwiML) async throws {
        for (written, shown) in OptionValues.right(option) {
            let flow = OptionFlow(option, written)
            let compilation = flow.compiled
            let errors = compilation.diagnostics.filter { $0.severity == .error }.map(\.headline)
            guard errors.isEmpty, let root = try await flow.document(of: compilation) else {
                Issue.record("\(written): \(errors)\n\(flow.text)")
                continue
            }
            let words = (option.row.source ?? "").split(separator: " ").map(String.init)
            let elements = root.all(named: words[0])
            guard words.count > 1 else {
                #expect(!elements.isEmpty, "\(written): no <\(words[0])>\n\(flow.text)")
                continue
            }
            let values = elements.compactMap { $0.attribute(words[1]) }
            switch shown {
            case .attribute(let value):
                // What is asked several times says it each time; a menu's phrases are hints, too.
                let isShown = values.allSatisfy { $0 == value || $0 == "word,\(value)" }
                #expect(isShown && !values.isEmpty, "\(written): \(values)\n\(flow.text)")
            case .anything: #expect(values.count == 1, "\(written)\n\(flow.text)")
            }
        }
    }

    @Test(
        "A value of another type, beyond the range or unknown is refused where it stands",
        arguments: OptionOfTwiML.all)
    func refused(_ option: OptionOfTwiML) {
        for (written, codes) in OptionValues.wrong(option) {
            let flow = OptionFlow(option, written)
            let errors = flow.compiled.diagnostics.filter { $0.severity == .error }
            #expect(
                errors.contains { codes.contains($0.code) && flow.line(of: $0) == flow.optionLine },
                "\(written): \(errors.map { "\(flow.line(of: $0)) \($0.code.rawValue): \($0.headline)" })\n\(flow.text)"
            )
        }
    }
}

extension OptionOfTwiML {
    /// Whether it can be found in a voice document.
    fileprivate var isInTwiML: Bool {
        row.source != nil && (row.channels ?? verb.channels).contains(.voice)
    }
}

/// A flow whose first step has one option.
private struct OptionFlow {
    let option: OptionOfTwiML
    let written: String
    let text: String

    init(_ option: OptionOfTwiML, _ written: String) {
        self.option = option
        self.written = written
        let isSMS = !(option.row.channels ?? option.verb.channels).contains(.voice)
        let role: String =
            !option.verb.places.contains(.call)
            ? "runs: \(option.verb.verb == .leave ? "wait" : "whisper")\n" : ""
        text = """
            flow: option
            channel: \(isSMS ? "sms" : "voice")
            \(role)languages: [en-US]
            timezone: UTC
            config: {token: {type: secret, default: s3cret}}
            states:
              start:
            \(Self.step(option, written).map { "    " + $0 }.joined(separator: "\n"))
                - \(isSMS ? "end" : "hangup")

            """
    }

    private static func step(_ option: OptionOfTwiML, _ written: String) -> [String] {
        let verb = option.verb
        let own = "\(option.row.isUnnamed ? unnamed(option) : option.row.name): \(written)"
        var lines: [String] = []
        let name = verb.verb.rawValue
        if let kind = option.kind {
            lines.append("- \(name):")
            lines.append("    \(kind.name): \(OptionValues.sample(kind.name, kind.kind))")
            lines += inside(option, own, "    ")
        } else {
            switch verb.argument {
            case .nothing: lines.append("- \(name):")
            case .optional where name == "play" && option.row.name == "digits": lines.append("- \(name):")
            case .required(let kind), .optional(let kind):
                lines.append("- \(name): \(OptionValues.sample(name, kind))")
            }
            lines += inside(option, own, "  ")
        }
        for row in verb.options where row.isRequired || ["otherwise", "failed"].contains(row.name) {
            if option.kind == nil, row.name == (option.list ?? option.row).name { continue }
            lines.append("  \(row.name): \(besides(row))")
        }
        if verb.options.contains(where: { $0.name == "input" }), option.row.name != "input" {
            lines.append("  input: [dtmf, speech]")
        }
        if option.row.isUnnamed, name == "enqueue" { lines.append("  wait: leaver") }
        if option.row.name == "declined" {
            lines[0] = "- dial: {number: \"+15555550123\", whisper: chime}"
        }
        return lines
    }

    private static func inside(_ option: OptionOfTwiML, _ own: String, _ indent: String) -> [String] {
        guard let list = option.list, case .records(let rows) = list.kind else { return [indent + own] }
        let others = rows.filter { $0.isRequired && $0.name != option.row.name }
        let lines =
            [own] + others.map { "\($0.name): \(OptionValues.sample($0.name, $0.kind))" }
        return ["\(indent)\(list.name):"]
            + lines.enumerated().map { index, line in "\(indent)  \(index == 0 ? "- " : "  ")\(line)" }
    }

    private static func besides(_ row: OptionRow) -> String {
        row.name == "as" ? "digits(4)" : OptionValues.sample(row.name, row.kind)
    }

    private static func unnamed(_ option: OptionOfTwiML) -> String {
        option.verb.verb == .fetch ? "404" : "message"
    }

    var optionLine: Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let name = option.row.isUnnamed ? Self.unnamed(option) : option.row.name
        let index = lines.lastIndex { line in
            line.drop { $0 == " " || $0 == "-" }.hasPrefix("\(name): \(written)")
        }
        return (index ?? -1) + 1
    }

    private var source: SourceFile { SourceFile(id: 0, name: "option.yaml", text: text) }

    func line(of diagnostic: Diagnostic) -> Int {
        diagnostic.span.source == 0 ? source.position(of: diagnostic.span.lower).line : 0
    }

    var compiled: Compilation {
        let others = Self.companions.enumerated().map {
            SourceFile(id: UInt32($0 + 1), name: "\($0).yaml", text: $1)
        }
        return FlowCompiler.compile(
            [source] + others, options: CompilerOptions(knowsTimezone: { $0 == "UTC" }))
    }

    private static let companions = [
        "flow: helper\nchannel: [voice, sms]\nsteps:\n  - return\n",
        "flow: hold\nruns: wait\nchannel: voice\nsteps:\n  - play: https://example.com/a.mp3\n",
        "flow: leaver\nruns: wait\nchannel: voice\nsteps:\n  - play: https://example.com/a.mp3\n  - leave: message\n",
        "flow: chime\nruns: whisper\nchannel: voice\nsteps:\n  - play: https://example.com/a.mp3\n  - accept\n",
    ]

    /// The first document of a call.
    func document(of compilation: Compilation) async throws -> XMLElement? {
        let programs = compilation.programs.filter { $0.program.flow == "option" }
        let conversation = Conversation(
            deployment: try Deployment(programs, environment: [:]), store: MemoryStore(),
            fetcher: NoFetcher(), baseURL: "https://example.com")
        let answer = await conversation.answer(
            Conversation.Request(
                channel: .voice, flow: Array("option".utf8), run: [], purpose: .turn,
                parameters: Parameters([
                    ("CallSid", "CA1"), ("From", "+15555550123"), ("To", "+15555550100"),
                ]), fingerprint: []))
        guard case .document(let bytes) = answer else { return nil }
        if let problem = DocumentRules.problem(in: bytes, of: .voice) {
            Issue.record("\(problem) in \(String(decoding: bytes, as: UTF8.self))")
        }
        return try XMLElement.read(bytes)
    }
}

private struct NoFetcher: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}

extension XMLElement {
    fileprivate func all(named name: String) -> [XMLElement] {
        children.flatMap { ($0.name == name ? [$0] : []) + $0.all(named: name) }
    }
}
