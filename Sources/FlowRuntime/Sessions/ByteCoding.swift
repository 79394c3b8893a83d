/// The compact coding of rows: numbers as base-128 varints, the lowest seven bits first.
extension [UInt8] {
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(count: Int) {
        append(varint: UInt64(truncatingIfNeeded: count))
    }

    /// Small numbers of either sign stay small: 0, −1, 1, −2 … are 0, 1, 2, 3 …
    mutating func append(signed value: Int64) {
        append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    mutating func append(counted bytes: some Collection<UInt8>) {
        append(count: bytes.count)
        append(contentsOf: bytes)
    }

    mutating func append(countedText text: String) {
        append(count: text.utf8.count)
        append(contentsOf: text.utf8)
    }

    /// Appends a part of other bytes, without a slice to retain; nothing if they don't have it.
    mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return }
        bytes.withUnsafeBufferPointer { append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// A number as decimal digits.
    mutating func append(decimal value: Int) {
        if value < 10, value >= 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
            return
        }
        append(contentsOf: String(value).utf8)
    }
}

/// Reads what the `append` functions wrote. Any bytes may come: what isn't there is nil.
struct ByteReader {
    let bytes: [UInt8]
    var offset: Int

    init(_ bytes: [UInt8], from offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var remaining: Int { bytes.count - offset }

    mutating func byte() -> UInt8? {
        guard offset < bytes.count else { return nil }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let next = byte() {
            let bits = UInt64(next & 0x7F)
            guard shift < 63 || (shift == 63 && bits <= 1) else { return nil }
            value |= bits << shift
            if next & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }

    /// A number of things that take a byte each at least.
    mutating func count() -> Int? {
        guard let value = varint(), value <= UInt64(remaining) else { return nil }
        return Int(value)
    }

    /// A number within 0...2^31−1.
    mutating func number() -> Int? {
        guard let value = varint(), value <= UInt64(Int32.max) else { return nil }
        return Int(value)
    }

    mutating func signed() -> Int64? {
        guard let value = varint() else { return nil }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func counted() -> Range<Int>? {
        guard let count = count() else { return nil }
        defer { offset += count }
        return offset..<(offset + count)
    }

    mutating func countedBytes() -> [UInt8]? {
        counted().map { Array(bytes[$0]) }
    }

    mutating func countedText() -> String? {
        guard let range = counted() else { return nil }
        return String(validating: bytes[range], as: UTF8.self)
    }
}
