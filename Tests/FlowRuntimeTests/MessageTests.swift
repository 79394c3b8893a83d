import FlowProgram
import FlowRuntime
import Testing

/// Text conversations: turn.md rule 7 and what a message is.
@Suite struct MessageTests {
    /// Asks for a size until it gets one, three times.
    private func order(_ thanks: String = "Thanks") -> Program {
        var builder = ProgramBuilder()
        builder.channel = .sms
        let size = builder.variable("size")
        builder.operations = [
            .emit(builder.text("Hi & welcome".replacing("&", with: "&amp;"))),
            builder.gather(
                "Small or large?", attempts: 3, noMatch: ["What?"], choices: [phrases("stop it", to: 5)],
                input: .words([
                    AnswerWord("small", keys: ["1"], phrases: [["small"]]),
                    AnswerWord("large", keys: ["2"], phrases: [["large"]]),
                ]), into: size, next: 2, otherwise: 4),
            .emit(Rendering([builder.xml("\(thanks): "), hole(size)])),
            .finish(.end),
            .emit(builder.text("Never mind.")),
            .finish(.end),
        ]
        return builder.program()
    }

    private func message(_ text: String) -> String { "<Message>\(text)</Message>" }

    @Test func `neighbouring texts are one message`() async {
        let scene = Scene(order())
        #expect(await scene.text("SM1", "hello") == message("Hi &amp; welcome\nSmall or large?"))
    }

    @Test func `a text is answered, and then a conversation begins anew`() async {
        let scene = Scene(order())
        _ = await scene.text("SM1", "hello")
        #expect(await scene.text("SM2", "Large") == message("Thanks: large"))
        #expect(await scene.text("SM3", "small") == message("Hi &amp; welcome\nSmall or large?"))
        #expect(scene.logs.all.map(\.turn) == [1, 2, 3])
    }

    @Test func `a wrong answer is answered by its prompt and the question`() async {
        let scene = Scene(order())
        _ = await scene.text("SM1", "hello")
        #expect(await scene.text("SM2", "medium") == message("What?\nSmall or large?"))
        #expect(await scene.text("SM3", "medium") == message("What?\nSmall or large?"))
        #expect(await scene.text("SM4", "medium") == message("Never mind."))
    }

    @Test func `a known message gets its own answer, also after others`() async {
        let scene = Scene(order())
        let first = await scene.text("SM1", "hello")
        let second = await scene.text("SM2", "medium")
        _ = await scene.text("SM3", "small")
        #expect(await scene.text("SM1", "hello") == first)
        #expect(await scene.text("SM2", "medium") == second)
        #expect(await scene.text("SM3", "small") == message("Thanks: small"))
        #expect(scene.logs.kinds == [.turn, .turn, .turn, .repeat, .repeat, .repeat])
    }

    @Test func `the last eight messages are known`() async {
        let scene = Scene(order())
        for number in 1...9 { _ = await scene.text("SM\(number)", "medium") }
        _ = await scene.text("SM2", "medium")
        #expect(scene.logs.last?.kind == .repeat)
        _ = await scene.text("SM1", "medium")
        #expect(scene.logs.last?.kind == .turn)
    }

    @Test func `a conversation is over after its silence`() async {
        let scene = Scene(order())
        _ = await scene.text("SM1", "hello")
        scene.clock.advance(seconds: 14_399)
        #expect(await scene.text("SM2", "medium").hasPrefix("<Message>What?"))
        scene.clock.advance(seconds: 14_400)
        #expect(await scene.text("SM3", "large").hasPrefix("<Message>Hi"))
    }

    @Test func `what isn't said isn't sent`() async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        let name = builder.variable("name", initial: .text(""))
        builder.operations = [.emit(Rendering([hole(name)])), .finish(.end)]
        #expect(await Scene(builder.program()).text("SM1", "hello") == "<Response/>")
    }

    @Test func `an empty text adds no line`() async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        let name = builder.variable("name", initial: .text(""))
        builder.operations = [
            .emit(builder.text("One")), .emit(Rendering([hole(name)])), .emit(builder.text("Two")),
            .finish(.end),
        ]
        #expect(await Scene(builder.program()).text("SM1", "hello") == message("One\nTwo"))
    }

    @Test func `media stand beside the text`() async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.operations = [
            .attach(
                .literal(.list([.text("https://example.com/a?b=1&c=2"), .text("https://example.com/d")]))),
            .emit(builder.text("Look")), .finish(.end),
        ]
        #expect(
            await Scene(builder.program()).text("SM1", "hello")
                == message(
                    "<Body>Look</Body><Media>https://example.com/a?b=1&amp;c=2</Media>"
                        + "<Media>https://example.com/d</Media>"))
    }

    @Test func `an end may hand over to a URL outside the flow`() async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.operations = [
            .emit(builder.text("One moment")),
            .finish(.redirect(builder.text("<Redirect>https://example.com/next</Redirect>"))),
        ]
        #expect(
            await Scene(builder.program()).text("SM1", "hello")
                == message("One moment") + "<Redirect>https://example.com/next</Redirect>")
    }

    @Test(arguments: [1_599, 1_600])
    func `a message of 1,600 units stays whole`(count: Int) async {
        #expect(await said(String(repeating: "a", count: count)) == String(repeating: "a", count: count))
    }

    @Test(arguments: [
        (String(repeating: "a", count: 1_601), String(repeating: "a", count: 1_599) + "…"),
        (String(repeating: "😀", count: 801), String(repeating: "😀", count: 799) + "…"),
        (
            String(repeating: "b", count: 1_598) + "&<&",
            String(repeating: "b", count: 1_598) + "&amp;…"
        ),
    ])
    func `a longer message is cut between characters`(text: String, message: String) async {
        #expect(await said(text) == message)
    }

    @Test func `a long static text is cut too`() async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.operations = [
            .emit(builder.text(String(repeating: "a", count: 1_000))),
            .emit(builder.text(String(repeating: "&amp;", count: 1_000))), .finish(.end),
        ]
        #expect(
            await Scene(builder.program()).text("SM1", "hello")
                == message(
                    String(repeating: "a", count: 1_000) + "\n" + String(repeating: "&amp;", count: 598) + "…"
                ))
    }

    /// The message that holds a text of the turn.
    private func said(_ text: String) async -> String {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.operations = [
            .emit(
                Rendering([
                    .hole(Hole(expression: .literal(.text(text)), form: .written, limit: 16_000))
                ])), .finish(.end),
        ]
        return String(
            await Scene(builder.program()).text("SM1", "hello").dropFirst("<Message>".count)
                .dropLast("</Message>".count))
    }

    @Test func `kept answers outlive the program that made them`() async {
        let store = MemoryStore()
        let old = entry(order("Old"), version: 1)
        let new = entry(order("New"), version: 2)
        let before = Scene(entries: [old], store: store)
        _ = await before.text("SM1", "hello")
        let thanks = await before.text("SM2", "large")
        let after = Scene(entries: [new, old], store: store)
        #expect(await after.text("SM2", "large") == thanks)
        #expect(await after.text("SM3", "hello").hasPrefix("<Message>Hi"))
        let last = Scene(entries: [new], store: store)
        #expect(await last.text("SM2", "large") == thanks)
        #expect(await last.text("SM4", "large") == message("New: large"))
    }

    @Test func `a conversation whose program is gone ends with an apology, and the next text begins anew`()
        async
    {
        let store = MemoryStore()
        _ = await Scene(entries: [entry(order(), version: 1)], store: store).text("SM1", "hello")
        let after = Scene(entries: [entry(order(), version: 2)], store: store)
        #expect(await after.text("SM2", "large") == message("Sorry."))
        #expect(await after.text("SM2", "large") == message("Sorry."))
        #expect(await after.text("SM3", "hello").hasPrefix("<Message>Hi"))
        #expect(after.logs.kinds == [.sessionLost, .repeat, .turn])
    }

    @Test func `messages at the same time are all answered`() async {
        let scene = Scene(order())
        let answers = await withTaskGroup(of: String.self) { group in
            for number in 1...6 { group.addTask { await scene.text("SM\(number)", "medium") } }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(answers.filter { $0 == message("Never mind.") }.count == 1)
        #expect(answers.filter { $0.hasPrefix("<Message>Hi") }.count == 2)
        #expect(Set(scene.logs.all.map(\.turn)) == Set(1...6))
    }
}

/// Choices in a text conversation.
@Suite struct MessageChoiceTests {
    @Test(arguments: [
        ("1", "One"), (" 1 ", "One"), ("one", "One"), ("#", "Two"), ("I want the second", "Two"),
    ])
    func `a text is a key or holds a phrase`(body: String, said: String) async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.operations = [
            builder.gather(
                "1 or #?", attempts: 2, noMatch: ["What?"],
                choices: [
                    keys("1", to: 1), ChoicePattern(keys: ["#"], phrases: [["the second"]], target: 3),
                ],
                otherwise: 2),
            .emit(builder.text("One")), .finish(.end),
            .emit(builder.text("Two")), .finish(.end),
        ]
        let scene = Scene(builder.program())
        #expect(await scene.text("SM1", "hello") == "<Message>1 or #?</Message>")
        #expect(await scene.text("SM2", body) == "<Message>\(said)</Message>")
    }
}

extension MessageTests {
    @Test(arguments: [
        (1, 160, 160, ""), (1, 161, 157, "..."), (2, 306, 306, ""), (2, 307, 303, "..."),
    ])
    func `a message of more segments than it may have is cut`(
        _ segments: Int, _ count: Int, _ kept: Int, _ mark: String
    ) async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.operations = [.emit(builder.text(String(repeating: "a", count: count))), .finish(.end)]
        var program = builder.program()
        program.maxSegments = segments
        let text = await Scene(program).text("SM1", "hello")
        #expect(text == "<Message>" + String(repeating: "a", count: kept) + mark + "</Message>")
    }

    @Test func `the smallest bound of a message's texts counts, and entities are one character`() async {
        var builder = ProgramBuilder()
        builder.channel = .sms
        builder.operations = [
            .emit(builder.text(String(repeating: "&amp;", count: 100))),
            .emit(builder.text(String(repeating: "b", count: 100))), .finish(.end),
        ]
        var program = builder.program()
        program.maxSegments = 5
        program.segmentLimits = [Program.SegmentLimit(operation: 1, segments: 1)]
        let text = await Scene(program).text("SM1", "hello")
        let expected =
            String(repeating: "&amp;", count: 100) + "\n" + String(repeating: "b", count: 56) + "..."
        #expect(text == "<Message>\(expected)</Message>")
    }
}
