/// Puts the words of a file where they belong.
struct Layout {
    private let source: [UInt8]
    private let tokens: [FormatToken]
    private var lines: [Line] = []
    private var levels: [Level] = []
    /// Open brackets.
    private var depth = 0
    /// The top-level key that is open.
    private var section: ArraySlice<UInt8> = []

    /// A block collection that is open: the column in which its items or keys stand, before and after.
    private struct Level {
        var written: Int
        var column: Int
        var isSequence: Bool
    }

    init(_ tokens: FormatTokens) {
        source = tokens.bytes
        self.tokens = tokens.tokens
    }

    /// The file in the one form.
    mutating func bytes() -> [UInt8] {
        for index in tokens.indices { place(index) }
        separateSections()
        var bytes: [UInt8] = []
        for (index, line) in lines.enumerated() {
            if line.isAfterBlankLine, index > 0 { bytes.append(UInt8(ascii: "\n")) }
            bytes += line.bytes
            bytes.append(UInt8(ascii: "\n"))
        }
        if endsWithoutLineEnd { bytes.removeLast() }
        return bytes
    }

    /// A line end behind a block scalar would be one of its text.
    private var endsWithoutLineEnd: Bool {
        guard let last = tokens.dropLast().last, source.last != UInt8(ascii: "\n") else { return false }
        return last.kind == .scalar(.literal) || last.kind == .scalar(.folded)
    }

    // MARK: one word after the other

    private mutating func place(_ index: Int) {
        let token = tokens[index]
        let before = levels
        let depthBefore = depth
        enter(index)
        let column = column(of: token)
        if index == 0 || token.kind == .end || token.startsLine && !joinsDash(index) {
            for comment in token.gap {
                let place =
                    depthBefore > 0
                    ? (levels.last?.column ?? 0) + 2 * depthBefore
                    : self.column(of: comment, before: token, at: column, closing: before)
                begin(.comment, at: place, isAfterBlankLine: comment.isAfterBlankLine)
                append(source[comment.comment])
            }
            guard token.kind != .end else { return }
            begin(
                start(of: token), at: column, isAfterBlankLine: token.isAfterBlankLine && token.kind != .close
            )
        } else if hasBlank(tokens[index - 1], token) {
            append([UInt8(ascii: " ")])
        }
        write(token)
        if let comment = token.comment { append([UInt8(ascii: " ")] + source[comment]) }
        lines[lines.count - 1].last = token.kind
    }

    /// `-` and what it begins stand on one line.
    private func joinsDash(_ index: Int) -> Bool {
        tokens[index - 1].kind == .dash && tokens[index - 1].comment == nil && tokens[index].gap.isEmpty
            && tokens[index].kind != .end
    }

    /// Opens and closes collections.
    private mutating func enter(_ index: Int) {
        let token = tokens[index]
        switch token.kind {
        case .open: depth += 1
        case .close: depth = max(0, depth - 1)
        case .end, .marker: if token.kind == .marker { levels = [] }
        case .dash: openLevel(token.column, isSequence: true)
        case .anchor where isBeforeKey(index): openLevel(token.column, isSequence: false)
        case .scalar, .alias:
            let isBehindAnchor = index > 0 && tokens[index - 1].kind == .anchor && !token.startsLine
            if token.isKey, depth == 0, !isBehindAnchor { openLevel(token.column, isSequence: false) }
        case .colon, .comma, .anchor: break
        }
    }

    private func isBeforeKey(_ index: Int) -> Bool {
        depth == 0 && index + 1 < tokens.count && tokens[index + 1].isKey && !tokens[index + 1].startsLine
    }

    private mutating func openLevel(_ written: Int, isSequence: Bool) {
        while let top = levels.last,
            top.written > written || top.written == written && top.isSequence && !isSequence
        {
            levels.removeLast()
        }
        if let top = levels.last, top.written == written, top.isSequence == isSequence { return }
        levels.append(
            Level(written: written, column: levels.last.map { $0.column + 2 } ?? 0, isSequence: isSequence))
    }

    // MARK: columns

    /// Where a line begins whose first word this is.
    private func column(of token: FormatToken) -> Int {
        let base = levels.last?.column ?? 0
        switch token.kind {
        case .end, .marker: return 0
        case .dash: return base
        case .open: return depth == 1 ? base + 2 : base + 2 * (depth - 1)
        case .close: return base + 2 * depth
        case .scalar, .alias, .anchor, .colon, .comma:
            if depth > 0 { return base + 2 * depth }
            return isLevelStart(token) ? base : base + 2
        }
    }

    private func isLevelStart(_ token: FormatToken) -> Bool {
        levels.last.map { !$0.isSequence && $0.written == token.column } ?? true
    }

    /// A comment belongs to the line below, or to a list above that ends there, if it is indented as that is.
    private func column(
        of comment: FormatToken.Gap, before next: FormatToken, at column: Int, closing: [Level]
    ) -> Int {
        var best = (written: next.kind == .end ? 0 : next.column, column: column)
        for level in closing
        where level.column > column && level.written <= comment.column && level.written > best.written {
            best = (level.written, level.column)
        }
        return best.column
    }

    // MARK: lines

    struct Line {
        enum Start: Equatable {
            case comment
            /// A key at the top.
            case section
            case state
            case other
        }

        var start: Start
        var column: Int
        var bytes: [UInt8]
        var isAfterBlankLine: Bool
        /// The last word.
        var last = FormatToken.Kind.comma
        /// A block scalar that keeps the blank lines behind it.
        var keepsBlankLines = false
    }

    private mutating func begin(_ start: Line.Start, at column: Int, isAfterBlankLine: Bool) {
        let isFirst = lines.last.map { [.colon, .dash, .open].contains($0.last) && $0.start != .comment }
        let blank = isAfterBlankLine && isFirst == false && lines.last?.keepsBlankLines == false
        lines.append(Line(start: start, column: column, bytes: [], isAfterBlankLine: blank))
        append(Array(repeating: UInt8(ascii: " "), count: column))
    }

    private mutating func append(_ bytes: some Sequence<UInt8>) {
        lines[lines.count - 1].bytes += bytes
    }

    private mutating func start(of token: FormatToken) -> Line.Start {
        guard token.isKey, depth == 0 else { return .other }
        if levels.count == 1 {
            section = source[token.range]
            return .section
        }
        return levels.count == 2 && section.elementsEqual("states".utf8) ? .state : .other
    }

    private func hasBlank(_ left: FormatToken, _ right: FormatToken) -> Bool {
        switch (left.kind, right.kind) {
        case (.alias, .colon): true
        case (_, .colon), (_, .comma), (_, .close), (.open, _): false
        default: true
        }
    }

    // MARK: words

    private mutating func write(_ token: FormatToken) {
        let text = source[token.range]
        guard case .scalar(let style) = token.kind else { return append(text) }
        let base = levels.last?.column ?? 0
        switch style {
        case .literal, .folded: writeBlock(text, in: base)
        case .plain, .doubleQuoted: writeFolded(text, style, at: base + 2 * depth + 2)
        case .singleQuoted:
            let inner = text.dropFirst().dropLast()
            let needsIt = inner.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
            writeFolded(needsIt ? text : doubleQuoted(inner), style, at: base + 2 * depth + 2)
        }
    }

    private func doubleQuoted(_ inner: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let quote = UInt8(ascii: "'")
        var result = [UInt8(ascii: "\"")]
        var isSecond = false
        for byte in inner {
            if byte == quote, isSecond {
                isSecond = false
                continue
            }
            isSecond = byte == quote
            result.append(byte)
        }
        result.append(UInt8(ascii: "\""))
        return result[...]
    }

    /// The blanks at both ends of a line within such a text have no meaning, but for one behind a `\`.
    private mutating func writeFolded(_ text: ArraySlice<UInt8>, _ style: YAMLScalar.Style, at column: Int) {
        let parts = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            var part = part
            if index > 0 {
                part = part.drop(while: isBlankOrBreak)
                append([UInt8(ascii: "\n")])
                if !part.isEmpty { append(Array(repeating: UInt8(ascii: " "), count: column)) }
            }
            if index < parts.count - 1 {
                let trimmed = part.prefix(part.count - part.reversed().prefix(while: isBlankOrBreak).count)
                if trimmed.last != UInt8(ascii: "\\") { part = trimmed }
            }
            append(part)
        }
    }

    private mutating func writeBlock(_ text: ArraySlice<UInt8>, in column: Int) {
        let written = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let header = written.first else { return }
        let digit = header.prefix { !isBlankOrBreak($0) }
            .first { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
            .map { Int($0 - UInt8(ascii: "0")) }
        // With a digit the first line may be indented further.
        let old =
            digit.map { (levels.last?.written ?? 0) + $0 } ?? FormatToken.indentation(ofBlock: text)
        let new = column + (digit ?? 2)
        append(header.prefix(header.count - header.reversed().prefix(while: isBlankOrBreak).count))
        for line in written.dropFirst() {
            append([UInt8(ascii: "\n")])
            let rest = line.dropFirst(old)
            if rest.isEmpty { continue }
            append(Array(repeating: UInt8(ascii: " "), count: new))
            append(rest)
        }
        lines[lines.count - 1].keepsBlankLines = header.prefix { !isBlankOrBreak($0) }
            .contains(UInt8(ascii: "+"))
    }

    // MARK: blank lines

    /// One blank line stands between states, and beside each section of several lines; a flow of `steps:` is laid out as its author
    /// likes.
    private mutating func separateSections() {
        guard lines.contains(where: { $0.start == .state }) else { return }
        separate(.section) { $0 || $1 }
        separate(.state) { _, _ in true }
    }

    private mutating func separate(_ start: Line.Start, where isNeeded: (Bool, Bool) -> Bool) {
        let starts = lines.indices.filter { lines[$0].start == start }
        var isLong: [Bool] = []
        for (position, line) in starts.enumerated() {
            let next = position + 1 < starts.count ? starts[position + 1] : lines.count
            let inner = lines[line + 1..<next].prefix {
                $0.start == .comment || $0.column > lines[line].column
            }
            isLong.append(
                inner.contains { $0.start != .comment } || lines[line].bytes.contains(UInt8(ascii: "\n")))
        }
        for position in starts.indices.dropFirst()
        where isNeeded(isLong[position - 1], isLong[position]) {
            addBlankLine(before: starts[position])
        }
    }

    /// Before the comments that belong to the line.
    private mutating func addBlankLine(before line: Int) {
        var first = line
        while first > 0, lines[first - 1].start == .comment { first -= 1 }
        guard first > 0, !lines[first - 1].keepsBlankLines,
            !lines[first...line].contains(where: \.isAfterBlankLine)
        else { return }
        let own = lines[first..<line].reversed().prefix { $0.column == lines[line].column }.count
        lines[line - own].isAfterBlankLine = true
    }
}
