import FlowProgram
import FlowRuntime
import Testing

/// Each URL tells the provider to wait for its own fetches and two seconds more.
@Suite("How long the provider waits")
struct AnswerTimeTests {
    /// Asks; key 1 leads to fetches one after another, key 2 to the end.
    private static func program(_ fetches: [(timeout: Int, retries: Int)]) -> Program {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather(
                "Press", choices: [keys("1", to: 1), keys("2", to: 1 + fetches.count)],
                otherwise: 1 + fetches.count)
        ]
        for (index, fetch) in fetches.enumerated() {
            builder.operations.append(
                .fetch(
                    Fetch(
                        method: "GET", url: TextTemplate([.literal("https://api.example.com/x")]), query: [],
                        headers: [], body: .nothing, returns: nil, into: nil, timeout: fetch.timeout,
                        retries: fetch.retries, once: false, statuses: [], failed: index + 2, next: index + 2)
                ))
        }
        builder.operations.append(.finish(.hangup))
        return builder.program()
    }

    @Test(
        "What a wait leads to decides it",
        arguments: [
            ([], 5), ([(4_000, 0)], 6), ([(100, 0)], 3), ([(1_500, 1)], 5), ([(3_000, 0), (4_000, 0)], 9),
            // A call's turn ends before a fetch that doesn't fit.
            ([(4_000, 0), (4_000, 0), (4_000, 0)], 13), ([(11_000, 0)], 13),
        ] as [([(timeout: Int, retries: Int)], Int)])
    func worstCase(_ fetches: [(timeout: Int, retries: Int)], _ seconds: Int) async {
        let document = await Scene(Self.program(fetches)).answer()
        #expect(document.contains("action=\"\(url("1.0", seconds: seconds))\""), "\(document)")
    }

    @Test("A fetch that only another wait leads to isn't waited for")
    func otherWait() async {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("First", choices: [keys("1", to: 1)], otherwise: 3),
            builder.gather("Second", choices: [keys("1", to: 2)], otherwise: 3),
            .fetch(
                Fetch(
                    method: "GET", url: TextTemplate([.literal("https://api.example.com/x")]), query: [],
                    headers: [], body: .nothing, returns: nil, into: nil, timeout: 4_000, retries: 0,
                    once: false, statuses: [], failed: 3, next: 3)), .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        #expect(await scene.answer().contains(url("1.0", seconds: 5)))
        #expect(await scene.answer("1.0", ["Digits": "1"]).contains(url("2.0", seconds: 6)))
    }

    @Test("Overrides of one's own say it themselves", arguments: ["#rt=9000", "#rc=1&rt=9000", ""])
    func own(_ overrides: String) async {
        let scene = Scene(Self.program([]))
        let conversation = Conversation(
            deployment: Deployment(entries: [entry(Self.program([]))]), store: scene.store,
            fetcher: scene.fetcher, clock: scene.clock, zones: UTC(), baseURL: "https://example.com",
            overrides: overrides)
        let document = scene.text(await conversation.answer(scene.request()))
        let fragment = overrides.replacing("&", with: "&amp;")
        #expect(document.contains("1.0\(fragment)\""), "\(document)")
    }
}
