import FlowProgram

/// What the provider asks for when it couldn't go on with a document. Where the request failed that would have moved the session on, the
/// caller hears a pardon and the present document once more, and the call goes on: once a turn, three times a session. Else, and
/// while the store is away, the apology, and the end; the call's last status closes the session then.
extension Conversation {
    func apologize(_ visit: Visit) async -> Answer {
        guard visit.request.channel == .voice, visit.request.position != nil,
            await claims.take(visit.key, patience: patience)
        else { return apologized(visit, try? await read(visit.key).row.session) }
        defer { claims.release(visit.key) }
        let deadline = ContinuousClock.now + patience
        var session: Session?
        do {
            for _ in 0..<Limits.writeTries {
                guard let found = try await restingRow(visit.key, until: deadline) else { break }
                session = found.row.session
                switch pardoned(visit, session) {
                case nil: return apologized(visit, session)
                case .settled(let reply): return told(reply)
                case .write(let draft):
                    // Not for the journal: nothing was walked, and what the caller pressed may stand in the request.
                    if let reply = try await written(draft, nil, visit, found) { return told(reply) }
                }
            }
        } catch {
            // The store is away: what it can't remember isn't offered.
        }
        return apologized(visit, session)
    }

    /// What a call's first request hears where nobody has time for it; nil for any other request. Nothing is stored: if the call
    /// comes again, it begins.
    public func excuse(for request: Request) -> Answer? {
        guard request.channel == .voice, request.purpose == .turn, request.position == nil,
            request.side == nil,
            case .admitted(let visit) = admit(request)
        else { return nil }
        return apologized(visit, nil)
    }

    private enum Pardon {
        /// The same request again.
        case settled(Reply)
        case write(Draft)
    }

    /// nil where the call can't go on.
    private func pardoned(_ visit: Visit, _ session: Session?) -> Pardon? {
        guard !visit.callIsOver, let session, session.status == .open, let position = visit.request.position,
            position.turn == session.turn, session.waits.indices.contains(position.wait),
            let entry = entry(of: session, visit)
        else { return nil }
        let reply = pardon(visit, session, entry)
        let before = session.fallbacks
        if let before, before.turn == session.turn {
            return before.fingerprint == visit.request.fingerprint ? .settled(reply) : nil
        }
        guard (before?.count ?? 0) < Limits.fallbacksPerSession else { return nil }
        var next = session
        next.fallbacks = Session.Fallbacks(
            count: (before?.count ?? 0) + 1, turn: session.turn, fingerprint: visit.request.fingerprint)
        return .write(Draft(session: next, lifetime: lifetime(of: session, entry), reply: reply))
    }

    private func pardon(_ visit: Visit, _ session: Session, _ entry: Deployment.Entry) -> Reply {
        let program = entry.executable
        var answer = AnswerPieces()
        for case .fixed(let index) in program.program.pardon?.pieces(in: session.language) ?? [] {
            answer.append(fixed: index)
        }
        answer.append(session.answer)
        return Reply(
            answer: .document(render(answer, of: program, turn: session.turn, visit)),
            log: TurnLog(.fallback, visit, turn: session.turn))
    }

    private func apologized(_ visit: Visit, _ session: Session?) -> Answer {
        let program = (session.flatMap { entry(of: $0, visit) } ?? visit.entry).executable
        let words = visit.callIsOver ? AnswerPieces() : apology(of: program, language: session?.language ?? 0)
        log(TurnLog(.fallback, visit, turn: session?.turn ?? 0))
        return .document(renderDocument(words, of: program, at: nil))
    }
}
