import FlowProgram
import FlowRuntime
import Testing

/// Rules 12, 13 and 14 of the runtime.
@Suite struct NoticeTests {
    /// Asks for a key, says what its handlers have heard so far.
    private static func program(
        hears events: [NoticeKind] = [.hangup, .recording, .transcription, .messageStatus]
    ) -> Program {
        var builder = ProgramBuilder()
        let heard = builder.variable("heard", initial: .text("-"))
        builder.operations = [
            builder.gather("More?", choices: [keys("1", to: 1), keys("2", to: 3)], otherwise: 3),
            .emit(Rendering([builder.xml("<Say>"), hole(heard), builder.xml("</Say>")])), .jump(0),
            .finish(.hangup),
        ]
        for event in events {
            let slot = event.form.map { builder.variable("", .record($0.type)) }
            let status = event.form?.type.index(of: "status") ?? 0
            let word: TypedExpression =
                slot.map { .field(.variable($0), status) } ?? .literal(.text(event.rawValue))
            builder.handlers.append(
                Program.Handler(event: event, entry: builder.operations.count, variable: slot))
            builder.operations += [
                .set([.init(variable: heard, value: .concatenation([.variable(heard), word]))]),
                .log([
                    .init(name: event.rawValue, value: word), .init(name: "heard", value: .variable(heard)),
                ]),
                .finish(.end),
            ]
        }
        return builder.program()
    }

    private static func recording(_ status: String, _ sid: String = "RE1") -> [(String, String)] {
        [("RecordingSid", sid), ("RecordingStatus", status)]
    }

    private func tell(
        _ scene: Scene, _ purpose: Conversation.Purpose, _ parameters: [(String, String)],
        call: String = callSid
    ) async -> Conversation.Answer {
        await scene.conversation.answer(
            Conversation.Request(
                channel: .voice, flow: Array("test".utf8), purpose: purpose,
                parameters: Parameters([("CallSid", call), ("AccountSid", "AC1")] + parameters),
                fingerprint: []))
    }

    private func heard(_ scene: Scene) -> [String] {
        scene.logs.all.flatMap(\.entries).compactMap { $0.fields.first.map { "\($0.name) \($0.value)" } }
    }

    @Test func `rule 14: each notice is taken once, in the order of arrival`() async {
        let scene = Scene(Self.program())
        _ = await scene.answer()
        for status in ["in-progress", "completed", "completed", "in-progress"] {
            #expect(await tell(scene, .recording, Self.recording(status)) == .noContent)
        }
        #expect(await tell(scene, .recording, Self.recording("absent", "RE2")) == .noContent)
        #expect(heard(scene) == ["recording in-progress", "recording completed", "recording absent"])
        #expect(scene.logs.kinds == [.turn, .notice, .notice, .notice])
    }

    @Test func `rule 14: a final status isn't left for an earlier one`() async {
        let scene = Scene(Self.program())
        _ = await scene.answer()
        for status in ["delivered", "sent", "undelivered", "read", "delivered", "queued"] {
            _ = await tell(scene, .messageStatus, [("MessageSid", "SM1"), ("MessageStatus", status)])
        }
        #expect(heard(scene).isEmpty)
        for status in ["sent", "queued", "delivered", "sent", "undelivered", "read", "delivered"] {
            var request = scene.request(
                nil, ["MessageSid": "SM1", "MessageStatus": "x"], purpose: .messageStatus)
            request.place = [Array(callSid.utf8)]
            request.parameters = Parameters([
                ("AccountSid", "AC1"), ("MessageSid", "SM1"), ("MessageStatus", status),
            ])
            #expect(await scene.conversation.answer(request) == .noContent)
        }
        #expect(
            heard(scene)
                == ["sent", "queued", "delivered", "read"].map { "message_status \($0)" })
    }

    @Test func `rule 14: notices change variables, never the position or the stored answer`() async {
        let scene = Scene(Self.program())
        let first = await scene.answer()
        _ = await tell(scene, .recording, Self.recording("completed"))
        #expect(await scene.answer() == first)
        #expect(scene.logs.last?.turn == 1)
        let second = await scene.answer("1.0", ["Digits": "1"])
        #expect(second == say("-completed") + gather("2.0", "More?") + "<Hangup/>")
        _ = await tell(
            scene, .transcription, [("TranscriptionSid", "TR1"), ("TranscriptionStatus", "failed")])
        #expect(await scene.answer("1.0", ["Digits": "1"]) == second)
    }

    @Test func `rule 14: after the end handlers still know what was known`() async {
        let scene = Scene(Self.program())
        _ = await scene.answer()
        _ = await scene.answer("1.0", ["Digits": "2"])
        _ = await tell(scene, .recording, Self.recording("completed"))
        #expect(scene.logs.last?.entries.first?.fields.last?.value == "-completed")
        scene.clock.advance(seconds: 3_599)
        _ = await tell(scene, .recording, Self.recording("failed", "RE2"))
        #expect(scene.logs.last?.entries.first?.fields.last?.value == "-completedfailed")
        // Notices don't keep a session.
        scene.clock.advance(seconds: 2)
        _ = await tell(scene, .recording, Self.recording("failed", "RE3"))
        #expect(scene.logs.all.count == 4)
    }

    @Test func `rule 14: an unknown key is 204 and nothing is stored`() async {
        let scene = Scene(Self.program())
        _ = await scene.answer()
        let before = scene.store.count
        #expect(await tell(scene, .recording, Self.recording("completed"), call: "CA2") == .noContent)
        #expect(scene.store.count == before)
        #expect(scene.logs.kinds == [.turn])
    }

    @Test(
        arguments: [
            [("RecordingStatus", "completed")], [("RecordingSid", "RE1")],
            [("RecordingSid", ""), ("RecordingStatus", "completed")],
            [("RecordingSid", "RE1<Say>"), ("RecordingStatus", "completed")],
            [("RecordingSid", "RE1"), ("RecordingStatus", "COMPLETED!")],
            [("RecordingSid", String(repeating: "R", count: 65)), ("RecordingStatus", "completed")],
        ] as [[(String, String)]])
    func `a notice without its identity changes nothing`(parameters: [(String, String)]) async {
        let scene = Scene(Self.program())
        _ = await scene.answer()
        #expect(await tell(scene, .recording, parameters) == .noContent)
        #expect(scene.logs.kinds == [.turn])
    }

    @Test func `without a handler nothing is written`() async {
        let scene = Scene(Self.program(hears: [.hangup]))
        _ = await scene.answer()
        #expect(await tell(scene, .recording, Self.recording("completed")) == .noContent)
        #expect(scene.logs.kinds == [.turn])
    }

    @Test func `rule 12: hanging up while the flow waits is told once`() async {
        let scene = Scene(Self.program())
        _ = await scene.answer()
        for _ in 0..<2 { _ = await tell(scene, .status, [("CallStatus", "completed")]) }
        #expect(heard(scene) == ["hangup completed"])
        #expect(scene.logs.kinds == [.turn, .ended])
        #expect(await scene.answer("1.0", ["Digits": "1"]) == gather("1.0", "More?") + "<Hangup/>")
    }

    @Test func `rule 12: the request that tells of the end runs the handler, once`() async {
        let scene = Scene(Self.program())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["Digits": "1", "CallStatus": "completed"]) == "<Response/>")
        _ = await tell(scene, .status, [("CallStatus", "completed")])
        #expect(heard(scene) == ["hangup completed"])
        #expect(scene.logs.kinds == [.turn, .turn])
    }

    @Test func `rule 12: a flow that ends the call itself isn't told`() async {
        let scene = Scene(Self.program())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["Digits": "2"]) == "<Hangup/>")
        _ = await tell(scene, .status, [("CallStatus", "completed")])
        #expect(heard(scene).isEmpty)
    }

    @Test func `rule 12: what came during a turn is taken after it, in order`() async {
        let fetcher = StuckFetcher([])
        var builder = ProgramBuilder()
        let program = Self.program()
        builder.operations = program.operations
        builder.statics = program.statics
        builder.variables = program.variables
        builder.handlers = program.handlers
        let fetch = Fetch(
            method: "GET", url: TextTemplate([.literal("https://api.example.com")]), query: [], headers: [],
            body: .nothing, returns: nil, into: nil, timeout: 1_000, retries: 0, once: false, statuses: [],
            failed: 1, next: 1)
        builder.operations[2] = .fetch(fetch)
        builder.operations[1] = builder.gather("More?", choices: [keys("1", to: 2)], otherwise: 3)
        builder.operations[0] = .jump(2)
        let scene = Scene(entries: [entry(builder.program())], fetcher: fetcher)
        let turn = Task { await scene.answer() }
        await fetcher.isStuck()
        #expect(await tell(scene, .recording, Self.recording("completed")) == .noContent)
        #expect(await tell(scene, .status, [("CallStatus", "completed")]) == .noContent)
        #expect(heard(scene).isEmpty)
        fetcher.fail()
        #expect(await turn.value == gather("1.0", "More?", seconds: 3) + "<Hangup/>")
        await scene.conversation.attendDue()
        #expect(heard(scene) == ["recording completed", "hangup completed"])
    }

    @Test func `a fault of a handler changes nothing, and isn't walked again`() async {
        var builder = ProgramBuilder()
        let heard = builder.variable("heard", initial: .text("-"))
        let slot = builder.variable("", .record(ResultForm.recording.type))
        builder.operations = [
            builder.gather("More?", choices: [keys("1", to: 1)], otherwise: 3),
            .emit(Rendering([builder.xml("<Say>"), hole(heard), builder.xml("</Say>")])), .jump(0),
            .finish(.hangup), .set([.init(variable: heard, value: .literal(.text("wrong")))]), .jump(5),
        ]
        builder.handlers = [Program.Handler(event: .recording, entry: 4, variable: slot)]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        for _ in 0..<2 { _ = await tell(scene, .recording, Self.recording("completed")) }
        #expect(scene.logs.all.compactMap(\.fault?.reason) == ["too-many-operations"])
        #expect(await scene.answer("1.0", ["Digits": "1"]).hasPrefix(say("-")))
    }

    @Test func `rule 13: a text conversation that expires is told, then starts anew`() async throws {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.expires = 60
        builder.operations = [
            builder.gather("Which?", attempts: 9, choices: [keys("1", to: 1)], otherwise: 1), .finish(.end),
            .log([.init(name: "expired", value: .context(.person))]), .finish(.end),
        ]
        builder.handlers = [Program.Handler(event: .expired, entry: 2)]
        let scene = Scene(builder.program())
        #expect(await scene.text("SM1", "Hello") == "<Message>Which?</Message>")
        scene.clock.advance(seconds: 59)
        await scene.conversation.attendDue()
        #expect(heard(scene).isEmpty)
        #expect(await scene.text("SM2", "what") == "<Message>Which?</Message>")
        scene.clock.advance(seconds: 60)
        await scene.conversation.attendDue()
        await scene.conversation.attendDue()
        #expect(heard(scene) == ["expired +15555550100"])
        #expect(await scene.text("SM3", "Hello again") == "<Message>Which?</Message>")
        #expect(scene.logs.last?.turn == 3)
        // Nobody attended: the next text finds it out.
        scene.clock.advance(seconds: 60)
        #expect(await scene.text("SM4", "1") == "<Message>Which?</Message>")
        #expect(heard(scene).count == 2)
    }
}
