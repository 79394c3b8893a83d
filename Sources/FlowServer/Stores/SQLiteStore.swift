#if SQLite
    public import FlowRuntime
    import Foundation
    import GRDB
    import Synchronization

    /// Sessions in a file: one machine's durable store. Several processes may share the file.
    ///
    /// Writes that wait at the same time share a transaction and are answered once it is committed and on the disk
    /// (`synchronous=FULL`): an acknowledged write survives `kill -9` and a power loss.
    public final class SQLiteStore: SessionStore, ProgramStore, JournalStore {
        private let pool: DatabasePool
        private let clock: any WallClock
        private let reads = JobQueue<Database>()
        private let writes = JobQueue<SQLiteTransaction>()
        private let sweep = SQLiteSweep()
        private let committed = Mutex(0)

        /// Opens the file, or makes one that only its owner can read.
        ///
        /// - Parameters:
        ///   - path: of the file; `-wal` and `-shm` files come beside it.
        ///   - clock: of this machine; all times of the store run by it.
        /// - Throws: `StoreFault` if it can't be opened, isn't a store, or a newer release wrote it.
        public init(path: String, clock: any WallClock = SystemWallClock()) throws {
            self.clock = clock
            var configuration = Configuration()
            configuration.label = "flowc.store"
            configuration.busyMode = .timeout(2)
            configuration.maximumReaderCount = 2
            do {
                if !FileManager.default.fileExists(atPath: path) {
                    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
                    _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: attributes)
                }
                pool = try DatabasePool(path: path, configuration: configuration)
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                let migrations = SQLiteSchema.migrations
                guard try !pool.read(migrations.hasBeenSuperseded) else { throw StoreFault.newerFormat }
                try migrations.migrate(pool)
            } catch let error as DatabaseError {
                throw StoreFault(error)
            }
        }

        public func read(_ key: SessionKey) async throws -> StoredSession? {
            try await reading { [clock] database in
                try SQLiteSchema.session(key, in: database, now: clock.now())
            }
        }

        public func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
            try await writing { transaction in try transaction.write(write, for: key) }
        }

        public func due(limit: Int) async throws -> [SessionKey] {
            try await reading { [clock] database in
                try SQLiteSchema.due(limit: limit, in: database, now: clock.now())
            }
        }

        public func conversations(limit: Int) async throws -> [[UInt8]] {
            try await reading { [clock] database in
                try SQLiteSchema.conversations(limit: limit, in: database, now: clock.now())
            }
        }

        public func journal(of conversation: [UInt8]) async throws -> [JournalLine] {
            try await reading { [clock] database in
                try SQLiteSchema.journal(of: conversation, in: database, now: clock.now())
            }
        }

        public func program(_ hash: [UInt8]) async throws -> [UInt8]? {
            try await reading { [clock] database in
                try SQLiteSchema.program(hash, in: database, now: clock.now())
            }
        }

        public func keep(_ program: [UInt8], hash: [UInt8], lifetime: Int) async throws {
            try await writing { transaction in
                try transaction.keep(program, hash: hash, lifetime: lifetime)
            }
        }

        public func touch(_ hash: [UInt8], lifetime: Int) async throws -> Bool {
            try await writing { transaction in try transaction.touch(hash, lifetime: lifetime) }
        }

        /// Transactions that were committed.
        package var commits: Int { committed.withLock { $0 } }

        /// How the file is written.
        package var durability: String {
            get async throws {
                try await pool.writeWithoutTransaction { database in
                    let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
                    let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? 0
                    return "\(mode), synchronous \(synchronous)"
                }
            }
        }

        /// Ends the connections to the file, after what waits was done.
        public func close() async throws {
            try pool.close()
        }
    }

    extension SQLiteStore {
        /// How much shares a transaction at most.
        private static let jobsPerTransaction = 512

        private func reading<Value: Sendable>(
            _ body: @escaping @Sendable (Database) throws -> Value
        ) async throws -> Value {
            try await withCheckedThrowingContinuation { continuation in
                let job = Job<Database>(continuation) { database in try body(database) }
                if reads.add(job) { takeReads() }
            }
        }

        private func writing<Value: Sendable>(
            _ body: @escaping @Sendable (inout SQLiteTransaction) throws -> Value
        ) async throws -> Value {
            try await withCheckedThrowingContinuation { continuation in
                let job = Job<SQLiteTransaction>(continuation) { transaction in try body(&transaction) }
                if writes.add(job) { pool.asyncWriteWithoutTransaction { self.takeWrites($0) } }
            }
        }

        /// One snapshot for all that waits when it begins, so that each sees what was acknowledged before it asked.
        private func takeReads() {
            pool.asyncRead { result in
                let jobs = self.reads.take(Self.jobsPerTransaction)
                switch result {
                case .success(var database):
                    for job in jobs { job.run(&database).finish() }
                case .failure(let error):
                    for job in jobs { job.fail(error) }
                }
                if !self.reads.rest() { self.takeReads() }
            }
        }

        private func takeWrites(_ database: Database) {
            repeat {
                let jobs = writes.take(Self.jobsPerTransaction)
                do {
                    let finished = try commit(jobs, database)
                    for job in finished { job.finish() }
                } catch {
                    // Nothing of the transaction is there: nobody is told otherwise.
                    for job in jobs { job.fail(error) }
                }
            } while !writes.rest()
        }

        private func commit(
            _ jobs: [Job<SQLiteTransaction>], _ database: Database
        ) throws -> [FinishedJob] {
            var finished: [FinishedJob] = []
            try database.inTransaction(.immediate) {
                finished = []
                var transaction = try SQLiteTransaction(database, now: clock.now())
                for job in jobs {
                    let outcome = job.run(&transaction)
                    if let error = outcome.error { throw error }
                    finished.append(outcome)
                }
                try transaction.end()
                try sweep.go(on: database, now: transaction.now)
                return .commit
            }
            committed.withLock { $0 += 1 }
            return finished
        }
    }

    extension StoreFault {
        init(_ error: DatabaseError) {
            let words = error.message ?? error.resultCode.description
            self = .unavailable("SQLite: \(words) (\(error.resultCode.rawValue))")
        }
    }
#endif
