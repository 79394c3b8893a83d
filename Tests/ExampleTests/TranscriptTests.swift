import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowTestSupport
import FlowWebhook
import Testing

/// Whole conversations beside the example flows. The store holds rows of bytes, so that each turn reads back what the one
/// before it wrote.
@Suite("Transcripts")
struct TranscriptTests {
    static let transcripts = Repository.files(in: "flows", ending: ".transcript")

    private static let compilation: Compilation = {
        let zones = SystemZoneRules()
        let files = Repository.files(in: "flows", ending: ".yaml").enumerated().map {
            SourceFile(id: UInt32($0), name: "flows/\($1.name)", bytes: $1.bytes)
        }
        return compile(files, options: CompilerOptions(knowsTimezone: { zones.knows($0) }))
    }()

    @Test("Playing a transcript gives its own text", arguments: transcripts)
    func plays(_ file: TestFile) async throws {
        let (script, problems) = TranscriptScript.parse(file.text)
        #expect(problems == [])
        let flow = try #require(script.settings.flow, "\(file.name) names no flow")
        let compilation = Self.compilation
        let environment = Dictionary(
            script.settings.config.map { ($0.name.uppercased(), $0.value) }, uniquingKeysWith: { $1 })
        let fetcher = try CannedFetcher(
            json: script.settings.fetches.map { Repository.file("flows/\($0)").bytes } ?? Array("[]".utf8))
        let line = try LocalLine(
            Deployment(
                compilation.programs.filter { $0.program.flow == flow }, environment: environment),
            fetcher: fetcher)
        let text = await Transcript.play(script, transport: line.transport, besides: line.besides) {
            line.setClock(to: $0)
        }
        #expect(file.difference(from: text) == nil)
    }

    @Test("Every example flow has a transcript")
    func everyFlow() {
        let played = Set(Self.transcripts.compactMap { TranscriptScript.parse($0.text).script.settings.flow })
        // What is heard beside others is part of them.
        let flows = Self.compilation.programs.map(\.program.flow)
        #expect(flows.filter { !played.contains($0) } == [])
    }
}
