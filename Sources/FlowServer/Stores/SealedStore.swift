public import FlowRuntime

/// A store whose rows nobody reads without `FLOWC_STORE_KEY`. The keys of sessions stay readable: a CallSid, or the numbers
/// of a text conversation.
public struct SealedStore: SessionStore {
    private let store: any SessionStore
    private let keys: StoreKeys

    /// - Parameter store: what keeps the sealed rows.
    public init(_ store: any SessionStore, keys: StoreKeys) {
        self.store = store
        self.keys = keys
    }

    /// - Throws: `StoreFault.damaged` for a row that doesn't open.
    public func read(_ key: SessionKey) async throws -> StoredSession? {
        guard var stored = try await store.read(key) else { return nil }
        stored.row = try keys.opened(stored.row, for: key.bytes)
        return stored
    }

    public func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
        var sealed = write
        sealed.row = try keys.sealed(write.row, for: key.bytes)
        if let journal = write.journal {
            sealed.journal?.entry = try keys.sealed(journal.entry, for: SealedJournal.owner(of: key))
        }
        return try await store.write(sealed, for: key)
    }

    public func due(limit: Int) async throws -> [SessionKey] {
        try await store.due(limit: limit)
    }
}
