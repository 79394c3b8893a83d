import FlowProgram
import FlowRuntime
import Testing

@Suite struct TurnLogTests {
    @Test func `a turn is logged with the state where the caller is`() async {
        let scene = Scene(MenuTests.menu())
        _ = await scene.answer()
        let line = scene.logs.last
        #expect(line?.flow == "test")
        #expect(line?.channel == .voice)
        #expect(line?.sid == callSid)
        #expect(line?.turn == 1)
        #expect(line?.state == "start")
        #expect(line?.fault == nil)
    }

    @Test func `the state is the one that waits, not the one that a silent caller comes to`() async {
        var builder = ProgramBuilder()
        builder.states = [.init(name: "menu", entry: 0), .init(name: "goodbye", entry: 1)]
        builder.operations = [builder.gather("Menu", otherwise: 1), .finish(.hangup)]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        #expect(scene.logs.last?.state == "menu")
        _ = await scene.answer("1.0", ["Digits": "5"])
        #expect(scene.logs.last?.state == "goodbye")
    }
}
