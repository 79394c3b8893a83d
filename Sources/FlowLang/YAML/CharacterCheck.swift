/// Bytes that may be given to libyaml: as many as the file has, with every byte that can't stand in a
/// flow replaced, so that places stay what they are and the rest is read all the same.
struct CheckedBytes {
    var bytes: [UInt8]
    /// The first byte after a byte order mark.
    var start: Int
    /// Characters that turn the text behind them, the first of each line.
    var turns: [(scalar: Unicode.Scalar, offset: Int)] = []
}

/// Looks for what no text may hold: bytes that aren't UTF-8, control characters, invisible line ends,
/// byte order marks. nil if nothing can be read.
///
/// - Complexity: O(n), without a copy where nothing is found.
func checkCharacters(of file: SourceFile, _ problems: inout Problems) -> CheckedBytes? {
    let bytes = file.bytes
    if bytes.count > YAMLLimits.maxFileBytes {
        problems.report(SyntaxMessages.fileTooLarge(bytes.count, at: Span(source: file.id, 0..<0)))
        return nil
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        problems.report(SyntaxMessages.utf16(at: Span(source: file.id, 0..<2)))
        return nil
    }
    var checked = CheckedBytes(bytes: bytes, start: 0)
    if isPlain(bytes) { return checked }
    if bytes.starts(with: byteOrderMark) {
        problems.report(SyntaxMessages.byteOrderMark(at: Span(source: file.id, 0..<3)))
        checked.start = 3
    }
    var offset = checked.start
    /// The line has a scalar that turns text round; the first of a line tells of all of them.
    var isTurned = false
    while offset < bytes.count {
        let byte = bytes[offset]
        if byte >= 0x20, byte < 0x7F {
            offset += 1
            continue
        }
        if byte == UInt8(ascii: "\n") { isTurned = false }
        let (length, finding) = inspect(bytes, at: offset)
        if case .turn(let scalar) = finding {
            if !isTurned { checked.turns.append((scalar, offset)) }
            isTurned = true
        } else if let finding {
            let span = Span(source: file.id, offset..<offset + length)
            switch finding {
            case .notUTF8: problems.report(SyntaxMessages.invalidUTF8(at: span))
            case .character(let scalar): problems.report(SyntaxMessages.invalidCharacter(scalar, at: span))
            case .turn: break
            }
            for index in offset..<offset + length { checked.bytes[index] = UInt8(ascii: "?") }
        }
        offset += length
    }
    return checked
}

/// Whether there is nothing but printable ASCII and line feeds, as in most files. Looked at without branches, many bytes at once.
private func isPlain(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
        var others: UInt8 = 0
        for byte in bytes { others |= (byte &- 0x20 < 0x5F ? 0 : 1) & (byte == 0x0A ? 0 : 1) }
        return others == 0
    }
}

private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

private enum Finding {
    case notUTF8
    case character(Unicode.Scalar)
    /// An embedding, an override or an isolate of Unicode's bidirectional algorithm. A prompt may need one, so that it stays.
    case turn(Unicode.Scalar)
}

/// The length of what stands at `offset`, at least 1, and what is wrong with it.
private func inspect(_ bytes: [UInt8], at offset: Int) -> (length: Int, finding: Finding?) {
    let byte = bytes[offset]
    if byte < 0x80 {
        let isAllowed = byte == 0x09 || byte == 0x0A || byte == 0x0D
        return (1, isAllowed ? nil : .character(Unicode.Scalar(byte)))
    }
    guard let scalar = decodeScalar(bytes, at: offset) else { return (1, .notUTF8) }
    let length = UTF8.width(scalar)
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: return (length, .turn(scalar))
    default: return (length, isInvisible(scalar) ? .character(scalar) : nil)
    }
}

/// Line ends that no editor shows, C1 control characters, byte order marks and noncharacters.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
}

/// The scalar whose UTF-8 form begins at `offset`, or nil if the bytes there aren't one.
func decodeScalar(_ bytes: [UInt8], at offset: Int) -> Unicode.Scalar? {
    let first = bytes[offset]
    let length: Int
    var value: UInt32
    switch first {
    case 0..<0x80: return Unicode.Scalar(first)
    case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
    default: return nil
    }
    guard offset + length <= bytes.count else { return nil }
    for next in bytes[offset + 1..<offset + length] {
        guard next & 0xC0 == 0x80 else { return nil }
        value = value << 6 | UInt32(next & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value), UTF8.width(scalar) == length else { return nil }
    return scalar
}

func isBlankOrBreak(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
}
