import FlowProgram

/// `wait:` and `whisper:` documents: sessions of their own, begun by what the parent's row says, and read by the parent's next turn.
/// They never change the parent (turn.md rule 1).
extension Conversation {
    /// - Parameter parent: the call's session, once it was asked for.
    func judgeSide(
        _ visit: Visit, _ side: SideAddress, _ session: Session?, parent: Session??
    ) -> Judgement {
        if let position = visit.request.position {
            guard let session else { return .settled(lost(visit, turn: 0)) }
            guard let entry = entry(of: session, visit) else {
                return .settled(lost(visit, turn: session.turn))
            }
            return judge(position, of: session, visit, entry)
        }
        if let session, session.side?.place.isWait != true {
            guard let entry = entry(of: session, visit) else {
                return .settled(lost(visit, turn: session.turn))
            }
            return .settled(repeated(session, visit, entry, made: 0))
        }
        guard let parent else { return .reads(visit.key(place: [side.call[...]])) }
        return start(side, visit, after: session, of: parent)
    }

    /// A document begins, or who waits hears it again: `n` goes on counting.
    private func start(
        _ side: SideAddress, _ visit: Visit, after session: Session?, of parent: Session?
    ) -> Judgement {
        guard let parent, let entry = entry(of: parent, visit), side.position.turn <= parent.turn
        else { return .settled(lost(visit, turn: session?.turn ?? 0)) }
        guard side.position.turn == parent.turn, parent.status == .open,
            let start = parent.start(of: side, in: entry.program)
        else { return .settled(stale(side, visit, entry)) }
        var event = event(.start, visit, entry)
        event.sideStart = start
        return .turn(entry, session, event)
    }

    /// The parent has gone on: nobody waits any more, and a leg that answers now is connected with nobody.
    private func stale(_ side: SideAddress, _ visit: Visit, _ entry: Deployment.Entry) -> Reply {
        var answer = AnswerPieces()
        if !visit.callIsOver, visit.listener == .called { answer.append("<Hangup/>") }
        return Reply(
            answer: .document(renderDocument(answer, of: entry.executable, at: nil)),
            log: TurnLog(.late, visit))
    }

    /// Notes that a call has perhaps gone on from where somebody waited, for `attendDue` to look.
    ///
    /// - Parameter session: the call's, before.
    func leaveSides(of session: Session?, _ visit: Visit) {
        guard let session, !session.sideArguments.isEmpty, visit.request.side == nil else { return }
        guard visit.request.purpose == .turn || visit.request.purpose == .status else { return }
        for wait in session.waits.indices {
            let position = Position(turn: session.turn, wait: wait)
            let side = SideAddress(call: visit.sid, position: position, index: 0)
            attention.leave(
                Attention.LeftSide(
                    call: visit.key, turn: session.turn,
                    side: visit.key(place: side.place(of: visit.sid[...]))))
        }
    }

    /// Nobody waits any more: the session goes as those of calls go that are over (turn.md rule 13), not a day later.
    func close(_ left: Attention.LeftSide) async throws {
        let call = try await read(left.call).row.session
        if let call, call.status == .open, call.turn == left.turn { return }
        var found = try await read(left.side)
        guard var session = found.row.session, session.status == .open, found.row.claim == nil else { return }
        session.close()
        found.row.session = session
        _ = try await write(found, for: left.side, lifetime: Limits.closedCallSeconds)
    }

    /// The session that knows how a wait of this document ended: of the same leg in a queue, of the leg that the provider names for a
    /// whisper.
    func keyOfSide(
        beside position: Position, of session: Session, _ visit: Visit, _ entry: Deployment.Entry
    ) -> SessionKey? {
        let operations = entry.program.operations
        guard operations.indices.contains(session.waits[position.wait].operation) else { return nil }
        let leg: ArraySlice<UInt8>
        switch operations[session.waits[position.wait].operation] {
        case .enqueue(let enqueue) where enqueue.wait != nil: leg = visit.sid[...]
        case .dial(let dial) where dial.declined != nil:
            guard let called = visit.request.parameters.value("DialCallSid"), !called.isEmpty,
                called.count <= Limits.sidBytes
            else { return nil }
            leg = called
        default: return nil
        }
        let side = SideAddress(call: visit.sid, position: position, index: 0)
        return visit.key(place: side.place(of: leg))
    }
}

extension Conversation.Visit {
    /// Who hears the answer, as far as the request itself tells.
    enum Listener {
        case caller
        /// The parent's own leg, in a queue or a conference.
        case waiting
        /// One who waited in a queue and is about to be connected. The provider says so, and lets nobody hang up there.
        case connecting
        /// The called side.
        case called
        case over
    }

    var listener: Listener {
        guard let side = request.side else { return .caller }
        if side.call == sid { return .waiting }
        return request.parameters.value("DequeingCallSid") == nil ? .called : .connecting
    }
}

extension Session {
    /// How a flow begins that is heard beside a wait of the present document; nil if there is none.
    fileprivate func start(of address: SideAddress, in program: Program) -> SideStart? {
        let wait = address.position.wait
        guard waits.indices.contains(wait), program.operations.indices.contains(waits[wait].operation),
            sideArguments.indices.contains(address.index)
        else { return nil }
        let sides = program.operations[waits[wait].operation].sides
        guard sides.indices.contains(address.index) else { return nil }
        return SideStart(
            side: sides[address.index], arguments: sideArguments[address.index], language: language)
    }
}
