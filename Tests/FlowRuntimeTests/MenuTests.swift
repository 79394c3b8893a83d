import FlowProgram
import FlowRuntime
import Testing

/// Attempts, choices, silence and wrong answers.
@Suite struct MenuTests {
    /// Two choices, three attempts, two failure prompts of each kind, then an operator.
    static func menu() -> Program {
        var builder = ProgramBuilder()
        builder.operations = [
            .emit(builder.say("Hello.")),
            builder.gather(
                "Menu", attempts: 3, noInput: ["Silent once.", "Silent again."],
                noMatch: ["Wrong once.", "Wrong again."],
                choices: [
                    ChoicePattern(keys: ["1"], phrases: [["sales", "new order"]], target: 2),
                    ChoicePattern(
                        keys: ["2"], phrases: [["support", "order help", "check new order"]], target: 4),
                    keys("*", to: 6),
                ], otherwise: 7),
            .emit(builder.say("Sales.")), .finish(.hangup),
            .emit(builder.say("Support.")), .finish(.hangup),
            .again(1),
            .emit(builder.say("Operator.")), .finish(.hangup),
        ]
        return builder.program()
    }

    static let asked =
        gather("1.0", "Menu") + say("Silent once.") + gather("1.1", "Menu") + say("Silent again.")
        + gather("1.2", "Menu") + say("Operator.") + "<Hangup/>"

    @Test func `one document asks as often as a silent caller needs`() async {
        let scene = Scene(Self.menu())
        #expect(await scene.answer() == say("Hello.") + Self.asked)
    }

    @Test func `a document is framed and declares its encoding`() async {
        let answer = await Scene(Self.menu()).conversation.answer(Scene(Self.menu()).request())
        guard case .document(let bytes) = answer else {
            Issue.record("no document")
            return
        }
        let document = String(decoding: bytes, as: UTF8.self)
        #expect(document.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>Hello.</Say>"))
        #expect(document.hasSuffix("<Hangup/></Response>"))
    }

    @Test(arguments: [
        ("1", "Sales."), ("2", "Support."),
    ])
    func `a key is taken`(key: String, said: String) async {
        let scene = Scene(Self.menu())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["Digits": key]) == say(said) + "<Hangup/>")
    }

    @Test(arguments: [
        ("Sales", "Sales."), ("one", "Sales."), ("two", "Support."), ("I need support, please", "Support."),
        ("check new order", "Support."), ("a new order", "Sales."),
    ])
    func `the longest phrase in what is said is taken`(speech: String, said: String) async {
        let scene = Scene(Self.menu())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["SpeechResult": speech]) == say(said) + "<Hangup/>")
    }

    @Test(
        arguments: [
            ["SpeechResult": "sales or support"], ["SpeechResult": "wholesales"], ["SpeechResult": "one two"],
            ["Digits": "3"], ["Digits": "11"], ["Digits": "１"], ["SpeechResult": "new and order"],
        ] as [KeyValuePairs<String, String>])
    func `a tie, a part of a word and an unknown key are wrong answers`(
        answer: KeyValuePairs<String, String>
    ) async {
        let scene = Scene(Self.menu())
        _ = await scene.answer()
        #expect(
            await scene.answer("1.0", answer)
                == say("Wrong once.") + gather("2.0", "Menu") + say("Silent again.") + gather("2.1", "Menu")
                + say("Operator.") + "<Hangup/>")
    }

    @Test func `silences before an answer are counted by the wait that it came to`() async {
        let scene = Scene(Self.menu())
        _ = await scene.answer()
        #expect(
            await scene.answer("1.1", ["Digits": "9"])
                == say("Wrong again.") + gather("2.0", "Menu") + say("Operator.") + "<Hangup/>")
        #expect(await scene.answer("2.0", ["Digits": "9"]) == say("Operator.") + "<Hangup/>")
    }

    @Test func `an empty answer is silence`() async {
        let scene = Scene(Self.menu())
        _ = await scene.answer()
        #expect(
            await scene.answer("1.1", ["Digits": ""])
                == say("Silent again.") + gather("2.0", "Menu") + say("Operator.") + "<Hangup/>")
    }

    @Test(arguments: [["Digits": "*"], ["SpeechResult": "star"]] as [KeyValuePairs<String, String>])
    func `again asks once more and uses no attempt`(answer: KeyValuePairs<String, String>) async {
        let scene = Scene(Self.menu())
        _ = await scene.answer()
        #expect(
            await scene.answer("1.1", answer)
                == gather("2.0", "Menu") + say("Silent again.") + gather("2.1", "Menu") + say("Operator.")
                + "<Hangup/>")
    }

    @Test func `entering a step anew starts at the first attempt`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Menu", attempts: 2, choices: [keys("1", to: 1)], otherwise: 2),
            .jump(0),
            .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        #expect(
            await scene.answer("1.1", ["Digits": "1"])
                == gather("2.0", "Menu") + gather("2.1", "Menu") + "<Hangup/>")
    }

    @Test func `an endless answer is a wrong one`() async {
        let scene = Scene(Self.menu())
        _ = await scene.answer()
        let long = String(repeating: "sales ", count: 100_000)
        #expect(await scene.answer("1.0", ["SpeechResult": long]).hasPrefix(say("Wrong once.")))
    }

    @Test func `an answer that fits is put into the variable`() async {
        var builder = ProgramBuilder()
        let order = builder.variable("order", .digits(6...6))
        builder.operations = [
            builder.gather(
                "Number?", choices: [keys("0", to: 2)], input: .digits(6...6), into: order, next: 1,
                otherwise: 2),
            .emit(Rendering([builder.xml("<Say>"), hole(order), builder.xml("</Say>")])),
            .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == gather("1.0", "Number?") + "<Hangup/>")
        #expect(await scene.answer("1.0", ["Digits": "123456"]) == say("123456") + "<Hangup/>")
    }

    private static func raw() -> Program {
        var builder = ProgramBuilder()
        let heard = builder.variable("heard")
        builder.operations = [
            builder.gather("Speak", input: .raw, into: heard, next: 1, otherwise: 2),
            .emit(
                Rendering(
                    (0...2).flatMap { field -> [Piece] in
                        [
                            .hole(Hole(expression: .field(.variable(heard), field), form: .written)),
                            builder.xml(";"),
                        ]
                    })),
            .finish(.hangup),
        ]
        return builder.program()
    }

    @Test(
        arguments: [
            (["SpeechResult": "hi", "Confidence": "0.5"], ";hi;0.5;<Hangup/>"),
            (["Digits": "12*"], "12*;;;<Hangup/>"),
        ] as [(KeyValuePairs<String, String>, String)])
    func `a raw gather hands over digits, speech and confidence`(
        parameters: KeyValuePairs<String, String>, said: String
    ) async {
        let scene = Scene(Self.raw())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", parameters) == said)
    }

    @Test func `what a raw gather hears is composed`() async {
        let scene = Scene(Self.raw())
        _ = await scene.answer()
        let heard = await scene.answer("1.0", ["SpeechResult": "cafe\u{301}"])
        #expect(heard.utf8.elementsEqual(";caf\u{E9};;<Hangup/>".utf8))
    }

    @Test(
        arguments: [
            ["SpeechResult": String(repeating: "a", count: 1_601)], ["Digits": "12a"],
            ["Digits": String(repeating: "1", count: 1_601)],
        ] as [KeyValuePairs<String, String>])
    func `what a raw gather can't take is no answer`(parameters: KeyValuePairs<String, String>) async {
        let scene = Scene(Self.raw())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", parameters) == "<Hangup/>")
    }
}
