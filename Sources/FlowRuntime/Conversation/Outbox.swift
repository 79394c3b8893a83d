import FlowProgram

/// Messages that leave after their turn (turn.md rule 11): at least once, twice only if a process dies between the provider's
/// answer and the mark.
extension Conversation {
    /// Sends what is due of a row's outbox, one after another.
    func deliver(_ key: SessionKey) async throws {
        guard let sender else { return }
        for _ in 0..<Limits.sendsPerTurn {
            guard let (item, found) = try await takeDue(key) else { return }
            let answer = await sender.send(
                OutgoingMessage(
                    to: item.to, from: item.from, body: item.body, media: item.media,
                    statusCallback: item.notifies ? statusCallback(of: key) : nil,
                    timeout: Limits.sendMilliseconds))
            try await mark(item, answer, key)
            log(answer, of: item, key, found)
        }
    }

    /// Marks the first message that is due as being tried: who else looks meanwhile leaves it, until the time is up.
    private func takeDue(_ key: SessionKey) async throws -> (OutboxItem, ReadRow)? {
        for _ in 0..<Limits.writeTries {
            var found = try await read(key)
            let now = clock.now()
            guard let index = found.row.outbox.firstIndex(where: { $0.due <= now }) else { return nil }
            found.row.outbox[index].tries += 1
            found.row.outbox[index].due = now &+ Int64(Limits.sendMilliseconds + Limits.leaseMilliseconds)
            if try await rewrite(found, key) { return (found.row.outbox[index], found) }
        }
        return nil
    }

    private func mark(_ item: OutboxItem, _ answer: SendAnswer, _ key: SessionKey) async throws {
        for _ in 0..<Limits.writeTries {
            var found = try await read(key)
            guard let index = found.row.outbox.firstIndex(where: { $0.number == item.number }) else { return }
            if item.isTriedAgain(after: answer) {
                let pause = Limits.sendBackoffSeconds << Int64(min(max(item.tries - 1, 0), 16))
                found.row.outbox[index].due = clock.now() &+ pause * 1_000
            } else {
                found.row.outbox.remove(at: index)
                if let notice = item.failure(after: answer, now: clock.now()) {
                    found.row.notices.append(notice)
                }
            }
            if try await rewrite(found, key) { return }
        }
    }

    /// Writes a row with its outbox changed; a claim that somebody has stays theirs.
    private func rewrite(_ found: ReadRow, _ key: SessionKey) async throws -> Bool {
        var lifetime = Limits.openCallSeconds
        if let session = found.row.session {
            lifetime =
                deployments.entry(hash: session.programHash).map { self.lifetime(of: session, $0) }
                ?? Limits.closedCallSeconds
        }
        let lease = found.row.claim == nil ? nil : found.leaseLeft ?? 0
        return try await write(found, for: key, lifetime: lifetime, lease: lease) != nil
    }

    private func log(_ answer: SendAnswer, of item: OutboxItem, _ key: SessionKey, _ found: ReadRow) {
        guard let parts = key.parts, !item.isTriedAgain(after: answer) else { return }
        var line = TurnLog(
            kind: .sent, flow: String(decoding: parts.flow, as: UTF8.self), channel: parts.channel,
            sid: "", turn: found.row.session?.turn ?? 0)
        switch answer {
        case .sent(let sid): line.sid = sid
        case .refused(let code): (line.kind, line.reason) = (.unsent, code.map(String.init) ?? "refused")
        case .failed(let reason): (line.kind, line.reason) = (.unsent, reason)
        }
        log(line)
    }

    /// `{base}/message/{flow}?…`: the conversation that a message's statuses belong to, for the message may go to anybody.
    private func statusCallback(of key: SessionKey) -> String? {
        guard !base.isEmpty, let parts = key.parts else { return nil }
        func encoded(_ bytes: [UInt8]) -> String { percentEncoded(String(decoding: bytes, as: UTF8.self)) }
        var query: [String] = []
        switch (parts.channel, parts.place.count) {
        case (.voice, 1): query = ["call=" + encoded(parts.place[0])]
        case (.sms, 2): query = ["from=" + encoded(parts.place[0]), "to=" + encoded(parts.place[1])]
        default: return nil
        }
        if !parts.run.isEmpty { query.append("run=" + encoded(parts.run)) }
        return "\(base)/message/\(encoded(parts.flow))?\(query.joined(separator: "&"))\(fragment)"
    }
}

extension OutboxItem {
    func isTriedAgain(after answer: SendAnswer) -> Bool {
        switch answer {
        case .sent, .refused: false
        case .failed: tries < Limits.sendTries
        }
    }

    /// The provider tells nothing of a message that it didn't take: the flow hears of it all the same.
    func failure(after answer: SendAnswer, now: Int64) -> KeptRequest? {
        guard notifies else { return nil }
        let code: String
        switch answer {
        case .sent: return nil
        case .refused(let number): code = number.map(String.init) ?? ""
        case .failed: code = ""
        }
        // The message has no sid of the provider's.
        let sid = "unsent\(number)"
        return KeptRequest(
            purpose: .messageStatus,
            parameters: Parameters([("MessageSid", sid), ("MessageStatus", "failed"), ("ErrorCode", code)]),
            fingerprint: [], sid: Array(sid.utf8), now: now)
    }
}
