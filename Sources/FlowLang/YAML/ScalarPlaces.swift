/// From an offset in a scalar's text to the byte of the source that it was read from.
///
/// Where the text is the source, that is an addition. Else (escapes, folded lines, blocks) the scalar is
/// walked once more; made only where a place inside the text is asked for.
struct ScalarPlaces {
    private let source: UInt32
    private let lower: UInt32
    private let end: UInt32
    /// A place for every byte of the text; empty where the text is the source.
    private let places: [UInt32]
    /// The byte after each.
    private let ends: [UInt32]

    init(_ scalar: YAMLScalar, _ node: Span, in file: SourceFile) {
        source = file.id
        lower = scalar.contentLower
        let isDelimited = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
        end = isDelimited && node.upper > lower ? node.upper - 1 : node.upper
        guard !scalar.isVerbatim else {
            places = []
            ends = []
            return
        }
        let upper = Swift.min(Int(end), file.bytes.count)
        var alignment = Alignment(
            text: Array(scalar.text.utf8), style: scalar.style, bytes: file.bytes,
            range: Swift.min(Int(lower), upper)..<upper)
        alignment.walk()
        places = alignment.found
        ends = alignment.ends
    }

    /// Where the byte at `offset` of the text stands; the end for what lies behind it.
    func place(of offset: Int) -> UInt32 {
        if places.isEmpty { return Swift.min(lower + UInt32(clamping: offset), end) }
        return places.indices.contains(offset) ? places[offset] : end
    }

    func span(_ range: Range<Int>) -> Span {
        guard !range.isEmpty else {
            let place = place(of: range.lowerBound)
            return Span(source: source, lower: place, upper: place)
        }
        return Span(
            source: source, lower: place(of: range.lowerBound), upper: endPlace(of: range.upperBound - 1))
    }

    /// The byte after what the text's byte at `offset` was read from: past a whole escape, but not past the
    /// lines and blanks that may follow.
    private func endPlace(of offset: Int) -> UInt32 {
        guard ends.indices.contains(offset) else { return Swift.min(place(of: offset) + 1, end) }
        return ends[offset]
    }
}

/// Walks text and source side by side.
private struct Alignment {
    let text: [UInt8]
    let style: YAMLScalar.Style
    let bytes: [UInt8]
    let range: Range<Int>

    private var offset = 0
    private(set) var found: [UInt32] = []
    private(set) var ends: [UInt32] = []

    init(text: [UInt8], style: YAMLScalar.Style, bytes: [UInt8], range: Range<Int>) {
        self.text = text
        self.style = style
        self.bytes = bytes
        self.range = range
    }

    mutating func walk() {
        found.reserveCapacity(text.count)
        ends.reserveCapacity(text.count)
        offset = range.lowerBound
        switch style {
        case .literal, .folded: walkBlock()
        case .plain, .singleQuoted, .doubleQuoted: walkInline()
        }
        while found.count < text.count { take(1, at: range.upperBound, to: range.upperBound) }
    }

    /// The text byte that comes next.
    private var expected: UInt8? { found.count < text.count ? text[found.count] : nil }

    /// The next `count` bytes of the text were read from `place` up to `end`.
    private mutating func take(_ count: Int, at place: Int, to end: Int? = nil) {
        for _ in 0..<Swift.min(count, text.count - found.count) {
            found.append(UInt32(place))
            ends.append(UInt32(Swift.min(end ?? place + 1, range.upperBound)))
        }
    }

    // MARK: plain and quoted

    private mutating func walkInline() {
        while offset < range.upperBound, expected != nil {
            let byte = bytes[offset]
            if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
                walkEscape()
            } else if style == .singleQuoted, byte == UInt8(ascii: "'") {
                take(1, at: offset, to: offset + 2)
                offset += 2
            } else if isBlankOrBreak(byte) {
                walkBlanks()
            } else {
                take(1, at: offset)
                offset += 1
            }
        }
    }

    private mutating func walkEscape() {
        let start = offset
        guard offset + 1 < range.upperBound else {
            offset += 1
            return
        }
        let letter = bytes[offset + 1]
        if letter == 0x0A || letter == 0x0D {
            offset += letter == 0x0D && offset + 2 < range.upperBound && bytes[offset + 2] == 0x0A ? 3 : 2
            while offset < range.upperBound, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
            return
        }
        switch letter {
        case UInt8(ascii: "x"): offset += 4
        case UInt8(ascii: "u"): offset += 6
        case UInt8(ascii: "U"): offset += 10
        default: offset += 2
        }
        let scalar = decodeScalar(text, at: found.count)
        take(scalar.map(UTF8.width) ?? 1, at: start, to: offset)
    }

    /// Blanks within a line are themselves; one line end is a blank, n are n - 1.
    private mutating func walkBlanks() {
        let start = offset
        var breaks = 0
        var firstBreak = offset
        while offset < range.upperBound, isBlankOrBreak(bytes[offset]) {
            if bytes[offset] == 0x0A || (bytes[offset] == 0x0D && !isLineFeed(offset + 1)) {
                if breaks == 0 { firstBreak = offset }
                breaks += 1
            }
            offset += 1
        }
        if breaks == 0 {
            for place in start..<offset { take(1, at: place) }
        } else {
            take(Swift.max(1, breaks - 1), at: firstBreak)
        }
    }

    private func isLineFeed(_ offset: Int) -> Bool {
        offset < range.upperBound && bytes[offset] == 0x0A
    }

    // MARK: blocks

    private mutating func walkBlock() {
        skipLine()
        let indent = blockIndent()
        while offset < range.upperBound, expected != nil {
            skipIndent(indent)
            while offset < range.upperBound, !isBreak(bytes[offset]) {
                take(1, at: offset)
                offset += 1
            }
            walkBreaks(indent)
        }
    }

    /// Line ends, and in a folded block the blank that they become.
    private mutating func walkBreaks(_ indent: Int) {
        guard offset < range.upperBound else { return }
        let place = offset
        if style == .folded, expected == 0x20 {
            take(1, at: place)
            skipLine()
            return
        }
        var breaks = 0
        var next = offset
        while next < range.upperBound {
            guard isBreak(bytes[next]) else { break }
            next += bytes[next] == 0x0D && isLineFeed(next + 1) ? 2 : 1
            breaks += 1
            offset = next
            var blank = next
            while blank < range.upperBound, bytes[blank] == 0x20, blank - next < indent { blank += 1 }
            guard blank < range.upperBound, isBreak(bytes[blank]) else { break }
            next = blank
        }
        for _ in 0..<breaks where expected == 0x0A { take(1, at: place) }
    }

    private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func skipLine() {
        while offset < range.upperBound, !isBreak(bytes[offset]) { offset += 1 }
        guard offset < range.upperBound else { return }
        offset += bytes[offset] == 0x0D && isLineFeed(offset + 1) ? 2 : 1
    }

    private mutating func skipIndent(_ indent: Int) {
        let start = offset
        while offset < range.upperBound, bytes[offset] == 0x20, offset - start < indent { offset += 1 }
    }

    /// How many blanks of each line aren't text: what the first line has in the source and not in the text.
    private func blockIndent() -> Int {
        var line = offset
        while line < range.upperBound {
            var column = line
            while column < range.upperBound, bytes[column] == 0x20 { column += 1 }
            if column < range.upperBound, !isBreak(bytes[column]) {
                let kept = text.drop { $0 == 0x0A }.prefix { $0 == 0x20 }.count
                return Swift.max(0, column - line - kept)
            }
            while column < range.upperBound, bytes[column] != 0x0A { column += 1 }
            line = column + 1
        }
        return 0
    }
}
