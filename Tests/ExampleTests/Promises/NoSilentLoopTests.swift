import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import FlowWebhook
import Testing

/// Tries to refute that nobody who says nothing, or the wrong thing, goes round for ever.
@Suite("Silence for ever")
struct SilenceTests {
    /// What somebody does who is no help: nothing, wrong keys, and whoever is called doesn't answer.
    static let callers = [
        "silence\nrecord nothing\noutcome no_answer\nqueue full\n",
        "press 7\nsilence\nrecord nothing\noutcome answered 5s\nqueue left 5s\n",
        "silence\nrecord 3s\noutcome busy\nqueue failed\n",
        "press 7\nsay rhubarb\nsilence\nrecord 3s\noutcome answered 1s\nqueue left 1s\n",
    ]

    @Test("A call of a flow that compiles comes to its end", arguments: callers)
    func ends(_ caller: String) async throws {
        var calls = 0
        for seed in 0..<UInt64(150) {
            var generator = FlowGenerator(Choices(seed: seed, count: 1_200))
            let source = SourceFile(id: 0, name: "generated.yaml", text: generator.flow())
            let options = CompilerOptions(knowsTimezone: { _ in true })
            guard let entry = compile([source], options: options).programs.first,
                entry.program.channel == .voice
            else { continue }
            let line = try LocalLine(
                Deployment([entry], environment: [:]), fetcher: CannedFetcher(json: Array("[]".utf8)))
            let inputs = String(repeating: caller, count: 60)
            let (script, problems) = TranscriptScript.parse("flow: generated\n\ncall\n" + inputs)
            try #require(problems == [])
            let played = await Transcript.play(script, transport: line.transport, besides: line.besides)
            calls += 1
            let isOver = played.contains("\n  end of call") || played.contains("\n  goes on at")
            if !isOver {
                Issue.record("seed \(seed) goes on:\n\(String(decoding: source.bytes, as: UTF8.self))")
            }
        }
        #expect(calls > 50)
    }
}
