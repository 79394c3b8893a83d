package import FlowProgram

/// What a notice is told apart by (turn.md rule 14): each is taken once, and a final status is never left for an earlier one.
package struct NoticeMark: Hashable, Sendable {
    package var kind: NoticeKind
    /// Of the recording, the transcription or the message.
    package var sid: [UInt8]
    package var status: [UInt8]

    package init(kind: NoticeKind, sid: [UInt8], status: [UInt8]) {
        self.kind = kind
        self.sid = sid
        self.status = status
    }

    /// Nil if what a notice of this kind always has is missing or malformed.
    init?(_ kind: NoticeKind, _ parameters: Parameters) {
        self.init(kind: kind, sid: [], status: [])
        guard let form = kind.form else { return }
        guard let status = parameters.bytes(named: form.status), (1...Limits.sidBytes).contains(status.count),
            status.allSatisfy(isStatusByte)
        else { return nil }
        self.status = status
        guard let name = form.sid else { return }
        guard let sid = parameters.bytes(named: name), (1...Limits.sidBytes).contains(sid.count),
            sid.allSatisfy(isSidByte)
        else { return nil }
        self.sid = sid
    }

    /// Whether it says nothing new after what was taken.
    func isKnown(after taken: [NoticeMark]) -> Bool {
        let order = order
        return taken.contains { mark in
            mark.kind == kind && mark.sid == sid
                && (mark.status == status || (mark.order >= Self.final && order <= mark.order))
        }
    }

    private static let final = 3

    /// A later status has a higher number; those that a recording, a transcription or a message doesn't leave begin at 3. Only a
    /// message that was delivered goes on: it may be read (reference: the provider's statuses of messages).
    private var order: Int {
        switch (kind, String(decoding: status, as: UTF8.self)) {
        case (.messageStatus, "read"): 4
        case (.messageStatus, "delivered"), (.messageStatus, "undelivered"), (.messageStatus, "failed"),
            (.messageStatus, "canceled"):
            3
        case (.recording, "completed"), (.recording, "absent"), (.recording, "failed"): 3
        case (.transcription, "completed"), (.transcription, "failed"): 3
        default: 0
        }
    }
}

private func isStatusByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
}

private func isSidByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}
