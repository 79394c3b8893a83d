/// Where sessions live, for one process or a fleet: a row of bytes a key, with a claim and an alarm beside it.
///
/// A store doesn't look inside a row. Its promises, each a test of the conformance suite:
///
/// 1. `read` gives what the last successful `write` of the key left, from any process, or nil if there was none or its
///    lifetime has passed.
/// 2. `write` is compare-and-set: it succeeds only if the key's revision is the expected one at that moment (nil: the key
///    has no row, or one whose lifetime has passed). Of writes that expect the same revision one succeeds. A write that
///    fails changes nothing.
/// 3. A successful write gives the key a revision that it never had before, also after its row was gone, and returns it.
/// 4. A write replaces everything: row, lifetime, lease, alarm. One without a lease ends the claim, one without an alarm
///    takes it away.
/// 5. All times run by the store's clock, not the process's: what is written as a duration begins when it is written.
/// 6. A lease is told, not enforced: `leaseLeft` is what is left of it, 0 or less once it has passed, and never comes to nil
///    by itself. A write succeeds whether a lease runs or not; who writes beside somebody's claim hands `leaseLeft` on.
/// 7. `due` gives a key whose alarm has passed until a write takes the alarm away or sets a later one: at least once, to
///    any process that asks. Earlier alarms come first. A row whose lifetime has passed is due no more.
/// 8. What a write has for the journal is kept if the write succeeds, and only then, by a store that is a `JournalStore`.
/// 9. What goes wrong is thrown, and then the write may or may not have happened: who reads again knows.
public protocol SessionStore: Sendable {
    /// The row of a key, or nil if there is none or it has expired.
    func read(_ key: SessionKey) async throws -> StoredSession?
    /// Writes if the key's revision still is the expected one.
    ///
    /// - Returns: the new revision; nil if it wasn't written.
    func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64?
    /// Keys whose alarm has passed, the earliest alarm first.
    ///
    /// - Parameter limit: at most so many, 1 or more.
    func due(limit: Int) async throws -> [SessionKey]
}

/// A store that answers at once, so that a turn without a fetch needs no task of its own.
public protocol ImmediateSessionStore: SessionStore {
    func readNow(_ key: SessionKey) -> StoredSession?
    func writeNow(_ write: SessionWrite, for key: SessionKey) -> UInt64?
}

/// What a store has of a key.
public struct StoredSession: Sendable, Hashable {
    public var row: [UInt8]
    /// To be expected by the write that follows.
    public var revision: UInt64
    /// Milliseconds until the claim ends, 0 or less if it has; nil if the row isn't claimed.
    public var leaseLeft: Int?

    public init(row: [UInt8], revision: UInt64, leaseLeft: Int? = nil) {
        self.row = row
        self.revision = revision
        self.leaseLeft = leaseLeft
    }
}

/// What is written under a key; it replaces all that was there.
public struct SessionWrite: Sendable, Hashable {
    public var row: [UInt8]
    /// The revision that was read; nil if there was no row.
    public var expecting: UInt64?
    /// Seconds until the row is gone.
    public var lifetime: Int
    /// Milliseconds that the row is claimed for, 0 for a claim that has ended without its last write; nil for no claim.
    public var lease: Int?
    /// Milliseconds until somebody must look at this key again; nil if nobody need.
    public var alarm: Int?
    /// What is kept besides.
    public var journal: JournalWrite?

    public init(
        row: [UInt8], expecting: UInt64?, lifetime: Int, lease: Int? = nil, alarm: Int? = nil,
        journal: JournalWrite? = nil
    ) {
        self.row = row
        self.expecting = expecting
        self.lifetime = lifetime
        self.lease = lease
        self.alarm = alarm
        self.journal = journal
    }
}

/// What a write leaves in the journal of its conversation. A store doesn't look inside.
public struct JournalWrite: Sendable, Hashable {
    /// The CallSid, or the MessageSid of a text conversation's start.
    public var conversation: [UInt8]
    public var entry: [UInt8]
    /// Seconds until the entry is gone.
    public var lifetime: Int

    public init(conversation: [UInt8], entry: [UInt8], lifetime: Int) {
        self.conversation = conversation
        self.entry = entry
        self.lifetime = lifetime
    }
}
