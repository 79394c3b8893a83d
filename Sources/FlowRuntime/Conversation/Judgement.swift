import FlowProgram

/// What a request is to the session that was found for it: turn.md rule 6 for calls, rule 7 for messages.
extension Conversation {
    enum Judgement {
        /// A notice of something that the session knows already, or that doesn't concern it.
        case nothing
        /// Nothing is written.
        case settled(Reply)
        /// Answered once this is written.
        case write(Draft)
        /// A turn of the session, or its first.
        case turn(Deployment.Entry, Session?, Event)
        /// It depends on another session: judge again with that one's row.
        case reads(SessionKey)
    }

    struct Reply {
        var answer: Answer
        /// Nothing for a notice that changes nothing.
        var log: TurnLog?
    }

    struct Draft {
        var session: Session
        /// What goes into the outbox.
        var outbox: [OutboxItem] = []
        /// Seconds.
        var lifetime: Int
        var reply: Reply
    }

    /// - Parameter other: the session that a judgement before this one asked for; nil if none did.
    func judge(_ visit: Visit, _ session: Session?, besides other: Session?? = nil) -> Judgement {
        if let kind = visit.request.purpose.notice { return judgeNotice(kind, visit, session) }
        switch visit.request.channel {
        case .voice:
            guard let side = visit.request.side else { return judgeCall(visit, session, side: other) }
            return judgeSide(visit, side, session, parent: other)
        case .sms: return judgeMessage(visit, session)
        }
    }

    /// As `judge`, with the other session that it depends on.
    func judged(_ visit: Visit, _ session: Session?) async throws -> Judgement {
        let judgement = judge(visit, session)
        guard case .reads(let key) = judgement else { return judgement }
        return judge(visit, session, besides: .some(try await read(key).row.session))
    }

    /// As the other one, at once.
    func judgedNow(_ visit: Visit, _ session: Session?, in store: any ImmediateSessionStore) -> Judgement {
        let judgement = judge(visit, session)
        guard case .reads(let key) = judgement else { return judgement }
        return judge(visit, session, besides: .some((try? ReadRow(store.readNow(key)))?.row.session))
    }

    private func judgeCall(_ visit: Visit, _ session: Session?, side: Session??) -> Judgement {
        guard let session else {
            guard visit.request.position == nil else { return .settled(lost(visit, turn: 0)) }
            return .turn(visit.entry, nil, event(.start, visit, visit.entry))
        }
        guard let entry = entry(of: session, visit) else { return .settled(lost(visit, turn: session.turn)) }
        guard let position = visit.request.position else {
            return .settled(repeated(session, visit, entry, made: 0))
        }
        return judge(position, of: session, visit, entry, side: side)
    }

    /// A request at a position.
    func judge(
        _ position: Position, of session: Session, _ visit: Visit, _ entry: Deployment.Entry,
        side: Session?? = nil
    ) -> Judgement {
        if position.turn > session.turn { return ahead(session, visit, entry) }
        guard position.turn == session.turn, session.status == .open,
            session.waits.indices.contains(position.wait)
        else { return .settled(repeated(session, visit, entry, made: position.turn)) }
        var event = resumption(of: session, at: position.wait, visit, entry)
        if let key = keyOfSide(beside: position, of: session, visit, entry) {
            guard let side else { return .reads(key) }
            event.sideResult = side?.side.map(\.result)
        }
        return .turn(entry, session, event)
    }

    private func judgeMessage(_ visit: Visit, _ session: Session?) -> Judgement {
        if visit.request.purpose == .start, session?.status == .open {
            return .settled(Reply(answer: .badRequest("a conversation is going on")))
        }
        guard var session else { return .turn(visit.entry, nil, event(.start, visit, visit.entry)) }
        guard let entry = entry(of: session, visit) else { return lostMessage(session, visit) }
        if let known = session.messages.first(where: { $0.sid == visit.sid }) {
            let answer = render(known.answer, of: entry.executable, turn: session.turn, visit)
            return .settled(
                Reply(answer: .document(answer), log: TurnLog(.repeat, visit, turn: session.turn)))
        }
        if session.status == .open, !session.waits.isEmpty {
            return .turn(entry, session, resumption(of: session, at: 0, visit, entry))
        }
        // The kept answers are pieces of the program that made them: a new one takes them over as bytes.
        if entry.hash != visit.entry.hash {
            for index in session.messages.indices {
                session.messages[index].answer = session.messages[index].answer.resolved(by: entry.executable)
            }
        }
        return .turn(visit.entry, session, event(.start, visit, visit.entry))
    }

    /// The entry with the program that a session began with.
    func entry(of session: Session, _ visit: Visit) -> Deployment.Entry? {
        session.programHash == visit.entry.hash ? visit.entry : deployments.entry(hash: session.programHash)
    }

    func event(_ kind: Event.Kind, _ visit: Visit, _ entry: Deployment.Entry) -> Event {
        var event = Event(
            kind: kind, parameters: visit.request.parameters, key: visit.key, sid: visit.sid,
            fingerprint: visit.request.fingerprint, now: visit.now, zones: zones, config: entry.config,
            callIsOver: visit.callIsOver)
        event.isOurs = visit.request.purpose == .start
        return event
    }

    private func resumption(
        of session: Session, at wait: Int, _ visit: Visit, _ entry: Deployment.Entry
    ) -> Event {
        let kind = Event.Kind(
            at: wait, of: session, in: entry.executable.program, parameters: visit.request.parameters)
        return event(kind, visit, entry)
    }

    /// The stored answer once more.
    ///
    /// - Parameter turn: the turn whose document the request belongs to, 0 for the start.
    func repeated(_ session: Session, _ visit: Visit, _ entry: Deployment.Entry, made turn: Int)
        -> Reply
    {
        let kind: TurnLog.Kind
        if turn == session.turn - 1 {
            kind = session.fingerprint == visit.request.fingerprint ? .repeat : .conflict
        } else {
            kind = .late
        }
        return Reply(
            answer: .document(render(session.answer, of: entry.executable, turn: session.turn, visit)),
            log: TurnLog(kind, visit, turn: session.turn))
    }

    /// A position that the session hasn't come to: the store went back. Nothing good can follow.
    private func ahead(_ session: Session, _ visit: Visit, _ entry: Deployment.Entry) -> Judgement {
        var reply = lost(visit, entry, turn: session.turn, language: session.language)
        guard session.status == .open else { return .settled(reply) }
        if visit.request.side == nil { reply.log?.outcome = .lost }
        var closed = session
        closed.close()
        return .write(Draft(session: closed, lifetime: lifetime(of: closed, entry), reply: reply))
    }

    func lost(
        _ visit: Visit, _ entry: Deployment.Entry? = nil, turn: Int, language: Int = 0
    ) -> Reply {
        let program = (entry ?? visit.entry).executable
        let answer: AnswerPieces =
            switch visit.callIsOver ? .over : visit.listener {
            case .over, .connecting: AnswerPieces()
            case .waiting: quiet
            case .caller, .called: apology(of: program, language: language)
            }
        return Reply(
            answer: .document(renderDocument(answer, of: program, at: nil)),
            log: TurnLog(.sessionLost, visit, turn: turn))
    }

    /// The program of a text conversation is gone: it ends here, so that the next text starts anew.
    private func lostMessage(_ session: Session, _ visit: Visit) -> Judgement {
        let program = visit.entry.executable
        let closed = Session(
            status: .closed, birth: visit.sid, programHash: program.hash, turn: session.turn + 1,
            firstTurn: session.turn + 1, fingerprint: visit.request.fingerprint,
            messages: [Session.Message(sid: visit.sid, answer: apology(of: program, language: 0))],
            began: visit.now, moved: visit.now)
        return .write(
            Draft(
                session: closed, lifetime: lifetime(of: closed, visit.entry),
                reply: lost(visit, turn: closed.turn)))
    }
}
