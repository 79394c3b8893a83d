import FlowProgram
import FlowRuntime
import Testing

/// Conversations that begin with us.
@Suite struct StartTests {
    private static func program(_ channel: Channel = .voice) -> Program {
        var builder = ProgramBuilder()
        builder.channel = channel
        let order = builder.variable("order", .digits(1...6))
        builder.parameters = [Program.Parameter(name: "order", type: .digits(1...6), variable: order)]
        builder.operations = [
            .emit(
                Rendering(
                    (channel == .voice ? [builder.xml("<Say>")] : []) + [hole(order)]
                        + (channel == .voice ? [builder.xml("</Say>")] : []))),
            builder.gather("Well?", choices: [keys("1", to: 2)], otherwise: 2),
            .emit(channel == .voice ? builder.say("Bye.") : builder.text("Bye &amp; thanks.")), .finish(.end),
            .emit(channel == .voice ? builder.say("Broken.") : builder.text("Broken.")), .finish(.end),
        ]
        builder.errorHandler = 4
        return builder.program()
    }

    private func start(
        _ parameters: [(name: String, value: String)] = [("order", "123")], to: String = "+15555550100",
        from: String = "+15555550123", flow: String = "test"
    ) -> Conversation.Start {
        Conversation.Start(flow: Array(flow.utf8), to: to, from: from, parameters: parameters)
    }

    @Test func `a call is placed, and its params reach its first turn only`() async throws {
        let sender = TestSender()
        let scene = Scene(entries: [entry(Self.program())], sender: sender)
        #expect(await scene.conversation.start(start()) == .placed(sid: "CA9"))
        let call = try #require(sender.calls.first)
        #expect(call.to == "+15555550100" && call.from == "+15555550123" && !call.detectsMachines)
        let run = try #require(call.url.firstRange(of: "?run=").map { call.url[$0.upperBound...] })
        let name = String(run.prefix { $0 != "#" })
        #expect(name.utf8.count == 32 && name.hasPrefix("start-"))
        #expect(call.url == "https://example.com/voice/test?run=\(name)#rc=2&rp=all")
        #expect(call.statusCallback == "https://example.com/status/test?run=\(name)#rc=2&rp=all")
        let document = await scene.answer(nil, ["order": "999", "Direction": "outbound-api"], run: name)
        #expect(document.hasPrefix(say("123")))
        #expect(await scene.answer(nil, [:], run: name) == document)
    }

    @Test func `nobody can bring params by guessing a name`() async {
        let scene = Scene(entries: [entry(Self.program())], sender: TestSender())
        let document = await scene.answer(nil, [:], run: "start-aaaaaaaaaaaaaaaaaaaaaaaaaa")
        #expect(document == say("Broken.") + "<Hangup/>")
    }

    @Test(
        arguments: [
            ([], ["order is missing: digits(1..6)"]),
            ([("order", "12x")], ["order is no digits(1..6)"]),
            ([("order", "1"), ("colour", "blue")], ["colour is no param of the flow"]),
            ([("order", "1"), ("order", "2")], ["order came twice"]),
        ] as [([(name: String, value: String)], [String])])
    func `params that don't fit are named`(
        parameters: [(name: String, value: String)], problems: [String]
    ) async {
        let sender = TestSender()
        let scene = Scene(entries: [entry(Self.program())], sender: sender)
        #expect(await scene.conversation.start(start(parameters)) == .invalid(problems))
        #expect(sender.calls.isEmpty)
        #expect(scene.store.count == 0)
    }

    @Test(arguments: ["", "12", "+1 555", "anonymous", "+1555<Say>"])
    func `a number that is none is named`(number: String) async {
        let scene = Scene(entries: [entry(Self.program())], sender: TestSender())
        guard case .invalid(let problems) = await scene.conversation.start(start(to: number)) else {
            Issue.record("it was taken")
            return
        }
        #expect(problems.count == 1)
    }

    @Test func `what the provider says goes back`() async {
        let sender = TestSender([.refused(code: 21_211), .failed("timeout")])
        let scene = Scene(entries: [entry(Self.program())], sender: sender)
        #expect(await scene.conversation.start(start()) == .refused(code: 21_211))
        #expect(await scene.conversation.start(start()) == .failed("timeout"))
        #expect(await scene.conversation.start(start(flow: "none")) == .unknownFlow)
        #expect(
            await Scene(entries: [entry(Self.program())]).conversation.start(start())
                == .failed("no-credentials"))
    }

    @Test func `a text begins without a document, by the outbox, and the person answers it`() async {
        let sender = TestSender()
        let scene = Scene(entries: [entry(Self.program(.sms))], sender: sender)
        #expect(await scene.conversation.start(start()) == .begun)
        await scene.conversation.attendDue()
        #expect(sender.messages.map(\.body) == ["123\nWell?"])
        #expect(sender.messages.map(\.to) == ["+15555550100"])
        #expect(sender.messages.map(\.from) == ["+15555550123"])
        #expect(await scene.conversation.start(start()) == .busy)
        #expect(await scene.text("SM1", "1") == "<Message>Bye &amp; thanks.</Message>")
        #expect(await scene.conversation.start(start()) == .begun)
        await scene.conversation.attendDue()
        #expect(sender.messages.count == 2)
    }
}
