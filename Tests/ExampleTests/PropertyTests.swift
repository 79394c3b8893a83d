import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowTestSupport
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
        #expect(failed.count < 20, "\(errors.sorted().joined(separator: "\n"))")
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

    @Test("The example flows keep it too", arguments: Repository.files(in: "flows", ending: ".yaml"))
    func examples(_ file: TestFile) async throws {
        let environment = [
            "BILLS_URL": "https://bills.example.com/v1/bills", "SERVICE_NUMBER": "+15555550113",
            "SALES_NUMBER": "+15555550111", "OPERATOR_NUMBER": "+15555550112", "OUR_NUMBER": "+15555550100",
            "SUPPORT_WORKFLOW": "WW00000000000000000000000000000001",
        ]
        for program in compilation(of: SourceFile(id: 0, name: file.name, bytes: file.bytes)).programs {
            for seed in 0..<UInt64(20) {
                var check = try ConversationCheck(
                    program, environment: environment, choices: Choices(seed: seed, count: 1_000))
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

    private func compilation(of source: SourceFile) -> Compilation {
        FlowCompiler.compile(
            [source], options: CompilerOptions(knowsTimezone: { $0 == "UTC" || $0.contains("/") }))
    }
}
