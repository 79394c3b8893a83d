/// What happens to a flow besides the phone's requests: it sends messages, and conversations begin from its side.
package struct TalkBesides: Sendable {
    /// What was sent since it was last asked.
    package var sent: @Sendable () async -> [OutgoingMessage]
    /// Whether a request answers a sensitive question, so that what it brings isn't to be shown.
    package var isSensitive: @Sendable (PhoneRequest) async -> Bool
    /// Asks for a conversation, and gives the call that the provider was asked to place, if it was.
    package var start: @Sendable (Conversation.Start) async -> (Conversation.StartAnswer, OutgoingCall?)

    package init(
        sent: @escaping @Sendable () async -> [OutgoingMessage] = { [] },
        isSensitive: @escaping @Sendable (PhoneRequest) async -> Bool = { _ in false },
        start: @escaping @Sendable (Conversation.Start) async -> (Conversation.StartAnswer, OutgoingCall?) = {
            _ in
            (.failed("this phone can't start flows"), nil)
        }
    ) {
        self.sent = sent
        self.isSensitive = isSensitive
        self.start = start
    }
}

/// What a message that was sent looks like.
func sentLines(_ message: OutgoingMessage) -> [String] {
    let lines = withoutOuterBlanks(message.body).unicodeScalars.split(
        separator: "\n", omittingEmptySubsequences: false
    ).map { oneLine(String($0)) }
    return ["sends \(oneLine(message.to)) \(lines.first ?? "")"] + lines.dropFirst().map { "  | \($0)" }
        + message.media.map { "media \(oneLine($0))" }
}

/// What `start` says of a conversation that didn't begin.
func startFault(_ answer: Conversation.StartAnswer) -> String? {
    switch answer {
    case .placed, .begun: nil
    case .unknownFlow: "(no such flow)"
    case .invalid(let problems): "(\(problems.map(oneLine).joined(separator: "; ")))"
    case .busy: "(a conversation with that number is going on)"
    case .refused(let code): "(the provider refused\(code.map { ": \($0)" } ?? ""))"
    case .failed(let reason): "(it failed: \(oneLine(reason)))"
    }
}
