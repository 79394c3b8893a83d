import FlowProgram

/// Handlers of notices: walks that set variables and have effects, and leave the conversation where it is.
extension Walk {
    mutating func run(handlerOf kind: NoticeKind) -> Ending {
        guard let handler = program.program.handler(of: kind) else { return .handled }
        handling = kind
        operation = handler.entry
        if let variable = handler.variable, let form = kind.form { set(variable, to: result(form)) }
        let ending = run(.go(handler.entry))
        if let variable = handler.variable { set(variable, to: .none) }
        return ending
    }

    /// The call ended where the flow would have waited: the handler of that is walked in the same turn.
    mutating func hangUp(_ ending: Ending) -> Ending {
        guard case .hungUp = ending, program.program.handler(of: .hangup) != nil else { return ending }
        switch bounded(run(handlerOf: .hangup)) {
        case .needs(let effect): return .needs(effect)
        case .fault(let reason): return .fault(reason)
        case .waiting, .over, .hungUp, .handled, .handedOver: return .over
        }
    }

    /// The session after a notice: position and answer are what they were. After a fault nothing of the handler counts.
    func noticeTurn(after ending: Ending, of kind: NoticeKind, from session: Session) -> Turn {
        var next = session
        var (log, outbox) = (log, outbox)
        if case .handled = ending {
            next.variables = context.variables
            next.language = language
            next.sends = sends
        } else {
            log = []
            outbox = []
        }
        switch kind {
        case .hangup, .expired:
            next.close(keepingVariables: program.keepsVariables)
            next.moved = event.now
        case .recording, .transcription, .messageStatus:
            if let mark = event.notice {
                next.taken = (next.taken + [mark]).suffix(Limits.takenNotices)
            }
        }
        return Turn(
            session: next, answer: AnswerPieces(), log: log, failedFetches: failedFetches, outbox: outbox,
            refusedSends: refusedSends, fault: fault, operation: operation)
    }
}
