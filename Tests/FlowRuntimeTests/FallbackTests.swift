import FlowProgram
import FlowRuntime
import Testing

/// What answers when the provider couldn't use a document.
@Suite struct FallbackTests {
    private func menu() -> Program {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Go on?", choices: [keys("1", to: 1)], otherwise: 1), .finish(.hangup),
        ]
        return builder.program()
    }

    @Test func `a fallback hears the apology and moves nothing`() async {
        let scene = Scene(menu())
        let fallback = scene.request(nil, ["ErrorCode": "11200"], purpose: .fallback)
        let before = scene.conversation.answerNow(fallback)
        guard case .document(let document)? = before else {
            Issue.record("no document")
            return
        }
        #expect(String(decoding: document, as: UTF8.self).hasSuffix("<Hangup/></Response>"))
        #expect(scene.store.count == 0)
        _ = await scene.answer()
        #expect(await scene.conversation.answer(fallback) == before)
        #expect(await scene.answer("1.0", ["Digits": "1"]) == "<Hangup/>")
        #expect(scene.logs.kinds == [.fallback, .turn, .fallback, .turn])
    }

    @Test func `a fallback of a call that is over hears nothing`() async {
        let scene = Scene(menu())
        let fallback = scene.request(nil, ["CallStatus": "completed"], purpose: .fallback)
        let answer = await scene.conversation.answer(fallback)
        guard case .document(let document) = answer else {
            Issue.record("no document")
            return
        }
        #expect(String(decoding: document, as: UTF8.self).hasSuffix("<Response/>"))
    }
}
