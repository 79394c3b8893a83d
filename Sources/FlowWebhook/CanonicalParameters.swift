import FlowRuntime

/// Parameters in the one order that doesn't depend on how they came: by the bytes of name, then of value, each pair once.
/// What the provider signs, and what a fingerprint is made of.
struct CanonicalParameters: Sendable {
    /// Name, value, name, value …, without separators.
    private(set) var bytes: [UInt8] = []
    /// The length of each name and value, 4 bytes, little-endian: with them, `bytes` can be read in one way only.
    private(set) var lengths: [UInt8] = []

    init(_ form: FormBytes) {
        let order = sorted(form)
        bytes.reserveCapacity(form.bytes.count)
        lengths.reserveCapacity(8 * order.count)
        var last: Parameters.Entry?
        for place in order {
            let entry = form.entries[place.index]
            if let last, compare(last, entry, in: form.bytes) == 0 { continue }
            last = entry
            bytes.append(contentsOf: form.bytes[entry.name])
            bytes.append(contentsOf: form.bytes[entry.value])
            appendLittleEndian(entry.name.count, to: &lengths)
            appendLittleEndian(entry.value.count, to: &lengths)
        }
    }
}

/// 4 bytes.
func appendLittleEndian(_ number: Int, to bytes: inout [UInt8]) {
    var rest = UInt32(truncatingIfNeeded: number)
    for _ in 0..<4 {
        bytes.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
    }
}

/// An entry's index with the first 8 bytes of its name, which decide most comparisons in one step.
private struct SortPlace {
    var prefix: UInt64
    var index: Int
}

private func sorted(_ form: FormBytes) -> [SortPlace] {
    let bytes = form.bytes
    var order: [SortPlace] = []
    order.reserveCapacity(form.entries.count)
    for (index, entry) in form.entries.enumerated() {
        var prefix: UInt64 = 0
        for offset in 0..<8 {
            let place = entry.name.lowerBound + offset
            prefix = prefix << 8 | (place < entry.name.upperBound ? UInt64(bytes[place]) : 0)
        }
        order.append(SortPlace(prefix: prefix, index: index))
    }
    order.sort { left, right in
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        return compare(form.entries[left.index], form.entries[right.index], in: bytes) < 0
    }
    return order
}

/// Below 0, 0 or above 0.
private func compare(_ left: Parameters.Entry, _ right: Parameters.Entry, in bytes: [UInt8]) -> Int {
    let names = compare(left.name, right.name, in: bytes)
    return names != 0 ? names : compare(left.value, right.value, in: bytes)
}

private func compare(_ left: Range<Int>, _ right: Range<Int>, in bytes: [UInt8]) -> Int {
    for offset in 0..<min(left.count, right.count) {
        let difference = Int(bytes[left.lowerBound + offset]) - Int(bytes[right.lowerBound + offset])
        if difference != 0 { return difference }
    }
    return left.count - right.count
}
