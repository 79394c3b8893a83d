import FlowProgram
import FlowRuntime
import Testing

/// What nobody sends by accident is a wrong answer, or a text like any other.
@Suite struct HostileAnswerTests {
    @Test(arguments: [
        "１", "１２３４", "١", "²", "1\u{301}", "1\0", "+1", "01", "1e0", "\u{FEFF}1", "0x1", "-1",
        String(repeating: "1", count: 10_000), String(repeating: "9", count: 8_192), "<Digits>1</Digits>",
    ])
    func `keys that the menu doesn't have are wrong`(keys: String) async {
        let scene = Scene(MenuTests.menu())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["Digits": keys]).hasPrefix(say("Wrong once.")))
    }

    @Test(arguments: [
        "<Say>sales</Say>x", "]]>", "</Say></Gather><Dial>", "\u{0}", "\u{FFFE}", "<\u{338}",
        String(repeating: "a", count: 100_000),
    ])
    func `speech that isn't among the phrases is wrong`(speech: String) async {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Menu", choices: [phrases("agent", to: 1)], otherwise: 1), .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["SpeechResult": speech]) == "<Hangup/>")
    }

    @Test(arguments: [
        ("<\u{338}", "\u{226E}"), ("&\u{301}", "&amp;\u{301}"), ("a\r\nb", "a&#13;\nb"),
        ("</Say><Hangup/>", "&lt;/Say&gt;&lt;Hangup/&gt;"), ("it's", "it's"), ("\u{0}\u{FFFE}x", nil),
    ])
    func `what was said is repeated as text`(speech: String, shown: String?) async {
        let scene = Scene(echo())
        _ = await scene.answer()
        let answer = await scene.answer("1.0", ["SpeechResult": speech])
        if let shown { #expect(answer.hasPrefix(shown + ";")) }
        #expect(!answer.unicodeScalars.contains { $0.value == 0 || $0.value == 0xFFFE })
    }

    @Test(arguments: [
        "NaN", "nan", "-nan(0x1)", "inf", "1e999", "0x1p3", "١", "1,5", "", "0.5\0", "\u{FEFF}1",
    ])
    func `a confidence that is no number is none`(confidence: String) async {
        let scene = Scene(echo())
        _ = await scene.answer()
        #expect(
            await scene.answer("1.0", ["SpeechResult": "hi", "Confidence": confidence]) == "hi;;<Hangup/>")
    }

    /// Says what it heard, and how sure it is.
    private func echo() -> Program {
        var builder = ProgramBuilder()
        let heard = builder.variable("heard")
        builder.operations = [
            builder.gather("Speak", input: .raw, into: heard, next: 1, otherwise: 2),
            .emit(
                Rendering(
                    [1, 2].flatMap { field -> [Piece] in
                        [
                            .hole(Hole(expression: .field(.variable(heard), field), form: .written)),
                            builder.xml(";"),
                        ]
                    })),
            .finish(.hangup),
        ]
        return builder.program()
    }
}
