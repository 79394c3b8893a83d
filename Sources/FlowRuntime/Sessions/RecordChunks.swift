/// Records of bytes in chunks, each of which holds records of about one size: stamp, the lengths of key and row, key, row. What is
/// larger than a chunk has one of its own.
///
/// A record's number is its first unit: chunk × units of a chunk + unit within.
struct RecordChunks {
    private static let unitBytes = 16
    private static let unitsPerChunk = 4_096
    private static let headBytes = 24

    private struct Chunk {
        var bytes: [UInt8]
        /// Units of each of its records; 0 for a chunk that nobody uses.
        var units: Int
        var live = 0
        /// Units that were ever given away.
        var used = 0
        /// The first unit of the record that was freed last, and so on: each holds the next one's number + 1 in its first bytes.
        var freed: Int?

        var hasRoom: Bool { units > 0 && (freed != nil || used + units <= RecordChunks.unitsPerChunk) }
    }

    private var chunks: [Chunk] = []
    /// By units: chunks that have or had room.
    private var roomy: [Int: [Int]] = [:]
    /// Chunks that nobody uses.
    private var spare: [Int] = []

    mutating func add(_ key: [UInt8], _ row: [UInt8], _ stamp: PackedRows.Stamp) -> UInt32 {
        let size = Self.headBytes + key.count + row.count
        let units = (size + Self.unitBytes - 1) / Self.unitBytes
        let (chunk, unit) = units > Self.unitsPerChunk ? (large(size), 0) : place(units)
        let record = UInt32(truncatingIfNeeded: chunk * Self.unitsPerChunk + unit)
        let start = unit * Self.unitBytes
        chunks[chunk].live += 1
        chunks[chunk].bytes.write(UInt64(key.count), bytes: 2, at: start + 16)
        chunks[chunk].bytes.write(key, at: start + Self.headBytes)
        write(row, stamp, after: key.count, in: chunk, at: start)
        return record
    }

    /// - Returns: false if it doesn't fit, and then nothing has changed.
    mutating func replace(_ record: UInt32, with row: [UInt8], _ stamp: PackedRows.Stamp) -> Bool {
        let (chunk, start) = place(of: record)
        let keyCount = keyCount(chunk, start)
        let units = (Self.headBytes + keyCount + row.count + Self.unitBytes - 1) / Self.unitBytes
        guard units == chunks[chunk].units else { return false }
        write(row, stamp, after: keyCount, in: chunk, at: start)
        return true
    }

    mutating func remove(_ record: UInt32) {
        let (number, start) = place(of: record)
        chunks[number].live -= 1
        guard chunks[number].live > 0 else {
            // Large ones and small ones alike are anybody's now.
            if chunks[number].units > Self.unitsPerChunk { chunks[number].bytes = [] }
            chunks[number].units = 0
            chunks[number].used = 0
            chunks[number].freed = nil
            spare.append(number)
            return
        }
        let units = chunks[number].units
        if !chunks[number].hasRoom { roomy[units, default: []].append(number) }
        chunks[number].bytes.write(UInt64((chunks[number].freed ?? -1) + 1), bytes: 4, at: start)
        chunks[number].freed = start / Self.unitBytes
    }

    func stamp(of record: UInt32) -> PackedRows.Stamp {
        let (chunk, start) = place(of: record)
        return PackedRows.Stamp(
            revision: chunks[chunk].bytes.read(bytes: 8, at: start),
            expires: Int64(bitPattern: chunks[chunk].bytes.read(bytes: 8, at: start + 8)))
    }

    func key(of record: UInt32) -> [UInt8] {
        let (chunk, start) = place(of: record)
        let first = start + Self.headBytes
        return Array(chunks[chunk].bytes[first..<(first + keyCount(chunk, start))])
    }

    func holds(_ key: [UInt8], _ record: UInt32) -> Bool {
        let (chunk, start) = place(of: record)
        guard keyCount(chunk, start) == key.count else { return false }
        let first = start + Self.headBytes
        return chunks[chunk].bytes[first..<(first + key.count)].elementsEqual(key)
    }

    func row(of record: UInt32) -> [UInt8] {
        let (chunk, start) = place(of: record)
        let first = start + Self.headBytes + keyCount(chunk, start)
        let count = Int(chunks[chunk].bytes.read(bytes: 4, at: start + 18))
        return Array(chunks[chunk].bytes[first..<(first + count)])
    }
}

extension RecordChunks {
    private func place(of record: UInt32) -> (chunk: Int, start: Int) {
        let number = Int(record)
        return (number / Self.unitsPerChunk, number % Self.unitsPerChunk * Self.unitBytes)
    }

    private func keyCount(_ chunk: Int, _ start: Int) -> Int {
        Int(chunks[chunk].bytes.read(bytes: 2, at: start + 16))
    }

    private mutating func write(
        _ row: [UInt8], _ stamp: PackedRows.Stamp, after keyCount: Int, in chunk: Int, at start: Int
    ) {
        chunks[chunk].bytes.write(stamp.revision, bytes: 8, at: start)
        chunks[chunk].bytes.write(UInt64(bitPattern: stamp.expires), bytes: 8, at: start + 8)
        chunks[chunk].bytes.write(UInt64(row.count), bytes: 4, at: start + 18)
        chunks[chunk].bytes.write(row, at: start + Self.headBytes + keyCount)
    }

    /// Room for a record.
    private mutating func place(_ units: Int) -> (chunk: Int, unit: Int) {
        while let number = roomy[units]?.last {
            // It may have become another size's since, or full.
            guard chunks[number].units == units, chunks[number].hasRoom else {
                roomy[units]?.removeLast()
                continue
            }
            if let unit = chunks[number].freed {
                let next = Int(chunks[number].bytes.read(bytes: 4, at: unit * Self.unitBytes))
                chunks[number].freed = next > 0 ? next - 1 : nil
                return (number, unit)
            }
            defer { chunks[number].used += units }
            return (number, chunks[number].used)
        }
        let number = chunk(of: units, bytes: Self.unitsPerChunk * Self.unitBytes)
        roomy[units, default: []].append(number)
        chunks[number].used = units
        return (number, 0)
    }

    private mutating func large(_ size: Int) -> Int {
        let units = (size + Self.unitBytes - 1) / Self.unitBytes
        return chunk(of: units, bytes: units * Self.unitBytes)
    }

    private mutating func chunk(of units: Int, bytes: Int) -> Int {
        let number: Int
        if let known = spare.popLast() {
            number = known
        } else {
            number = chunks.count
            chunks.append(Chunk(bytes: [], units: 0))
        }
        if chunks[number].bytes.count != bytes {
            chunks[number].bytes = Array(repeating: 0, count: bytes)
        }
        chunks[number].units = units
        return number
    }
}

extension [UInt8] {
    /// Little-endian.
    fileprivate func read(bytes count: Int, at start: Int) -> UInt64 {
        var number: UInt64 = 0
        for offset in 0..<count { number |= UInt64(self[start + offset]) << UInt64(8 * offset) }
        return number
    }

    fileprivate mutating func write(_ number: UInt64, bytes count: Int, at start: Int) {
        for offset in 0..<count {
            self[start + offset] = UInt8(truncatingIfNeeded: number >> UInt64(8 * offset))
        }
    }

    fileprivate mutating func write(_ bytes: [UInt8], at start: Int) {
        replaceSubrange(start..<(start + bytes.count), with: bytes)
    }
}
