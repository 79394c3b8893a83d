import FlowRuntime
import FlowServer
import FlowTestSupport
import Foundation
import Synchronization
import Testing

/// The stores that must keep the promises of `SessionStore`.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case memory
    case sqlite
    case sealedSQLite = "sealed sqlite"
    case redis
    case cluster = "redis cluster"

    var testDescription: String { rawValue }

    /// Without redis-server, outside CI, those that need none.
    static let wanted: [StoreKind] = {
        if !RedisServer.isWanted { print("skipped for redis and redis cluster: \(RedisServer.reason)") }
        return allCases.filter { RedisServer.isWanted || !$0.needsRedis }
    }()

    var needsRedis: Bool { self == .redis || self == .cluster }
}

/// A store with nothing in it.
final class StoreUnderTest: Sendable {
    let kind: StoreKind
    let store: any SessionStore
    let programs: (any ProgramStore)?
    /// Also where nothing is sealed.
    let journal: (any JournalStore)?
    /// As another process opens it, too.
    let open: @Sendable () throws -> OpenStore
    private let opened: OpenStore
    private let clock = AdvancedClock()
    private let folder: URL?

    init(_ kind: StoreKind) throws {
        self.kind = kind
        var folder: URL?
        let address: StoreAddress?
        switch kind {
        case .memory: address = .memory
        case .sqlite, .sealedSQLite:
            let made = FileManager.default.temporaryDirectory.appendingPathComponent(
                "flowc-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
            folder = made
            address = StoreAddress("sqlite:\(made.path)/flowc.db")
        case .redis:
            let server = try Self.server.get()
            try server.command(["FLUSHALL"])
            address = StoreAddress(server.url)
        case .cluster:
            let cluster = try Self.cluster.get()
            for node in cluster.nodes { try node.command(["FLUSHALL"]) }
            address = StoreAddress(cluster.url)
        }
        self.folder = folder
        let keys = kind == .sealedSQLite ? try StoreKeys(Self.key) : nil
        let found = try #require(address)
        open = { [clock] in try OpenStore(found, keys: keys, clock: clock, logger: quiet) }
        opened = try open()
        store = opened.sessions
        programs = opened.programs
        journal = opened.journal ?? opened.programs as? any JournalStore
    }

    deinit {
        if let folder { try? FileManager.default.removeItem(at: folder) }
    }

    func close() async throws { try await opened.close() }

    /// Lets time pass for the store.
    func pass(milliseconds: Int) async throws {
        switch kind {
        case .memory, .sqlite, .sealedSQLite: clock.advance(milliseconds: milliseconds)
        case .redis, .cluster: try await Task.sleep(for: .milliseconds(milliseconds))
        }
    }

    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    private static let server = Result { try RedisServer() }
    private static let cluster = Result { try RedisCluster() }
}

/// Opens a store, and closes it whatever happens.
func withStore(_ kind: StoreKind, _ body: (StoreUnderTest) async throws -> Void) async throws {
    let tested = try StoreUnderTest(kind)
    do {
        try await body(tested)
    } catch {
        try? await tested.close()
        throw error
    }
    try await tested.close()
}

/// The machine's clock, set forward.
final class AdvancedClock: WallClock {
    private let advance = Mutex<Int64>(0)

    func now() -> Int64 { SystemWallClock().now() + advance.withLock { $0 } }
    func advance(milliseconds: Int) { advance.withLock { $0 += Int64(milliseconds) } }
}
