import FlowProgram

/// From the end of a walk to a turn, and from a fault to an end.
extension Walk {
    var isHandlingFault: Bool { fault != nil }

    /// A session that has grown too large doesn't reach the store.
    func bounded(_ ending: Ending) -> Ending {
        switch ending {
        case .waiting, .handedOver, .handled:
            let bytes =
                context.variables.reduce(0) { $0 + $1.codedBytes }
                + sideArguments.joined().reduce(0) { $0 + $1.codedBytes }
            return bytes > Limits.variableBytes ? .fault(.variablesTooLarge) : ending
        case .over, .hungUp, .needs, .fault: return ending
        }
    }

    /// After a fault nothing of the turn is said: the error handler is walked, once a session, or else the apology.
    mutating func recover(from reason: Fault.Reason, of session: Session?) -> Ending {
        let flow = program.program.flow
        fault = Fault(reason: reason, flow: flow, state: program.state(of: operation), operation: operation)
        if case .notice = event.kind { return .fault(reason) }
        let isFirst = !hasFailed
        hasFailed = true
        guard !event.callIsOver else { return .over }
        startOver()
        if reason == .variablesTooLarge {
            context.variables = event.kind == .start ? program.initialVariables : session?.variables ?? []
        }
        if isFirst, let handler = nearestErrorHandler() {
            let ending = run(.go(handler))
            switch ending {
            case .waiting, .over, .hungUp, .handedOver: return ending
            case .handled, .needs, .fault: startOver()
            }
        }
        return .fault(reason)
    }

    /// The `on: error` of the flow where it happened, else of the one that runs it, and so on; the calls within are over.
    private mutating func nearestErrorHandler() -> Int? {
        var place = operation
        while let subflow = program.program.subflow(of: place) {
            if let handler = program.program.subflows[subflow].errorHandler { return handler }
            guard let caller = calls.popLast() else { break }
            place = caller
        }
        calls = []
        return self.place == nil ? program.program.errorHandler : nil
    }

    private mutating func startOver() {
        document = DocumentBuilder()
        waits = []
        asked = nil
        lastWaitMark = nil
        sideArguments = []
        sideResult = nil
        operationsLeft = program.operationBound
        handling = nil
    }

    /// What is heard after a fault that no handler took.
    private var excuse: AnswerPieces {
        switch place {
        case nil, .whisper: apology(of: program, language: language)
        case .queueWait, .conferenceWait: quiet
        // Its end connects; nobody may be hung up there.
        case .queueWhisper: AnswerPieces()
        }
    }

    /// The document: nothing once the call is over.
    private var said: AnswerPieces {
        if event.callIsOver { return AnswerPieces() }
        return program.program.channel == .sms ? document.message(of: program) : document.pieces
    }

    /// Handlers of notices know who talks.
    private var parties: Session.Parties? {
        guard !program.program.handlers.isEmpty else { return nil }
        func bytes(_ name: StaticString) -> [UInt8] { Array(event.parameters.value(name) ?? []) }
        return Session.Parties(from: bytes("From"), to: bytes("To"), direction: bytes("Direction"))
    }

    private func expiry(_ status: Session.Status) -> Int64? {
        guard status == .open, program.program.channel == .sms,
            program.program.handler(of: .expired) != nil || sends > 0
        else { return nil }
        return event.now &+ Int64(program.program.expires) * 1_000
    }

    mutating func turn(after ending: Ending, from session: Session?) -> Turn {
        if case .notice(let kind) = event.kind, let session {
            return noticeTurn(after: ending, of: kind, from: session)
        }
        let answer: AnswerPieces
        let status: Session.Status
        switch ending {
        case .waiting, .handedOver: (answer, status) = (said, .open)
        case .over, .hungUp, .handled: (answer, status) = (said, .closed)
        case .fault, .needs: (answer, status) = (excuse, .closed)
        }
        let isStart = event.kind == .start
        let isOurs = event.isOurs && fault == nil
        if isOurs, let item = ownMessage() { outbox.insert(item, at: 0) }
        var next = Session(
            status: status, birth: birth, programHash: program.hash, turn: turn,
            firstTurn: isStart ? turn : session?.firstTurn ?? turn, hasFailed: hasFailed, language: language,
            variables: context.variables, calls: calls, waits: waits, fingerprint: event.fingerprint,
            sideArguments: sideArguments,
            side: place.map { SideState(place: $0, result: sideResult, queue: context.queue) },
            sends: sends, taken: isStart ? [] : session?.taken ?? [],
            parties: isStart ? parties : session?.parties, expires: expiry(status),
            fallbacks: isStart ? nil : session?.fallbacks,
            began: isStart ? event.now : session?.began ?? event.now, moved: event.now)
        switch program.program.channel {
        case .voice: next.answer = answer
        case .sms:
            let own = isOurs ? AnswerPieces() : answer
            let messages = (session?.messages ?? []) + [Session.Message(sid: event.sid, answer: own)]
            next.messages = messages.suffix(Limits.rememberedMessages)
        }
        if status == .closed { next.close(keepingVariables: program.keepsVariables) }
        return Turn(
            session: next, answer: isOurs ? AnswerPieces() : answer, log: log, failedFetches: failedFetches,
            outbox: outbox,
            refusedSends: refusedSends, fault: fault, operation: waits.first?.operation ?? operation)
    }
}
