/// The end of a call that no request of its flow tells of (turn.md rule 12).
extension Conversation {
    /// Takes the last status of a call. If a turn is in progress, that turn's request closes the session when it is done.
    func close(_ visit: Visit) async -> Answer {
        guard visit.callIsOver, claims.takeNowOrLeaveEnd(visit.key) else { return .noContent }
        await closeClaimed(visit)
        await endClaim(of: visit)
        return .noContent
    }

    /// As `close`, at once.
    func closeNow(_ visit: Visit, in store: any ImmediateSessionStore) -> Answer {
        guard visit.callIsOver, claims.takeNowOrLeaveEnd(visit.key) else { return .noContent }
        repeat { closeClaimedNow(visit, in: store) } while !claims.release(visit.key)
        return .noContent
    }

    func endClaim(of visit: Visit) async {
        while !claims.release(visit.key) { await closeClaimed(visit) }
    }

    func closeClaimed(_ visit: Visit) async {
        do {
            for _ in 0..<Limits.writeTries {
                guard let stored = try await store.read(visit.key), let closed = closed(stored) else {
                    return
                }
                let isWritten = try await store.write(
                    closed.encoded, for: visit.key, expecting: stored.revision,
                    lifetime: Limits.closedCallSeconds)
                if isWritten { return log(TurnLog(.ended, visit, turn: closed.turn)) }
            }
        } catch {
            log(TurnLog(.storeFailed, visit))
        }
    }

    func closeClaimedNow(_ visit: Visit, in store: any ImmediateSessionStore) {
        for _ in 0..<Limits.writeTries {
            guard let stored = store.readNow(visit.key), let closed = closed(stored) else { return }
            let isWritten = store.writeNow(
                closed.encoded, for: visit.key, expecting: stored.revision, lifetime: Limits.closedCallSeconds
            )
            if isWritten { return log(TurnLog(.ended, visit, turn: closed.turn)) }
        }
    }

    /// The session, closed; nil if it is already, or isn't a session that this release reads.
    private func closed(_ stored: StoredSession) -> Session? {
        guard var session = try? Session(decoding: stored.row), session.status == .open else { return nil }
        session.close()
        return session
    }
}
