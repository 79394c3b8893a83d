import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import Testing

/// What is heard beside a call holds only what the provider takes there, and a conversation only what its channel has.
@Suite("Verbs where they run")
struct VerbsWhereTheyRunTests {
    @Test("Wait and whisper flows emit only what may stand where they are heard")
    func sides() async throws {
        var accepted: Set<String> = []
        var refused = 0
        for seed in 0..<UInt64(240) {
            var choices = Choices(seed: seed, count: 900)
            let place = choices.pick(from: Self.places)
            let steps = (0...choices.pick(2)).map { _ in choices.pick(from: Self.steps) }
            let side =
                "flow: beside\nchannel: voice\nruns: \(place.role)\nsteps:\n"
                + steps.map { "  - \($0)\n" }.joined()
            let main = "flow: generated\nchannel: voice\nsteps:\n  - \(place.step)\n    otherwise: hangup\n"
            let compilation = Promise.compilation(of: main, side)
            if Promise.errors(of: compilation) == [.wrongPlace] { refused += 1 }
            guard !compilation.hasErrors,
                let program = compilation.programs.first(where: { $0.program.flow == "generated" })
            else { continue }
            accepted.insert(place.step)
            var check = try ConversationCheck(program, choices: choices)
            await check.run(requests: 40)
            for problem in check.problems { Issue.record("seed \(seed): \(problem)\n\(main)\(side)") }
        }
        #expect(
            accepted.count == Self.places.count && refused > 60, "\(accepted.sorted()), \(refused) refused")
    }

    private static let places = [
        (role: "wait", step: "enqueue: support\n    wait: beside"),
        (role: "wait", step: "dial: {conference: room, wait: beside}"),
        (role: "whisper", step: "dial: {number: \"+15555550111\", whisper: beside}"),
        (role: "whisper", step: "dial: {queue: support, whisper: beside}"),
    ]

    private static let steps = [
        "say: Please hold on.", "play: https://cdn.example.com/a.mp3", "pause: 1s", "hangup", "end", "leave",
        "accept",
        "decline", "set: {n: 1}", "log: {n: 1}", "redirect: https://example.com/x",
        "dial: \"+15555550112\"\n    otherwise: next\n    answered: next",
        "record: Speak.\n    otherwise: next", "enqueue: other\n    otherwise: next\n    bridged: next",
        "menu: Press 1.\n    choices: {1: next}\n    otherwise: next", "if: call.from == '1'\n    then: next",
        "fetch: https://api.example.com/x\n    failed: next", "reject",
        "gather: Keys.\n    into: keys\n    otherwise: next",
    ]

    @Test("A flow on both channels speaks in one and writes in the other")
    func channels() async throws {
        var accepted = 0
        var refused = 0
        for seed in 0..<UInt64(200) {
            var choices = Choices(seed: seed, count: 600)
            let steps = (0...choices.pick(3)).map { _ in
                choices.pick(from: Self.steps + Array(repeating: Self.steps[0], count: 3) + Self.shared)
            }
            let text =
                "flow: generated\nchannel: [voice, sms]\nsteps:\n" + steps.map { "  - \($0)\n" }.joined()
                + "  - end\n"
            let compilation = Promise.compilation(of: text)
            if Promise.errors(of: compilation).contains(.wrongChannel) { refused += 1 }
            for program in compilation.programs {
                accepted += 1
                var check = try ConversationCheck(program, choices: choices)
                await check.run(requests: 20)
                for problem in check.problems { Issue.record("seed \(seed): \(problem)\n\(text)") }
            }
        }
        #expect(accepted > 40 && refused > 40, "\(accepted), \(refused) refused")
    }

    private static let shared = [
        "say: {voice: Hello., sms: Hi.}", "menu: Say 1.\n    choices: {1: next}\n    otherwise: next",
        "ask: Your name?\n    as: text(20)\n    into: name\n    otherwise: next",
        "send: Hello.\n    to: \"+15555550113\"",
        "fetch: https://api.example.com/x\n    failed: next",
    ]
}
