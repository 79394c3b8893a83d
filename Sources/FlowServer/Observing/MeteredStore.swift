public import FlowRuntime
import NIOCore

/// A store whose answers are timed. One in memory needs none: it answers at once.
public struct MeteredStore: SessionStore {
    private let store: any SessionStore
    private let metrics: ServerMetrics

    public init(_ store: any SessionStore, metrics: ServerMetrics) {
        self.store = store
        self.metrics = metrics
    }

    public func read(_ key: SessionKey) async throws -> StoredSession? {
        try await timed(.read) { try await store.read(key) }
    }

    public func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
        try await timed(.write) { try await store.write(write, for: key) }
    }

    public func due(limit: Int) async throws -> [SessionKey] {
        try await timed(.due) { try await store.due(limit: limit) }
    }

    private func timed<Value>(
        _ operation: StoreOperation, _ work: () async throws -> Value
    ) async throws -> Value {
        let start = NIODeadline.now()
        var isFault = true
        defer {
            metrics.stored(
                operation, nanoseconds: (NIODeadline.now() - start).nanoseconds, isFault: isFault)
        }
        let value = try await work()
        isFault = false
        return value
    }
}
