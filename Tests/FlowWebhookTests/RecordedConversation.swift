import FlowRuntime
import FlowWebhook
import Synchronization

/// Gives one answer to all, and counts how often it was asked.
final class RecordedConversation: ConversationAnswering {
    private let answer: Conversation.Answer
    private let mustWait: Bool
    private let requests = Mutex(0)

    init(answer: Conversation.Answer = .document(Array("<Response/>".utf8)), mustWait: Bool = false) {
        self.answer = answer
        self.mustWait = mustWait
    }

    var count: Int { requests.withLock { $0 } }

    func answer(_ request: Conversation.Request) async -> Conversation.Answer {
        requests.withLock { $0 += 1 }
        return answer
    }

    func answerNow(_ request: Conversation.Request) -> Conversation.Answer? {
        guard !mustWait else { return nil }
        requests.withLock { $0 += 1 }
        return answer
    }
}
