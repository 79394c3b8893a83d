import FlowProgram
import FlowRuntime
import Testing

/// What answers when the provider couldn't go on with a document.
@Suite struct FallbackTests {
    private func menu() -> Program {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Go on?", choices: [keys("1", to: 0)], otherwise: 1), .finish(.hangup),
        ]
        return builder.program()
    }

    private let apology = say("Sorry.") + "<Hangup/>"

    private func present(_ turn: Int) -> String { gather("\(turn).0", "Go on?") + "<Hangup/>" }

    /// - Parameter code: makes one request another.
    private func fallback(_ scene: Scene, _ position: String?, code: String = "11200") async -> String {
        let request = scene.request(position, ["ErrorCode": code], purpose: .fallback)
        return scene.text(await scene.conversation.answer(request))
    }

    @Test func `where the next request failed, the document is heard once more and the call goes on`() async {
        let scene = Scene(menu())
        let first = await scene.answer()
        #expect(first == present(1))
        #expect(await fallback(scene, "1.0") == say("Pardon.") + first)
        #expect(await scene.answer("1.0", ["Digits": "1"]) == present(2))
        #expect(scene.logs.kinds == [.turn, .fallback, .turn])
        #expect(scene.logs.all[1].turn == 1)
    }

    @Test func `once a turn: then the apology, but the same request gets the same bytes`() async {
        let scene = Scene(menu())
        let first = await scene.answer()
        for _ in 0..<3 { #expect(await fallback(scene, "1.0") == say("Pardon.") + first) }
        #expect(await fallback(scene, "1.0", code: "11205") == apology)
        #expect(await fallback(scene, "1.0") == say("Pardon.") + first)
        #expect(await scene.answer("1.0", ["Digits": "1"]) == present(2))
    }

    @Test func `three times a call`() async {
        let scene = Scene(menu())
        var document = await scene.answer()
        for turn in 1...5 {
            let heard = await fallback(scene, "\(turn).0", code: "\(turn)")
            #expect(heard == (turn <= 3 ? say("Pardon.") + document : apology))
            document = await scene.answer("\(turn).0", ["Digits": "1"])
        }
    }

    @Test(arguments: [nil, "2.0", "4.0", "3.5", "3.1"])
    func `any other place hears the apology, and nothing moves`(position: String?) async {
        let scene = Scene(menu())
        _ = await scene.answer()
        _ = await scene.answer("1.0", ["Digits": "1"])
        _ = await scene.answer("2.0", ["Digits": "1"])
        #expect(await fallback(scene, position) == apology)
        #expect(await scene.answer("3.0", ["Digits": "1"]) == present(4))
    }

    @Test func `a call that nobody knows hears the apology, and nothing is stored`() async {
        let scene = Scene(menu())
        #expect(await fallback(scene, nil) == apology)
        #expect(await fallback(scene, "1.0") == apology)
        #expect(scene.store.count == 0)
        #expect(scene.logs.kinds == [.fallback, .fallback])
    }

    @Test func `a call that is over hears nothing`() async {
        let scene = Scene(menu())
        _ = await scene.answer()
        let over = scene.request("1.0", ["CallStatus": "completed"], purpose: .fallback)
        #expect(scene.text(await scene.conversation.answer(over)) == "<Response/>")
        // A session that was closed isn't opened again.
        let completed = scene.request(nil, ["CallStatus": "completed"], purpose: .status)
        _ = await scene.conversation.answer(completed)
        #expect(await fallback(scene, "1.0") == apology)
    }

    @Test func `while the store is away the apology is heard`() async {
        let scene = Scene(menu())
        let conversation = Conversation(
            deployment: Deployment(entries: [entry(menu())]), store: AwayStore(), fetcher: TestFetcher(),
            clock: scene.clock, zones: UTC(), baseURL: "https://example.com")
        for position in [nil, "1.0"] {
            let request = scene.request(position, purpose: .fallback)
            #expect(scene.text(await conversation.answer(request)) == apology)
        }
    }
}

private struct AwayStore: SessionStore {
    struct Away: Error {}

    func read(_ key: SessionKey) async throws -> StoredSession? { throw Away() }
    func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? { throw Away() }
    func due(limit: Int) async throws -> [SessionKey] { throw Away() }
}
