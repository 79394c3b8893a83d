#if SQLite
    import FlowRuntime
    import Foundation
    import GRDB

    /// The tables of the file and what is asked of them. Times are milliseconds since 1970.
    enum SQLiteSchema {
        /// What a release has published is never changed: a new table or column is a new migration.
        static var migrations: DatabaseMigrator {
            var migrator = DatabaseMigrator()
            migrator.registerMigration("sessions and programs") { database in
                try database.execute(
                    sql: """
                        CREATE TABLE session (
                            id INTEGER PRIMARY KEY,
                            key BLOB NOT NULL UNIQUE,
                            revision INTEGER NOT NULL,
                            row BLOB NOT NULL,
                            expires INTEGER NOT NULL,
                            lease INTEGER,
                            alarm INTEGER
                        ) STRICT;
                        CREATE INDEX session_alarm ON session (alarm) WHERE alarm IS NOT NULL;
                        CREATE TABLE program (
                            hash BLOB NOT NULL PRIMARY KEY,
                            content BLOB NOT NULL,
                            expires INTEGER NOT NULL
                        ) STRICT;
                        CREATE TABLE counter (
                            revision INTEGER NOT NULL
                        ) STRICT;
                        INSERT INTO counter VALUES (0);
                        """)
            }
            migrator.registerMigration("journal") { database in
                try database.execute(
                    sql: """
                        CREATE TABLE journal (
                            id INTEGER PRIMARY KEY,
                            conversation BLOB NOT NULL,
                            key BLOB NOT NULL,
                            entry BLOB NOT NULL,
                            expires INTEGER NOT NULL
                        ) STRICT;
                        CREATE INDEX journal_conversation ON journal (conversation);
                        """)
            }
            return migrator
        }

        static func session(_ key: SessionKey, in database: Database, now: Int64) throws -> StoredSession? {
            let statement = try database.cachedStatement(
                sql: "SELECT row, revision, lease FROM session WHERE key = ? AND expires > ?")
            guard let row = try Row.fetchOne(statement, arguments: [Data(key.bytes), now]) else { return nil }
            let bytes: Data = row[0]
            let revision: Int64 = row[1]
            let lease: Int64? = row[2]
            return StoredSession(
                row: Array(bytes), revision: UInt64(bitPattern: revision),
                leaseLeft: lease.map { Int($0 &- now) })
        }

        static func due(limit: Int, in database: Database, now: Int64) throws -> [SessionKey] {
            let statement = try database.cachedStatement(
                sql: """
                    SELECT key FROM session WHERE alarm <= ? AND expires > ? ORDER BY alarm, key LIMIT ?
                    """)
            return try Data.fetchAll(statement, arguments: [now, now, limit])
                .map { SessionKey(bytes: Array($0)) }
        }

        /// The latest first. From the end of the table, so that the rest of it isn't looked at.
        static func conversations(limit: Int, in database: Database, now: Int64) throws -> [[UInt8]] {
            let lines = try Row.fetchCursor(
                database.cachedStatement(
                    sql: "SELECT conversation FROM journal WHERE expires > ? ORDER BY id DESC"),
                arguments: [now])
            var found: [[UInt8]] = []
            var known: Set<[UInt8]> = []
            while found.count < limit, let line = try lines.next() {
                let conversation: Data = line[0]
                if known.insert(Array(conversation)).inserted { found.append(Array(conversation)) }
            }
            return found
        }

        static func journal(
            of conversation: [UInt8], in database: Database, now: Int64
        ) throws -> [JournalLine] {
            let statement = try database.cachedStatement(
                sql: "SELECT key, entry FROM journal WHERE conversation = ? AND expires > ? ORDER BY id")
            return try Row.fetchAll(statement, arguments: [Data(conversation), now]).map { row in
                let (key, entry): (Data, Data) = (row[0], row[1])
                return JournalLine(key: SessionKey(bytes: Array(key)), entry: Array(entry))
            }
        }

        static func program(_ hash: [UInt8], in database: Database, now: Int64) throws -> [UInt8]? {
            let statement = try database.cachedStatement(
                sql: "SELECT content FROM program WHERE hash = ? AND expires > ?")
            return try Data.fetchOne(statement, arguments: [Data(hash), now]).map { Array($0) }
        }
    }

    /// A transaction that many writes share.
    struct SQLiteTransaction {
        let now: Int64
        private let database: Database
        /// Of the last write of any key; none is used twice.
        private var revision: Int64
        private let first: Int64

        init(_ database: Database, now: Int64) throws {
            self.database = database
            self.now = now
            let statement = try database.cachedStatement(sql: "SELECT revision FROM counter")
            revision = try Int64.fetchOne(statement) ?? 0
            first = revision
        }

        /// Before the transaction is committed.
        func end() throws {
            guard revision != first else { return }
            try database.cachedStatement(sql: "UPDATE counter SET revision = ?")
                .execute(arguments: [revision])
        }

        mutating func write(_ write: SessionWrite, for key: SessionKey) throws -> UInt64? {
            let expires = now &+ bounded(write.lifetime) * 1_000
            let lease = write.lease.map { now &+ bounded($0) }
            let alarm = write.alarm.map { now &+ bounded($0) }
            let next = revision &+ 1
            if let expected = write.expecting {
                try database.cachedStatement(
                    sql: """
                        UPDATE session SET revision = ?, row = ?, expires = ?, lease = ?, alarm = ?
                        WHERE key = ? AND revision = ? AND expires > ?
                        """
                ).execute(arguments: [
                    next, Data(write.row), expires, lease, alarm, Data(key.bytes),
                    Int64(bitPattern: expected), now,
                ])
            } else {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO session (revision, row, expires, lease, alarm, key)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (key) DO UPDATE SET revision = excluded.revision, row = excluded.row,
                            expires = excluded.expires, lease = excluded.lease, alarm = excluded.alarm
                        WHERE expires <= ?
                        """
                ).execute(arguments: [
                    next, Data(write.row), expires, lease, alarm, Data(key.bytes), now,
                ])
            }
            guard database.changesCount > 0 else { return nil }
            revision = next
            if let journal = write.journal { try keep(journal, of: key) }
            return UInt64(bitPattern: next)
        }

        private func keep(_ journal: JournalWrite, of key: SessionKey) throws {
            try database.cachedStatement(
                sql: "INSERT INTO journal (conversation, key, entry, expires) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [
                Data(journal.conversation), Data(key.bytes), Data(journal.entry),
                now &+ bounded(journal.lifetime) * 1_000,
            ])
        }

        func keep(_ program: [UInt8], hash: [UInt8], lifetime: Int) throws {
            try database.cachedStatement(
                sql: """
                    INSERT INTO program (hash, content, expires) VALUES (?, ?, ?)
                    ON CONFLICT (hash) DO UPDATE SET content = excluded.content, expires = excluded.expires
                    """
            ).execute(arguments: [Data(hash), Data(program), now &+ bounded(lifetime) * 1_000])
            try database.cachedStatement(sql: "DELETE FROM program WHERE expires <= ?")
                .execute(arguments: [now])
        }

        func touch(_ hash: [UInt8], lifetime: Int) throws -> Bool {
            try database.cachedStatement(
                sql: "UPDATE program SET expires = max(expires, ?) WHERE hash = ? AND expires > ?"
            ).execute(arguments: [now &+ bounded(lifetime) * 1_000, Data(hash), now])
            return database.changesCount > 0
        }
    }

    /// A duration that can be added to any time.
    private func bounded(_ duration: Int) -> Int64 {
        Int64(min(max(duration, 0), Int(Int32.max)))
    }
#endif
