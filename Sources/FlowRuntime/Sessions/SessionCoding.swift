/// Why bytes aren't a session.
package enum SessionCodingFault: Error, Hashable, Sendable {
    /// A newer release wrote them; they are left alone.
    case newerFormat
    case damaged
}

extension Session {
    /// A newer format is refused, not misread.
    package static let format: UInt8 = 2

    /// The row: format, flags, numbers, then what has a length.
    package var encoded: [UInt8] {
        var row: [UInt8] = []
        row.reserveCapacity(codedBytes)
        row.append(Session.format)
        row.append((status == .closed ? 1 : 0) | (hasFailed ? 2 : 0))
        row.append(count: turn)
        row.append(count: firstTurn)
        row.append(count: language)
        row.append(signed: began)
        row.append(signed: moved &- began)
        row.append(counted: birth)
        row.append(counted: programHash)
        row.append(counted: fingerprint)
        row.append(count: waits.count)
        for wait in waits {
            row.append(wait.kind.rawValue)
            row.append(count: wait.operation)
            row.append(count: wait.attempt)
        }
        row.append(count: variables.count)
        for variable in variables { row.append(variable) }
        row.append(count: calls.count)
        for call in calls { row.append(count: call) }
        row.append(counted: answer.code)
        row.append(count: messages.count)
        for message in messages {
            row.append(counted: message.sid)
            row.append(counted: message.answer.code)
        }
        return row
    }

    private var codedBytes: Int {
        var bytes = 64 + birth.count + programHash.count + fingerprint.count + answer.code.count
        bytes += waits.count * 8 + calls.count * 4
        for variable in variables { bytes += variable.codedBytes }
        for message in messages { bytes += 8 + message.sid.count + message.answer.code.count }
        return bytes
    }

    /// Reads a row.
    ///
    /// - Throws: `SessionCodingFault` for bytes that no release wrote, or a newer one.
    package init(decoding row: [UInt8]) throws(SessionCodingFault) {
        guard let format = row.first, format > 0 else { throw .damaged }
        guard format <= Session.format else { throw .newerFormat }
        var reader = ByteReader(row, from: 1)
        guard let session = reader.session(format: format), reader.remaining == 0 else { throw .damaged }
        self = session
    }
}

extension ByteReader {
    /// Format 1 knew no calls.
    fileprivate mutating func session(format: UInt8) -> Session? {
        guard let flags = byte(), flags <= 3,
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
            let messages = messages()
        else { return nil }
        return Session(
            status: flags & 1 == 1 ? .closed : .open, birth: birth, programHash: programHash, turn: turn,
            firstTurn: firstTurn, hasFailed: flags & 2 == 2, language: language, variables: variables,
            calls: calls, waits: waits, answer: AnswerPieces(code: answer), fingerprint: fingerprint,
            messages: messages,
            began: began, moved: began &+ sinceBegan)
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
