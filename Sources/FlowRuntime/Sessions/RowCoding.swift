/// The row: format, which parts it has, the parts.
extension SessionRow {
    private static let hasSession: UInt8 = 1
    private static let hasClaim: UInt8 = 2
    private static let hasNotices: UInt8 = 4
    private static let hasOutbox: UInt8 = 8

    package var encoded: [UInt8] {
        var row: [UInt8] = []
        row.reserveCapacity(session?.codedBytes ?? 256)
        row.append(Session.format)
        row.append(
            (session == nil ? 0 : Self.hasSession) | (claim == nil ? 0 : Self.hasClaim)
                | (notices.isEmpty ? 0 : Self.hasNotices) | (outbox.isEmpty ? 0 : Self.hasOutbox))
        if let session { row.append(session) }
        if let claim { row.append(claim) }
        if !notices.isEmpty {
            row.append(count: notices.count)
            for notice in notices { row.append(notice) }
        }
        if !outbox.isEmpty {
            row.append(count: outbox.count)
            for item in outbox { row.append(item) }
        }
        return row
    }

    /// Reads a row.
    ///
    /// - Throws: `SessionCodingFault` for bytes that no release wrote, or a newer one.
    package init(decoding row: [UInt8]) throws(SessionCodingFault) {
        guard let format = row.first, format > 0 else { throw .damaged }
        guard format <= Session.format else { throw .newerFormat }
        var reader = ByteReader(row, from: 1)
        guard let row = reader.row(format: format), reader.remaining == 0 else { throw .damaged }
        self = row
    }

    /// Formats 1 and 2 were a session and nothing else.
    fileprivate init?(_ reader: inout ByteReader, format: UInt8) {
        let parts = format < 3 ? Self.hasSession : reader.byte() ?? 0
        guard parts > 0, parts < 16 else { return nil }
        self.init()
        if parts & Self.hasSession != 0 {
            guard let session = reader.session(format: format) else { return nil }
            self.session = session
        }
        if parts & Self.hasClaim != 0 {
            guard let claim = reader.claim() else { return nil }
            self.claim = claim
        }
        if parts & Self.hasNotices != 0 {
            guard let notices = reader.list({ $0.keptRequest() }), !notices.isEmpty else { return nil }
            self.notices = notices
        }
        if parts & Self.hasOutbox != 0 {
            guard let outbox = reader.list({ $0.outboxItem() }), !outbox.isEmpty else { return nil }
            self.outbox = outbox
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ claim: TurnClaim) {
        append(counted: claim.owner)
        append(claim.request)
        append(counted: claim.programHash)
        append(count: claim.begun.map { $0 + 1 } ?? 0)
        append(count: claim.answers.count)
        for answer in claim.answers { append(answer) }
    }

    mutating func append(_ answer: FetchAnswer) {
        switch answer {
        case .response(let status, let body):
            append(1)
            append(signed: Int64(status))
            append(counted: body)
        case .failure(let reason):
            append(0)
            append(countedText: reason.rawValue)
        }
    }

    mutating func append(_ request: KeptRequest) {
        append(request.purpose.rawValue)
        append(count: request.position?.turn ?? 0)
        if let position = request.position { append(count: position.wait) }
        append(count: request.side?.position.turn ?? 0)
        if let side = request.side {
            append(count: side.position.wait)
            append(count: side.index)
            append(counted: side.call)
        }
        append(counted: request.fingerprint)
        append(counted: request.sid)
        append(signed: request.now)
        append(count: request.parameters.entries.count)
        for entry in request.parameters.entries {
            append(counted: request.parameters.bytes[entry.name])
            append(counted: request.parameters.bytes[entry.value])
        }
    }

    mutating func append(_ item: OutboxItem) {
        append(count: item.number)
        append(item.notifies ? 1 : 0)
        append(count: item.tries)
        append(signed: item.due)
        append(countedText: item.to)
        append(countedText: item.from)
        append(countedText: item.body)
        append(count: item.media.count)
        for url in item.media { append(countedText: url) }
    }
}

extension ByteReader {
    fileprivate mutating func row(format: UInt8) -> SessionRow? {
        SessionRow(&self, format: format)
    }

    mutating func list<Element>(_ read: (inout ByteReader) -> Element?) -> [Element]? {
        guard let count = count() else { return nil }
        var elements: [Element] = []
        for _ in 0..<count {
            guard let element = read(&self) else { return nil }
            elements.append(element)
        }
        return elements
    }

    fileprivate mutating func claim() -> TurnClaim? {
        guard let owner = countedBytes(), let request = keptRequest(), let hash = countedBytes(),
            let begun = number(), let answers = list({ $0.fetchAnswer() }),
            answers.count <= Limits.fetchesPerTurn
        else { return nil }
        return TurnClaim(
            owner: owner, request: request, programHash: hash, answers: answers,
            begun: begun > 0 ? begun - 1 : nil)
    }

    mutating func fetchAnswer() -> FetchAnswer? {
        switch byte() {
        case 0: return countedText().flatMap(FetchAnswer.Reason.init).map(FetchAnswer.failure)
        case 1:
            // A service may send any number.
            guard let status = signed().flatMap({ Int(exactly: $0) }), let body = countedBytes() else {
                return nil
            }
            return .response(status: status, body: body)
        default: return nil
        }
    }

    mutating func keptRequest() -> KeptRequest? {
        guard let purpose = byte().flatMap(Conversation.Purpose.init), let turn = number() else { return nil }
        var position: Position?
        if turn > 0 {
            guard let wait = number() else { return nil }
            position = Position(turn: turn, wait: wait)
        }
        guard let sideTurn = number() else { return nil }
        var side: SideAddress?
        if sideTurn > 0 {
            guard let wait = number(), let index = number(), let call = countedBytes() else { return nil }
            side = SideAddress(call: call, position: Position(turn: sideTurn, wait: wait), index: index)
        }
        guard let fingerprint = countedBytes(), let sid = countedBytes(), let now = signed(),
            let parameters = list({ $0.parameter() })
        else { return nil }
        return KeptRequest(
            purpose: purpose, position: position, side: side, parameters: Parameters(fields: parameters),
            fingerprint: fingerprint, sid: sid, now: now)
    }

    private mutating func parameter() -> (name: [UInt8], value: [UInt8])? {
        guard let name = countedBytes(), let value = countedBytes() else { return nil }
        return (name, value)
    }

    mutating func outboxItem() -> OutboxItem? {
        guard let number = number(), let notifies = byte(), notifies <= 1, let tries = self.number(),
            let due = signed(), let to = countedText(), let from = countedText(), let body = countedText(),
            let media = list({ $0.countedText() })
        else { return nil }
        return OutboxItem(
            number: number, to: to, from: from, body: body, media: media, notifies: notifies == 1,
            tries: tries, due: due)
    }
}
