/// A file as a row of words and signs, each with the comments and blank lines before it.
struct FormatTokens {
    let bytes: [UInt8]
    private(set) var tokens: [FormatToken] = []

    private var position: Int
    private var lineStart: Int
    private var isAtLineStart = true
    private var gap: [FormatToken.Gap] = []
    private var blankLines = 0

    /// nil where something stands between the words that has no place in the one form, such as `?` before a key.
    init?(of tree: YAMLTree) {
        bytes = tree.bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        lineStart = position
        for word in words(of: tree) {
            guard readSigns(to: word.lower) else { return nil }
            add(word.kind, word.lower..<word.upper, isKey: word.isKey)
        }
        guard readSigns(to: bytes.count) else { return nil }
        add(.end, bytes.count..<bytes.count)
    }

    /// The scalars and aliases, in the order of the file.
    private func words(of tree: YAMLTree) -> [Word] {
        var words: [Word] = []
        var open: [(end: Int, isMapping: Bool, count: Int)] = []
        for (index, cell) in tree.cells.enumerated() {
            while let last = open.last, last.end <= index { open.removeLast() }
            let isKey = open.last.map { $0.isMapping && $0.count % 2 == 0 } ?? false
            if !open.isEmpty { open[open.count - 1].count += 1 }
            switch cell.kind {
            case .sequence: open.append((Int(cell.end), false, 0))
            case .mapping: open.append((Int(cell.end), true, 0))
            case .scalar where cell.style == .plain && cell.count == 0: break
            case .scalar: words.append(word(of: cell, isKey: isKey))
            case .alias:
                words.append(Word(kind: .alias, lower: Int(cell.lower), upper: Int(cell.upper), isKey: isKey))
            case .invalid: break
            }
        }
        return words
    }

    private struct Word {
        var kind: FormatToken.Kind
        var lower: Int
        var upper: Int
        var isKey: Bool
    }

    private func word(of cell: YAMLCell, isKey: Bool) -> Word {
        var lower = Int(cell.contentLower)
        var upper = Int(cell.upper)
        switch cell.style {
        case .plain: break
        case .singleQuoted, .doubleQuoted: lower -= 1
        case .literal, .folded: upper = endOfBlock(from: lower, atLeast: upper)
        }
        return Word(kind: .scalar(cell.style), lower: lower, upper: upper, isKey: isKey)
    }

    /// A block ends with its last line that isn't blank; blank lines that have a meaning (`|+`, or more blanks than its indentation)
    /// belong to it too.
    private func endOfBlock(from lower: Int, atLeast upper: Int) -> Int {
        var end = endOfLine(Swift.max(upper, lower))
        let header = bytes[lower..<endOfLine(lower)].prefix { !isBlankOrBreak($0) }
        let keeps = header.contains(UInt8(ascii: "+"))
        let indentation = FormatToken.indentation(ofBlock: bytes[lower..<end])
        var next = end
        while next < bytes.count {
            let line = next + 1..<endOfLine(next + 1)
            guard bytes[line].allSatisfy(isBlankOrBreak) else { break }
            if keeps ? line.upperBound < bytes.count : line.count > indentation { end = line.upperBound }
            next = line.upperBound
        }
        return end
    }

    private func endOfLine(_ offset: Int) -> Int {
        var end = Swift.min(offset, bytes.count)
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        return end
    }

    // MARK: what stands between the words

    private mutating func readSigns(to end: Int) -> Bool {
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
            case UInt8(ascii: "\n"): newLine()
            case UInt8(ascii: "#"): comment()
            case UInt8(ascii: ":"): add(.colon)
            case UInt8(ascii: ","): add(.comma)
            case UInt8(ascii: "["), UInt8(ascii: "{"): add(.open)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): add(.close)
            case UInt8(ascii: "&"):
                let length = bytes[position..<end].prefix { !isBlankOrBreak($0) }.count
                add(.anchor, position..<position + length)
            case UInt8(ascii: "-") where isMarker("---"), UInt8(ascii: ".") where isMarker("..."):
                add(.marker, position..<position + 3)
            case UInt8(ascii: "-"): add(.dash)
            default: return false
            }
        }
        return true
    }

    private func isMarker(_ word: StaticString) -> Bool {
        let end = position + 3
        return position == lineStart && bytes[position...].starts(with: "\(word)".utf8)
            && endOfLine(position) == end
    }

    private mutating func newLine() {
        if isAtLineStart { blankLines += 1 }
        position += 1
        lineStart = position
        isAtLineStart = true
    }

    private mutating func comment() {
        var end = endOfLine(position)
        let next = end
        while isBlankOrBreak(bytes[end - 1]) { end -= 1 }
        if isAtLineStart {
            gap.append(
                .init(
                    comment: position..<end, column: position - lineStart, isAfterBlankLine: blankLines > 0))
            blankLines = 0
            isAtLineStart = false
        } else {
            tokens[tokens.count - 1].comment = position..<end
        }
        position = next
    }

    private mutating func add(_ kind: FormatToken.Kind) {
        add(kind, position..<position + 1)
    }

    private mutating func add(_ kind: FormatToken.Kind, _ range: Range<Int>, isKey: Bool = false) {
        tokens.append(
            FormatToken(
                kind: kind, range: range, isKey: isKey, column: range.lowerBound - lineStart,
                startsLine: isAtLineStart, gap: gap, isAfterBlankLine: blankLines > 0))
        gap = []
        blankLines = 0
        isAtLineStart = false
        position = range.upperBound
        if let last = bytes[range].lastIndex(of: UInt8(ascii: "\n")) { lineStart = last + 1 }
    }
}

/// A word or a sign.
struct FormatToken {
    enum Kind: Equatable {
        case dash, colon, comma, open, close
        case anchor
        case alias
        case scalar(YAMLScalar.Style)
        /// `---` or `...`
        case marker
        case end
    }

    /// A comment on a line of its own.
    struct Gap {
        var comment: Range<Int>
        var column: Int
        var isAfterBlankLine: Bool
    }

    var kind: Kind
    var range: Range<Int>
    var isKey: Bool
    /// In bytes from the line's start.
    var column: Int
    var startsLine: Bool
    /// The lines of comments before it.
    var gap: [Gap]
    /// Whether a blank line stands right before it.
    var isAfterBlankLine: Bool
    /// Behind it on its line.
    var comment: Range<Int>?

    /// How far the lines of a block scalar are indented: the digit of its header, or as its first line with words.
    static func indentation(ofBlock block: ArraySlice<UInt8>) -> Int {
        for line in block.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropFirst() {
            let blanks = line.prefix { $0 == UInt8(ascii: " ") }.count
            if blanks < line.count { return blanks }
        }
        return 0
    }
}
