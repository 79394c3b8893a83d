import FlowProgram
import FlowRuntime
import Testing

/// How dial, enqueue and record come back.
@Suite struct OutcomeTests {
    @Test(arguments: [
        ("completed", "answered"), ("answered", "answered"), ("busy", "busy"), ("no-answer", "no answer"),
        ("failed", "failed"), ("canceled", "canceled"), ("brand-new", "failed"), ("", "failed"),
    ])
    func `a dial goes the way of its status`(status: String, way: String) async {
        var builder = ProgramBuilder()
        let ways = ["answered", "busy", "no answer", "failed", "canceled"]
        builder.operations = [
            .dial(
                Dial(
                    rendering: builder.verb("Dial"), guards: [], answered: 1, busy: 3, noAnswer: 5, failed: 7,
                    canceled: 9))
        ]
        for way in ways { builder.operations += [.emit(builder.say(way)), .finish(.hangup)] }
        let scene = Scene(builder.program())
        #expect(await scene.answer() == verb("Dial", "1.0"))
        #expect(await scene.answer("1.0", ["DialCallStatus": status]) == say(way) + "<Hangup/>")
    }

    @Test(arguments: [("+15555550142", true), ("+25555550142", false), ("", false)])
    func `a number outside its prefixes isn't dialled`(number: String, isDialled: Bool) async {
        var builder = ProgramBuilder()
        builder.operations = [
            .dial(
                Dial(
                    rendering: builder.verb("Dial"),
                    guards: [.init(number: .literal(.text(number)), prefixes: ["+44", "+1"])], answered: 1,
                    busy: 1, noAnswer: 1, failed: 2, canceled: 1)),
            .finish(.hangup),
            .emit(builder.say("Not there.")), .finish(.hangup),
        ]
        let document = await Scene(builder.program()).answer()
        #expect(document == (isDialled ? verb("Dial", "1.0") : say("Not there.") + "<Hangup/>"))
    }

    @Test(arguments: [
        ("bridged", "bridged"), ("bridging-in-process", "bridged"), ("leave", "left"), ("queue-full", "full"),
        ("error", "failed"), ("system-error", "failed"), ("brand-new", "failed"),
    ])
    func `an enqueue goes the way of its result`(result: String, way: String) async {
        let scene = Scene(enqueue())
        #expect(await scene.answer() == verb("Enqueue", "1.0"))
        #expect(await scene.answer("1.0", ["QueueResult": result]) == say(way) + "<Hangup/>")
    }

    @Test(arguments: ["hangup", "redirected", "redirected-from-bridged"])
    func `a call that has left the queue for elsewhere is over`(result: String) async {
        let scene = Scene(enqueue())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["QueueResult": result]) == "<Response/>")
        #expect(await scene.answer("1.0", ["QueueResult": "bridged"]) == "<Response/>")
        #expect(scene.logs.kinds == [.turn, .turn, .conflict])
    }

    private func enqueue() -> Program {
        var builder = ProgramBuilder()
        builder.operations = [
            .enqueue(Enqueue(rendering: builder.verb("Enqueue"), bridged: 1, left: 3, full: 5, failed: 7))
        ]
        for way in ["bridged", "left", "full", "failed"] {
            builder.operations += [.emit(builder.say(way)), .finish(.hangup)]
        }
        return builder.program()
    }

    private func record() -> Program {
        var builder = ProgramBuilder()
        let left = builder.variable("left")
        builder.operations = [
            .record(Record(rendering: builder.verb("Record"), into: left, next: 1, otherwise: 3)),
            .emit(
                Rendering(
                    (0...2).flatMap { field -> [Piece] in
                        [
                            .hole(Hole(expression: .field(.variable(left), field), form: .written)),
                            builder.xml(";"),
                        ]
                    })),
            .finish(.hangup),
            .emit(builder.say("Nothing.")), .finish(.hangup),
        ]
        return builder.program()
    }

    @Test func `behind a record stands a redirect for one who records nothing`() async {
        let scene = Scene(record())
        #expect(await scene.answer() == verb("Record", "1.0") + redirect("1.1"))
        #expect(await scene.answer("1.1") == say("Nothing.") + "<Hangup/>")
    }

    @Test(arguments: [
        ("7", "#", "https://api.example.com/r;7;#;"), ("12", "hangup", "https://api.example.com/r;12;;"),
    ])
    func `a recording is its URL, its seconds and the key that ended it`(
        seconds: String, key: String, said: String
    ) async {
        let scene = Scene(record())
        _ = await scene.answer()
        let document = await scene.answer(
            "1.0",
            ["RecordingUrl": "https://api.example.com/r", "RecordingDuration": seconds, "Digits": key])
        #expect(document == said + "<Hangup/>")
    }

    @Test(
        arguments: [
            [:], ["RecordingUrl": "https://api.example.com/r", "RecordingDuration": "0"],
            ["RecordingUrl": "https://api.example.com/r"], ["RecordingUrl": "", "RecordingDuration": "4"],
            ["RecordingUrl": "https://api.example.com/r", "RecordingDuration": "99999999999999999999"],
        ] as [KeyValuePairs<String, String>])
    func `nothing recorded is otherwise`(parameters: KeyValuePairs<String, String>) async {
        let scene = Scene(record())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", parameters) == say("Nothing.") + "<Hangup/>")
    }
}
