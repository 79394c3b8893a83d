import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import Testing

/// Every service takes as long as it may: the provider still gets its answer.
@Suite("In time")
struct InTimeTests {
    /// Milliseconds of all fetches of one answer.
    private static let bound = 11_000

    private static let services: [@Sendable (FetchRequest) -> FetchAnswer] = [
        OneCaller.noAnswer, { _ in .response(status: 404, body: []) },
        { _ in .response(status: 200, body: []) },
    ]

    @Test("Whatever becomes of its fetches, a turn is answered in time")
    func turns() async throws {
        var slowest = 0
        for seed in 0..<UInt64(300) {
            var generator = FlowGenerator(Choices(seed: seed, count: 1_200))
            for program in Promise.compilation(of: generator.flow()).programs {
                var check = try ConversationCheck(program, choices: generator.choices)
                await check.run(requests: 30)
                slowest = max(slowest, check.slowestMilliseconds)
                for problem in check.problems { Issue.record("seed \(seed): \(problem)") }
            }
        }
        #expect(slowest >= 3_000, "no turn tried thrice")
        #expect(slowest <= Self.bound, "a turn may have waited for its fetches \(slowest) ms")
    }

    @Test("So is a text, through flows that are run within each other")
    func texts() async throws {
        var accepted = 0
        var refused = 0
        var slowest = 0
        for seed in 0..<UInt64(400) {
            var generator = FetchingFlows(Choices(seed: seed, count: 400), channel: "sms")
            let texts = generator.flows()
            let compilation = Promise.compilation(of: texts[0], texts[1], texts[2])
            if Promise.errors(of: compilation) == [.tooSlow] { refused += 1 }
            guard !compilation.hasErrors,
                let program = compilation.programs.first(where: { $0.program.flow == "first" })
            else { continue }
            accepted += 1
            for service in Self.services {
                var texter = try OneCaller(program, fetching: service)
                for body in ["hi", "1", "x", "1", "2", "1", "1"] {
                    await texter.text(body)
                    slowest = max(slowest, texter.milliseconds)
                    if texter.milliseconds > Self.bound || !texter.faults.isEmpty {
                        Issue.record(
                            "seed \(seed): \(texter.milliseconds) ms, \(texter.faults)\n\(texts.joined(separator: "\n"))"
                        )
                    }
                }
            }
        }
        #expect(
            accepted > 60 && refused > 60 && slowest > 8_000, "\(accepted), \(refused) refused, \(slowest) ms"
        )
    }

    @Test("The provider is told to wait as long as a wait's own fetches may take, and two seconds more")
    func readTimeouts() async throws {
        var waits = 0
        var closest = Int.max
        for seed in 0..<UInt64(300) {
            var generator = FetchingFlows(Choices(seed: seed, count: 400), channel: "voice")
            let texts = generator.flows()
            let compilation = Promise.compilation(of: texts[0], texts[1], texts[2])
            guard !compilation.hasErrors,
                let program = compilation.programs.first(where: { $0.program.flow == "first" })
            else { continue }
            for input in [[], [("Digits", "1")], [("Digits", "2")]] as [[(String, String)]] {
                var caller = try OneCaller(program)
                await caller.call()
                for _ in 0..<12 {
                    guard let wait = caller.waits.first else { break }
                    await caller.answer(wait, input)
                    waits += 1
                    let told = wait.readTimeout ?? 0
                    closest = min(closest, told - caller.milliseconds)
                    if caller.milliseconds + 2_000 > told {
                        Issue.record(
                            "seed \(seed): told \(told) ms, fetches took \(caller.milliseconds)\n\(texts[0])")
                    }
                }
            }
        }
        #expect(waits > 500 && closest == 2_000, "\(waits) waits, \(closest)")
    }
}

/// Three flows that run each other, with fetches and waits on their ways.
private struct FetchingFlows {
    private var choices: Choices
    private let channel: String

    init(_ choices: Choices, channel: String) {
        self.choices = choices
        self.channel = channel
    }

    mutating func flows() -> [String] {
        [
            flow("first", running: ["second", "third"]), flow("second", running: ["third"]),
            flow("third", running: []),
        ]
    }

    private mutating func flow(_ name: String, running others: [String]) -> String {
        var lines = ["flow: \(name)", "channel: \(channel)", "steps:"]
        for _ in 0...choices.pick(4) { lines += step(running: others).map { "  " + $0 } }
        lines.append(name == "first" ? "  - end" : "  - return")
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func step(running others: [String]) -> [String] {
        switch choices.pick(7) {
        case 0, 1:
            return [
                "- fetch: https://api.example.com/x", "  timeout: \(1 + choices.pick(5))s",
                "  retry: \(choices.pick(4) == 0 ? 1 : 0)", "  404: \(target())", "  failed: \(target())",
            ]
        case 2, 3:
            return [
                "- menu: Press 1 or 2.", "  choices: {1: \(target()), 2: next}", "  attempts: 1",
                "  otherwise: \(target())",
            ]
        case 4, 5:
            guard !others.isEmpty else { return ["- say: Hello."] }
            return ["- run: \(choices.pick(from: others))"]
        default:
            return [
                "- if: length('\(channel)') > \(choices.pick(6))", "  then: \(target())",
                "  else: \(target())",
            ]
        }
    }

    private mutating func target() -> String {
        switch choices.pick(4) {
        case 0: "[{fetch: \"https://api.example.com/y\", timeout: \(1 + choices.pick(3))s, failed: next}]"
        case 1: "end"
        default: "next"
        }
    }
}
