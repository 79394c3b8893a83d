import FlowProgram
import FlowRuntime
import Testing

/// turn.md rules 3 and 4.
@Suite struct SilentWayTests {
    @Test func `a redirect stands before an operation that sets a variable`() async {
        var builder = ProgramBuilder()
        let count = builder.variable("count", .integer, initial: .integer(0))
        builder.operations = [
            builder.gather("Menu", noInput: ["unheard"], choices: [keys("1", to: 4)], otherwise: 1),
            .emit(builder.say("Nobody.")),
            .set([.init(variable: count, value: .arithmetic(.add, .variable(count), .literal(.integer(1))))]),
            .emit(Rendering([builder.xml("<Say>"), hole(count), builder.xml("</Say>")])),
            .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == gather("1.0", "Menu") + say("Nobody.") + redirect("1.1"))
        #expect(await scene.answer("1.1") == say("1") + "<Hangup/>")
    }

    @Test func `a redirect takes the place of a prompt that reads the clock, and then that prompt is heard`()
        async
    {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Menu", attempts: 2, noInput: ["Silent."], otherwise: 1),
            .finish(.hangup),
        ]
        builder.stops = [0]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == gather("1.0", "Menu") + redirect("1.1"))
        #expect(await scene.answer("1.1") == say("Silent.") + gather("2.0", "Menu") + redirect("2.1"))
        #expect(await scene.answer("2.1") == "<Hangup/>")
    }

    @Test func `an end waits for a redirect if a handler must tell it from a hang-up`() async {
        var builder = ProgramBuilder()
        builder.operations = [builder.gather("Menu", otherwise: 1), .finish(.hangup)]
        builder.stops = [1]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == gather("1.0", "Menu") + redirect("1.1"))
        #expect(await scene.answer("1.1") == "<Hangup/>")
    }

    @Test func `eight waits stand in a document`() async {
        let scene = Scene(asking(8))
        let waits = (0...7).map { gather("1.\($0)", "Menu") }.joined()
        #expect(await scene.answer() == waits + "<Hangup/>")
    }

    @Test func `a ninth wait comes with the next document`() async {
        let scene = Scene(asking(9))
        let waits = (0...6).map { gather("1.\($0)", "Menu") }.joined()
        #expect(await scene.answer() == waits + redirect("1.7"))
        #expect(await scene.answer("1.7") == gather("2.0", "Menu") + gather("2.1", "Menu") + "<Hangup/>")
    }

    @Test(arguments: 1...30)
    func `silences and wrong answers count together, however the documents are split`(attempts: Int) async {
        let scene = Scene(asking(attempts))
        var document = await scene.answer()
        var failures = 0
        var turn = 1
        while case let gathers = document.ranges(of: "<Gather").count, gathers > 0 {
            let waits = document.contains("<Redirect>") ? gathers + 1 : gathers
            let wait = turn * 5 % waits
            failures += min(wait + 1, gathers)
            document = await scene.answer("\(turn).\(wait)", wait < gathers ? ["Digits": "7"] : [:])
            turn += 1
        }
        #expect(document == "<Hangup/>")
        #expect(failures == attempts)
        #expect(scene.logs.kinds == Array(repeating: .turn, count: turn))
    }

    private func asking(_ attempts: Int) -> Program {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Menu", attempts: attempts, otherwise: 1), .finish(.hangup),
        ]
        return builder.program()
    }

    @Test func `a document stays within 64,000 bytes`() async {
        var builder = ProgramBuilder()
        let long = String(repeating: "a", count: 20_000)
        builder.operations = [
            builder.gather(
                long, attempts: 5, noInput: ["Silent."], choices: [keys("1", to: 1)], otherwise: 1),
            .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        let first = await scene.answer()
        #expect(first.hasSuffix(gather("1.2", long) + say("Silent.") + redirect("1.3")))
        #expect(first.utf8.count < 64_000)
        let second = await scene.answer("1.3")
        #expect(second == gather("2.0", long) + say("Silent.") + gather("2.1", long) + "<Hangup/>")
    }

    @Test func `what is said without a wait is split too`() async {
        var builder = ProgramBuilder()
        let long = String(repeating: "a", count: 40_000)
        builder.operations = [.emit(builder.say(long)), .emit(builder.say(long)), .finish(.hangup)]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == say(long) + redirect("1.0"))
        #expect(await scene.answer("1.0") == say(long) + "<Hangup/>")
    }

    @Test func `a dial ends its document`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Menu", otherwise: 1),
            .dial(
                Dial(
                    rendering: builder.verb("Dial"), guards: [], answered: 2, busy: 2, noAnswer: 2, failed: 2,
                    canceled: 2)),
            .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == gather("1.0", "Menu") + verb("Dial", "1.1"))
    }
}
