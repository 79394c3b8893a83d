import FlowProgram
import FlowRuntime
import Synchronization
import Testing

/// Rule 11 of the runtime: what flows send.
@Suite struct OutboxTests {
    /// Sends one message, says so, and waits.
    private static func program(allow: [String] = [], hears: Bool = true) -> Program {
        var builder = ProgramBuilder()
        let number = builder.variable("number", .phone, initial: .text("+15555550111"))
        builder.operations = [
            .send(
                Send(
                    to: .variable(number), prefixes: allow, body: builder.text("Fish &amp; chips"),
                    media: [.literal(.text("https://example.com/a.png"))])),
            builder.gather("Sent.", choices: [keys("1", to: 0)], otherwise: 2), .finish(.hangup),
        ]
        if hears {
            let slot = builder.variable("", .record(ResultForm.messageStatus.type))
            builder.handlers = [Program.Handler(event: .messageStatus, entry: 3, variable: slot)]
            builder.operations += [
                .log([
                    .init(name: "status", value: .field(.variable(slot), 1)),
                    .init(name: "error", value: .field(.variable(slot), 2)),
                ]), .finish(.end),
            ]
        }
        return builder.program()
    }

    private func scene(_ sender: TestSender, _ program: Program = program()) -> Scene {
        Scene(entries: [entry(program)], sender: sender)
    }

    @Test func `a message leaves after its turn, once, with its callback`() async {
        let sender = TestSender()
        let scene = scene(sender)
        #expect(await scene.answer() == gather("1.0", "Sent.") + "<Hangup/>")
        #expect(sender.messages.isEmpty)
        await scene.conversation.attendDue()
        await scene.conversation.attendDue()
        #expect(
            sender.messages == [
                OutgoingMessage(
                    to: "+15555550111", from: "+15555550123", body: "Fish & chips",
                    media: ["https://example.com/a.png"],
                    statusCallback: "https://example.com/message/test?call=\(callSid)#rc=2&rp=all",
                    timeout: Limits.sendMilliseconds)
            ])
        #expect(scene.logs.kinds == [.turn, .sent])
        _ = await scene.answer()
        await scene.conversation.attendDue()
        #expect(sender.messages.count == 1)
    }

    @Test func `a number outside its prefixes gets nothing`() async {
        let sender = TestSender()
        let scene = scene(sender, Self.program(allow: ["+44"]))
        _ = await scene.answer()
        await scene.conversation.attendDue()
        #expect(sender.messages.isEmpty)
        #expect(scene.logs.last?.refusedSends == ["flows/test.yaml:10:7"])
    }

    @Test func `what may pass is tried again, later each time, and not for ever`() async {
        let sender = TestSender(Array(repeating: .failed("status-503"), count: 9))
        let scene = scene(sender)
        _ = await scene.answer()
        await scene.conversation.attendDue()
        for (seconds, tries) in [(9, 1), (1, 2), (19, 2), (1, 3), (40, 4), (80, 5), (160, 6), (1_000, 6)] {
            scene.clock.advance(seconds: Int64(seconds))
            await scene.conversation.attendDue()
            #expect(sender.messages.count == tries)
        }
        // The flow hears that it failed.
        #expect(scene.logs.last?.entries.first?.fields.first?.value == "failed")
        #expect(scene.logs.kinds == [.turn, .unsent, .notice])
        #expect(scene.logs.all[1].reason == "status-503")
    }

    @Test func `what the provider refuses isn't tried again, and the flow hears why`() async {
        let sender = TestSender([.refused(code: 21_610)])
        let scene = scene(sender)
        _ = await scene.answer()
        await scene.conversation.attendDue()
        scene.clock.advance(seconds: 1_000)
        await scene.conversation.attendDue()
        #expect(sender.messages.count == 1)
        #expect(scene.logs.last?.entries.first?.fields.map(\.value) == ["failed", "21610"])
    }

    @Test func `a message whose process dies before the mark is sent again by another`() async {
        let store = MemoryStore(clock: TestClock())
        let clock = TestClock()
        let shared = MemoryStore(clock: clock)
        _ = store
        let dying = StuckSender()
        let living = TestSender()
        let dead = Scene(entries: [entry(Self.program())], sender: dying, clock: clock, store: shared)
        let alive = Scene(entries: [entry(Self.program())], sender: living, clock: clock, store: shared)
        _ = await dead.answer()
        let task = Task { await dead.conversation.attendDue() }
        await dying.isStuck()
        await alive.conversation.attendDue()
        #expect(living.messages.isEmpty)
        clock.advance(seconds: 25)
        await alive.conversation.attendDue()
        #expect(living.messages.count == 1)
        clock.advance(seconds: 1_000)
        await alive.conversation.attendDue()
        #expect(living.messages.count == 1)
        dying.fail()
        await task.value
    }

    @Test func `without a sender messages stay, and go once there is one`() async {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        let sender = TestSender()
        let without = Scene(entries: [entry(Self.program())], clock: clock, store: store)
        _ = await without.answer()
        await without.conversation.attendDue()
        let with = Scene(entries: [entry(Self.program())], sender: sender, clock: clock, store: store)
        await with.conversation.attendDue()
        #expect(sender.messages.count == 1)
    }

    @Test func `a text longer than a message is cut`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            .send(
                Send(
                    to: .literal(.text("+15555550111")),
                    body: builder.text(String(repeating: "word 😀 ", count: 300)))),
            .finish(.hangup),
        ]
        let sender = TestSender()
        let scene = scene(sender, builder.program())
        _ = await scene.answer()
        await scene.conversation.attendDue()
        let body = sender.messages.first?.body ?? ""
        #expect(body.utf16.count <= 1_600 && body.utf16.count > 1_500)
        #expect(body.hasSuffix("…"))
    }

    @Test func `a turn sends sixteen messages at most`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            .send(Send(to: .literal(.text("+15555550111")), body: builder.text("Hello"))), .jump(0),
        ]
        let scene = scene(TestSender(), builder.program())
        #expect(await scene.answer() == say("Sorry.") + "<Hangup/>")
        #expect(scene.logs.last?.fault?.reason == "too-many-sends")
    }
}

/// Canned answers in order, then the sid of a message; and what was sent.
final class TestSender: Sender {
    private let state: Mutex<(answers: [SendAnswer], messages: [OutgoingMessage], calls: [OutgoingCall])>

    init(_ answers: [SendAnswer] = []) {
        state = Mutex((answers, [], []))
    }

    var messages: [OutgoingMessage] { state.withLock { $0.messages } }
    var calls: [OutgoingCall] { state.withLock { $0.calls } }

    func send(_ message: OutgoingMessage) async -> SendAnswer {
        state.withLock { state in
            state.messages.append(message)
            return state.answers.isEmpty ? .sent(sid: "SM9") : state.answers.removeFirst()
        }
    }

    func place(_ call: OutgoingCall) async -> SendAnswer {
        state.withLock { state in
            state.calls.append(call)
            return state.answers.isEmpty ? .sent(sid: "CA9") : state.answers.removeFirst()
        }
    }
}

/// Never answers until it is told to.
final class StuckSender: Sender {
    private let stuck = Mutex<CheckedContinuation<Void, Never>?>(nil)

    func send(_ message: OutgoingMessage) async -> SendAnswer {
        await withCheckedContinuation { continuation in stuck.withLock { $0 = continuation } }
        return .failed("died")
    }

    func place(_ call: OutgoingCall) async -> SendAnswer { .failed("died") }

    func isStuck() async {
        while stuck.withLock({ $0 == nil }) { try? await Task.sleep(for: .milliseconds(1)) }
    }

    func fail() {
        stuck.withLock { stuck in
            stuck?.resume()
            stuck = nil
        }
    }
}
