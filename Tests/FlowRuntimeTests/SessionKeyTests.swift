import FlowProgram
import FlowRuntime
import Testing

/// turn.md rule 1: what finds a session.
@Suite struct SessionKeyTests {
    private func asking(_ channel: Channel) -> Program {
        var builder = ProgramBuilder()
        builder.channel = channel
        builder.operations = [
            builder.gather("Name?", attempts: 9, input: .text(limit: 100), next: 1, otherwise: 1),
            .finish(.end),
        ]
        return builder.program()
    }

    private let call = [("AccountSid", "AC1"), ("CallSid", "CA1"), ("From", "a"), ("To", "b")]
    private let message = [("AccountSid", "AC1"), ("MessageSid", "SM1"), ("From", "caf\u{E9}"), ("To", "b")]

    /// Sessions after two requests that differ in some parameters.
    private func sessions(
        _ channel: Channel, _ first: [(String, String)], changing changes: [(String, String)]
    ) async -> Int {
        let scene = Scene(asking(channel))
        var request = channel == .voice ? scene.request() : scene.message("SM1", "Hi")
        request.parameters = Parameters(first)
        #expect(await scene.conversation.answer(request) != .busy)
        request.parameters = Parameters(
            first.map { name, value in (name, changes.first { $0.0 == name }?.1 ?? value) })
        #expect(await scene.conversation.answer(request) != .busy)
        return scene.store.count
    }

    @Test(arguments: [("AccountSid", "AC2", 2), ("CallSid", "CA2", 2), ("From", "c", 1), ("To", "c", 1)])
    func `a call is found by its account and sid`(name: String, value: String, count: Int) async {
        #expect(await sessions(.voice, call, changing: [(name, value)]) == count)
    }

    @Test(arguments: [
        ("AccountSid", "AC2", 2), ("From", "d", 2), ("To", "d", 2), ("MessageSid", "SM2", 1),
        ("From", "cafe\u{301}", 2),
    ])
    func `a text conversation is found by its account and both addresses, byte for byte`(
        name: String, value: String, count: Int
    ) async {
        #expect(await sessions(.sms, message, changing: [(name, value)]) == count)
    }

    @Test func `addresses can't run into each other`() async {
        #expect(await sessions(.sms, message, changing: [("From", "caf\u{E9}b"), ("To", "")]) == 1)
        let first = [("AccountSid", "AC1"), ("MessageSid", "SM1"), ("From", "ab"), ("To", "c")]
        #expect(await sessions(.sms, first, changing: [("From", "a"), ("To", "bc")]) == 2)
    }

    @Test func `channels and flows share no session`() {
        func key(_ channel: Channel, _ flow: String, _ run: String) -> SessionKey {
            SessionKey(
                channel: channel, account: [], place: [ArraySlice("a".utf8)], flow: Array(flow.utf8),
                run: Array(run.utf8))
        }
        let keys = [
            key(.voice, "f", ""), key(.sms, "f", ""), key(.voice, "g", ""), key(.voice, "f", "g"),
            key(.voice, "", "f"),
        ]
        #expect(Set(keys).count == keys.count)
    }
}
