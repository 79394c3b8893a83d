import FlowProgram

/// From a turn to what is stored, answered and logged.
extension Conversation {
    func draft(_ turn: Turn, _ visit: Visit, _ entry: Deployment.Entry) -> Draft {
        let program = entry.executable
        let kind = visit.request.purpose.notice
        var document = Answer.noContent
        if kind == nil, visit.request.purpose != .start || turn.fault != nil {
            document = .document(render(turn.answer, of: program, turn: turn.session.turn, visit))
        }
        var log = TurnLog(
            kind?.logged ?? .turn, visit, turn: turn.session.turn, state: program.state(of: turn.operation),
            fault: turn.fault.map { TurnLog.Fault($0, entry.sourceMap) }, entries: entries(of: turn, visit),
            failedFetches: turn.failedFetches.map { TurnLog.FailedFetch($0, entry.sourceMap) },
            refusedSends: turn.refusedSends.map { entry.sourceMap?.location(of: $0) ?? "operation \($0)" })
        if visit.request.side == nil {
            log.begins = kind == nil && turn.session.turn == turn.session.firstTurn
            log.outcome = outcome(of: turn, visit)
        }
        return Draft(
            session: turn.session, outbox: turn.outbox, lifetime: lifetime(of: turn.session, entry),
            reply: Reply(answer: document, log: log))
    }

    private func entries(of turn: Turn, _ visit: Visit) -> [LogEntry] {
        guard !turn.log.isEmpty, !showsNumbers else { return turn.log }
        let parameters = visit.request.parameters
        var numbers = [parameters.text("From"), parameters.text("To"), parameters.text("ForwardedFrom")]
        if let parties = turn.session.parties {
            numbers += [parties.from, parties.to].map { String(decoding: $0, as: UTF8.self) }
        }
        return turn.log.map { $0.masked(hiding: numbers.compactMap { $0 }) }
    }

    private func outcome(of turn: Turn, _ visit: Visit) -> TurnLog.Outcome? {
        guard turn.session.status == .closed else { return nil }
        switch visit.request.purpose.notice {
        case nil: return turn.fault != nil ? .fault : visit.callIsOver ? .hangup : .completed
        case .hangup: return .hangup
        case .expired: return .expired
        // They come to a conversation that has ended already, or don't end it.
        case .recording, .transcription, .messageStatus: return nil
        }
    }

    func render(_ answer: AnswerPieces, of program: ExecutableProgram, turn: Int, _ visit: Visit) -> [UInt8] {
        let address = DocumentAddress(
            root: root, flow: program.flowBytes, call: visit.sid, side: visit.request.side, turn: turn,
            run: visit.request.run, overrides: overrides, hasTimeouts: hasTimeouts)
        return renderDocument(answer, of: program, at: address)
    }

    /// Seconds after which a session is gone (turn.md rule 13), counted from its last turn: notices don't keep it.
    func lifetime(of session: Session, _ entry: Deployment.Entry) -> Int {
        let program = entry.executable.program
        let whole =
            switch (program.channel, session.status) {
            case (.sms, _): program.expires + (session.expires == nil ? 0 : Limits.expiredSeconds)
            case (.voice, .open): Limits.openCallSeconds
            case (.voice, .closed): Limits.closedCallSeconds
            }
        // What is in the outbox isn't lost with a short conversation.
        let least = session.sends > 0 && session.status == .closed ? Limits.closedCallSeconds : 1
        return max(least, whole - Int(max(0, clock.now() &- session.moved) / 1_000))
    }
}

extension NoticeKind {
    fileprivate var logged: TurnLog.Kind {
        switch self {
        case .hangup: .ended
        case .expired: .expired
        case .recording, .transcription, .messageStatus: .notice
        }
    }
}

extension TurnLog {
    init(
        _ kind: Kind, _ visit: Conversation.Visit, turn: Int = 0, state: String? = nil, fault: Fault? = nil,
        entries: [LogEntry] = [], failedFetches: [FailedFetch] = [], refusedSends: [String] = []
    ) {
        self.init(
            kind: kind, flow: visit.entry.executable.program.flow, channel: visit.request.channel,
            sid: String(decoding: visit.sid, as: UTF8.self), turn: turn, state: state, fault: fault,
            entries: entries, failedFetches: failedFetches, refusedSends: refusedSends)
    }
}

extension TurnLog.FailedFetch {
    init(_ fetch: FailedFetch, _ sourceMap: SourceMap?) {
        self.init(
            reason: fetch.reason.rawValue, status: fetch.status, detail: fetch.detail,
            location: sourceMap?.location(of: fetch.operation))
    }
}

extension TurnLog.Fault {
    init(_ fault: FlowRuntime.Fault, _ sourceMap: SourceMap?) {
        self.init(
            reason: fault.reason.word, state: fault.state, operation: fault.operation,
            location: sourceMap?.location(of: fault.operation))
    }
}
