#if SQLite
    import GRDB
    import Synchronization

    /// Drops rows whose lifetime has passed, a few with a transaction now and then, so that no write waits for long and no
    /// index of lifetimes has to be kept.
    final class SQLiteSweep: Sendable {
        private struct State {
            /// Up to here this round has looked.
            var id: Int64 = 0
            var last: Int64 = 0
        }

        private static let rows: Int64 = 256
        private static let milliseconds: Int64 = 100
        private let state = Mutex(State())

        func go(on database: Database, now: Int64) throws {
            let from: Int64? = state.withLock { state in
                guard now &- state.last >= Self.milliseconds || now < state.last else { return nil }
                state.last = now
                return state.id
            }
            guard let from else { return }
            let maximum = try database.cachedStatement(sql: "SELECT max(id) FROM session")
            let last = try Int64.fetchOne(maximum) ?? 0
            let to = from &+ Self.rows
            try database.cachedStatement(
                sql: "DELETE FROM session WHERE id > ? AND id <= ? AND expires <= ?"
            ).execute(arguments: [from, to, now])
            // The oldest stand first: they go first, too.
            try database.cachedStatement(
                sql: """
                    DELETE FROM journal WHERE expires <= ?
                    AND id <= (SELECT id FROM journal ORDER BY id LIMIT 1) + ?
                    """
            ).execute(arguments: [now, Self.rows])
            state.withLock { $0.id = to >= last ? 0 : to }
        }
    }
#endif
