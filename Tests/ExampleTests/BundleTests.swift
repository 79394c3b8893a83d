import FlowCompiler
import FlowExport
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import FlowTestSupport
import FlowWebhook
import Foundation
import Testing

/// Calls to a bundle of files on a static host, beside the same calls to the machine.
@Suite("Bundles")
struct BundleTests {
    static let files = Repository.files(in: "flows", ending: ".transcript").filter {
        $0.name.hasPrefix("key-menu.")
    }

    @Test(
        "nginx and a bin play the transcripts as serve does",
        .enabled(if: StaticServer.isWanted, Comment(rawValue: StaticServer.reason)), arguments: files)
    func transcript(_ file: TestFile) async throws {
        let source = SourceFile(
            id: 0, name: "key-menu.yaml", bytes: Repository.file("flows/key-menu.yaml").bytes)
        let export = try Self.export(Self.programs([source]))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "flowc-bundle-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try OutputFolder(folder.path).write(export, force: false)
        let server = try StaticServer(folder)
        let line = HostedBundle(export, host: HostedBundle.served(at: server.port))
        let (script, problems) = TranscriptScript.parse(file.text)
        #expect(problems == [])
        let played = await Transcript.play(
            script, phone: Self.phone, transport: line.transport, setClock: { _ in })
        #expect(file.difference(from: played) == nil, "\(server.log)")
    }

    @Test(
        "nginx plays flows of every kind that branch on keys and outcomes",
        .enabled(if: StaticServer.isWanted, Comment(rawValue: StaticServer.reason)))
    func kinds() async throws {
        let sources = Repository.files(in: "Tests/Corpus/bundles", ending: ".yaml").enumerated().map {
            SourceFile(id: UInt32($0), name: $1.name, bytes: $1.bytes)
        }
        #expect(sources.count >= 4)
        let programs = try Self.programs(sources)
        let export = try Self.export(programs)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "flowc-bundle-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try OutputFolder(folder.path).write(export, force: false)
        let server = try StaticServer(folder)
        for program in programs {
            for seed in 0..<6 {
                var choices = Choices(seed: UInt64(seed), count: 200)
                try await compare(
                    program, export, host: HostedBundle.served(at: server.port), &choices, "\(seed)")
            }
        }
        withExtendedLifetime(server) {}
    }

    @Test("Random flows and callers hear what the machine says")
    func random() async throws {
        var compared = 0
        for seed in 0..<UInt64(Self.count) {
            var generator = BundleFlowGenerator(Choices(seed: seed, count: 400))
            let text = generator.flow()
            let source = SourceFile(id: 0, name: "a.yaml", text: text)
            let programs = try Self.programs([source], text)
            let made = try staticDocuments(of: programs, environment: [:], hosting: Self.hosting)
            // A few grow too large; nothing else is wrong with them.
            #expect(
                made.problems.allSatisfy { if case .tooMany = $0.reason { true } else { false } },
                "seed \(seed): \(made.problems)\n\(text)")
            guard made.problems.isEmpty, made.export.documents.count > 2 else { continue }
            compared += 1
            let host = HostedBundle.inMemory(made.export)
            for caller in 0..<6 {
                var choices = Choices(seed: seed * 100 + UInt64(caller), count: 200)
                try await compare(programs[0], made.export, host: host, &choices, "seed \(seed)\n\(text)")
            }
        }
        #expect(compared > Self.count / 2, "only \(compared) of \(Self.count)")
    }

    @Test("A bundle that differs is seen")
    func difference() async throws {
        let source = SourceFile(
            id: 0, name: "key-menu.yaml", bytes: Repository.file("flows/key-menu.yaml").bytes)
        var export = try Self.export(Self.programs([source]))
        let file = Repository.file("flows/key-menu.keys.transcript")
        func played() async -> String {
            let (script, _) = TranscriptScript.parse(file.text)
            return await Transcript.play(
                script, phone: Self.phone,
                transport: HostedBundle(export, host: HostedBundle.inMemory(export)).transport,
                setClock: { _ in })
        }
        #expect(await played() == file.text)
        let index = try #require(
            export.documents.firstIndex { $0.path == "key-menu/menu.1/en-US/on-2.xml" })
        let document = export.documents.remove(at: index)
        #expect(await played().contains("error 11200: the answer has the status 404"))
        export.documents.append(document)
        export.documents[export.documents.count - 1].bytes = export.documents[0].bytes
        #expect(await played() != file.text)
    }

    // MARK: parts

    private static let count =
        ProcessInfo.processInfo.environment["FLOWC_PROPERTIES"].flatMap { Int($0) } ?? 60
    private static let phone = PhoneSettings(sendsStatus: false)
    private static let hosting: StaticHosting = {
        do {
            return try StaticHosting(baseURL: HostedBundle.base, binURL: HostedBundle.bin)
        } catch {
            return .none
        }
    }()

    private static func programs(_ sources: [SourceFile], _ text: String = "") throws -> [ProgramFile.Entry] {
        let zones = SystemZoneRules()
        let compilation = compile(sources, options: CompilerOptions(knowsTimezone: { zones.knows($0) }))
        let errors = compilation.diagnostics.filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors.map(\.headline))\n\(text)")
        return compilation.programs
    }

    private static func export(_ programs: [ProgramFile.Entry]) throws -> Export {
        let made = try staticDocuments(of: programs, environment: [:], hosting: hosting)
        try #require(made.problems.isEmpty, "\(made.problems)")
        return made.export
    }

    /// One call to both, with the same inputs.
    private func compare(
        _ entry: ProgramFile.Entry, _ export: Export, host: @escaping HostedBundle.Host,
        _ choices: inout Choices, _ note: String
    ) async throws {
        let machine = try LocalLine(
            Deployment([entry], environment: [:]),
            fetcher: try CannedFetcher(json: Array("[]".utf8)))
        let lines = ["call"] + (0..<14).map { _ in choices.pick(from: Self.inputs) }
        let text = "flow: \(entry.program.flow)\n\n" + lines.joined(separator: "\n") + "\n"
        let (script, problems) = TranscriptScript.parse(text)
        #expect(problems == [])
        func play(_ transport: @escaping PhoneTransport) async -> String {
            await Transcript.play(script, phone: Self.phone, transport: transport, setClock: { _ in })
                // A bundle hears keys only.
                .replacing("listen keys, speech", with: "listen keys")
        }
        let (expected, found) = (
            await play(machine.transport), await play(HostedBundle(export, host: host).transport)
        )
        #expect(found == expected, "\(note)")
    }

    /// All that can happen to the flows here; `#` is none of a bundle's keys.
    private static let inputs = [
        "press 1", "press 2", "press 3", "press 4", "press 9", "press *", "press 0", "press 12", "press 21",
        "silence", "silence", "outcome answered", "outcome busy", "outcome no_answer", "outcome failed",
        "outcome canceled", "queue bridged", "queue left", "queue full", "queue failed", "queue redirected",
        "record 5s", "record nothing", "repeat", "press 1", "press 2", "call", "hang up",
    ]
}

/// Flows of all that a bundle can do.
private struct BundleFlowGenerator {
    private var choices: Choices
    private var states = 0
    private var languages = 1

    init(_ choices: Choices) { self.choices = choices }

    mutating func flow() -> String {
        languages = 1 + choices.pick(2)
        states = 2 + choices.pick(4)
        var lines = ["flow: generated", "channel: voice"]
        if languages == 2 {
            lines += [
                "languages: [en-US, es-MX]",
                "voices: {en-US: Polly.Joanna-Neural, es-MX: Polly.Mia-Neural}",
            ]
        }
        lines += ["vars: {round: {type: integer, initial: 0}, mood: {type: text(9), initial: calm}}"]
        switch choices.pick(4) {
        case 0: lines += ["on:", "  choices: {0: s1}"]
        case 1:
            lines += [
                "on:", "  choices:", "    0:", "      - menu: \(text("Help."))",
                "        choices: {1: next, 2: next}", "        otherwise: next",
                "      - say: \(text("Back."))",
            ]
        default: break
        }
        lines.append("states:")
        for state in 0..<states {
            lines.append("  s\(state):")
            if choices.once(in: 3) { lines.append("    - say: \(text("State \(state)."))") }
            if choices.once(in: 3) { lines.append("    - say: \(text("Round ${round}, ${mood}."))") }
            lines += step(state).map { "    " + $0 }
            lines.append("    - \(target(state))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A step of its own kind; every circle of them goes through an answer or a counter.
    private mutating func step(_ state: Int) -> [String] {
        switch choices.pick(8) {
        case 0, 1, 2:
            return [
                "- menu: \(text("Press."))", "  choices:", "    1: \(next(state))",
                "    2: s\(choices.pick(states))",
                "    star: again", "    3:", "      - set: {mood: \(choices.pick(from: ["glad", "calm"]))}",
                languages == 2 && choices.once(in: 2)
                    ? "      - set: {language: \(choices.pick(from: ["es-MX", "en-US"]))}"
                    : "      - say: \(text("Three."))",
                "      - goto: s\(choices.pick(states))",
                "  attempts: \(1 + choices.pick(3))", "  no_match: \(text("Wrong."))",
                "  otherwise: \(next(state))",
            ]
        case 3:
            return [
                "- ask: \(text("Which?"))", "  as: red | green", "  into: colour\(state)",
                "  phrases: {red: \(words("red", "rojo")), green: \(words("green", "verde"))}",
                "  attempts: 2", "  otherwise: \(next(state))", "- say: \(text("It is ${colour\(state)}."))",
            ]
        case 4:
            return [
                "- dial: \"+1555555011\(choices.pick(10))\"", "  busy: next", "  answered: \(next(state))",
                "  otherwise: \(next(state))",
            ]
        case 5:
            return ["- enqueue: line", "  bridged: next", "  otherwise: \(next(state))"]
        case 6:
            return [
                "- record: \(text("Speak."))", "  otherwise: \(next(state))", "- say: \(text("Thanks."))",
            ]
        default:
            return [
                "- set: {round: \"${round + 1}\"}", "- if: round > 2", "  then: hangup",
                "- ask: \(text("Two keys?"))", "  as: digits(1)", "  into: key\(state)", "  attempts: 1",
                "  otherwise: \(next(state))", "- if: key\(state) == '2'", "  then: \(next(state))",
            ]
        }
    }

    /// Forwards only: backwards lead answers.
    private mutating func next(_ state: Int) -> String {
        let later = Array((state + 1)..<max(state + 2, states)).filter { $0 < states }
        return later.isEmpty || choices.once(in: 4) ? "hangup" : "s\(choices.pick(from: later))"
    }

    private mutating func target(_ state: Int) -> String {
        let next = next(state)
        return next == "hangup" ? next : "goto: \(next)"
    }

    private func words(_ english: String, _ spanish: String) -> String {
        languages == 2 ? "{en-US: [\(english)], es-MX: [\(spanish)]}" : "[\(english)]"
    }

    private func text(_ words: String) -> String {
        languages == 2 ? "{en-US: \"\(words)\", es-MX: \"\(words)\"}" : "\"\(words)\""
    }
}
