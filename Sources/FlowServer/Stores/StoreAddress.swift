public import FlowRuntime
public import Logging

/// Where sessions live, in the words of `--store`: `memory`, `sqlite:PATH`, `redis://HOST:PORT`, `rediss://HOST:PORT`.
public enum StoreAddress: Hashable, Sendable {
    case memory
    case sqlite(path: String)
    case redis(RedisURL)

    /// - Returns: nil for what names no store.
    public init?(_ text: String) {
        if text == "memory" {
            self = .memory
        } else if text.hasPrefix("sqlite:"), text.utf8.count > 7 {
            self = .sqlite(path: String(text.dropFirst(7)))
        } else if let url = RedisURL(text) {
            self = .redis(url)
        } else {
            return nil
        }
    }

    /// Whether sessions outlive the process.
    public var isDurable: Bool { self != .memory }
}

/// A store that was opened by its address.
public struct OpenStore: Sendable {
    public let sessions: any SessionStore
    /// nil for memory: the process holds what it needs itself.
    public let programs: (any ProgramStore)?
    /// nil where none is kept: in memory, and in a store that anybody could read.
    public let journal: (any JournalStore)?
    private let end: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - keys: seal the rows of a durable store; nil leaves them readable.
    ///   - clock: of this process; Redis has its own.
    /// - Throws: `StoreFault` if a file can't be opened, or the package was built without that store. A Redis that is down
    ///   shows with the first request.
    public init(
        _ address: StoreAddress, keys: StoreKeys?, clock: any WallClock = SystemWallClock(), logger: Logger
    ) throws {
        let durable: any SessionStore & ProgramStore & JournalStore
        switch address {
        case .memory:
            sessions = MemoryStore(clock: clock)
            programs = nil
            journal = nil
            end = {}
            return
        case .sqlite(let path):
            #if SQLite
                let store = try SQLiteStore(path: path, clock: clock)
                durable = store
                end = { try await store.close() }
            #else
                throw StoreFault.refused("this program was built without the trait SQLite (\(path))")
            #endif
        case .redis(let url):
            #if Redis
                let store = try RedisStore(url, logger: logger)
                durable = store
                end = { await store.close() }
            #else
                throw StoreFault.refused("this program was built without the trait Redis (\(url.nodes))")
            #endif
        }
        sessions = keys.map { SealedStore(durable, keys: $0) } ?? durable
        programs = durable
        journal = keys.map { SealedJournal(store: durable, keys: $0) }
    }

    /// Whether it answers.
    public var isThere: Bool {
        get async {
            do {
                _ = try await sessions.read(SessionKey(bytes: []))
                return true
            } catch {
                return false
            }
        }
    }

    /// Ends its connections, once nobody asks it any more.
    public func close() async throws { try await end() }
}
