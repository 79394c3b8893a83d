import Synchronization

/// Sessions in this process's memory: for developing and for tests. A restart loses all of them.
public final class MemoryStore: ImmediateSessionStore {
    private struct Row {
        var bytes: [UInt8]
        var revision: UInt64
        /// Milliseconds since 1970.
        var expires: Int64
    }

    private struct Table: ~Copyable {
        var rows: [SessionKey: Row] = [:]
        /// Of the last write; revisions are never used twice, also not for a key that was gone.
        var revision: UInt64 = 0
        var writesUntilTidy = MemoryStore.leastWritesBetweenTidying
    }

    private static let leastWritesBetweenTidying = 1_024
    private let table = Mutex(Table())
    private let clock: any WallClock

    /// - Parameter clock: tells when a row has expired.
    public init(clock: any WallClock = SystemWallClock()) {
        self.clock = clock
    }

    /// Rows that are held, expired ones that weren't tidied yet among them.
    public var count: Int { table.withLock { $0.rows.count } }

    public func read(_ key: SessionKey) async throws -> StoredSession? { readNow(key) }

    public func write(
        _ row: [UInt8], for key: SessionKey, expecting revision: UInt64?, lifetime: Int
    ) async throws -> Bool {
        writeNow(row, for: key, expecting: revision, lifetime: lifetime)
    }

    /// As `read`, at once.
    public func readNow(_ key: SessionKey) -> StoredSession? {
        let now = clock.now()
        return table.withLock { table in
            guard let row = table.rows[key], row.expires > now else { return nil }
            return StoredSession(row: row.bytes, revision: row.revision)
        }
    }

    /// As `write`, at once. O(1), amortised: after as many writes as there are rows the expired ones are dropped.
    public func writeNow(
        _ row: [UInt8], for key: SessionKey, expecting revision: UInt64?, lifetime: Int
    ) -> Bool {
        let now = clock.now()
        return table.withLock { table in
            let present = table.rows[key].flatMap { $0.expires > now ? $0.revision : nil }
            guard present == revision else { return false }
            table.revision &+= 1
            table.rows[key] = Row(
                bytes: row, revision: table.revision,
                expires: now &+ Int64(min(max(lifetime, 0), Int(Int32.max))) * 1_000)
            table.writesUntilTidy -= 1
            if table.writesUntilTidy <= 0 {
                table.rows = table.rows.filter { $0.value.expires > now }
                table.writesUntilTidy = max(table.rows.count, Self.leastWritesBetweenTidying)
            }
            return true
        }
    }
}
