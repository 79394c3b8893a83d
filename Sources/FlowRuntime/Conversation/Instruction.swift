import FlowProgram

/// What TaskRouter is told that has found a worker for a call in a queue: what the call's `enqueue` names. Nothing is written, so that
/// it may ask as often as it likes.
extension Conversation {
    func instruct(_ visit: Visit) async -> Answer {
        guard let session = try? await read(visit.key).row.session else { return .unknownCall }
        guard session.status == .open, let entry = entry(of: session, visit),
            let enqueue = entry.program.enqueue(of: session)
        else { return .unknownCall }
        log(TurnLog(.instruction, visit, turn: session.turn))
        guard let instruction = enqueue.instruction else { return .json(Array("{}".utf8)) }
        let walk = Walk(
            entry.executable, session: session, event: event(.silence(wait: 0), visit, entry), answers: [])
        return .json(Array(walk.json(instruction).utf8))
    }
}

extension Program {
    /// That a session waits in.
    fileprivate func enqueue(of session: Session) -> Enqueue? {
        for wait in session.waits where operations.indices.contains(wait.operation) {
            if case .enqueue(let enqueue) = operations[wait.operation] { return enqueue }
        }
        return nil
    }
}
