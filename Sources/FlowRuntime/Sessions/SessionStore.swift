/// Where sessions live. Memory here; durable stores come with the server.
///
/// A row is a session's bytes; the store doesn't look inside. A write succeeds only against the revision that was read.
public protocol SessionStore: Sendable {
    /// The row of a key, or nil if there is none or it has expired.
    func read(_ key: SessionKey) async throws -> StoredSession?
    /// Writes if the key's revision still is `revision` (nil: no row), and says whether it did.
    ///
    /// - Parameter lifetime: seconds until the row is gone, from now.
    func write(
        _ row: [UInt8], for key: SessionKey, expecting revision: UInt64?, lifetime: Int
    ) async throws -> Bool
}

/// A store that answers at once, so that a turn without a fetch needs no task of its own.
public protocol ImmediateSessionStore: SessionStore {
    func readNow(_ key: SessionKey) -> StoredSession?
    func writeNow(
        _ row: [UInt8], for key: SessionKey, expecting revision: UInt64?, lifetime: Int
    ) -> Bool
}

public struct StoredSession: Sendable {
    public var row: [UInt8]
    public var revision: UInt64

    public init(row: [UInt8], revision: UInt64) {
        self.row = row
        self.revision = revision
    }
}
