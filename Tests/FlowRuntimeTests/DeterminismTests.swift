import FlowRuntime
import Testing

/// turn.md rule 8.
@Suite struct DeterminismTests {
    @Test func `walking again gives equal turns`() async {
        let program = ExecutableProgram(FetchTests.program(), hash: [1])
        let event = Event(
            kind: .start, parameters: Parameters([("From", "+15555550100")]), key: SessionKey(bytes: [1]),
            sid: [2], fingerprint: [3], now: 4, zones: UTC())
        let answers: [FetchAnswer] = [.response(status: 200, body: Array("\"x\"".utf8))]
        let first = walk(program, session: nil, event: event, answers: answers)
        for _ in 0..<3 {
            #expect(walk(program, session: nil, event: event, answers: answers) == first)
            guard case .needs = walk(program, session: nil, event: event) else {
                Issue.record("no need")
                return
            }
        }
    }

    @Test func `a session that went through its row walks on alike`() throws {
        let program = ExecutableProgram(MenuTests.menu(), hash: [1])
        func event(_ kind: Event.Kind) -> Event {
            Event(
                kind: kind, parameters: Parameters([]), key: SessionKey(bytes: [1]), sid: [2], now: 4,
                zones: UTC())
        }
        guard case .done(let first) = walk(program, session: nil, event: event(.start)) else { return }
        let back = try Session(decoding: first.session.encoded)
        for answer in [CallerAnswer.keys("1"), .keys("8"), .speech("support"), .keys("*")] {
            let input = event(.input(wait: 1, answer))
            #expect(
                walk(program, session: first.session, event: input)
                    == walk(program, session: back, event: input))
        }
    }

    @Test func `any row and any event end in a turn`() {
        let program = ExecutableProgram(MenuTests.menu(), hash: [1])
        var random = Generator(state: 7)
        for _ in 0..<2_000 {
            let waits = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                Session.Wait(
                    kind: [.verb, .redirect, .silence].randomElement(using: &random) ?? .verb,
                    operation: Int.random(in: -2...12, using: &random),
                    attempt: Int.random(in: 1...5, using: &random))
            }
            let session = Session(
                status: .open, birth: [], programHash: [1], turn: Int.random(in: 1...600, using: &random),
                language: 9, variables: [], waits: waits, began: 0, moved: 0)
            let wait = Int.random(in: -1...9, using: &random)
            let kinds: [Event.Kind] = [
                .start, .silence(wait: wait), .outcome(wait: wait), .input(wait: wait, .speech("sales")),
            ]
            let event = Event(
                kind: kinds.randomElement(using: &random) ?? .start, parameters: Parameters([]),
                key: SessionKey(bytes: []), sid: [], now: .max, zones: UTC())
            guard case .done(let turn) = walk(program, session: session, event: event) else {
                Issue.record("no turn")
                return
            }
            #expect(turn.session.waits.count <= 8)
        }
    }
}
