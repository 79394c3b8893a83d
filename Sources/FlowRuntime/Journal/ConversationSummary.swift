package import FlowProgram

/// A conversation in a line, from its journal.
package struct ConversationSummary: Hashable, Sendable {
    /// The CallSid, or the MessageSid of a text conversation's start.
    package var id: String
    /// Milliseconds since 1970.
    package var began: Int64
    package var channel: Channel
    package var flow: String
    /// The person's number, masked unless it is to be shown.
    package var person: String
    package var turns: Int
    /// nil: it goes on, or its end isn't in the journal.
    package var outcome: TurnLog.Outcome?
    /// The state that it came to last.
    package var state: String?
    /// Milliseconds since 1970.
    package var last: Int64

    /// - Returns: nil without an entry of the conversation itself.
    package init?(id: [UInt8], _ entries: [Replay.Recorded], showsNumbers: Bool) {
        let own = entries.filter { $0.entry.request.side == nil }
        guard let first = own.first, let last = own.last, let parts = first.key.parts else { return nil }
        self.id = String(decoding: id, as: UTF8.self)
        began = first.entry.request.now
        channel = parts.channel
        flow = String(decoding: parts.flow, as: UTF8.self)
        let number = first.entry.request.parameters.person ?? ""
        person = showsNumbers ? number : maskedNumber(number)
        turns = own.count { $0.entry.kind == .turn }
        outcome = own.compactMap(\.entry.outcome).last
        state = own.compactMap(\.entry.state).last
        self.last = last.entry.request.now
    }
}

extension Parameters {
    /// The other side's number: who calls us, or whom we call.
    var person: String? {
        let direction = text("Direction") ?? ""
        return direction.hasPrefix("outbound") ? text("To") : text("From")
    }
}
