/// Where `needle` begins in `text`, without overlaps, at most `limit` times. UTF-8 keeps scalars apart, so bytes will do.
///
/// - Complexity: O(text + needle)
func occurrences(of needle: [UInt8], in text: [UInt8], limit: Int) -> [Int] {
    guard !needle.isEmpty, needle.count <= text.count else { return [] }
    let borders = longestBorders(of: needle)
    var places: [Int] = []
    var matched = 0
    for (offset, byte) in text.enumerated() {
        while matched > 0, needle[matched] != byte { matched = borders[matched - 1] }
        if needle[matched] == byte { matched += 1 }
        guard matched == needle.count else { continue }
        places.append(offset + 1 - matched)
        matched = 0
        if places.count >= limit { break }
    }
    return places
}

/// For each beginning of `bytes`, the length of the longest proper part of it that both begins and ends it.
private func longestBorders(of bytes: [UInt8]) -> [Int] {
    var borders = [Int](repeating: 0, count: bytes.count)
    var length = 0
    for index in bytes.indices.dropFirst() {
        while length > 0, bytes[length] != bytes[index] { length = borders[length - 1] }
        if bytes[length] == bytes[index] { length += 1 }
        borders[index] = length
    }
    return borders
}

/// The parts of `text` between the places where `separator` stands, at most `limit` parts; the last keeps the rest.
func parts(of text: [UInt8], separatedBy separator: [UInt8], limit: Int) -> [ArraySlice<UInt8>] {
    var result: [ArraySlice<UInt8>] = []
    var start = 0
    for place in occurrences(of: separator, in: text, limit: max(0, limit - 1)) {
        result.append(text[start..<place])
        start = place + separator.count
    }
    result.append(text[start...])
    return result
}
