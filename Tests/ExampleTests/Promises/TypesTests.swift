import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import Testing

/// What the machine keeps is of the type that the checker found, whatever callers say and services answer.
@Suite("Types")
struct TypesTests {
    @Test("After every turn each variable holds a value of its type")
    func values() async throws {
        var values = 0
        for seed in 0..<UInt64(200) {
            var generator = FlowGenerator(Choices(seed: seed &+ 5_000, count: 1_200))
            for program in Promise.compilation(of: generator.flow()).programs {
                var check = try ConversationCheck(program, choices: generator.choices)
                await check.run(requests: 30)
                values += check.values
                for problem in check.problems { Issue.record("seed \(seed): \(problem)") }
            }
        }
        for (name, program) in Promise.soundFlows {
            for seed in 0..<UInt64(6) {
                var check = try ConversationCheck(program, choices: Choices(seed: seed, count: 600))
                await check.run(requests: 40)
                values += check.values
                for problem in check.problems { Issue.record("\(name), seed \(seed): \(problem)") }
            }
        }
        #expect(values > 3_000, "\(values)")
    }
}
