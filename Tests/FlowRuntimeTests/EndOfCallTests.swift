import FlowProgram
import FlowRuntime
import Testing

/// turn.md rule 12.
@Suite struct EndOfCallTests {
    private func voicemail() -> Program {
        var builder = ProgramBuilder()
        let left = builder.variable("left")
        builder.operations = [
            .record(Record(rendering: builder.verb("Record"), into: left, next: 1, otherwise: 3)),
            .log([.init(name: "url", value: .field(.variable(left), 0))]),
            .emit(builder.say("Thanks.")),
            builder.gather("More?", choices: [keys("1", to: 1)], otherwise: 4),
            .finish(.hangup),
        ]
        return builder.program()
    }

    @Test(arguments: ["completed", "busy", "failed", "no-answer", "canceled"])
    func `a recording ended by hanging up is taken, unheard, up to the next wait`(status: String) async {
        let scene = Scene(voicemail())
        _ = await scene.answer()
        let document = await scene.answer(
            "1.0",
            [
                "RecordingUrl": "https://api.example.com/r", "RecordingDuration": "3", "Digits": "hangup",
                "CallStatus": status,
            ])
        #expect(document == "<Response/>")
        #expect(scene.logs.last?.entries.first?.fields.first?.value == "https://api.example.com/r")
        #expect(await scene.answer("2.0", ["Digits": "1"]) == "<Response/>")
        #expect(scene.logs.last?.kind == .late)
    }

    @Test func `the last status closes an open session once`() async {
        let scene = Scene(voicemail())
        let ringing = scene.request(nil, ["CallStatus": "in-progress"], purpose: .status)
        let completed = scene.request(nil, ["CallStatus": "completed"], purpose: .status)
        #expect(await scene.conversation.answer(completed) == .noContent)
        #expect(scene.store.count == 0)
        _ = await scene.answer()
        #expect(await scene.conversation.answer(ringing) == .noContent)
        #expect(scene.logs.kinds == [.turn])
        #expect(await scene.conversation.answer(completed) == .noContent)
        #expect(await scene.conversation.answer(completed) == .noContent)
        #expect(scene.logs.kinds == [.turn, .ended])
        #expect(await scene.answer("1.1") == verb("Record", "1.0") + redirect("1.1"))
        scene.clock.advance(seconds: 3_600)
        #expect(scene.conversation.answerNow(scene.request("1.1")) != nil)
        #expect(scene.logs.last?.kind == .sessionLost)
    }

    @Test func `a fault of a call that is over is logged, and nobody hears of it`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            .record(Record(rendering: builder.verb("Record"), into: nil, next: 1, otherwise: 1)), .jump(1),
            .log([.init(name: "handled", value: .literal(.bool(true)))]), .finish(.hangup),
        ]
        builder.errorHandler = 2
        let scene = Scene(builder.program())
        _ = await scene.answer()
        #expect(
            await scene.answer(
                "1.0", ["RecordingUrl": "https://r", "RecordingDuration": "3", "CallStatus": "completed"])
                == "<Response/>")
        #expect(scene.logs.last?.fault?.reason == "too-many-operations")
        #expect(scene.logs.last?.entries == [])
    }

    @Test func `a lost session of a call that is over gets no apology`() async {
        let scene = Scene(voicemail())
        #expect(await scene.answer("1.0", ["CallStatus": "completed"]) == "<Response/>")
        _ = await scene.answer()
        #expect(await scene.answer("2.0", ["CallStatus": "completed"]) == "<Response/>")
        #expect(scene.logs.kinds == [.sessionLost, .turn, .sessionLost])
    }
}
