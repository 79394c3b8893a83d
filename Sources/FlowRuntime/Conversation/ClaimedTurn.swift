import FlowProgram

/// Read, walk, write if nobody else did, answer (turn.md rules 9 and 10). Who loses the write reads again.
extension Conversation {
    func answerClaimed(_ visit: Visit) async -> Answer {
        let deadline = ContinuousClock.now + patience
        do {
            for _ in 0..<Limits.writeTries {
                guard let found = try await restingRow(visit.key, until: deadline) else { break }
                var visit = visit
                if found.row.session == nil, mayBeStarted(visit) {
                    let key = Self.startKey(flow: visit.request.flow, run: visit.request.run)
                    visit = started(visit, try await store.read(key))
                }
                if let reply = try await take(visit, found) {
                    leaveSides(of: found.row.session, visit)
                    return told(reply)
                }
            }
            log(TurnLog(.busy, visit))
        } catch is SessionCodingFault {
            return told(lost(visit, turn: 0))
        } catch {
            log(TurnLog(.storeFailed, visit))
        }
        return .busy
    }

    /// As `answerClaimed`; nil if a fetch is needed, or something else is to be finished first.
    func answerClaimedNow(_ visit: Visit, in store: any ImmediateSessionStore) -> Answer? {
        for _ in 0..<Limits.writeTries {
            guard var found = try? ReadRow(store.readNow(visit.key)) else {
                return told(lost(visit, turn: 0))
            }
            guard found.isAtRest(now: clock.now()) else { return nil }
            var visit = visit
            if found.row.session == nil, mayBeStarted(visit) {
                let key = Self.startKey(flow: visit.request.flow, run: visit.request.run)
                visit = started(visit, store.readNow(key))
            }
            let draft: Draft
            switch judgedNow(visit, found.row.session, in: store) {
            case .nothing: return .noContent
            case .settled(let reply): return told(reply)
            case .write(let judged): draft = judged
            case .reads: continue
            case .turn(let entry, let session, let event):
                guard case .done(let turn) = walk(entry.executable, session: session, event: event) else {
                    return nil
                }
                draft = self.draft(turn, visit, entry)
            }
            let before = found.row.session
            found.take(draft)
            if writeNow(found, for: visit.key, lifetime: draft.lifetime, in: store) {
                leaveSides(of: before, visit)
                return told(draft.reply)
            }
        }
        log(TurnLog(.busy, visit))
        return .busy
    }

    func told(_ reply: Reply) -> Answer {
        if let line = reply.log { log(line) }
        return reply.answer
    }

    /// Answers a request on a row at rest.
    ///
    /// - Returns: nil if somebody else wrote first.
    func take(_ visit: Visit, _ found: ReadRow) async throws -> Reply? {
        switch try await judged(visit, found.row.session) {
        case .nothing: return try await settled(Reply(answer: .noContent), visit, found)
        case .settled(let reply): return try await settled(reply, visit, found)
        case .write(let draft):
            return try await written(draft, journaled(draft, visit, visit.entry), visit, found)
        case .reads: return nil
        case .turn(let entry, let session, let event):
            switch walk(entry.executable, session: session, event: event) {
            case .done(let turn):
                let draft = draft(turn, visit, entry)
                return try await written(
                    draft, journaled(draft, visit, entry, walked: (event, session)), visit, found)
            case .needs(let effect):
                guard let held = try await claim(found, for: visit, entry, first: effect) else { return nil }
                return try await finish(held, visit, entry, session, event)
            }
        }
    }

    private func settled(_ reply: Reply, _ visit: Visit, _ found: ReadRow) async throws -> Reply? {
        guard found.isChanged else { return reply }
        let lifetime = found.row.session.map { self.lifetime(of: $0, visit.entry) } ?? Limits.openCallSeconds
        return try await write(found, for: visit.key, lifetime: lifetime) == nil ? nil : reply
    }

    func written(
        _ draft: Draft, _ journal: JournalWrite?, _ visit: Visit, _ found: ReadRow
    ) async throws -> Reply? {
        var found = found
        found.take(draft)
        let revision = try await write(found, for: visit.key, lifetime: draft.lifetime, journal: journal)
        return revision == nil ? nil : draft.reply
    }
}
