import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowTestSupport
import Foundation
import Testing

/// What holds of every conversation, tried with generated flows and callers of fixed seeds.
@Suite("Properties")
struct PropertyTests {
    @Test("Nearly all generated flows compile")
    func compile() {
        let failed = (0..<200).map { compilation(of: generated(seed: $0).source) }.filter {
            $0.programs.isEmpty
        }
        let errors = Set(failed.flatMap(\.diagnostics).filter { $0.severity == .error }.map(\.headline))
        #expect(failed.count < 30, "\(errors.sorted().joined(separator: "\n"))")
    }

    @Test("Whatever flow and caller do, documents are valid, repeats are equal and sessions are kept")
    func conversations() async throws {
        var turns = 0
        for seed in 0..<UInt64(300) {
            let (source, choices) = generated(seed: seed)
            for program in compilation(of: source).programs {
                var check = try ConversationCheck(program, choices: choices)
                await check.run()
                turns += check.turns
                for problem in check.problems { Issue.record("seed \(seed): \(problem)") }
            }
        }
        #expect(turns > 1_000, "only \(turns) turns were reached")
    }

    @Test("So they are for flows of any verbs and options that the checker accepts")
    func tableFlows() async throws {
        var words: Set<String> = []
        var turns = 0
        for seed in 0..<UInt64(Self.count) {
            let (flow, programs) = accepted(seed: seed)
            words.formUnion(programs.isEmpty ? [] : flow.words)
            for program in programs {
                var check = try ConversationCheck(program, choices: flow.choices)
                await check.run()
                turns += check.turns
                for problem in check.problems { Issue.record("seed \(seed): \(problem)\n\(flow.text)") }
            }
        }
        #expect(turns > 2 * Self.count, "only \(turns) turns were reached")
        let verbs = VerbTable.rows.map(\.verb.rawValue)
        // Some are seldom right by chance: those are looked for a while longer.
        for seed in UInt64(Self.count)..<UInt64(Self.count * 5) where !words.isSuperset(of: verbs) {
            let (flow, programs) = accepted(seed: seed)
            words.formUnion(programs.isEmpty ? [] : flow.words)
        }
        #expect(verbs.filter { !words.contains($0) } == [], "verbs that no accepted flow has")
        if ProcessInfo.processInfo.environment["FLOWC_PROPERTIES"] != nil {
            let options = VerbTable.rows.flatMap { row in
                row.namedOptions.map { "\(row.verb.rawValue).\($0.name)" }
            }
            print("\(turns) turns; never accepted: \(options.filter { !words.contains($0) })")
        }
    }

    /// How many flows are tried; `FLOWC_PROPERTIES=5000` tries more.
    private static let count =
        ProcessInfo.processInfo.environment["FLOWC_PROPERTIES"].flatMap { Int($0) } ?? 200

    /// Values under keys, on one line and without holes, as authors wrote them.
    private static let examples: [String: [String]] = {
        var examples: [String: [String]] = [:]
        let files =
            Repository.files(in: "Tests/Corpus/accepted", ending: ".yaml")
            + Repository.files(in: "flows", ending: ".yaml")
        for line in files.flatMap({ $0.text.split(separator: "\n") }) {
            let entry = line.drop { $0 == " " || $0 == "-" }
            guard let colon = entry.firstRange(of: ": ") else { continue }
            let value = String(entry[colon.upperBound...])
            if value.contains("${") || value.contains(" #") || "|>&{[".contains(value.prefix(1)) { continue }
            examples[String(entry[..<colon.lowerBound]), default: []].append(value)
        }
        return examples
    }()

    /// A flow without what the checker finds wrong with it.
    private func accepted(seed: UInt64) -> (flow: TableFlow, programs: [ProgramFile.Entry]) {
        var generator = TableFlowGenerator(Choices(seed: seed, count: 2_000), examples: Self.examples)
        var flow = generator.flow()
        for _ in 0..<20 {
            let source = SourceFile(id: 0, name: "seed-\(seed).yaml", bytes: Array(flow.text.utf8))
            let others = flow.companions.enumerated().map { index, text in
                SourceFile(id: UInt32(index + 1), name: "companion-\(index).yaml", text: text)
            }
            var compilation = compile([source] + others)
            compilation.programs.removeAll { $0.program.flow != flow.caller }
            // An unknown voice is the provider's to judge: a warning.
            let wrong = compilation.diagnostics.filter {
                $0.span.source == source.id && ($0.severity == .error || $0.code == .unknownVoice)
            }
            if !compilation.programs.isEmpty, wrong.isEmpty { return (flow, compilation.programs) }
            let lines = wrong.map { source.position(of: $0.span.lower).line }
            // What another flow can't do where this one uses it.
            if lines.isEmpty, compilation.hasErrors { break }
            if lines.isEmpty { Issue.record("seed \(seed): neither program nor problem\n\(flow.text)") }
            if !flow.remove(lines: Set(lines)) { break }
        }
        return (flow, [])
    }

    @Test("The example flows keep it too", arguments: Repository.files(in: "flows", ending: ".yaml"))
    func examples(_ file: TestFile) async throws {
        let files = Repository.files(in: "flows", ending: ".yaml").enumerated().map {
            SourceFile(id: UInt32($0), name: $1.name, bytes: $1.bytes)
        }
        for program in compile(files).programs where program.sourceMap.files.first == file.name {
            for seed in 0..<UInt64(20) {
                var check = try ConversationCheck(program, choices: Choices(seed: seed, count: 1_000))
                await check.run()
                for problem in check.problems { Issue.record("seed \(seed): \(problem)") }
            }
        }
    }

    private func generated(seed: UInt64) -> (source: SourceFile, choices: Choices) {
        var generator = FlowGenerator(Choices(seed: seed, count: 1_200))
        let text = generator.flow()
        return (SourceFile(id: 0, name: "seed-\(seed).yaml", bytes: Array(text.utf8)), generator.choices)
    }

    private func compilation(of source: SourceFile) -> Compilation { compile([source]) }

    private func compile(_ sources: [SourceFile]) -> Compilation {
        FlowCompiler.compile(
            sources, options: CompilerOptions(knowsTimezone: { $0 == "UTC" || $0.contains("/") }))
    }
}
