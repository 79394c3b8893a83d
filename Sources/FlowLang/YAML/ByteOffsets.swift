/// From libyaml's counts of code points to byte offsets.
struct ByteOffsets {
    /// Empty for ASCII, where both are the same.
    private let starts: [UInt32]
    private let base: Int
    private let end: Int
    let isASCII: Bool

    /// - Parameter base: where the scanned bytes begin in the file.
    init(_ bytes: ArraySlice<UInt8>) {
        base = bytes.startIndex
        end = bytes.endIndex
        isASCII = bytes.withUnsafeBufferPointer { $0.reduce(0, |) } < 0x80
        guard !isASCII else {
            starts = []
            return
        }
        var starts: [UInt32] = []
        starts.reserveCapacity(bytes.count)
        for (offset, byte) in zip(bytes.indices, bytes) where byte & 0xC0 != 0x80 {
            starts.append(UInt32(offset))
        }
        self.starts = starts
    }

    subscript(codePoint: Int) -> UInt32 {
        if starts.isEmpty { return UInt32(min(base + max(codePoint, 0), end)) }
        return codePoint >= 0 && codePoint < starts.count ? starts[codePoint] : UInt32(end)
    }
}
