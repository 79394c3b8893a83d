import FlowProgram
import FlowRuntime
import Testing

/// Bounds, bad parameters, the error handler, the end of a call, and the log.
@Suite struct FaultTests {
    private let apology = say("Sorry.") + "<Hangup/>"

    private func endless(handler: Bool) -> Program {
        var builder = ProgramBuilder()
        builder.operations = [.emit(builder.say("Before.")), .jump(2), .jump(1)]
        builder.states = [.init(name: "start", entry: 0), .init(name: "loop", entry: 1)]
        if handler {
            builder.states.append(.init(name: "on-error", entry: 3))
            builder.operations += [.emit(builder.say("We are broken.")), .finish(.hangup)]
            builder.errorHandler = 3
        }
        return builder.program()
    }

    @Test func `an endless way ends with the apology, and the log says where`() async {
        let scene = Scene(endless(handler: false))
        #expect(await scene.answer() == apology)
        let fault = scene.logs.last?.fault
        #expect(fault?.reason == "too-many-operations")
        #expect(fault?.state == "loop")
        #expect(fault?.location.map { $0.hasPrefix("flows/test.yaml:1") } == true)
        #expect(await scene.answer() == apology)
        #expect(scene.logs.kinds == [.turn, .repeat])
    }

    @Test func `the error handler is heard instead`() async {
        let scene = Scene(endless(handler: true))
        #expect(await scene.answer() == say("We are broken.") + "<Hangup/>")
        #expect(scene.logs.last?.state == "on-error")
        #expect(scene.logs.last?.fault?.reason == "too-many-operations")
    }

    @Test func `nothing of a failed turn is waited for`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Menu", otherwise: 1), .jump(1),
            .dial(
                Dial(
                    rendering: builder.verb("Dial"), guards: [], answered: 3, busy: 3, noAnswer: 3, failed: 3,
                    canceled: 3)),
            .emit(builder.say("Bye.")), .finish(.hangup),
        ]
        builder.errorHandler = 2
        let scene = Scene(builder.program())
        #expect(await scene.answer() == verb("Dial", "1.0"))
        #expect(await scene.answer("1.0", ["DialCallStatus": "completed"]) == say("Bye.") + "<Hangup/>")
    }

    @Test func `an error handler that fails ends with the apology`() async {
        var builder = ProgramBuilder()
        builder.operations = [.jump(0), .emit(builder.say("Broken.")), .jump(1)]
        builder.errorHandler = 1
        #expect(await Scene(builder.program()).answer() == apology)
    }

    @Test func `the error handler is walked once a session`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            .jump(0),
            .dial(
                Dial(
                    rendering: builder.verb("Dial"), guards: [], answered: 0, busy: 0, noAnswer: 0, failed: 0,
                    canceled: 0)),
        ]
        builder.errorHandler = 1
        let scene = Scene(builder.program())
        #expect(await scene.answer() == verb("Dial", "1.0"))
        #expect(await scene.answer("1.0", ["DialCallStatus": "busy"]) == apology)
    }

    @Test func `a way that leads nowhere is a fault, not a crash`() async {
        var builder = ProgramBuilder()
        builder.operations = [.jump(-7)]
        #expect(await Scene(builder.program()).answer() == apology)
        builder.operations = [.emit(Rendering([.fixed(99), .action])), .finish(.hangup)]
        #expect(await Scene(builder.program()).answer() == "\(url("1.0"))<Hangup/>")
    }

    private func taking(_ type: ValueType) -> Program {
        var builder = ProgramBuilder()
        let number = builder.variable("to", .optional(.phone))
        builder.parameters = [.init(name: "Target", type: type, variable: number)]
        builder.operations = [
            .emit(Rendering([builder.xml("<Say>"), hole(number), builder.xml("</Say>")])), .finish(.hangup),
        ]
        return builder.program()
    }

    @Test(
        arguments: [
            (ValueType.phone, ["Target": "+15555550142"], "<Say>+15555550142</Say><Hangup/>"),
            (.phone, ["Target": "nobody"], "<Say>Sorry.</Say><Hangup/>"),
            (.phone, [:], "<Say>Sorry.</Say><Hangup/>"),
            (.optional(.phone), [:], "<Say></Say><Hangup/>"),
            (.optional(.phone), ["Target": "nobody"], "<Say></Say><Hangup/>"),
        ] as [(ValueType, KeyValuePairs<String, String>, String)])
    func `parameters are taken by their type`(
        type: ValueType, parameters: KeyValuePairs<String, String>, said: String
    ) async {
        let scene = Scene(taking(type))
        #expect(await scene.answer(nil, parameters) == said)
        #expect((scene.logs.last?.fault?.reason == "bad-parameter: Target") == said.contains("Sorry"))
    }

    @Test func `a call has 500 turns`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Menu", choices: [keys("1", to: 0)], otherwise: 1), .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        for turn in 1..<500 {
            let answer = await scene.answer("\(turn).0", ["Digits": "1"])
            #expect(answer == gather("\(turn + 1).0", "Menu") + "<Hangup/>")
        }
        #expect(await scene.answer("500.0", ["Digits": "1"]) == apology)
        #expect(scene.logs.last?.fault?.reason == "too-many-turns")
    }

    @Test func `the turns of a text conversation are counted anew`() async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.operations = [
            builder.gather("Name?", input: .text(limit: 100), next: 1, otherwise: 1), .finish(.end),
        ]
        let scene = Scene(builder.program())
        for number in 1...600 { _ = await scene.text("SM\(number)", "Ann") }
        #expect(scene.logs.all.allSatisfy { $0.fault == nil })
        #expect(scene.logs.last?.turn == 600)
    }

    @Test func `variables beyond 16 KiB end the call, and don't reach the store`() async {
        var builder = ProgramBuilder()
        let text = builder.variable("text")
        builder.operations = [
            .set([.init(variable: text, value: .literal(.text(String(repeating: "x", count: 17_000))))]),
            builder.gather("Menu", otherwise: 2), .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == apology)
        #expect(scene.logs.last?.fault?.reason == "variables-too-large")
    }

    @Test func `a caller's text can't change a document`() async {
        var builder = ProgramBuilder()
        let text = builder.variable("text", initial: .text("\"<Dial>&'</Say>"))
        builder.operations = [
            .emit(
                Rendering([
                    builder.xml("<Dial callerId=\""), hole(text, .verbatim), builder.xml("\">"), hole(text),
                    builder.xml("</Dial><Play>https://example.com/"), hole(text, .url),
                    builder.xml("</Play>"),
                ])),
            .finish(.hangup),
        ]
        #expect(
            await Scene(builder.program()).answer()
                == "<Dial callerId=\"&quot;&lt;Dial&gt;&amp;'&lt;/Say&gt;\">\"&lt;Dial&gt;&amp;'&lt;/Say&gt;</Dial>"
                + "<Play>https://example.com/%22%3CDial%3E%26%27%3C%2FSay%3E</Play><Hangup/>")
    }

    @Test func `what a flow logs comes with its turn, secrets withheld`() async {
        var builder = ProgramBuilder()
        builder.config = [.init(name: "token", type: .secret, defaultValue: nil)]
        builder.operations = [
            .log([
                .init(name: "step", value: .literal(.text("begun"))),
                .init(name: "token", value: .concatenation([.literal(.text("t=")), .config(0)])),
            ]),
            .log([.init(name: "n", value: .literal(.integer(3)))]), .finish(.hangup),
        ]
        let scene = Scene(builder.program(), config: [.text("hush")])
        _ = await scene.answer()
        #expect(
            scene.logs.last?.entries.map { $0.fields.map { "\($0.name)=\($0.value)" } } == [
                ["step=begun", "token=(secret)"], ["n=3"],
            ])
    }

    @Test func `the language belongs to the session`() async {
        var builder = ProgramBuilder()
        builder.languages = [.init(tag: "en-US", voice: nil), .init(tag: "es-MX", voice: nil)]
        let english = builder.verb("Gather", "Press nine")
        let spanish = builder.verb("Gather", "Marque uno")
        builder.operations = [
            .gather(
                Gather(
                    prompt: Rendering([english.pieces(in: 0), spanish.pieces(in: 0)]), attempts: 1,
                    noInput: [],
                    noMatch: [],
                    choices: [
                        keys("9", to: 1),
                        ChoicePattern(keys: [], phrases: [["sales"], ["ventas"]], target: 3),
                    ], input: nil, into: nil, next: 0, otherwise: 4)),
            .setLanguage(.literal(.text("es-MX"))), .jump(0),
            .emit(builder.say("Ventas.")), .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["Digits": "9"]) == gather("2.0", "Marque uno") + "<Hangup/>")
        #expect(await scene.answer("2.0", ["SpeechResult": "ventas"]) == say("Ventas.") + "<Hangup/>")
    }

    @Test func `select goes the way of the case`() async {
        var builder = ProgramBuilder()
        let kind = builder.variable("kind", initial: .text("b"))
        builder.operations = [
            .select(
                .variable(kind),
                cases: [.init(value: .text("a"), target: 1), .init(value: .text("b"), target: 2)],
                otherwise: 1),
            .finish(.hangup), .emit(builder.say("b")), .finish(.hangup),
        ]
        #expect(await Scene(builder.program()).answer() == say("b") + "<Hangup/>")
    }

    @Test func `a reject and a hand-over are whole documents`() async {
        var builder = ProgramBuilder()
        builder.operations = [.finish(.reject(builder.text("<Reject/>")))]
        #expect(await Scene(builder.program()).answer() == "<Reject/>")
        builder.operations = [.finish(.redirect(builder.text("<Redirect>https://example.com/</Redirect>")))]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == "<Redirect>https://example.com/</Redirect>")
        let status = scene.request(nil, ["CallStatus": "completed"], purpose: .status)
        #expect(await scene.conversation.answer(status) == .noContent)
        #expect(scene.logs.kinds == [.turn, .ended])
    }
}
