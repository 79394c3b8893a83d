import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import FlowTestSupport
import Foundation
import Synchronization
import Testing

@testable import FlowExport

/// The interpreter beside the machine, with generated flows and callers of fixed seeds.
@Suite(.enabled(if: NodeHost.isWanted, "node is missing: apt-get install nodejs"))
struct `A function and the machine` {
    @Test func `answer alike, whatever flow and caller do`() async throws {
        var twins: [Twin] = []
        for seed in 0..<UInt64(Self.count) {
            var generator = FlowGenerator(Choices(seed: seed, count: 1_200))
            let source = SourceFile(id: 0, name: "a.yaml", text: generator.flow())
            twins += Self.twins(compiledPrograms([source]), generator.choices, "f\(seed)")
        }
        try await compare(twins, turns: 2 * Self.count)
    }

    @Test func `answer alike in the example flows`() async throws {
        // What the interpreter doesn't know isn't exported.
        let known = examplePrograms().filter { entry in
            let problems = functionProblems(of: entry.program, at: 0, LiveVariables(entry.program))
            return problems.allSatisfy { if case .unknown = $0.reason { false } else { true } }
        }
        #expect(known.count >= 10)
        let twins = (0..<UInt64(8)).flatMap { seed in
            Self.twins(known, Choices(seed: seed, count: 800), "e\(seed)")
        }
        try await compare(twins, turns: 100)
    }

    /// A test that sees nothing would pass: so it is given an interpreter with a mistake.
    @Test(arguments: [
        // One attempt too many, and a letter that isn't escaped.
        ("walk", "this.attempt >= gather.attempts", "this.attempt > gather.attempts"),
        ("text", "'&': '&amp;'", "'&': '&'"),
    ])
    func `differ where the interpreter has a mistake`(_ file: String, _ text: String, _ mistake: String)
        async throws
    {
        var twins: [Twin] = []
        for seed in 0..<UInt64(40) {
            var generator = FlowGenerator(Choices(seed: seed, count: 1_200))
            let source = SourceFile(id: 0, name: "a.yaml", text: generator.flow())
            twins += Self.twins(compiledPrograms([source]), generator.choices, "m\(seed)")
        }
        await withKnownIssue {
            try await compare(twins, turns: 1) { export in
                let path = "assets/flowc/\(file).private.js"
                let index = try #require(export.documents.firstIndex { $0.path == path })
                let code = String(decoding: export.documents[index].bytes, as: UTF8.self)
                try #require(code.contains(text))
                export.documents[index].bytes = Array(code.replacing(text, with: mistake).utf8)
            }
        }
    }

    private static let count =
        ProcessInfo.processInfo.environment["FLOWC_PROPERTIES"].flatMap { Int($0) } ?? 120

    /// A value for every setting that the example flows have.
    private static let environment: [String: String] = {
        var environment = ["FLOWC_SECRET": ExportedProject.secret]
        for item in examplePrograms().flatMap(\.program.config) {
            let isURL = if case .url = item.type { true } else { false }
            environment[item.name.uppercased()] = isURL ? "https://example.com/v1" : "+15555550113"
        }
        return environment
    }()

    private struct Twin {
        var entry: ProgramFile.Entry
        var choices: Choices
        var source: String
    }

    /// Each with a name of its own, so that all lie in one project.
    private static func twins(_ entries: [ProgramFile.Entry], _ choices: Choices, _ prefix: String) -> [Twin]
    {
        entries.map { entry in
            var entry = entry
            entry.program.flow = "\(prefix)-\(entry.program.flow)"
            return Twin(entry: entry, choices: choices, source: prefix)
        }
    }

    private func compare(
        _ twins: [Twin], turns wanted: Int, changing change: (inout Export) throws -> Void = { _ in }
    ) async throws {
        // Only here: the bounds of the machine, and as large a session as it may have.
        var bounds = FunctionBounds.all
        bounds["fetchMillisecondsPerTurn"] = Limits.fetchMillisecondsPerTurn
        bounds["slotBytes"] = Limits.slotBytes
        bounds["sealedBytes"] = 100_000
        var export = functionProject(of: twins.map(\.entry.program), bounds: bounds)
        try change(&export)
        let project = try ExportedProject(export)
        var turns = 0
        var differences = 0
        for twin in twins {
            var check = try TwinCheck(twin.entry, environment: Self.environment, choices: twin.choices)
            let line = TwinLine(project.host, Self.environment)
            try await check.run { try await line.answer($0) }
            turns += check.turns
            for problem in check.problems where differences < 5 {
                differences += 1
                Issue.record("\(twin.source): \(problem)")
            }
        }
        #expect(turns > wanted, "only \(turns) turns were compared")
        await project.remove()
    }
}

/// Hands the twin the session that its last answer carried, and the answers that the machine's fetches got.
private final class TwinLine: Sendable {
    private let host: NodeHost
    private let environment: [String: String]
    private let state = Mutex(State())

    private struct State {
        /// Of the last document, by position.
        var positions: [String: String] = [:]
        var cookies: [String: [String: String]] = [:]
    }

    init(_ host: NodeHost, _ environment: [String: String]) {
        self.host = host
        self.environment = environment
    }

    func answer(_ question: TwinCheck.Question) async throws -> String {
        var parameters = question.parameters
        if let position = question.position {
            let sealed = state.withLock { $0.positions[position] } ?? "none"
            parameters.insert(("flowc", sealed), at: 0)
        }
        let place = ["From", "To"].map { name in parameters.first { $0.0 == name }?.1 ?? "" }.joined(
            separator: " ")
        let cookies = state.withLock { $0.cookies[place] ?? [:] }
        let fetches = Mutex(question.fetches[...])
        let answer = try await host.answer(
            path: "/\(question.channel.rawValue)/\(question.flow)", parameters: parameters, cookies: cookies,
            environment: environment, now: question.now
        ) { request in
            guard let (wanted, answer) = fetches.withLock({ $0.popFirst() }) else {
                throw NodeHost.Fault(description: "a fetch that the machine didn't make: \(request)")
            }
            // In a text conversation that began anew turns are counted otherwise.
            func told(_ request: FetchRequest) -> FetchRequest {
                var request = request
                if question.channel == .sms { request.headers.removeAll { $0.name == "Idempotency-Key" } }
                return request
            }
            guard told(request) == told(wanted) else {
                throw NodeHost.Fault(description: "another fetch:\n\(request)\n\(wanted)")
            }
            return answer
        }
        state.withLock { state in
            state.positions = [:]
            for match in answer.body.matches(of: /flowc=((\d+\.\d+)\.[A-Za-z0-9_-]+)/) {
                state.positions[String(match.output.2)] = String(match.output.1)
            }
            for (name, value) in answer.cookies { state.cookies[place, default: [:]][name] = value }
        }
        return answer.status == 200 ? answer.body : "\(answer.status) \(answer.body)"
    }
}
