import FlowProgram
import FlowRuntime
import Synchronization
import Testing

/// turn.md rule 6, row by row.
@Suite struct RepeatTests {
    /// Presses lead from menu to menu; 9 is the end.
    private func program(_ name: String = "Menu") -> Program {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather(name, choices: [keys("1", to: 0), keys("9", to: 1)], otherwise: 1),
            .finish(.hangup),
        ]
        return builder.program()
    }

    private func menu(_ turn: Int, _ name: String = "Menu") -> String {
        gather("\(turn).0", name) + "<Hangup/>"
    }

    private let apology = say("Sorry.") + "<Hangup/>"

    @Test func `no session and no position begins one`() async {
        let scene = Scene(program())
        #expect(await scene.answer() == menu(1))
        #expect(scene.logs.kinds == [.turn])
        #expect(scene.store.count == 1)
    }

    @Test func `no session for a position is an apology, and nothing is stored`() async {
        let scene = Scene(program())
        #expect(await scene.answer("1.0", ["Digits": "1"]) == apology)
        #expect(scene.logs.kinds == [.sessionLost])
        #expect(scene.store.count == 0)
    }

    @Test func `a repeated start gets the same bytes`() async {
        let scene = Scene(program())
        let first = await scene.answer()
        #expect(await scene.answer() == first)
        #expect(scene.logs.kinds == [.turn, .repeat])
    }

    @Test func `a repeated answer gets the same bytes and moves nothing`() async {
        let scene = Scene(program())
        _ = await scene.answer()
        let second = await scene.answer("1.0", ["Digits": "1"])
        #expect(second == menu(2))
        #expect(await scene.answer("1.0", ["Digits": "1"]) == second)
        #expect(await scene.answer("2.0", ["Digits": "1"]) == menu(3))
        #expect(scene.logs.kinds == [.turn, .turn, .repeat, .turn])
    }

    @Test func `another answer for an answered position gets the present document`() async {
        let scene = Scene(program())
        _ = await scene.answer()
        _ = await scene.answer("1.0", ["Digits": "1"])
        #expect(await scene.answer("1.0", ["Digits": "9"]) == menu(2))
        #expect(scene.logs.kinds == [.turn, .turn, .conflict])
    }

    @Test func `a late request gets the present document`() async {
        let scene = Scene(program())
        _ = await scene.answer()
        _ = await scene.answer("1.0", ["Digits": "1"])
        _ = await scene.answer("2.0", ["Digits": "1"])
        #expect(await scene.answer("1.0", ["Digits": "1"]) == menu(3))
        #expect(await scene.answer() == menu(3))
        #expect(await scene.answer("3.1", ["Digits": "1"]) == menu(3))
        #expect(scene.logs.kinds == [.turn, .turn, .turn, .late, .late, .late])
    }

    @Test func `a position that the session hasn't come to closes it with an apology`() async {
        let scene = Scene(program())
        _ = await scene.answer()
        #expect(await scene.answer("2.0", ["Digits": "1"]) == apology)
        #expect(await scene.answer("1.0", ["Digits": "1"]) == menu(1))
        #expect(scene.logs.kinds == [.turn, .sessionLost, .late])
    }

    @Test func `that apology is in the session's language`() async {
        var builder = ProgramBuilder()
        builder.languages = [.init(tag: "en-US", voice: nil), .init(tag: "es-MX", voice: nil)]
        builder.operations = [
            .setLanguage(.literal(.text("es-MX"))), builder.gather("Menu", otherwise: 2), .finish(.hangup),
        ]
        var program = builder.program()
        program.apology = Rendering([
            program.apology.pieces(in: 0), [.fixed(program.statics.count)],
        ])
        program.statics.append(StaticPiece(xml: say("Lo siento."), units: 10))
        let scene = Scene(program)
        _ = await scene.answer()
        #expect(await scene.answer("2.0") == say("Lo siento.") + "<Hangup/>")
    }

    @Test func `a closed session answers repeats and isn't reopened by a position`() async {
        let scene = Scene(program())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["Digits": "9"]) == "<Hangup/>")
        #expect(await scene.answer("1.0", ["Digits": "9"]) == "<Hangup/>")
        #expect(await scene.answer("2.0", ["Digits": "1"]) == "<Hangup/>")
        #expect(scene.logs.kinds == [.turn, .turn, .repeat, .late])
    }

    @Test func `another run is another session, and its URLs say so`() async {
        let scene = Scene(program())
        _ = await scene.answer()
        let second = await scene.answer(run: "again-2")
        #expect(second == "<Gather action=\"\(url("1.0", run: "again-2"))\">Menu</Gather><Hangup/>")
        #expect(scene.store.count == 2)
    }

    @Test func `a session ends on the program that it began with`() async {
        let store = MemoryStore()
        let old = entry(program("Old"), version: 1)
        let new = entry(program("New"), version: 2)
        let before = Scene(entries: [old], store: store)
        let after = Scene(entries: [new, old], store: store)
        #expect(await before.answer() == menu(1, "Old"))
        #expect(await after.answer("1.0", ["Digits": "1"]) == menu(2, "Old"))
        #expect(await after.answer(run: "b").hasSuffix("New</Gather><Hangup/>"))
    }

    @Test func `a session whose program is gone is lost`() async {
        let store = MemoryStore()
        let before = Scene(entries: [entry(program("Old"), version: 1)], store: store)
        let after = Scene(entries: [entry(program("New"), version: 2)], store: store)
        _ = await before.answer()
        #expect(await after.answer("1.0", ["Digits": "1"]) == apology)
        #expect(after.logs.kinds == [.sessionLost])
    }

    @Test func `a row of a newer release is left alone`() async {
        let scene = Scene(program())
        let key = SessionKey(
            channel: .voice, account: ArraySlice("AC1".utf8), place: [ArraySlice(callSid.utf8)],
            flow: Array("test".utf8), run: [])
        let row: [UInt8] = [Session.format + 1, 1, 2, 3]
        #expect(scene.store.writeNow(SessionWrite(row: row, expecting: nil, lifetime: 60), for: key) != nil)
        #expect(await scene.answer() == apology)
        #expect(await scene.answer("1.0") == apology)
        #expect(scene.store.readNow(key)?.row == row)
    }

    @Test(arguments: [(86_399, true), (86_400, false)])
    func `an open call is kept for a day`(seconds: Int64, isKept: Bool) async {
        let scene = Scene(program())
        _ = await scene.answer()
        scene.clock.advance(seconds: seconds)
        #expect(await scene.answer("1.0", ["Digits": "1"]) == (isKept ? menu(2) : apology))
    }

    @Test(arguments: [(3_599, true), (3_600, false)])
    func `a closed call is kept for an hour`(seconds: Int64, isKept: Bool) async {
        let scene = Scene(program())
        _ = await scene.answer()
        _ = await scene.answer("1.0", ["Digits": "9"])
        scene.clock.advance(seconds: seconds)
        #expect(await scene.answer("1.0", ["Digits": "9"]) == (isKept ? "<Hangup/>" : apology))
    }

    @Test(arguments: [
        ([("CallSid", "")], "badRequest(\"CallSid is missing or malformed\")"),
        ([("CallSid", "CA1<>")], "badRequest(\"CallSid is missing or malformed\")"),
        ([], "badRequest(\"CallSid is missing or malformed\")"),
    ])
    func `a request without a session's key is refused`(parameters: [(String, String)], said: String) async {
        let scene = Scene(program())
        var request = scene.request()
        request.parameters = Parameters(parameters)
        #expect(scene.text(await scene.conversation.answer(request)) == said)
    }

    @Test func `a flow that isn't there is unknown`() async {
        let scene = Scene(program())
        var request = scene.request()
        request.flow = Array("other".utf8)
        #expect(await scene.conversation.answer(request) == .unknownFlow)
        request.flow = Array("test".utf8)
        request.channel = .sms
        #expect(await scene.conversation.answer(request) == .unknownFlow)
    }

    @Test func `two requests at one position move the session once`() async {
        let scene = Scene(program())
        _ = await scene.answer()
        let answers = await withTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { await scene.answer("1.0", ["Digits": "1"]) } }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(answers == Array(repeating: menu(2), count: 8))
        #expect(scene.logs.kinds.filter { $0 == .turn }.count == 2)
        #expect(scene.logs.kinds.filter { $0 == .repeat }.count == 7)
    }

    @Test func `two servers with one store move the session once`() async {
        let store = MemoryStore()
        let entries = [entry(program())]
        let servers = [Scene(entries: entries, store: store), Scene(entries: entries, store: store)]
        _ = await servers[0].answer()
        let answers = await withTaskGroup(of: String.self) { group in
            for index in 0..<8 { group.addTask { await servers[index % 2].answer("1.0", ["Digits": "1"]) } }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(answers == Array(repeating: menu(2), count: 8))
        #expect((servers[0].logs.kinds + servers[1].logs.kinds).filter { $0 == .turn }.count == 2)
    }

    @Test func `who loses the write reads again`() async {
        let store = MemoryStore()
        let entries = [entry(program())]
        let rival = Scene(entries: entries, store: store)
        _ = await rival.answer()
        let scene = Scene(entries: entries, store: store)
        let request = rival.request("1.0", ["Digits": "1"])
        let raced = RacedStore(store) { _ = rival.conversation.answerNow(request) }
        let conversation = Conversation(
            deployment: Deployment(entries: entries), store: raced, fetcher: TestFetcher(),
            clock: scene.clock, zones: UTC(), baseURL: "https://example.com",
            log: { [logs = scene.logs] in logs.append($0) })
        let answer = await conversation.answer(scene.request("1.0", ["Digits": "9"]))
        #expect(scene.text(answer) == menu(2))
        #expect(scene.logs.kinds == [.conflict])
        #expect(rival.logs.kinds == [.turn, .turn])
    }

    @Test func `at once or not, the answers are the same bytes`() async {
        let atOnce = Scene(MenuTests.menu())
        let slow = Scene(MenuTests.menu())
        let script: [(String?, KeyValuePairs<String, String>)] = [
            (nil, [:]), ("1.1", ["Digits": "8"]), ("1.1", ["Digits": "8"]),
            ("2.0", ["SpeechResult": "support"]),
            ("9.0", [:]),
        ]
        let conversation = Conversation(
            deployment: Deployment(entries: [entry(MenuTests.menu())]), store: SlowStore(slow.store),
            fetcher: TestFetcher(), clock: slow.clock, zones: UTC(), baseURL: "https://example.com/",
            log: { _ in })
        for (position, parameters) in script {
            let request = atOnce.request(position, parameters)
            #expect(conversation.answerNow(request) == nil)
            #expect(await conversation.answer(request) == atOnce.conversation.answerNow(request))
        }
    }

    @Test func `a store that fails is busy`() async {
        let scene = Scene(program())
        let conversation = Conversation(
            deployment: Deployment(entries: [entry(program())]), store: BrokenStore(), fetcher: TestFetcher(),
            clock: scene.clock, zones: UTC(), baseURL: "https://example.com",
            log: { [logs = scene.logs] in logs.append($0) })
        #expect(await conversation.answer(scene.request()) == .busy)
        #expect(scene.logs.kinds == [.storeFailed])
    }
}

/// A store that doesn't answer at once.
struct SlowStore: SessionStore {
    let store: MemoryStore

    init(_ store: MemoryStore) {
        self.store = store
    }

    func read(_ key: SessionKey) async throws -> StoredSession? {
        await Task.yield()
        return store.readNow(key)
    }

    func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
        await Task.yield()
        return store.writeNow(write, for: key)
    }

    func due(limit: Int) async throws -> [SessionKey] { try await store.due(limit: limit) }
}

/// A store that another server writes to just before the first write.
final class RacedStore: SessionStore {
    private let store: MemoryStore
    private let rival: Mutex<(@Sendable () -> Void)?>

    init(_ store: MemoryStore, rival: @escaping @Sendable () -> Void) {
        self.store = store
        self.rival = Mutex(rival)
    }

    func read(_ key: SessionKey) async throws -> StoredSession? { store.readNow(key) }

    func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
        let rival = rival.withLock { rival in
            defer { rival = nil }
            return rival
        }
        rival?()
        return store.writeNow(write, for: key)
    }

    func due(limit: Int) async throws -> [SessionKey] { try await store.due(limit: limit) }
}

struct BrokenStore: SessionStore {
    struct Failure: Error {}

    func read(_ key: SessionKey) async throws -> StoredSession? { throw Failure() }

    func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? { throw Failure() }

    func due(limit: Int) async throws -> [SessionKey] { throw Failure() }
}
