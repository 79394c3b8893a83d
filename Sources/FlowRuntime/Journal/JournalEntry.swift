package import FlowProgram

/// What is kept of one turn or notice, so that it can be looked at, and made again to the byte.
///
/// An answer to a sensitive question isn't kept: a stand-in of the same form stands for it. Secret config isn't, either.
package struct JournalEntry: Hashable, Sendable {
    /// What happened, at its time; without its fingerprint.
    package var request: KeptRequest
    /// A stand-in for a sensitive answer is among the parameters.
    package var isWithheld: Bool
    /// Of the program that was walked.
    package var programHash: [UInt8]
    /// One for each of `Program.config`; `none` for what is secret.
    package var config: [Value]
    /// What URLs in the document begin with, and what they end with.
    package var base: String
    package var overrides: String
    /// What the services answered; nil if that was too much to be kept.
    package var answers: [FetchAnswer]?
    /// nil for a notice.
    package var document: [UInt8]?
    /// What it sent besides.
    package var outbox: [OutboxItem]
    /// The session after it, stand-ins for its secrets, if the program has any: what hung on them can't be made again.
    package var session: Session?
    /// The session's turn after it.
    package var turn: Int
    package var kind: TurnLog.Kind
    package var state: String?
    package var outcome: TurnLog.Outcome?
    /// Why the turn ended out of its way.
    package var fault: String?

    package init(
        request: KeptRequest, isWithheld: Bool = false, programHash: [UInt8], config: [Value], base: String,
        overrides: String, answers: [FetchAnswer]?, document: [UInt8]?, outbox: [OutboxItem],
        session: Session? = nil, turn: Int,
        kind: TurnLog.Kind, state: String?, outcome: TurnLog.Outcome?, fault: String?
    ) {
        self.request = request
        self.isWithheld = isWithheld
        self.programHash = programHash
        self.config = config
        self.base = base
        self.overrides = overrides
        self.answers = answers
        self.document = document
        self.outbox = outbox
        self.session = session
        self.turn = turn
        self.kind = kind
        self.state = state
        self.outcome = outcome
        self.fault = fault
    }
}

extension JournalEntry {
    /// Of the coding; counted up when it changes. Older ones stay readable.
    private static let format: UInt8 = 1

    package var encoded: [UInt8] {
        var bytes = [Self.format]
        bytes.append(request)
        bytes.append(isWithheld ? 1 : 0)
        bytes.append(counted: programHash)
        bytes.append(count: config.count)
        for value in config { bytes.append(value) }
        bytes.append(countedText: base)
        bytes.append(countedText: overrides)
        bytes.append(count: answers.map { $0.count + 1 } ?? 0)
        for answer in answers ?? [] { bytes.append(answer) }
        bytes.append(document == nil ? 0 : 1)
        if let document { bytes.append(counted: document) }
        bytes.append(count: outbox.count)
        for item in outbox { bytes.append(item) }
        bytes.append(counted: session.map { SessionRow(session: $0).encoded } ?? [])
        bytes.append(count: turn)
        for text in [kind.rawValue, state ?? "", outcome?.rawValue ?? "", fault ?? ""] {
            bytes.append(countedText: text)
        }
        return bytes
    }

    /// - Returns: nil for bytes that no release wrote, or a newer one.
    package init?(decoding bytes: [UInt8]) {
        guard bytes.first == Self.format else { return nil }
        var reader = ByteReader(bytes, from: 1)
        guard let request = reader.keptRequest(), let withheld = reader.byte(), withheld <= 1,
            let hash = reader.countedBytes(), let config = reader.list({ $0.value() }),
            let base = reader.countedText(), let overrides = reader.countedText(),
            let answerCount = reader.count()
        else { return nil }
        var answers: [FetchAnswer] = []
        for _ in 0..<max(0, answerCount - 1) {
            guard let answer = reader.fetchAnswer() else { return nil }
            answers.append(answer)
        }
        guard let hasDocument = reader.byte(), hasDocument <= 1 else { return nil }
        var document: [UInt8]?
        if hasDocument == 1 {
            guard let bytes = reader.countedBytes() else { return nil }
            document = bytes
        }
        guard let outbox = reader.list({ $0.outboxItem() }), let row = reader.countedBytes(),
            let turn = reader.number(),
            let kind = reader.countedText().flatMap(TurnLog.Kind.init), let state = reader.countedText(),
            let outcome = reader.countedText(), let fault = reader.countedText(), reader.remaining == 0
        else { return nil }
        var session: Session?
        if !row.isEmpty {
            guard let kept = try? SessionRow(decoding: row).session else { return nil }
            session = kept
        }
        self.init(
            request: request, isWithheld: withheld == 1, programHash: hash, config: config, base: base,
            overrides: overrides, answers: answerCount == 0 ? nil : answers, document: document,
            outbox: outbox, session: session, turn: turn, kind: kind, state: state.isEmpty ? nil : state,
            outcome: TurnLog.Outcome(rawValue: outcome), fault: fault.isEmpty ? nil : fault)
    }
}
