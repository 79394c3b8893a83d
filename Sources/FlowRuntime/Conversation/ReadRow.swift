/// A row as it was read, changed for the write that follows.
struct ReadRow {
    var row = SessionRow()
    /// nil if there is none.
    var revision: UInt64?
    var leaseLeft: Int?
    /// Something of it was taken, which its next write leaves out.
    var isChanged = false

    init(_ stored: StoredSession?) throws(SessionCodingFault) {
        guard let stored else { return }
        row = try SessionRow(decoding: stored.row)
        revision = stored.revision
        leaseLeft = stored.leaseLeft
    }

    /// Nobody makes a turn of it, and nothing waits to be taken.
    func isAtRest(now: Int64) -> Bool {
        row.claim == nil && row.notices.isEmpty && !hasExpired(now: now)
    }

    /// Its conversation was silent for too long and hasn't been told.
    func hasExpired(now: Int64) -> Bool {
        guard let session = row.session, session.status == .open, let expires = session.expires else {
            return false
        }
        return expires <= now
    }

    /// Takes over what a turn made.
    mutating func take(_ draft: Conversation.Draft) {
        row.session = draft.session
        row.outbox += draft.outbox
    }

    /// The write of the row as it is now.
    ///
    /// - Parameter lease: milliseconds; of a row that is claimed.
    func write(
        lifetime: Int, now: Int64, lease: Int? = nil, journal: JournalWrite? = nil
    ) -> SessionWrite {
        SessionWrite(
            row: row.encoded, expecting: revision, lifetime: lifetime, lease: lease,
            alarm: lease.map { max(0, $0) } ?? row.alarm(now: now), journal: journal)
    }
}

extension Conversation {
    /// Reads a row, and sees to it that its programs are at hand.
    func read(_ key: SessionKey) async throws -> ReadRow {
        let found = try ReadRow(try await store.read(key))
        if let session = found.row.session { try await deployments.hold(session.programHash) }
        if let claim = found.row.claim { try await deployments.hold(claim.programHash) }
        return found
    }

    /// Writes a row, and wakes who attends if there is something to attend.
    ///
    /// - Returns: the new revision; nil if somebody else wrote first.
    func write(
        _ found: ReadRow, for key: SessionKey, lifetime: Int, lease: Int? = nil, journal: JournalWrite? = nil
    ) async throws -> UInt64? {
        let write = found.write(lifetime: lifetime, now: clock.now(), lease: lease, journal: journal)
        let revision = try await store.write(write, for: key)
        if revision != nil, write.alarm == 0 { attention.wake() }
        return revision
    }

    /// As the other one, at once.
    func writeNow(
        _ found: ReadRow, for key: SessionKey, lifetime: Int, in store: any ImmediateSessionStore
    ) -> Bool {
        let write = found.write(lifetime: lifetime, now: clock.now())
        guard store.writeNow(write, for: key) != nil else { return false }
        if write.alarm == 0 { attention.wake() }
        return true
    }
}
