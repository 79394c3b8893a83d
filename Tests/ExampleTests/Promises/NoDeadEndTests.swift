import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import FlowTestSupport
import FlowWebhook
import Testing

@Suite("No dead end")
struct NoDeadEndTests {
    @Test("Whoever answers at random comes to an end")
    func ends() async throws {
        let lines = [
            "press 1", "press 2", "press 10", "say word", "press 1234", "silence", "record 3s",
            "outcome answered 5s", "outcome busy", "queue left 5s", "queue full",
        ]
        var calls = 0
        for seed in 0..<UInt64(120) {
            var generator = FlowGenerator(Choices(seed: seed, count: 1_200))
            guard let entry = Promise.compilation(of: generator.flow()).programs.first,
                entry.program.channel == .voice
            else { continue }
            var choices = Choices(seed: seed &+ 1_000, count: 400)
            let inputs = (0..<200).map { _ in choices.pick(from: lines) }.joined(separator: "\n")
            let (script, problems) = TranscriptScript.parse("flow: generated\n\ncall\n\(inputs)\n")
            try #require(problems == [])
            let line = try LocalLine(
                Deployment([entry], environment: [:]), fetcher: CannedFetcher(json: Array("[]".utf8)))
            let played = await Transcript.play(script, transport: line.transport)
            calls += 1
            let isOver = played.contains("\n  end of call") || played.contains("\n  goes on at")
            #expect(isOver && !played.contains("too-many"), "seed \(seed)")
        }
        #expect(calls > 40)
    }
}
