import FlowProgram

/// Why bytes aren't a session.
package enum SessionCodingFault: Error, Hashable, Sendable {
    /// A newer release wrote them; they are left alone.
    case newerFormat
    case damaged
}

extension Session {
    /// A newer format is refused, not misread.
    package static let format: UInt8 = 4

    /// The row of a session that nothing else is known of.
    package var encoded: [UInt8] { SessionRow(session: self).encoded }

    /// Reads the session of a row.
    ///
    /// - Throws: `SessionCodingFault` for bytes that no release wrote, or a newer one, or that hold no session yet.
    package init(decoding row: [UInt8]) throws(SessionCodingFault) {
        guard let session = try SessionRow(decoding: row).session else { throw .damaged }
        self = session
    }

    /// Programs without handlers and sends need none of these.
    fileprivate var hasNoticeParts: Bool {
        sends > 0 || expires != nil || !taken.isEmpty || parties != nil
    }

    var codedBytes: Int {
        var bytes = 64 + birth.count + programHash.count + fingerprint.count + answer.code.count
        bytes += waits.count * 8 + calls.count * 4
        for variable in variables { bytes += variable.codedBytes }
        for message in messages { bytes += 8 + message.sid.count + message.answer.code.count }
        for argument in sideArguments.joined() { bytes += argument.codedBytes }
        return bytes
    }
}

extension [UInt8] {
    /// Flags, numbers, then what has a length.
    mutating func append(_ session: Session) {
        append(
            (session.status == .closed ? 1 : 0) | (session.hasFailed ? 2 : 0)
                | (session.hasNoticeParts ? 4 : 0) | (session.fallbacks == nil ? 0 : 8))
        append(count: session.turn)
        append(count: session.firstTurn)
        append(count: session.language)
        append(signed: session.began)
        append(signed: session.moved &- session.began)
        append(counted: session.birth)
        append(counted: session.programHash)
        append(counted: session.fingerprint)
        append(count: session.waits.count)
        for wait in session.waits {
            append(wait.kind.rawValue)
            append(count: wait.operation)
            append(count: wait.attempt)
        }
        append(count: session.variables.count)
        for variable in session.variables { append(variable) }
        append(count: session.calls.count)
        for call in session.calls { append(count: call) }
        append(counted: session.answer.code)
        append(count: session.messages.count)
        for message in session.messages {
            append(counted: message.sid)
            append(counted: message.answer.code)
        }
        append(count: session.sideArguments.count)
        for arguments in session.sideArguments {
            append(count: arguments.count)
            for argument in arguments { append(argument) }
        }
        append(session.side)
        if session.hasNoticeParts { append(noticePartsOf: session) }
        if let fallbacks = session.fallbacks {
            append(count: fallbacks.count)
            append(count: fallbacks.turn)
            append(counted: fallbacks.fingerprint)
        }
    }

    private mutating func append(noticePartsOf session: Session) {
        append(count: session.sends)
        append(signed: session.expires ?? 0)
        append(count: session.taken.count)
        for mark in session.taken {
            append(countedText: mark.kind.rawValue)
            append(counted: mark.sid)
            append(counted: mark.status)
        }
        append(count: session.parties == nil ? 0 : 1)
        if let parties = session.parties {
            append(counted: parties.from)
            append(counted: parties.to)
            append(counted: parties.direction)
        }
    }
}

extension ByteReader {
    /// Format 1 knew no calls, format 2 nothing that is heard beside a call, format 3 no fallbacks.
    mutating func session(format: UInt8) -> Session? {
        guard let flags = byte(), flags <= (format < 3 ? 3 : format < 4 ? 7 : 15),
            let turn = number(), turn >= 1,
            let firstTurn = number(), firstTurn >= 1, firstTurn <= turn,
            let language = number(),
            let began = signed(),
            let sinceBegan = signed(),
            let birth = countedBytes(),
            let programHash = countedBytes(),
            let fingerprint = countedBytes(),
            let waits = waits(),
            let variables = values(),
            let calls = format == 1 ? [] : calls(),
            let answer = countedBytes(),
            let messages = messages(),
            let sideArguments = format < 3 ? [] : sideArguments(),
            let side = format < 3 ? .some(nil) : side()
        else { return nil }
        var session = Session(
            status: flags & 1 == 1 ? .closed : .open, birth: birth, programHash: programHash, turn: turn,
            firstTurn: firstTurn, hasFailed: flags & 2 == 2, language: language, variables: variables,
            calls: calls, waits: waits, answer: AnswerPieces(code: answer), fingerprint: fingerprint,
            messages: messages, sideArguments: sideArguments, side: side,
            began: began, moved: began &+ sinceBegan)
        if flags & 4 == 4 {
            guard readNoticeParts(of: &session) else { return nil }
        }
        if flags & 8 == 8 {
            guard let count = number(), let turn = number(), let fingerprint = countedBytes() else {
                return nil
            }
            session.fallbacks = Session.Fallbacks(count: count, turn: turn, fingerprint: fingerprint)
        }
        return session
    }

    private mutating func readNoticeParts(of session: inout Session) -> Bool {
        guard let sends = number(), let expires = signed(), let count = count(),
            count <= Limits.takenNotices
        else { return false }
        session.sends = sends
        session.expires = expires == 0 ? nil : expires
        for _ in 0..<count {
            guard let kind = countedText().flatMap(NoticeKind.init), let sid = countedBytes(),
                let status = countedBytes()
            else { return false }
            session.taken.append(NoticeMark(kind: kind, sid: sid, status: status))
        }
        guard let hasParties = number(), hasParties <= 1 else { return false }
        if hasParties == 1 {
            guard let from = countedBytes(), let to = countedBytes(), let direction = countedBytes() else {
                return false
            }
            session.parties = Session.Parties(from: from, to: to, direction: direction)
        }
        return session.hasNoticeParts
    }

    private mutating func waits() -> [Session.Wait]? {
        guard let count = count(), count <= Limits.waitsPerDocument else { return nil }
        var waits: [Session.Wait] = []
        waits.reserveCapacity(count)
        for _ in 0..<count {
            guard let kind = byte().flatMap(Session.Wait.Kind.init), let operation = number(),
                let attempt = number(), attempt >= 1
            else { return nil }
            waits.append(Session.Wait(kind: kind, operation: operation, attempt: attempt))
        }
        return waits
    }

    private mutating func calls() -> [Int]? {
        guard let count = count(), count <= Limits.callDepth else { return nil }
        var calls: [Int] = []
        calls.reserveCapacity(count)
        for _ in 0..<count {
            guard let call = number() else { return nil }
            calls.append(call)
        }
        return calls
    }

    private mutating func sideArguments() -> [[Value]]? {
        guard let count = count(), count <= Limits.sidesPerDocument else { return nil }
        var sides: [[Value]] = []
        for _ in 0..<count {
            guard let values = values() else { return nil }
            sides.append(values)
        }
        return sides
    }

    private mutating func messages() -> [Session.Message]? {
        guard let count = count(), count <= Limits.rememberedMessages else { return nil }
        var messages: [Session.Message] = []
        messages.reserveCapacity(count)
        for _ in 0..<count {
            guard let sid = countedBytes(), let answer = countedBytes() else { return nil }
            messages.append(Session.Message(sid: sid, answer: AnswerPieces(code: answer)))
        }
        return messages
    }
}
