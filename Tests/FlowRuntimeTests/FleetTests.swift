import FlowProgram
import FlowRuntime
import Synchronization
import Testing

/// Rules 10 and 11 of the runtime: several processes with one store, of which one dies in the middle of a turn.
@Suite struct FleetTests {
    /// Fetches once, says what came, and waits.
    private static func program(method: String = "POST", once: Bool = false) -> Program {
        var builder = ProgramBuilder()
        let first = builder.variable("first")
        let second = builder.variable("second")
        func fetch(into variable: Int, failed: Int, next: Int) -> Operation {
            .fetch(
                Fetch(
                    method: method, url: TextTemplate([.literal("https://api.example.com/x")]), query: [],
                    headers: [], body: .nothing, returns: .text, into: variable, timeout: 4_000, retries: 0,
                    once: once, statuses: [], failed: failed, next: next))
        }
        builder.operations = [
            fetch(into: first, failed: 4, next: 1), fetch(into: second, failed: 4, next: 2),
            .emit(
                Rendering([
                    builder.xml("<Say>"), hole(first), builder.xml(" "), hole(second), builder.xml("</Say>"),
                ])),
            .finish(.hangup),
            .emit(
                Rendering([
                    builder.xml("<Say>failed "),
                    .hole(Hole(expression: .context(.failureReason), form: .written)), builder.xml("</Say>"),
                ])),
            .finish(.hangup),
        ]
        return builder.program()
    }

    private static func text(_ text: String) -> FetchAnswer {
        .response(status: 200, body: Array("\"\(text)\"".utf8))
    }

    private func processes(
        _ program: Program, _ fetchers: [any Fetcher]
    ) -> (processes: [Scene], clock: TestClock, store: MemoryStore) {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        let scenes = fetchers.map {
            Scene(entries: [entry(program)], fetcher: $0, clock: clock, store: store)
        }
        return (scenes, clock, store)
    }

    @Test func `rule 10: a turn whose process died is finished by the next, with the stored answers`() async {
        let dying = StuckFetcher([Self.text("kept")])
        let living = TestFetcher([Self.text("asked again")])
        let (scenes, clock, store) = processes(Self.program(), [dying, living])
        let dead = Task { await scenes[0].answer() }
        await dying.isStuck()
        clock.advance(seconds: 15)
        // Another request than the one that was claimed: first the claimed turn is finished, then it is answered.
        #expect(await scenes[1].answer("1.0") == say("kept asked again") + "<Hangup/>")
        #expect(scenes[1].logs.kinds == [.turn, .late])
        #expect(await scenes[1].answer() == say("kept asked again") + "<Hangup/>")
        dead.cancel()
        dying.fail()
        // The dead one comes back: its turn is no longer its own, and nothing moves.
        #expect(await dead.value == say("kept asked again") + "<Hangup/>")
        #expect(store.count == 1)
        #expect(scenes[0].logs.kinds == [.repeat])
    }

    @Test func `rule 11: a fetch is sent again with the same key, and one whose answer is stored isn't`()
        async
    {
        let dying = StuckFetcher([Self.text("a")])
        let living = TestFetcher([Self.text("b")])
        let (scenes, clock, _) = processes(Self.program(), [dying, living])
        let dead = Task { await scenes[0].answer() }
        await dying.isStuck()
        clock.advance(seconds: 15)
        _ = await scenes[1].answer()
        func key(_ request: FetchRequest?) -> String? {
            request?.headers.first { $0.name == "Idempotency-Key" }?.value
        }
        #expect(dying.requests.count == 2)
        #expect(living.requests.count == 1)
        #expect(key(living.requests.first) == key(dying.requests.last))
        #expect(key(dying.requests.first) != key(dying.requests.last))
        dying.fail()
        _ = await dead.value
    }

    @Test func `rule 11: with once a fetch that was begun is never sent again`() async {
        let dying = StuckFetcher([])
        let living = TestFetcher([Self.text("sent twice")])
        let (scenes, clock, _) = processes(Self.program(once: true), [dying, living])
        let dead = Task { await scenes[0].answer() }
        await dying.isStuck()
        clock.advance(seconds: 15)
        #expect(await scenes[1].answer() == say("failed unknown") + "<Hangup/>")
        #expect(living.requests.isEmpty)
        dying.fail()
        #expect(await dead.value == say("failed unknown") + "<Hangup/>")
    }

    @Test func `rule 10: others wait for the claim, at most until their own deadline`() async {
        let stuck = StuckFetcher([])
        var (scenes, _, _) = processes(Self.program(), [stuck, TestFetcher()])
        scenes[1].conversation.patience = .milliseconds(50)
        let first = Task { [scene = scenes[0]] in await scene.answer() }
        await stuck.isStuck()
        #expect(await scenes[1].answer() == "busy")
        #expect(scenes[1].logs.kinds == [.busy])
        stuck.fail()
        #expect(await first.value == say("failed timeout") + "<Hangup/>")
        #expect(await scenes[1].answer() == say("failed timeout") + "<Hangup/>")
    }

    @Test func `rule 10: nobody needs to come for a turn to be finished`() async {
        let dying = StuckFetcher([])
        let living = TestFetcher([Self.text("a"), Self.text("b")])
        let (scenes, clock, _) = processes(Self.program(), [dying, living])
        let dead = Task { await scenes[0].answer() }
        await dying.isStuck()
        await scenes[1].conversation.attendDue()
        #expect(scenes[1].logs.kinds == [])
        clock.advance(seconds: 15)
        await scenes[1].conversation.attendDue()
        #expect(scenes[1].logs.kinds == [.turn])
        dying.fail()
        #expect(await dead.value == say("a b") + "<Hangup/>")
    }

    @Test func `rule 12: the end of a call waits in the row for the turn in progress`() async {
        let slow = StuckFetcher([])
        let (scenes, _, store) = processes(Self.program(), [slow, TestFetcher()])
        let turn = Task { await scenes[0].answer() }
        await slow.isStuck()
        let ended = scenes[1].request(nil, ["CallStatus": "completed"], purpose: .status)
        #expect(await scenes[1].conversation.answer(ended) == .noContent)
        #expect(scenes[1].logs.kinds == [])
        slow.fail()
        #expect(await turn.value == say("failed timeout") + "<Hangup/>")
        await scenes[1].conversation.attendDue()
        #expect(await (try? store.due(limit: 9)) == [])
    }

    @Test func `rule 9: a turn without a fetch claims nothing`() async throws {
        let scene = Scene(MenuTests.menu())
        _ = await scene.answer()
        let key = SessionKey(
            channel: .voice, account: ArraySlice("AC1".utf8), place: [ArraySlice(callSid.utf8)],
            flow: Array("test".utf8), run: [])
        let stored = try #require(scene.store.readNow(key))
        #expect(stored.leaseLeft == nil)
        #expect(stored.revision == 1)
    }
}

/// Gives some answers, then never answers: as a process that dies, seen from outside.
final class StuckFetcher: Fetcher {
    private struct State {
        var answers: [FetchAnswer]
        var requests: [FetchRequest] = []
        var stuck: CheckedContinuation<FetchAnswer, Never>?
        var hasFailed = false
    }

    private let state: Mutex<State>

    init(_ answers: [FetchAnswer]) {
        state = Mutex(State(answers: answers))
    }

    var requests: [FetchRequest] { state.withLock { $0.requests } }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        let answer = state.withLock { state -> FetchAnswer? in
            state.requests.append(request)
            if !state.answers.isEmpty { return state.answers.removeFirst() }
            return state.hasFailed ? .failure(.timeout) : nil
        }
        if let answer { return answer }
        return await withCheckedContinuation { continuation in
            state.withLock { $0.stuck = continuation }
        }
    }

    func isStuck() async {
        while state.withLock({ $0.stuck == nil }) { try? await Task.sleep(for: .milliseconds(1)) }
    }

    /// The fetch comes to an end after all.
    func fail() {
        let stuck = state.withLock { state in
            defer { state.stuck = nil }
            state.hasFailed = true
            return state.stuck
        }
        stuck?.resume(returning: .failure(.timeout))
    }
}
