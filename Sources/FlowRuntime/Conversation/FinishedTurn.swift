import FlowProgram

/// From a turn to what is stored, answered and logged.
extension Conversation {
    func draft(_ turn: Turn, _ visit: Visit, _ entry: Deployment.Entry) -> Draft {
        let program = entry.executable
        let document = render(turn.answer, of: program, turn: turn.session.turn, visit)
        let log = TurnLog(
            .turn, visit, turn: turn.session.turn, state: program.state(of: turn.operation),
            fault: turn.fault.map { TurnLog.Fault($0, entry.sourceMap) }, entries: turn.log,
            failedFetches: turn.failedFetches.map { TurnLog.FailedFetch($0, entry.sourceMap) })
        return Draft(
            session: turn.session, lifetime: lifetime(of: turn.session, entry),
            reply: Reply(answer: .document(document), log: log))
    }

    func render(_ answer: AnswerPieces, of program: ExecutableProgram, turn: Int, _ visit: Visit) -> [UInt8] {
        guard visit.request.channel == .voice else { return renderDocument(answer, of: program, at: nil) }
        let address = DocumentAddress(
            root: root, flow: program.flowBytes, call: visit.sid, side: visit.request.side, turn: turn,
            run: visit.request.run, overrides: overrides)
        return renderDocument(answer, of: program, at: address)
    }

    /// Seconds after which a session is gone (turn.md rule 13).
    func lifetime(of session: Session, _ entry: Deployment.Entry) -> Int {
        switch (entry.executable.program.channel, session.status) {
        case (.sms, _): entry.executable.program.expires
        case (.voice, .open): Limits.openCallSeconds
        case (.voice, .closed): Limits.closedCallSeconds
        }
    }
}

extension TurnLog {
    init(
        _ kind: Kind, _ visit: Conversation.Visit, turn: Int = 0, state: String? = nil, fault: Fault? = nil,
        entries: [LogEntry] = [], failedFetches: [FailedFetch] = []
    ) {
        self.init(
            kind: kind, flow: visit.entry.executable.program.flow, channel: visit.request.channel,
            sid: String(decoding: visit.sid, as: UTF8.self), turn: turn, state: state, fault: fault,
            entries: entries, failedFetches: failedFetches)
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
