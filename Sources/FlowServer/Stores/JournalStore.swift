public import FlowRuntime

/// A store that keeps the journal of its conversations: what `SessionWrite.journal` brings.
public protocol JournalStore: Sendable {
    /// The conversations that were written to last, the latest first.
    ///
    /// - Parameter limit: at most so many, 1 or more.
    func conversations(limit: Int) async throws -> [[UInt8]]
    /// The entries of a conversation and of what is heard beside it, in the order in which they were written.
    func journal(of conversation: [UInt8]) async throws -> [JournalLine]
}

/// An entry of the journal, with the key of the session that it belongs to.
public struct JournalLine: Sendable, Hashable {
    public var key: SessionKey
    public var entry: [UInt8]

    public init(key: SessionKey, entry: [UInt8]) {
        self.key = key
        self.entry = entry
    }
}

/// A journal whose entries nobody reads without `FLOWC_STORE_KEY`; `SealedStore` writes them.
struct SealedJournal: JournalStore {
    let store: any JournalStore
    let keys: StoreKeys

    func conversations(limit: Int) async throws -> [[UInt8]] { try await store.conversations(limit: limit) }

    func journal(of conversation: [UInt8]) async throws -> [JournalLine] {
        try await store.journal(of: conversation).map { line in
            JournalLine(key: line.key, entry: try keys.opened(line.entry, for: Self.owner(of: line.key)))
        }
    }

    /// An entry doesn't pass for a row, nor a row for an entry.
    static func owner(of key: SessionKey) -> [UInt8] { Array("journal ".utf8) + key.bytes }
}
