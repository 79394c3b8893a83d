public import FlowRuntime

/// What a webhook hands its turns to: `Conversation`, or what stands before one, such as a choice between deployments.
public protocol ConversationAnswering: Sendable {
    /// Answers after the turn's fetches and the store.
    func answer(_ request: Conversation.Request) async -> Conversation.Answer
    /// Answers a turn that needs no waiting.
    ///
    /// - Returns: nil if it does: then `answer` is called. Nothing has happened.
    func answerNow(_ request: Conversation.Request) -> Conversation.Answer?
    /// What a call's first request hears where nobody has time for it: the flow's apology, and the end; nil for any other
    /// request. Nothing is stored.
    func excuse(for request: Conversation.Request) -> Conversation.Answer?
    /// Begins a conversation from our side.
    func start(_ start: Conversation.Start) async -> Conversation.StartAnswer
}

extension ConversationAnswering {
    /// Nobody has words for it.
    public func excuse(for request: Conversation.Request) -> Conversation.Answer? { nil }

    /// Nobody can.
    public func start(_ start: Conversation.Start) async -> Conversation.StartAnswer { .unknownFlow }
}

extension Conversation: ConversationAnswering {}
