import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import FlowTestSupport
import Testing

@Suite("Every input answered")
struct EveryInputAnsweredTests {
    typealias Input = [(String, String)]

    private static func outcomes(_ parameter: String, _ words: String...) -> [Input] {
        [[]] + words.map { [(parameter, $0), ("DialBridged", $0 == "completed" ? "true" : "false")] }
    }

    /// Everything that may come of a wait: also what nobody asked for, such as speech where only keys are choices.
    static let inputs: [String: [Input]] = [
        "Gather": [
            [], [("Digits", "1")], [("Digits", "0")], [("Digits", "7")], [("Digits", "*")], [("Digits", "#")],
            [("Digits", "99999999999999999999")], [("Digits", "")], [("Digits", "A")],
            [("SpeechResult", "rhubarb")],
            [("SpeechResult", "one")], [("SpeechResult", "")],
            [("SpeechResult", "yes"), ("Confidence", "0.01")],
            [("Digits", "1"), ("SpeechResult", "two")],
        ],
        "Record": [
            [], [("RecordingUrl", "https://api.example.com/RE1"), ("RecordingDuration", "3")],
            [
                ("RecordingUrl", "https://api.example.com/RE1"), ("RecordingDuration", "0"),
                ("Digits", "hangup"),
            ],
            [("RecordingDuration", "0")],
        ],
        "Dial": outcomes(
            "DialCallStatus", "completed", "answered", "busy", "no-answer", "failed", "canceled", "",
            "unheard-of"),
        "Enqueue": outcomes(
            "QueueResult", "bridged", "leave", "hangup", "queue-full", "error", "system-error", "redirected",
            "redirected-from-bridged", "bridging-in-process", "unheard-of"),
        "Pay": outcomes(
            "Result", "success", "payment-connector-error", "caller-interrupted-with-star",
            "too-many-failed-attempts",
            "validation-error", "internal-error", "unheard-of"),
        "Refer": outcomes("ReferCallStatus", "in-progress", "busy", "failed", "canceled", "unheard-of"),
        "Connect": [
            [], [("SessionStatus", "ended")], [("SessionStatus", "failed")],
            [("SessionStatus", "unheard-of")],
            [("VirtualAgentStatus", "live-agent-handoff")],
        ],
        "Redirect": [[]],
    ]

    static let services: [@Sendable (FetchRequest) -> FetchAnswer] = [
        OneCaller.noAnswer, { _ in .response(status: 404, body: []) },
        { _ in .response(status: 503, body: []) },
        { _ in .response(status: 200, body: Array("no JSON".utf8)) },
        { _ in .response(status: 200, body: Array(#"{"name": "Boston", "size": 3}"#.utf8)) },
        { _ in .failure(.unreachable) },
    ]

    @Test("Whatever comes at any wait, the flow goes on as it says", arguments: services.indices)
    func answered(_ service: Int) async throws {
        var tried: [String: Int] = [:]
        var generated: [(name: String, program: ProgramFile.Entry)] = []
        for seed in 0..<UInt64(25) {
            var generator = FlowGenerator(Choices(seed: seed &* 6 &+ UInt64(service), count: 1_200))
            let programs = Promise.compilation(of: generator.flow()).programs
            generated += programs.map { ("seed \(seed)", $0) }
        }
        let paying = """
            flow: paying
            channel: voice
            steps:
              - pay:
                charge: "10.00"
                otherwise: next
              - refer: "sip:agent@example.com"
                otherwise: next
              - hangup

            """
        generated += Promise.compilation(of: paying).programs.map { ("paying", $0) }
        for (name, entry) in Promise.soundFlows + generated where entry.program.channel == .voice {
            var ways: [[(Int, Input)]] = [[]]
            var looks = 0
            // Each way is walked from its beginning; those to places that were seen already aren't followed.
            var seen: Set<String> = []
            while let way = ways.popLast(), looks < 60 {
                looks += 1
                var caller = try OneCaller(entry, fetching: Self.services[service])
                await caller.call()
                for (wait, input) in way where caller.waits.indices.contains(wait) {
                    await caller.answer(caller.waits[wait], input)
                }
                if caller.document == nil { Issue.record("\(name): no document after \(way)") }
                // A param that isn't there starts `on: error`.
                let faults = caller.faults.filter {
                    !$0.hasPrefix("bad-parameter") && !$0.hasPrefix("too-many")
                }
                if !faults.isEmpty { Issue.record("\(name): \(faults) after \(way)") }
                for verb in caller.waits.map(\.verb) { tried[verb, default: 0] += 1 }
                let place = caller.text + caller.waits.map(\.verb).joined(separator: " ")
                guard way.count < 4, seen.insert(place).inserted else { continue }
                for (index, wait) in caller.waits.enumerated().prefix(2) {
                    for input in Self.inputs[wait.verb] ?? [[]] { ways.append(way + [(index, input)]) }
                }
            }
        }
        for verb in Self.inputs.keys.sorted() {
            #expect(tried[verb, default: 0] > 0, "no \(verb) was reached")
        }
    }
}
