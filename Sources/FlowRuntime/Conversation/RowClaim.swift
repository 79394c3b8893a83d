import FlowProgram

/// A turn with fetches (turn.md rules 10 and 11): the row is claimed before the first one, with all that anybody needs to
/// finish the turn; what a fetch other than GET answered is written before the walk goes on; the last write ends the claim.
extension Conversation {
    /// A row that we have claimed, as we wrote it last.
    struct Held {
        var found: ReadRow
        var claim: TurnClaim
        /// Who claimed it first died.
        var isTakenOver = false
    }

    /// - Returns: nil if somebody else wrote first.
    func claim(
        _ found: ReadRow, for visit: Visit, _ entry: Deployment.Entry, first effect: Effect
    ) async throws -> Held? {
        let claim = TurnClaim(
            owner: newOwner(), request: visit.kept, programHash: entry.hash,
            begun: effect.once ? effect.index : nil)
        return try await claimed(Held(found: found, claim: claim), visit.key)
    }

    private func claimed(_ held: Held, _ key: SessionKey) async throws -> Held? {
        var held = held
        held.found.row.claim = held.claim
        let revision = try await write(
            held.found, for: key, lifetime: Limits.openCallSeconds, lease: Limits.leaseMilliseconds)
        guard let revision else { return nil }
        held.found.revision = revision
        return held
    }

    /// Walks, and performs what the walk needs, until the turn is done and written.
    ///
    /// - Returns: nil if somebody else has finished it meanwhile.
    func finish(
        _ held: Held, _ visit: Visit, _ entry: Deployment.Entry, _ session: Session?, _ event: Event
    ) async throws -> Reply? {
        let start = clock.now()
        let begun = held.isTakenOver ? held.claim.begun : nil
        var held = held
        var answers = held.claim.answers
        while true {
            switch walk(entry.executable, session: session, event: event, answers: answers) {
            case .done(let turn):
                let draft = draft(turn, visit, entry)
                let journal = journaled(draft, visit, entry, walked: (event, session), answers: answers)
                let isWritten = try await rewrite(
                    held, visit.key, lifetime: draft.lifetime, journal: journal
                ) { row in
                    row.claim = nil
                    row.session = draft.session
                    row.outbox += draft.outbox
                }
                return isWritten == nil ? nil : draft.reply
            case .needs(let effect):
                if effect.once, effect.index == begun {
                    answers.append(.failure(.unknown))
                    continue
                }
                // With all answers before it, whoever takes over asks the very same, under the same key.
                if !effect.mayBeRepeated, held.claim.lacks(answers, begin: effect) {
                    guard let kept = try await keep(answers, begin: effect, held, visit.key) else {
                        return nil
                    }
                    held = kept
                }
                answers.append(await perform(effect, since: start))
                if !effect.mayBeRepeated {
                    guard let kept = try await keep(answers, held, visit.key) else { return nil }
                    held = kept
                }
            }
        }
    }

    private func keep(
        _ answers: [FetchAnswer], begin effect: Effect? = nil, _ held: Held, _ key: SessionKey
    ) async throws -> Held? {
        var claim = held.claim
        claim.answers = answers
        if let effect, effect.once { claim.begun = effect.index }
        return try await rewrite(
            held, key, lifetime: Limits.openCallSeconds, lease: Limits.leaseMilliseconds
        ) { [claim] row in row.claim = claim }
    }

    /// Changes a row that we hold. Notices may have been put into it meanwhile: they stay.
    ///
    /// - Returns: nil if it isn't ours any more.
    private func rewrite(
        _ held: Held, _ key: SessionKey, lifetime: Int, lease: Int? = nil, journal: JournalWrite? = nil,
        _ change: (inout SessionRow) -> Void
    ) async throws -> Held? {
        var held = held
        for _ in 0..<Limits.writeTries {
            change(&held.found.row)
            if let claim = held.found.row.claim { held.claim = claim }
            if let revision = try await write(
                held.found, for: key, lifetime: lifetime, lease: lease, journal: journal)
            {
                held.found.revision = revision
                return held
            }
            held.found = try await read(key)
            guard held.found.row.claim?.owner == held.claim.owner else { return nil }
        }
        return nil
    }

    /// Performs a fetch within what is left of the time.
    private func perform(_ effect: Effect, since start: Int64) async -> FetchAnswer {
        let left = Limits.requestMilliseconds - (clock.now() &- start)
        guard left > 0 else { return .failure(.timeout) }
        var request = effect.request
        request.timeout = min(request.timeout, Int(left))
        return await fetcher.fetch(request)
    }
}

/// What others left behind is finished first.
extension Conversation {
    /// Reads a row once nobody makes a turn of it, and after what waits in it was taken.
    ///
    /// - Returns: nil if that takes longer than until `deadline`.
    func restingRow(_ key: SessionKey, until deadline: ContinuousClock.Instant) async throws -> ReadRow? {
        while true {
            let found = try await read(key)
            if found.isAtRest(now: clock.now()) { return found }
            if let claim = found.row.claim {
                let left = found.leaseLeft ?? 0
                if left > 0 {
                    guard ContinuousClock.now < deadline else { return nil }
                    try await Task.sleep(for: .milliseconds(min(left, Limits.claimLookMilliseconds)))
                } else {
                    try await takeOver(claim, found, key)
                }
            } else if found.row.notices.isEmpty {
                try await expire(found, key)
            } else {
                try await takeFirstNotice(of: found, key)
            }
        }
    }

    private func takeOver(_ claim: TurnClaim, _ found: ReadRow, _ key: SessionKey) async throws {
        var claim = claim
        claim.owner = newOwner()
        let taken = Held(found: found, claim: claim, isTakenOver: true)
        guard let held = try await claimed(taken, key) else { return }
        guard let entry = deployments.entry(hash: claim.programHash),
            let visit = Visit(claim.request, key, entry),
            case .turn(let entry, let session, let event) = try await judged(visit, found.row.session)
        else { return try await dropClaim(held, key) }
        if let reply = try await finish(held, visit, entry, session, event), let line = reply.log {
            log(line)
        }
    }

    /// The program of the turn is gone: its request finds that out by itself.
    private func dropClaim(_ held: Held, _ key: SessionKey) async throws {
        _ = try await rewrite(held, key, lifetime: Limits.openCallSeconds) { row in row.claim = nil }
    }

    /// Runs the handler of a text conversation that was silent for too long, and closes it.
    private func expire(_ found: ReadRow, _ key: SessionKey) async throws {
        guard let session = found.row.session else { return }
        let request = KeptRequest(
            purpose: .expired, parameters: Parameters([]), fingerprint: [], sid: session.birth,
            now: session.expires ?? clock.now())
        try await deployments.hold(session.programHash)
        guard let parts = key.parts,
            let entry = deployments.entry(hash: session.programHash)
                ?? deployments.present.entry(flow: parts.flow, channel: parts.channel),
            let visit = Visit(request, key, entry)
        else {
            var gone = found
            gone.row.session?.close()
            _ = try await write(gone, for: key, lifetime: Limits.closedCallSeconds)
            return
        }
        if let line = try await take(visit, found)?.log { log(line) }
    }

    private func takeFirstNotice(of found: ReadRow, _ key: SessionKey) async throws {
        var found = found
        let notice = found.row.notices.removeFirst()
        found.isChanged = true
        guard let session = found.row.session, let entry = deployments.entry(hash: session.programHash),
            let visit = Visit(notice, key, entry)
        else {
            found.row.notices = []
            _ = try await write(found, for: key, lifetime: Limits.closedCallSeconds)
            return
        }
        if let line = try await take(visit, found)?.log { log(line) }
    }
}

extension Effect {
    /// Nothing is changed by asking twice.
    var mayBeRepeated: Bool { request.method == "GET" && !once }
}

extension TurnClaim {
    /// Whether something must be written before an effect begins.
    fileprivate func lacks(_ answers: [FetchAnswer], begin effect: Effect) -> Bool {
        self.answers.count < answers.count || (effect.once && begun != effect.index)
    }
}

/// 16 random bytes: processes that share a store draw different ones.
private func newOwner() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}
