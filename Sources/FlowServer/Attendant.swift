public import FlowRuntime
public import ServiceLifecycle

/// Attends to conversations besides their requests: turns whose process died, notices that came during a turn, outboxes.
public struct Attendant: Service {
    private let conversation: Conversation

    public init(_ conversation: Conversation) {
        self.conversation = conversation
    }

    /// Attends until graceful shutdown.
    public func run() async {
        await cancelWhenGracefulShutdown { await conversation.attend() }
    }
}
