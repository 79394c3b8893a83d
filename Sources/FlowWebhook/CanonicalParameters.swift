import FlowRuntime

/// Parameters in the one order that doesn't depend on how they came: by the bytes of name, then of value, each pair once.
/// What the provider signs, and what a fingerprint is made of.
struct CanonicalParameters: Sendable {
    /// The length of each name and value, 4 bytes, little-endian, then all of them without separators: with the lengths
    /// the texts can be read in one way only.
    let described: [UInt8]
    private let lengthBytes: Int

    /// Name, value, name, value …, without separators.
    var bytes: ArraySlice<UInt8> { described[lengthBytes...] }

    init(_ form: FormBytes) {
        let entries = sorted(form)
        let lengthBytes = 8 * entries.count
        let source = form.bytes.span
        described = [UInt8](capacity: lengthBytes + source.count) { output in
            for entry in entries {
                output.append(littleEndian: entry.name.count)
                output.append(littleEndian: entry.value.count)
            }
            for entry in entries {
                output.append(source.extracting(entry.name))
                output.append(source.extracting(entry.value))
            }
        }
        self.lengthBytes = lengthBytes
    }
}

extension OutputSpan<UInt8> {
    /// 4 bytes.
    mutating func append(littleEndian number: Int) {
        var rest = UInt32(truncatingIfNeeded: number)
        for _ in 0..<4 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// All of them, for which there must be room.
    mutating func append(_ bytes: Span<UInt8>) {
        precondition(bytes.count <= freeCapacity)
        withUnsafeMutableBufferPointer { buffer, count in
            bytes.withUnsafeBufferPointer { source in
                let end = count + source.count
                _ = UnsafeMutableBufferPointer(rebasing: buffer[count..<end]).initialize(
                    fromContentsOf: source)
                count = end
            }
        }
    }
}

/// An entry's index with the first 8 bytes of its name, which decide most comparisons in one step.
private struct SortPlace {
    var prefix: UInt64
    var index: Int
}

/// Each pair once.
private func sorted(_ form: FormBytes) -> [Parameters.Entry] {
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
    var entries: [Parameters.Entry] = []
    entries.reserveCapacity(order.count)
    for place in order {
        let entry = form.entries[place.index]
        if let last = entries.last, compare(last, entry, in: bytes) == 0 { continue }
        entries.append(entry)
    }
    return entries
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
