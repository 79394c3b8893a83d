package import FlowProgram

/// What finds a session (turn.md rule 1), as bytes: channel, account, place, flow, run, each with its length.
public struct SessionKey: Sendable, Hashable {
    /// For a store to keep.
    public let bytes: [UInt8]
    /// Of the bytes, taken once: a turn looks its key up several times. It differs in every process.
    let digest: Int

    /// A key that a store kept.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        digest = hasher.finalize()
    }

    /// Keys are equal if their bytes are.
    public static func == (left: SessionKey, right: SessionKey) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    /// - Parameter place: the CallSid, or the addresses of both sides, byte for byte as sent; for what is heard beside a call its own
    ///   CallSid, the parent's and the position there.
    package init(
        channel: Channel, account: ArraySlice<UInt8>, place: [ArraySlice<UInt8>], flow: [UInt8], run: [UInt8]
    ) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            place.reduce(8 + account.count + flow.count + run.count) { $0 + $1.count + 2 })
        bytes.append(channel == .voice ? UInt8(ascii: "v") : UInt8(ascii: "s"))
        bytes.append(counted: account)
        for part in place { bytes.append(counted: part) }
        bytes.append(counted: flow)
        bytes.append(counted: run)
        self.init(bytes: bytes)
    }

    /// What it was made of.
    package struct Parts: Hashable, Sendable {
        package var channel: Channel
        package var account: [UInt8]
        /// The CallSid, or the addresses of both sides.
        package var place: [[UInt8]]
        package var flow: [UInt8]
        package var run: [UInt8]
    }

    /// Nil for bytes that no release wrote.
    package var parts: Parts? {
        var reader = ByteReader(bytes)
        let mark = reader.byte()
        guard mark == UInt8(ascii: "v") || mark == UInt8(ascii: "s") else { return nil }
        var fields: [[UInt8]] = []
        while reader.remaining > 0 {
            guard let field = reader.countedBytes() else { return nil }
            fields.append(field)
        }
        guard fields.count >= 4 else { return nil }
        return Parts(
            channel: mark == UInt8(ascii: "v") ? .voice : .sms, account: fields[0],
            place: Array(fields[1..<(fields.count - 2)]), flow: fields[fields.count - 2],
            run: fields[fields.count - 1])
    }

    /// As it was taken at the beginning.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
    }
}
