/// Rows by their keys, with little around them: a million sessions are a million small records, and what an array or a dictionary needs
/// for each would be more than they hold. Records lie in chunks of their size; an open table of 8 bytes a place finds them.
struct PackedRows {
    /// What is kept beside a row. Times are milliseconds since 1970.
    struct Stamp {
        var revision: UInt64
        var expires: Int64
    }

    private(set) var count = 0
    /// With its highest bit set, the hash in the upper half of a place, the record in the lower one; 0 is a free place.
    private var places: [UInt64] = Array(repeating: 0, count: 64)
    private var records = RecordChunks()
    /// Where the sweep goes on.
    private var swept = 0

    /// The row of a key and what is kept beside it.
    func find(_ key: SessionKey) -> (stamp: Stamp, row: [UInt8])? {
        place(of: key).map { place in
            let record = record(at: place)
            return (records.stamp(of: record), records.row(of: record))
        }
    }

    func stamp(of key: SessionKey) -> Stamp? {
        place(of: key).map { records.stamp(of: record(at: $0)) }
    }

    /// Puts a row in the place of the key's present one, if there is one.
    mutating func put(_ row: [UInt8], _ stamp: Stamp, for key: SessionKey) {
        if let place = place(of: key) {
            let present = record(at: place)
            if records.replace(present, with: row, stamp) { return }
            records.remove(present)
            places[place] = Self.entry(key, records.add(key.bytes, row, stamp))
            return
        }
        if (count + 1) * 4 > places.count * 3 { grow() }
        count += 1
        insert(Self.entry(key, records.add(key.bytes, row, stamp)))
    }

    /// Looks at a few places, in turn, and drops what has expired there.
    ///
    /// - Returns: the keys of what was dropped.
    mutating func sweep(_ number: Int, now: Int64) -> [SessionKey] {
        var dropped: [SessionKey] = []
        for _ in 0..<number {
            if swept >= places.count { swept = 0 }
            guard places[swept] != 0 else {
                swept += 1
                continue
            }
            let record = record(at: swept)
            guard records.stamp(of: record).expires <= now else {
                swept += 1
                continue
            }
            dropped.append(SessionKey(bytes: records.key(of: record)))
            records.remove(record)
            vacate(swept)
            count -= 1
        }
        return dropped
    }
}

// MARK: the table

extension PackedRows {
    private static func entry(_ key: SessionKey, _ record: UInt32) -> UInt64 {
        UInt64(hash(of: key)) << 32 | UInt64(record)
    }

    private static func hash(of key: SessionKey) -> UInt32 {
        UInt32(truncatingIfNeeded: key.digest) | 1 << 31
    }

    /// The count of places is a power of two.
    private func home(of entry: UInt64) -> Int { Int(entry >> 32) & (places.count - 1) }

    private func after(_ place: Int) -> Int { (place + 1) & (places.count - 1) }

    private func record(at place: Int) -> UInt32 { UInt32(truncatingIfNeeded: places[place]) }

    private func place(of key: SessionKey) -> Int? {
        let hash = UInt64(Self.hash(of: key))
        var place = home(of: hash << 32)
        while places[place] != 0 {
            if places[place] >> 32 == hash, records.holds(key.bytes, record(at: place)) { return place }
            place = after(place)
        }
        return nil
    }

    private mutating func insert(_ entry: UInt64) {
        var place = home(of: entry)
        while places[place] != 0 { place = after(place) }
        places[place] = entry
    }

    private mutating func grow() {
        let old = places
        places = Array(repeating: 0, count: 2 * old.count)
        for entry in old where entry != 0 { insert(entry) }
        swept = 0
    }

    /// Frees a place; those behind it that were pushed on by it move up.
    private mutating func vacate(_ place: Int) {
        var hole = place
        var next = after(hole)
        while places[next] != 0 {
            let distance = (next - home(of: places[next])) & (places.count - 1)
            if distance >= (next - hole) & (places.count - 1) {
                places[hole] = places[next]
                hole = next
            }
            next = after(next)
        }
        places[hole] = 0
    }
}
