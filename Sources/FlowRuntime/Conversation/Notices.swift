import FlowProgram

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
                if found.isAtRest(now: clock.now()) {
                    if let reply = try await take(visit, found) {
                        leaveSides(of: found.row.session, visit)
                        return told(reply)
                    }
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

    /// It is told as something that a session may have to know.
    private func isNotice(_ visit: Visit) -> Bool {
        switch visit.request.purpose {
        case .turn, .fallback, .start, .expired, .assignment: false
        case .status: visit.callIsOver
        case .recording, .transcription, .messageStatus:
            visit.request.purpose.notice.flatMap { NoticeMark($0, visit.request.parameters) } != nil
        }
    }

    func judgeNotice(_ kind: NoticeKind, _ visit: Visit, _ session: Session?) -> Judgement {
        guard let session else { return .nothing }
        let entry = entry(of: session, visit)
        let hears = entry?.executable.program.handler(of: kind) != nil
        switch kind {
        case .hangup, .expired:
            guard session.status == .open else { return .nothing }
            // Where the call was handed over, nobody waits for anything.
            guard let entry, hears, !session.waits.isEmpty else {
                return .write(closed(session, visit, keeping: entry?.executable.keepsVariables ?? false))
            }
            return .turn(entry, session, notice(kind, of: session, visit, entry))
        case .recording, .transcription, .messageStatus:
            guard let entry, hears, let mark = NoticeMark(kind, visit.request.parameters),
                !mark.isKnown(after: session.taken)
            else { return .nothing }
            return .turn(entry, session, notice(kind, of: session, visit, entry))
        }
    }

    /// A notice says little of the call or the text conversation, or the other way round.
    private func notice(
        _ kind: NoticeKind, of session: Session, _ visit: Visit, _ entry: Deployment.Entry
    ) -> Event {
        var event = event(.notice(kind), visit, entry)
        if let parties = session.parties {
            event.parameters = event.parameters.preceded(by: [
                (name: "From", value: parties.from), (name: "To", value: parties.to),
                (name: "Direction", value: parties.direction),
            ])
        }
        return event
    }

    private func closed(_ session: Session, _ visit: Visit, keeping variables: Bool) -> Draft {
        var closed = session
        closed.close(keepingVariables: variables)
        closed.moved = visit.now
        let program = deployments.entry(hash: session.programHash)?.executable
        let state = session.waits.first.flatMap { program?.state(of: $0.operation) }
        var log = TurnLog(.ended, visit, turn: session.turn, state: state)
        if visit.request.side == nil { log.outcome = visit.request.purpose == .expired ? .expired : .hangup }
        return Draft(
            session: closed, lifetime: Limits.closedCallSeconds, reply: Reply(answer: .noContent, log: log))
    }
}
