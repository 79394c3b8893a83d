import FlowProgram
import FlowRuntime
import FlowTestSupport
import Testing

@testable import FlowExport

@Suite(.enabled(if: NodeHost.isWanted, "node is missing: apt-get install nodejs"))
struct `Exported functions` {
    static let transcripts = Repository.files(in: "flows", ending: ".transcript")

    @Test func `play every transcript as the machine does`() async throws {
        // What the interpreter doesn't know isn't exported; of the rest some need more room than a URL has.
        let programs = examplePrograms().map(\.program)
        let problems = programs.map { functionProblems(of: $0, at: 0, LiveVariables($0)).map(\.reason) }
        let fitting = zip(programs, problems).filter { $1.isEmpty }.map(\.0)
        let large = zip(programs, problems).filter { _, reasons in
            !reasons.isEmpty && reasons.allSatisfy { if case .unknown = $0 { false } else { true } }
        }.map(\.0)
        var roomy = FunctionBounds.all
        roomy["sealedBytes"] = 100_000
        var played = try await play(fitting, FunctionBounds.all)
        played += try await play(large, roomy)
        #expect(played >= 15, "only \(played) transcripts were played")
    }

    /// Plays the transcripts of programs; gives how many there were.
    private func play(_ programs: [Program], _ bounds: [String: Int]) async throws -> Int {
        let project = try ExportedProject(functionProject(of: programs, bounds: bounds))
        var played = 0
        for file in Self.transcripts {
            let (script, _) = TranscriptScript.parse(file.text)
            let channel: Channel = file.text.contains("\ncall") ? .voice : .sms
            guard programs.contains(where: { $0.flow == script.settings.flow && $0.channel == channel })
            else {
                continue
            }
            var environment = Dictionary(
                script.settings.config.map { ($0.name.uppercased(), $0.value) }, uniquingKeysWith: { $1 })
            environment["FLOWC_SECRET"] = ExportedProject.secret
            let canned = script.settings.fetches.map { Repository.file("flows/\($0)").bytes }
            let line = FunctionLine(
                project.host, environment: environment,
                fetcher: try CannedFetcher(json: canned ?? Array("[]".utf8)))
            let text = await Transcript.play(script, transport: line.transport) { line.setClock(to: $0) }
            #expect(file.text == text, "\(file.name)")
            played += 1
        }
        await project.remove()
        return played
    }
}
