import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import FlowTestSupport
import FlowWebhook
import Testing

/// Values that a caller can choose have a mark in them, and so have secrets: neither turns up where it must not.
@Suite("Safe numbers, quiet secrets")
struct SafeNumbersTests {
    @Test("No caller's number is dialled and no secret shown in a flow that compiles")
    func values() async throws {
        var accepted = 0
        var sinks = 0
        var rejected: [DiagnosticCode: Int] = [:]
        for seed in 0..<UInt64(800) {
            var generator = ValueFlowGenerator(Choices(seed: seed, count: 400))
            let text = generator.flow()
            let compilation = Promise.compilation(of: text)
            guard let program = compilation.programs.first else {
                for code in Set(compilation.diagnostics.map(\.code)) { rejected[code, default: 0] += 1 }
                continue
            }
            accepted += 1
            for caller in 0..<UInt64(3) {
                var check = try ValueCheck(program, choices: Choices(seed: seed &* 7 &+ caller, count: 200))
                await check.run()
                sinks += check.sinks
                for problem in check.problems { Issue.record("seed \(seed): \(problem)\n\(text)") }
            }
        }
        #expect(accepted > 60 && sinks > 300, "\(accepted) flows, \(sinks) sinks")
        let unsafe = rejected[.unsafeNumber] ?? 0
        #expect(unsafe > 60, "too few flows break the promise")
    }
}
