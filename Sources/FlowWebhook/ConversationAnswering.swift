package import FlowRuntime

/// What a webhook hands its turns to: `Conversation`, and in tests a stand-in.
package protocol ConversationAnswering: Sendable {
    func answer(_ request: Conversation.Request) async -> Conversation.Answer
    /// nil if the answer can't be had without waiting.
    func answerNow(_ request: Conversation.Request) -> Conversation.Answer?
}
