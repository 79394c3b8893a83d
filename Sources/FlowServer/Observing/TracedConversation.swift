import FlowProgram
public import FlowRuntime
public import FlowWebhook
import Synchronization
public import Tracing

/// A conversation whose turns are spans: `turn`, with flow, channel, position, what it came to, and nothing that a caller
/// said.
///
///     let conversation = Conversation(…, log: { TracedConversation.note($0) })
///     let traced = TracedConversation(conversation, tracer: InstrumentationSystem.tracer)
///     let webhook = try Webhook(conversation: traced, configuration: configuration)
///
/// Who has no tracer leaves it out: then nothing of it is on the way of a turn.
public struct TracedConversation: ConversationAnswering {
    /// What the conversation logged of the turn that is being traced.
    private final class Notes: Sendable {
        let last = Mutex<TurnLog?>(nil)
    }

    @TaskLocal private static var notes: Notes?

    private let conversation: any ConversationAnswering
    private let tracer: any Tracer

    public init(_ conversation: any ConversationAnswering, tracer: any Tracer) {
        self.conversation = conversation
        self.tracer = tracer
    }

    /// Keeps what a turn came to for its span. For the `log` of the conversation.
    public static func note(_ turn: TurnLog) {
        notes?.last.withLock { $0 = turn }
    }

    public func answer(_ request: Conversation.Request) async -> Conversation.Answer {
        await tracer.withSpan("turn", ofKind: .server) { span in
            let notes = Notes()
            let answer = await Self.$notes.withValue(notes) { await conversation.answer(request) }
            describe(request, answer, notes, in: span)
            return answer
        }
    }

    /// A turn that must wait after all has its span when it is answered.
    public func answerNow(_ request: Conversation.Request) -> Conversation.Answer? {
        let start = DefaultTracerClock.now
        let notes = Notes()
        let answer = Self.$notes.withValue(notes) { conversation.answerNow(request) }
        guard let answer else { return nil }
        let span = tracer.startSpan("turn", ofKind: .server, at: start)
        describe(request, answer, notes, in: span)
        span.end()
        return answer
    }

    public func excuse(for request: Conversation.Request) -> Conversation.Answer? {
        conversation.excuse(for: request)
    }

    public func start(_ start: Conversation.Start) async -> Conversation.StartAnswer {
        await tracer.withSpan("start", ofKind: .server) { _ in await conversation.start(start) }
    }

    private func describe(
        _ request: Conversation.Request, _ answer: Conversation.Answer, _ notes: Notes, in span: any Span
    ) {
        span.attributes["flowc.channel"] = request.channel.rawValue
        if let position = request.position {
            span.attributes["flowc.position"] = "\(position.turn).\(position.wait)"
        }
        if answer == .busy { span.setStatus(SpanStatus(code: .error)) }
        // Without it nobody knows whether there is such a flow: its name may be anything.
        guard let turn = notes.last.withLock({ $0 }) else { return }
        span.attributes["flowc.flow"] = turn.flow
        span.attributes["flowc.kind"] = turn.kind.rawValue
        span.attributes["flowc.turn"] = turn.turn
        if let state = turn.state { span.attributes["flowc.state"] = state }
        if let outcome = turn.outcome { span.attributes["flowc.outcome"] = outcome.rawValue }
        if let fault = turn.fault {
            span.attributes["error.type"] = fault.reason
            span.setStatus(SpanStatus(code: .error))
        }
    }
}
