import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import Testing

/// A value that isn't there is shown as nothing: between its brackets there must always be something.
@Suite("Definite assignment")
struct DefiniteAssignmentTests {
    @Test("What is read without a guard is there, whichever way led to it")
    func isThere() async throws {
        var accepted = 0
        var unguarded = 0
        var shown = 0
        var refused: [DiagnosticCode: Int] = [:]
        for seed in 0..<UInt64(700) {
            var generator = AssignmentFlow(Choices(seed: seed, count: 900))
            let text = generator.flow()
            let compilation = Promise.compilation(of: text)
            guard let program = compilation.programs.first else {
                for code in Promise.errors(of: compilation) { refused[code, default: 0] += 1 }
                continue
            }
            accepted += 1
            unguarded += generator.unguarded
            for number in 0..<UInt64(6) {
                let said = try await Self.said(of: program, Choices(seed: seed &* 31 &+ number, count: 100))
                shown += said.count { $0 == "[" }
                if said.contains("[]") { Issue.record("seed \(seed): nothing is shown:\n\(said)\n\(text)") }
            }
        }
        #expect(
            accepted > 80 && unguarded > 80 && shown > 300, "\(accepted) \(unguarded) \(shown) \(refused)")
        let found = (refused[.unassignedVariable] ?? 0) + (refused[.optionalUsed] ?? 0)
        #expect(found > 80, "too few flows break the promise: \(refused)")
    }

    private static func said(of program: ProgramFile.Entry, _ choices: Choices) async throws -> String {
        var choices = choices
        let answers = choices.take(8)
        var caller = try OneCaller(program) { request in
            let number = request.url.utf8.reduce(0) { Int($0) &* 7 &+ Int($1) } & 7
            switch answers[number] % 4 {
            case 0: return .failure(.timeout)
            case 1: return .response(status: 404, body: [])
            case 2: return .response(status: 200, body: Array(#"{"name": "Ann"}"#.utf8))
            default: return .response(status: 200, body: Array(#"{"name": "Ann", "size": 4}"#.utf8))
            }
        }
        await caller.call()
        var said = caller.text
        for _ in 0..<30 {
            guard let wait = caller.waits.first else { break }
            switch wait.verb {
            case "Gather":
                await caller.answer(
                    wait,
                    choices.pick(from: [[], [("Digits", "1")], [("Digits", "2")], [("Digits", "4711")]]))
            case "Record":
                await caller.answer(
                    wait,
                    choices.once(in: 2)
                        ? [] : [("RecordingUrl", "https://a.example/R"), ("RecordingDuration", "3")])
            default: await caller.answer(wait)
            }
            said += caller.text
        }
        return said
    }
}

/// Flows that set variables on some ways and read them on others.
private struct AssignmentFlow {
    private var choices: Choices
    private let states = 3
    private var state = 0
    private(set) var unguarded = 0
    /// What has been set on some way so far.
    private var names = ["v2"]

    init(_ choices: Choices) {
        self.choices = choices
    }

    mutating func flow() -> String {
        var lines = [
            "flow: assigned", "channel: voice", "types: {Thing: {name: text(20), size?: integer}}",
            "vars: {coin: {type: integer, initial: 0}, v2: {type: text(20)}}",
        ]
        if choices.once(in: 4) {
            lines += ["\"on\":", "  error:", "    - say: \"\(read())\"", "    - hangup"]
        }
        lines.append("states:")
        for number in 0..<states {
            state = number
            lines.append("  s\(number):")
            for _ in 0...choices.pick(4) { lines += step(depth: 0).map { "    " + $0 } }
            lines.append("    - say: \"\(read())\"")
            lines.append("    - \(number + 1 < states ? "goto: s\(number + 1)" : "hangup")")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func step(depth: Int) -> [String] {
        switch choices.pick(9) {
        case 0, 1: return ["- set: {\(variable()): word}"]
        case 2:
            return [
                "- menu: Press 1 or 2.", "  choices: {1: \(target()), 2: \(target())}", "  attempts: 1",
                "  otherwise: \(target())",
            ]
        case 3:
            names.append("d")
            return [
                "- ask: Your code.", "  as: digits(4)", "  into: d", "  attempts: 1",
                "  otherwise: \(target())",
            ]
        case 4:
            names += ["thing.name", "thing.size"]
            return [
                "- fetch: https://api.example.com/\(choices.pick(9))", "  returns: Thing", "  into: thing",
                "  404: \(target())", "  failed: \(target())",
            ]
        case 5 where depth < 2:
            let inner = step(depth: depth + 1)
            return ["- if: coin > \(choices.pick(2))", "  then:"] + inner.map { "    " + $0 } + [
                "  else: \(target())"
            ]
        case 6:
            names.append("heard.url")
            return ["- record: Speak.", "  into: heard", "  max: 5s", "  otherwise: \(target())"]
        case 7 where depth < 2:
            let name = choices.pick(from: names.filter { !$0.contains(".") })
            unguarded += 1
            return ["- if: \(name) != none", "  then: [{say: \"[${\(name)}]\"}]"]
        default: return ["- say: \"\(read())\""]
        }
    }

    private mutating func variable() -> String {
        let name = "v\(choices.pick(3))"
        names.append(name)
        return name
    }

    private mutating func target() -> String {
        switch choices.pick(5) {
        case 0: "[{set: {\(variable()): word}}]"
        case 1 where state + 1 < states: "s\(state + 1)"
        case 2: "hangup"
        default: "next"
        }
    }

    private static let guards = ["thing.size": "0", "heard.url": "'https://b.example'", "d": "'0000'"]

    private mutating func read() -> String {
        let name = choices.pick(from: names)
        if choices.pick(4) != 0 { return "[${\(name) ?? \(Self.guards[name] ?? "'none'")}]" }
        unguarded += 1
        return "[${\(name)}]"
    }
}
