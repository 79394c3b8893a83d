import Synchronization

/// Sessions in this process's memory: for developing and for tests. A restart loses all of them.
public final class MemoryStore: ImmediateSessionStore {
    /// All times are milliseconds since 1970.
    private struct Table: ~Copyable {
        var rows = PackedRows()
        /// When each claim ends; few rows are claimed.
        var leases: [SessionKey: Int64] = [:]
        /// When each key that has an alarm is due.
        var alarms: [SessionKey: Int64] = [:]
        /// Of the last write; revisions are never used twice, also not for a key that was gone.
        var revision: UInt64 = 0

        mutating func sweep(now: Int64) {
            for key in rows.sweep(MemoryStore.sweptPerWrite, now: now) {
                leases[key] = nil
                alarms[key] = nil
            }
        }
    }

    /// Places that each write looks at: all of them are looked at while as many rows are written as there are.
    private static let sweptPerWrite = 4
    private let table = Mutex(Table())
    private let clock: any WallClock

    /// - Parameter clock: tells when a row has expired, a lease has ended, and an alarm is due.
    public init(clock: any WallClock = SystemWallClock()) {
        self.clock = clock
    }

    /// Rows that are held, expired ones that weren't swept yet among them.
    public var count: Int { table.withLock { $0.rows.count } }

    public func read(_ key: SessionKey) async throws -> StoredSession? { readNow(key) }

    public func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
        writeNow(write, for: key)
    }

    /// Keys whose alarm has passed, the earliest first. O(n log n) in the number of alarms.
    public func due(limit: Int) async throws -> [SessionKey] {
        let now = clock.now()
        return table.withLock { table in
            let passed = table.alarms.filter { key, time in
                time <= now && (table.rows.stamp(of: key)?.expires ?? now) > now
            }
            return passed.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(limit).map(\.key)
        }
    }

    /// As `read`, at once.
    public func readNow(_ key: SessionKey) -> StoredSession? {
        let now = clock.now()
        return table.withLock { table in
            guard let (stamp, row) = table.rows.find(key), stamp.expires > now else { return nil }
            let leaseEnds = table.leases.isEmpty ? nil : table.leases[key]
            return StoredSession(
                row: row, revision: stamp.revision, leaseLeft: leaseEnds.map { Int($0 &- now) })
        }
    }

    /// As `write`, at once. O(1), amortised: each write drops some of the expired rows.
    public func writeNow(_ write: SessionWrite, for key: SessionKey) -> UInt64? {
        let now = clock.now()
        return table.withLock { table in
            let present = table.rows.stamp(of: key).flatMap { $0.expires > now ? $0.revision : nil }
            guard present == write.expecting else { return nil }
            table.revision &+= 1
            let stamp = PackedRows.Stamp(
                revision: table.revision, expires: now &+ bounded(write.lifetime) * 1_000)
            table.rows.put(write.row, stamp, for: key)
            if let lease = write.lease {
                table.leases[key] = now &+ bounded(lease)
            } else if !table.leases.isEmpty {
                table.leases[key] = nil
            }
            if let alarm = write.alarm {
                table.alarms[key] = now &+ bounded(alarm)
            } else if !table.alarms.isEmpty {
                table.alarms[key] = nil
            }
            table.sweep(now: now)
            return table.revision
        }
    }
}

private func < (left: (Int64, SessionKey), right: (Int64, SessionKey)) -> Bool {
    left.0 == right.0 ? left.1.bytes.lexicographicallyPrecedes(right.1.bytes) : left.0 < right.0
}

/// A duration that can be added to any time.
private func bounded(_ duration: Int) -> Int64 {
    Int64(min(max(duration, 0), Int(Int32.max)))
}
