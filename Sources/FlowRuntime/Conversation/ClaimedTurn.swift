import FlowProgram

/// Read, walk, write if nobody else did, answer (turn.md rules 9 and 10). Who loses the write reads again.
extension Conversation {
    func answerClaimed(_ visit: Visit) async -> Answer {
        do {
            for _ in 0..<Limits.writeTries {
                let stored = try await store.read(visit.key)
                let draft: Draft
                switch judge(visit, stored) {
                case .settled(let reply): return told(reply)
                case .write(let judged): draft = judged
                case .turn(let entry, let session, let event):
                    let turn = await finishedTurn(entry.executable, session, event)
                    draft = self.draft(turn, visit, entry)
                }
                let isWritten = try await store.write(
                    draft.session.encoded, for: visit.key, expecting: stored?.revision,
                    lifetime: draft.lifetime)
                if isWritten { return told(draft.reply) }
            }
            log(TurnLog(.busy, visit))
        } catch {
            log(TurnLog(.storeFailed, visit))
        }
        return .busy
    }

    /// As `answerClaimed`; nil if a fetch is needed.
    func answerClaimedNow(_ visit: Visit, in store: any ImmediateSessionStore) -> Answer? {
        for _ in 0..<Limits.writeTries {
            let stored = store.readNow(visit.key)
            let draft: Draft
            switch judge(visit, stored) {
            case .settled(let reply): return told(reply)
            case .write(let judged): draft = judged
            case .turn(let entry, let session, let event):
                guard case .done(let turn) = walk(entry.executable, session: session, event: event) else {
                    return nil
                }
                draft = self.draft(turn, visit, entry)
            }
            let isWritten = store.writeNow(
                draft.session.encoded, for: visit.key, expecting: stored?.revision, lifetime: draft.lifetime)
            if isWritten { return told(draft.reply) }
        }
        log(TurnLog(.busy, visit))
        return .busy
    }

    private func told(_ reply: Reply) -> Answer {
        log(reply.log)
        return reply.answer
    }

    /// Walks, and performs what the walk needs, until it is done.
    private func finishedTurn(_ program: ExecutableProgram, _ session: Session?, _ event: Event) async -> Turn
    {
        var answers: [FetchAnswer] = []
        while true {
            switch walk(program, session: session, event: event, answers: answers) {
            case .done(let turn): return turn
            case .needs(let effect): answers.append(await perform(effect, since: event.now))
            }
        }
    }

    /// Performs a fetch within what is left of the request's time.
    private func perform(_ effect: Effect, since start: Int64) async -> FetchAnswer {
        let left = Limits.requestMilliseconds - (clock.now() &- start)
        guard left > 0 else { return .failure(.timeout) }
        var request = effect.request
        request.timeout = min(request.timeout, Int(left))
        return await fetcher.fetch(request)
    }
}
