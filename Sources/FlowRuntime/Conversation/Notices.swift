/// What is told of a conversation without asking for a document (turn.md rules 12 and 14).
extension Conversation {
    /// Takes a notice. While a turn is being made it is kept in the row, and taken after that.
    func note(_ visit: Visit) async -> Answer {
        guard isNotice(visit) else { return .noContent }
        do {
            for _ in 0..<Limits.writeTries {
                var found = try await read(visit.key)
                if found.revision == nil {
                    // The first turn may be on its way to the store.
                    guard claims.holds(visit.key) else { return .noContent }
                    guard await claims.take(visit.key, patience: patience) else { return .busy }
                    claims.release(visit.key)
                    found = try await read(visit.key)
                }
                if found.isAtRest {
                    if let reply = try await take(visit, found) { return told(reply) }
                } else {
                    guard found.row.notices.count < Limits.keptNotices else { return .busy }
                    found.row.notices.append(visit.kept)
                    let revision = try await write(
                        found, for: visit.key, lifetime: Limits.openCallSeconds, lease: found.leaseLeft)
                    if revision != nil { return .noContent }
                }
            }
            log(TurnLog(.busy, visit))
        } catch is SessionCodingFault {
            return .noContent
        } catch {
            log(TurnLog(.storeFailed, visit))
        }
        return .busy
    }

    /// As `note`, at once; nil if that needs a fetch, or the end of a turn.
    func noteNow(_ visit: Visit, in store: any ImmediateSessionStore) -> Answer? {
        guard isNotice(visit) else { return .noContent }
        if store.readNow(visit.key) == nil { return claims.holds(visit.key) ? nil : .noContent }
        return answerClaimedNow(visit, in: store)
    }

    private func isNotice(_ visit: Visit) -> Bool {
        switch visit.request.purpose {
        case .turn, .fallback: false
        case .status: visit.callIsOver
        }
    }

    func judgeNotice(_ visit: Visit, _ session: Session?) -> Judgement {
        guard var session, session.status == .open else { return .nothing }
        session.close()
        return .write(
            Draft(
                session: session, lifetime: Limits.closedCallSeconds,
                reply: Reply(answer: .noContent, log: TurnLog(.ended, visit, turn: session.turn))))
    }
}
