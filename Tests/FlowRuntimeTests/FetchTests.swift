import FlowProgram
import FlowRuntime
import Synchronization
import Testing

@Suite struct FetchTests {
    struct Call {
        var method = "GET"
        var url = TextTemplate([.literal("https://api.example.com/x")])
        var query: [NamedExpression] = []
        var headers: [NamedExpression] = []
        var credentials: Fetch.Credentials?
        var body = Fetch.Body.nothing
        var returns: ValueType? = .text
        var retries = 0
        var once = false
        var statuses: [Fetch.Status] = []
    }

    /// Fetches, says what came; says why if it failed.
    static func program(_ call: Call = Call()) -> Program {
        var builder = ProgramBuilder()
        let found = builder.variable("found")
        builder.operations = [
            .fetch(
                Fetch(
                    method: call.method, url: call.url, query: call.query, headers: call.headers,
                    credentials: call.credentials, body: call.body, returns: call.returns, into: found,
                    timeout: 4_000,
                    retries: call.retries, once: call.once, statuses: call.statuses, failed: 3, next: 1)),
            .emit(Rendering([builder.xml("<Say>"), hole(found), builder.xml("</Say>")])),
            .finish(.hangup),
            .emit(
                Rendering([
                    builder.xml("<Say>failed "),
                    .hole(Hole(expression: .context(.failureReason), form: .written)), builder.xml(" "),
                    .hole(Hole(expression: .context(.failureStatus), form: .written)), builder.xml("</Say>"),
                ])),
            .finish(.hangup),
            .emit(builder.say("named")), .finish(.hangup),
        ]
        return builder.program()
    }

    private static func response(_ status: Int, _ body: String = "\"here\"") -> FetchAnswer {
        .response(status: status, body: Array(body.utf8))
    }

    @Test(
        arguments: [
            (response(200), "here"), (response(201), "here"), (response(404), "named"),
            (response(500), "failed status 500"), (response(302), "failed status 302"),
            (response(200, "12"), "failed malformed 200"), (.failure(.timeout), "failed timeout "),
            (.failure(.unreachable), "failed unreachable "), (.failure(.refused), "failed refused "),
            (.failure(.tooLarge), "failed too_large "), (.failure(.unknown), "failed unknown "),
        ] as [(FetchAnswer, String)])
    func `a fetch goes the way of its answer`(answer: FetchAnswer, said: String) async {
        let scene = Scene(Self.program(Call(statuses: [.init(code: 404, target: 5)])), answers: [answer])
        #expect(await scene.answer() == say(said) + "<Hangup/>")
    }

    @Test func `credentials go as Basic authentication`() throws {
        let credentials = Fetch.Credentials(
            user: .literal(.text("Aladdin")), password: .literal(.text("open sesame")))
        let headers = try request(of: Self.program(Call(credentials: credentials))).headers
        // RFC 7617, section 2.
        #expect(headers == [.init("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")])
    }

    @Test func `the log says why a fetch failed`() async throws {
        let type = ValueType.record(.init(name: nil, fields: [.init(name: "degrees", type: .number)]))
        let scene = Scene(
            Self.program(Call(returns: type)), answers: [Self.response(200, #"{"degrees": "warm"}"#)])
        _ = await scene.answer()
        let failed = try #require(scene.logs.last?.failedFetches.first)
        #expect(failed.reason == "malformed")
        #expect(failed.status == 200)
        #expect(failed.detail?.hasPrefix("degrees: ") == true)
        #expect(scene.logs.last?.fault == nil)
    }

    @Test func `without a type the body is ignored`() async {
        let scene = Scene(Self.program(Call(returns: nil)), answers: [Self.response(204, "")])
        #expect(await scene.answer() == say("") + "<Hangup/>")
    }

    @Test func `holes of a URL can't change where it leads`() async throws {
        let base = TypedExpression.literal(.text("https://api.example.com/v1?key=1#part"))
        let hostile = TypedExpression.literal(.text("../a b?c=d&e#/é"))
        let call = Call(
            url: TextTemplate([.hole(base)]),
            query: [
                NamedExpression(name: "q", value: hostile),
                NamedExpression(name: "left out", value: .literal(.none)),
                NamedExpression(name: "n", value: .literal(.integer(2))),
            ])
        let first = try request(of: Self.program(call))
        #expect(
            first.url == "https://api.example.com/v1?key=1&q=..%2Fa%20b%3Fc%3Dd%26e%23%2F%C3%A9&n=2")
        let inPath = Call(
            url: TextTemplate([.literal("https://api.example.com/"), .hole(hostile), .literal("/end")]))
        #expect(
            try request(of: Self.program(inPath)).url
                == "https://api.example.com/..%2Fa%20b%3Fc%3Dd%26e%23%2F%C3%A9/end")
    }

    @Test func `a header can't begin another`() throws {
        let call = Call(headers: [
            NamedExpression(name: "X-Name", value: .literal(.text("a\r\nX-Evil: b\u{0}"))),
            NamedExpression(name: "X-None", value: .literal(.none)),
        ])
        #expect(try request(of: Self.program(call)).headers == [.init("X-Name", "aX-Evil: b")])
    }

    @Test func `bodies come as JSON or as a form, with their type`() throws {
        let name = TypedExpression.literal(.text("A \"B\""))
        let json = JSONTemplate.object([
            .init(name: "name", value: .value(name)),
            .init(name: "list", value: .list([.value(.literal(.integer(1))), .value(.literal(.none))])),
        ])
        let posted = try request(of: Self.program(Call(method: "POST", body: .json(json))))
        #expect(String(decoding: posted.body, as: UTF8.self) == #"{"name":"A \"B\"","list":[1,null]}"#)
        #expect(posted.headers.last == .init("Content-Type", "application/json"))
        let form = try request(
            of: Self.program(
                Call(
                    method: "POST",
                    headers: [NamedExpression(name: "content-type", value: .literal(.text("x")))],
                    body: .form([NamedExpression(name: "a b", value: name)]))))
        #expect(String(decoding: form.body, as: UTF8.self) == "a%20b=A%20%22B%22")
        #expect(form.headers.map(\.name) == ["content-type", "Idempotency-Key"])
    }

    @Test func `what changes something carries a key of session, turn and effect`() throws {
        let program = Self.program(Call(method: "POST"))
        var other = event()
        other.sid = Array("CA2".utf8)
        let keys = try [event(), event(), other].map { event in
            try request(of: program, event: event).headers.first { $0.name == "Idempotency-Key" }?.value
        }
        #expect(keys[0]?.utf8.count == 64)
        #expect(keys[0] == keys[1])
        #expect(keys[0] != keys[2])
        #expect(try request(of: Self.program()).headers.isEmpty)
    }

    @Test func `a retry is asked for after what may pass, and with the same key`() async {
        let scene = Scene(
            Self.program(Call(method: "POST", retries: 2)),
            answers: [.failure(.timeout), Self.response(503), Self.response(200)])
        #expect(await scene.answer() == say("here") + "<Hangup/>")
        let requests = (scene.fetcher as? TestFetcher)?.requests ?? []
        #expect(requests.count == 3)
        #expect(Set(requests).count == 1)
    }

    @Test(arguments: [
        (Call(retries: 2), FetchAnswer.failure(.refused)), (Call(retries: 2, once: true), .failure(.timeout)),
    ])
    func `what can't pass, or may happen once, isn't tried again`(call: Call, answer: FetchAnswer) async {
        let scene = Scene(Self.program(call), answers: [answer, Self.response(200)])
        #expect(await scene.answer().hasPrefix("<Say>failed"))
        #expect((scene.fetcher as? TestFetcher)?.requests.count == 1)
    }

    @Test func `a turn fetches eight times at most`() async {
        var builder = ProgramBuilder()
        let found = builder.variable("found")
        for index in 0..<9 {
            builder.operations.append(
                .fetch(
                    Fetch(
                        method: "GET", url: TextTemplate([.literal("https://api.example.com/\(index)")]),
                        query: [], headers: [], body: .nothing, returns: .text, into: found, timeout: 100,
                        retries: 0, once: false, statuses: [], failed: 9, next: index + 1)))
        }
        builder.operations.append(.finish(.hangup))
        let scene = Scene(builder.program(), answers: Array(repeating: Self.response(200), count: 9))
        #expect(await scene.answer() == say("Sorry.") + "<Hangup/>")
        #expect((scene.fetcher as? TestFetcher)?.requests.count == 8)
        #expect(scene.logs.last?.fault?.reason == "too-many-fetches")
    }

    @Test func `a request that needs a fetch isn't answered at once, and then nothing has happened`() async {
        let scene = Scene(Self.program(), answers: [Self.response(200)])
        #expect(scene.conversation.answerNow(scene.request()) == nil)
        #expect(scene.store.count == 0)
        #expect(scene.logs.all.isEmpty)
        #expect(await scene.answer() == say("here") + "<Hangup/>")
    }

    @Test func `what comes while a turn fetches waits for it and gets its answer`() async {
        let fetcher = Gate(Self.response(200))
        let scene = Scene(entries: [entry(Self.program())], fetcher: fetcher)
        async let first = scene.answer()
        await fetcher.isAsked()
        #expect(scene.conversation.answerNow(scene.request()) == nil)
        async let second = scene.answer()
        await Task.yield()
        fetcher.open()
        #expect(await [first, second] == Array(repeating: say("here") + "<Hangup/>", count: 2))
        #expect(scene.logs.kinds == [.turn, .repeat])
        #expect(fetcher.count == 1)
    }

    @Test func `who can't wait is told to come again`() async {
        let fetcher = Gate(Self.response(200))
        let scene = Scene(entries: [entry(Self.program())], fetcher: fetcher)
        async let first = scene.answer()
        await fetcher.isAsked()
        var hasty = scene.conversation
        hasty.patience = .zero
        #expect(await hasty.answer(scene.request()) == .busy)
        hasty.patience = .milliseconds(1)
        #expect(await hasty.answer(scene.request()) == .busy)
        fetcher.open()
        #expect(await first == say("here") + "<Hangup/>")
        #expect(await hasty.answer(scene.request()) != .busy)
    }

    @Test func `a waiting request that is cancelled gives up`() async {
        let fetcher = Gate(Self.response(200))
        let scene = Scene(entries: [entry(Self.program())], fetcher: fetcher)
        async let first = scene.answer()
        await fetcher.isAsked()
        let second = Task { await scene.conversation.answer(scene.request()) }
        second.cancel()
        #expect(await second.value == .busy)
        fetcher.open()
        #expect(await first == say("here") + "<Hangup/>")
    }

    @Test func `another call isn't held up`() async {
        let fetcher = Gate(Self.response(200))
        let scene = Scene(
            entries: [entry(Self.program())], fetcher: fetcher)
        async let first = scene.answer()
        await fetcher.isAsked()
        async let other = scene.answer(run: "other")
        await fetcher.isAsked(times: 2)
        fetcher.open()
        #expect(await [first, other] == Array(repeating: say("here") + "<Hangup/>", count: 2))
    }

    @Test func `a call that ends while a turn fetches is closed behind it`() async {
        let fetcher = Gate(Self.response(200))
        var builder = ProgramBuilder()
        let program = Self.program()
        builder.operations = program.operations
        builder.statics = program.statics
        builder.variables = program.variables
        builder.operations[2] = builder.gather("More?", choices: [keys("1", to: 1)], otherwise: 4)
        let scene = Scene(entries: [entry(builder.program())], fetcher: fetcher)
        async let first = scene.answer()
        await fetcher.isAsked()
        let status = scene.request(nil, ["CallStatus": "completed"], purpose: .status)
        #expect(await scene.conversation.answer(status) == .noContent)
        fetcher.open()
        #expect(await first == say("here") + gather("1.0", "More?", seconds: 6) + "<Hangup/>")
        await scene.conversation.attendDue()
        #expect(scene.logs.kinds == [.turn, .ended])
        #expect(await scene.answer("1.0", ["Digits": "1"]).hasPrefix(say("here")))
        #expect(scene.logs.last?.kind == .late)
    }

    @Test func `a call's fetch that wouldn't fit into the turn waits for the next one`() async {
        let clock = TestClock()
        let fetcher = SlowFetcher(clock: clock)
        var builder = ProgramBuilder()
        for index in 0..<3 {
            builder.operations.append(
                .fetch(
                    Fetch(
                        method: "GET", url: TextTemplate([.literal("https://api.example.com/")]), query: [],
                        headers: [], body: .nothing, returns: nil, into: nil, timeout: 9_000, retries: 0,
                        once: false, statuses: [], failed: 3, next: index + 1)))
        }
        builder.operations += [.finish(.hangup)]
        let scene = Scene(entries: [entry(builder.program())], fetcher: fetcher, clock: clock)
        #expect(await scene.answer() == redirect("1.0", seconds: 13))
        #expect(fetcher.timeouts == [9_000])
        #expect(await scene.answer("1.0") == redirect("2.0", seconds: 11))
        #expect(fetcher.timeouts == [9_000, 9_000])
    }

    private func event() -> Event {
        Event(
            kind: .start, parameters: Parameters([]), key: SessionKey(bytes: [1]), sid: Array("CA1".utf8),
            now: 0, zones: UTC())
    }

    private func request(of program: Program, event: Event? = nil) throws -> FetchRequest {
        guard case .needs(let effect) = walk(program, session: nil, event: event ?? self.event()) else {
            throw NothingNeeded()
        }
        return effect.request
    }

    private struct NothingNeeded: Error {}
}

/// A fetcher that answers when it is opened.
final class Gate: Fetcher {
    private struct State {
        var isOpen = false
        var count = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let answer: FetchAnswer

    init(_ answer: FetchAnswer) {
        self.answer = answer
    }

    var count: Int { state.withLock { $0.count } }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.count += 1
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
        return answer
    }

    func isAsked(times: Int = 1) async {
        while count < times { await Task.yield() }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Each fetch takes as long as it may.
final class SlowFetcher: Fetcher {
    private let asked = Mutex<[Int]>([])
    private let clock: TestClock

    init(clock: TestClock) {
        self.clock = clock
    }

    var timeouts: [Int] { asked.withLock { $0 } }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        asked.withLock { $0.append(request.timeout) }
        clock.advance(seconds: Int64(request.timeout / 1_000))
        return .response(status: 200, body: [])
    }
}
