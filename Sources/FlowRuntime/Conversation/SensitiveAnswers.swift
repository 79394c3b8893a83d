import FlowProgram

extension Conversation {
    /// Whether a request answers a question whose answers are shown nowhere.
    package func isSensitive(_ request: Request) async -> Bool {
        guard request.purpose == .turn, case .admitted(let visit) = admit(request),
            let session = try? await read(visit.key).row.session, session.status == .open,
            let program = entry(of: session, visit)?.program
        else { return false }
        let wait: Int
        switch (request.channel, request.position) {
        case (.sms, _): wait = 0
        case (.voice, let position?) where position.turn == session.turn: wait = position.wait
        case (.voice, _): return false
        }
        guard session.waits.indices.contains(wait),
            program.operations.indices.contains(session.waits[wait].operation),
            case .gather(let gather) = program.operations[session.waits[wait].operation]
        else { return false }
        return gather.isSensitive ?? false
    }
}
