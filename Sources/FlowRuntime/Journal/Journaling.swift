import FlowProgram

/// What a turn leaves in the journal: made with its write, so that there is one entry for each turn that was stored, and none
/// else (turn.md rule 11).
extension Conversation {
    /// - Parameters:
    ///   - event: what was walked, and the session before it; nil where nothing was.
    ///   - answers: of the turn's fetches.
    /// - Returns: nil if no journal is kept.
    func journaled(
        _ draft: Draft, _ visit: Visit, _ entry: Deployment.Entry,
        walked event: (event: Event, before: Session?)? = nil, answers: [FetchAnswer] = []
    ) -> JournalWrite? {
        guard let lifetime = journalLifetime, let log = draft.reply.log else { return nil }
        var kept = visit.kept
        kept.fingerprint = []
        var withheld: [String] = []
        if let event {
            if isSensitive(event.event, event.before, entry.executable) { withheld = Parameters.answers }
            if event.event.kind == .start { withheld += entry.executable.secretParameters }
        }
        let isWithheld = withheld.contains { kept.parameters.bytes(named: $0) != nil }
        if isWithheld { kept.parameters = kept.parameters.withStandIns(for: withheld) }
        let size = answers.reduce(0) { $0 + $1.bodyBytes }
        var document: [UInt8]?
        if case .document(let bytes) = draft.reply.answer { document = bytes }
        let journal = JournalEntry(
            request: kept, isWithheld: isWithheld, programHash: entry.hash,
            config: zip(entry.config, entry.executable.secretConfig).map { $1 ? Value.none : $0 },
            base: base, overrides: fragment, answers: size <= Limits.journalAnswerBytes ? answers : nil,
            document: document, outbox: draft.outbox,
            session: entry.executable.withoutSecrets(draft.session), turn: log.turn, kind: log.kind,
            state: log.state,
            outcome: log.outcome, fault: log.fault?.reason)
        return JournalWrite(
            conversation: visit.request.side?.call ?? draft.session.birth, entry: journal.encoded,
            lifetime: lifetime)
    }

    /// Whether the answer goes into a variable that is never shown.
    private func isSensitive(_ event: Event, _ session: Session?, _ program: ExecutableProgram) -> Bool {
        guard case .input(let wait, _) = event.kind, let session, session.waits.indices.contains(wait),
            program.program.operations.indices.contains(session.waits[wait].operation),
            case .gather(let gather) = program.program.operations[session.waits[wait].operation],
            let variable = gather.into, program.secretVariables.indices.contains(variable)
        else { return false }
        return program.secretVariables[variable]
    }
}

extension ExecutableProgram {
    /// A session with stand-ins for its secrets; nil if the program has none.
    fileprivate func withoutSecrets(_ session: Session) -> Session? {
        guard secretVariables.contains(true), session.programHash == hash else { return nil }
        var shown = session
        for (index, isSecret) in secretVariables.enumerated()
        where isSecret && shown.variables.indices.contains(index) && shown.variables[index] != .none {
            shown.variables[index] = .text("1")
        }
        return shown
    }
}

extension FetchAnswer {
    fileprivate var bodyBytes: Int {
        if case .response(_, let body) = self { body.count } else { 0 }
    }
}

extension Parameters {
    /// What callers press, say and write.
    fileprivate static let answers = [
        "Digits", "SpeechResult", "UnstableSpeechResult", "StableSpeechResult", "Body",
    ]

    /// With stand-ins: as many characters, each digit a 1, each other an x. One fits where the value fitted by its length, and
    /// tells nothing else of it. What was said in words has no digits: it is taken for something that wasn't understood.
    fileprivate func withStandIns(for names: [String]) -> Parameters {
        return Parameters(
            fields: entries.map { entry in
                let name = Array(bytes[entry.name])
                let value = bytes[entry.value]
                guard names.contains(where: { name.elementsEqual($0.utf8) }) else {
                    return (name: name, value: Array(value))
                }
                let text = String(decoding: value, as: UTF8.self)
                let standIn = text.unicodeScalars.map { scalar -> UInt8 in
                    switch scalar {
                    case "0"..."9": UInt8(ascii: "1")
                    case " ": UInt8(ascii: " ")
                    default: UInt8(ascii: "x")
                    }
                }
                return (name: name, value: standIn)
            })
    }
}
