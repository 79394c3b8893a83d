import FlowProgram
import TwiML

extension String {
    /// A number, or one of another channel such as `whatsapp:+15555550123`.
    fileprivate var isReachedByText: Bool {
        let number = utf8.lastIndex(of: UInt8(ascii: ":")).map { utf8[utf8.index(after: $0)...] } ?? utf8[...]
        return number.first == UInt8(ascii: "+") && (3...16).contains(number.count)
            && number.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }
}

/// `send`: a message for the outbox.
extension Walk {
    mutating func perform(_ send: Send) -> Step {
        guard !isHandlingFault else { return .end(.fault(.errorHandlerFailed)) }
        guard outbox.count < Limits.sendsPerTurn else { return .end(.fault(.tooManySends)) }
        guard case .text(let to) = evaluate(send.to, in: context), to.isReachedByText,
            send.prefixes.isEmpty || send.prefixes.contains(where: { to.utf8.starts(with: $0.utf8) })
        else {
            refusedSends.append(operation)
            return .go(operation + 1)
        }
        var from = context.ownNumber
        if let sender = send.from, case .text(let number) = evaluate(sender, in: context) { from = number }
        let body = text(of: send.body)
        let media = send.media.compactMap { url -> String? in
            if case .text(let url) = evaluate(url, in: context), !url.isEmpty { url } else { nil }
        }
        guard !body.isBlank || !media.isEmpty else { return .go(operation + 1) }
        sends += 1
        outbox.append(
            OutboxItem(
                number: sends, to: to, from: from, body: body,
                media: Array(media.prefix(Limits.mediaPerMessage)),
                notifies: program.program.handler(of: .messageStatus) != nil, due: event.now))
        return .go(operation + 1)
    }

    /// What the turn says, where nobody asked for a document; nil if that is nothing.
    mutating func ownMessage() -> OutboxItem? {
        let body = unescapedText(document.text(of: program).bytes(of: program))
        guard !body.isBlank || !document.media.isEmpty else { return nil }
        sends += 1
        return OutboxItem(
            number: sends, to: context.otherNumber, from: context.ownNumber, body: body,
            media: document.media, notifies: program.program.handler(of: .messageStatus) != nil,
            due: event.now)
    }

    /// What a rendering says as a message of its own.
    private func text(of rendering: Rendering) -> String {
        var builder = DocumentBuilder()
        builder.append(
            rendering, slot: Slot(wait: 0, seconds: 0), language: language, of: program, in: context)
        builder.limit(to: program.maxSegments(at: operation))
        return unescapedText(builder.text(of: program).bytes(of: program))
    }
}
