import FlowProgram
import FlowRuntime
import Testing

/// turn.md rule 15 for flows that aren't deployed any more, in a process that was started anew: the programs are found by their hash.
@Suite struct UndeployedTests {
    private static func menu(_ channel: Channel) -> Deployment.Entry {
        var builder = ProgramBuilder()
        builder.channel = channel
        builder.operations = [
            builder.gather("Go on?", choices: [keys("1", to: 1), phrases("yes", to: 1)], otherwise: 1),
            .emit(channel == .voice ? builder.say("Bye.") : builder.text("Bye.")), .finish(.end),
        ]
        return entry(builder.program())
    }

    private static func other() -> Deployment.Entry {
        var builder = ProgramBuilder()
        builder.operations = [.finish(.hangup)]
        return entry(builder.program(flow: "other"), version: 9)
    }

    /// A process with the same store, where only another flow is deployed.
    private func later(_ scene: Scene, knowing known: Deployment.Entry?) -> Scene {
        var later = Scene(entries: [Self.other()], clock: scene.clock, store: scene.store)
        let logs = later.logs
        later.conversation = Conversation(
            deployments: Deployments(Deployment(entries: [Self.other()])) { hash in
                hash == known?.hash ? known : nil
            },
            store: scene.store, fetcher: scene.fetcher, clock: scene.clock, zones: UTC(),
            baseURL: "https://example.com", log: { logs.append($0) })
        return later
    }

    @Test func `a call ends on the version that it began with`() async {
        let menu = Self.menu(.voice)
        let scene = Scene(entries: [menu])
        let first = await scene.answer()
        let later = later(scene, knowing: menu)
        // The entry once more is a repeat; another call begins nothing.
        #expect(await later.answer() == first)
        #expect(await later.answer("1.0", ["Digits": "1"]) == say("Bye.") + "<Hangup/>")
        #expect(await later.answer("1.0", ["Digits": "1"]) == say("Bye.") + "<Hangup/>")
        #expect(await later.answer(run: "another") == "unknownFlow")
        #expect(later.logs.kinds == [.repeat, .turn, .repeat])
    }

    @Test func `its notices and fallbacks find it, too`() async {
        let menu = Self.menu(.voice)
        let scene = Scene(entries: [menu])
        let first = await scene.answer()
        let later = later(scene, knowing: menu)
        let fallback = later.request("1.0", purpose: .fallback)
        #expect(later.text(await later.conversation.answer(fallback)) == say("Pardon.") + first)
        let status = later.request(nil, ["CallStatus": "completed"], purpose: .status)
        #expect(await later.conversation.answer(status) == .noContent)
        #expect(later.logs.kinds == [.fallback, .ended])
    }

    @Test func `a text conversation goes on, and doesn't begin anew`() async {
        let menu = Self.menu(.sms)
        let scene = Scene(entries: [menu])
        _ = await scene.text("SM1", "hello")
        let later = later(scene, knowing: menu)
        #expect(await later.text("SM2", "yes") == "<Message>Bye.</Message>")
        #expect(await later.text("SM2", "yes") == "<Message>Bye.</Message>")
        #expect(await later.text("SM3", "hello") == "unknownFlow")
    }

    @Test func `where the program is gone, too, nobody knows the flow`() async {
        let scene = Scene(entries: [Self.menu(.voice)])
        _ = await scene.answer()
        #expect(await later(scene, knowing: nil).answer("1.0", ["Digits": "1"]) == "unknownFlow")
    }
}
