/// Turns libyaml's syntax errors into an author's words, and mends a copy of the bytes, without moving
/// any, so that the scan can go past each.
struct Mending {
    let file: SourceFile
    /// True once whole lines were passed over.
    private(set) var hasGaps = false
    /// Lines that were reported; a second error there follows from the first.
    private var reported: Set<Int> = []

    init(file: SourceFile) {
        self.file = file
    }

    /// Reports the failure; false if the scan can't go on.
    mutating func mend(_ failure: YAMLFailure, _ checked: inout CheckedBytes, _ problems: inout Problems)
        -> Bool
    {
        let error = explain(failure, checked.bytes)
        let line = file.line(of: Int(error.diagnostic.span.lower))
        let failureLine = file.line(of: failure.index)
        let isNew = reported.insert(line).inserted && (line == failureLine || !reported.contains(failureLine))
        // Of several colons in one text one is enough; each hole is a place of its own.
        if isNew || error.diagnostic.code == .unquotedHole { problems.report(error.diagnostic) }
        switch error.repair {
        case .replace(let range) where replace(range, &checked): return true
        case .passOverBelow(let colon): return passOver(below: colon, &checked)
        case .closeQuote(let quote) where isNew: return closeQuote(at: quote, &checked)
        case .stop:
            hasGaps = true
            return false
        default: return passOver(from: Swift.min(line, failureLine), &checked)
        }
    }

    /// False if nothing changes, so that the scan would fail again.
    private func replace(_ range: Range<Int>, _ checked: inout CheckedBytes) -> Bool {
        let letter = UInt8(ascii: "x")
        guard checked.bytes[range].contains(where: { $0 != letter }) else { return false }
        for index in range { checked.bytes[index] = letter }
        return true
    }

    /// Ends an open quote at the end of its line.
    private func closeQuote(at quote: Int, _ checked: inout CheckedBytes) -> Bool {
        let line = file.line(of: quote)
        let last = file.end(ofLine: line) - 1
        guard last > quote, checked.bytes[last] < 0x80 else {
            return replace(quote..<Swift.max(quote + 1, last + 1), &checked)
        }
        checked.bytes[last] = checked.bytes[quote]
        return true
    }

    /// Blanks the line and what belongs to it: all up to the next line that is indented less.
    private mutating func passOver(from line: Int, _ checked: inout CheckedBytes) -> Bool {
        hasGaps = true
        guard let indent = indentation(ofLine: line, checked.bytes) else { return false }
        var next = line
        repeat {
            for index in file.start(ofLine: next)..<file.end(ofLine: next) {
                checked.bytes[index] = UInt8(ascii: " ")
            }
            next += 1
        } while next <= file.lineCount
            && (indentation(ofLine: next, checked.bytes) ?? Int.max) >= Swift.max(indent, 1)
        return true
    }

    /// Blanks the colon at the end of a line, and the lines that are indented more than the line's own key.
    private mutating func passOver(below colon: Int, _ checked: inout CheckedBytes) -> Bool {
        hasGaps = true
        guard checked.bytes[colon] != UInt8(ascii: " ") else { return false }
        checked.bytes[colon] = UInt8(ascii: " ")
        let line = file.line(of: colon)
        let start = file.start(ofLine: line)
        let key = checked.bytes[start..<colon].firstIndex {
            $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-")
        }
        let column = (key ?? start) - start
        var next = line + 1
        while next <= file.lineCount, (indentation(ofLine: next, checked.bytes) ?? Int.max) > column {
            for index in file.start(ofLine: next)..<file.end(ofLine: next) {
                checked.bytes[index] = UInt8(ascii: " ")
            }
            next += 1
        }
        return true
    }

    /// nil for a blank line.
    private func indentation(ofLine line: Int, _ bytes: [UInt8]) -> Int? {
        let start = file.start(ofLine: line)
        let end = file.end(ofLine: line)
        var offset = start
        while offset < end, isBlankOrBreak(bytes[offset]) { offset += 1 }
        return offset < end ? offset - start : nil
    }
}

/// A syntax error with what to do about it.
private struct SyntaxError {
    enum Repair {
        /// Letters of no meaning in its place.
        case replace(Range<Int>)
        /// The colon at the end of a line, and the lines that would belong to it, are left out.
        case passOverBelow(Int)
        case closeQuote(Int)
        /// The line, and the lines that belong to it, are left out.
        case passOver
        case stop
    }

    var diagnostic: Diagnostic
    var repair: Repair
}

extension Mending {
    /// What libyaml's problem means to the author, by what stands in the source.
    private func explain(_ failure: YAMLFailure, _ bytes: [UInt8]) -> SyntaxError {
        let index = Swift.min(failure.index, bytes.count)
        if let error = leadingTab(at: index, bytes) { return error }
        if failure.context == "while scanning a quoted scalar" {
            return unclosedQuote(at: failure.contextIndex)
        }
        if let quote = suspiciousQuote(before: index, bytes) { return quote }
        if failure.context == "while parsing a quoted scalar" { return unknownEscape(failure, bytes) }
        if let hole = unquotedHole(near: index, bytes) { return hole }
        if failure.problem.hasPrefix("mapping values are not allowed") {
            return unquotedColon(at: index, bytes)
        }
        if let character = reservedStart(failure, bytes) { return character }
        return general(failure, bytes)
    }

    private func span(_ range: Range<Int>) -> Span {
        Span(source: file.id, range)
    }

    private func one(at index: Int) -> Span {
        let index = Swift.min(index, file.bytes.count)
        var end = Swift.min(index + 1, file.bytes.count)
        while end < file.bytes.count, file.bytes[end] & 0xC0 == 0x80 { end += 1 }
        return span(index..<end)
    }

    private func lineOf(_ index: Int) -> Range<Int> {
        let line = file.line(of: index)
        return file.start(ofLine: line)..<file.end(ofLine: line)
    }

    // MARK: tabs

    private func leadingTab(at index: Int, _ bytes: [UInt8]) -> SyntaxError? {
        let line = lineOf(index)
        var offset = line.lowerBound
        while offset < line.upperBound, bytes[offset] == 0x20 { offset += 1 }
        guard offset < line.upperBound, bytes[offset] == 0x09 else { return nil }
        let first = offset
        while offset < line.upperBound, isBlankOrBreak(bytes[offset]) { offset += 1 }
        guard index <= offset else { return nil }
        var diagnostic = SyntaxMessages.tabIndent(at: span(first..<offset))
        diagnostic.fix = tabFix(from: file.line(of: first))
        return SyntaxError(diagnostic: diagnostic, repair: .stop)
    }

    /// All tabs from a line on that indent, each a level. Where other lines are indented with blanks, how wide a tab was meant to be is
    /// a guess.
    private func tabFix(from first: Int) -> Fix? {
        var blanks: Int?
        var last = first
        for line in 1...file.lineCount {
            let indentation = file.bytes[file.start(ofLine: line)..<file.end(ofLine: line)].prefix(
                while: isBlankOrBreak)
            if indentation.contains(0x09) { last = line }
            let count = indentation.prefix { $0 == 0x20 }.count
            if count > 0 { blanks = Swift.min(blanks ?? count, count) }
        }
        guard last >= first else { return nil }
        let level = Array(repeating: UInt8(0x20), count: blanks ?? 2)
        let place = file.start(ofLine: first)..<file.end(ofLine: last)
        var new: [UInt8] = []
        var isIndentation = true
        for byte in file.bytes[place] {
            if byte == 0x09, isIndentation { new += level } else { new.append(byte) }
            isIndentation = byte == 0x0A || isIndentation && isBlankOrBreak(byte)
        }
        let old = file.text(of: span(place))
        return Fix(
            span(place), from: old, to: String(decoding: new, as: UTF8.self), isSafe: blanks == nil)
    }

    // MARK: quotes

    private func unclosedQuote(at index: Int) -> SyntaxError {
        let quote = file.bytes.indices.contains(index) ? file.bytes[index] : UInt8(ascii: "\"")
        return SyntaxError(
            diagnostic: SyntaxMessages.unclosedQuote(quote, at: one(at: index)), repair: .closeQuote(index))
    }

    /// A quoted text that ended right before the error: either it should have ended on an earlier line, or
    /// the value goes on behind the closing quote.
    private func suspiciousQuote(before index: Int, _ bytes: [UInt8]) -> SyntaxError? {
        var end = index
        while end > 0, bytes[end - 1] == 0x20 { end -= 1 }
        guard end > 0, end <= bytes.count else { return nil }
        let quote = bytes[end - 1]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        guard let opening = openingQuote(quote, closedAt: end - 1, bytes) else { return nil }
        let isOnOneLine = lineOf(opening) == lineOf(end - 1)
        if !isOnOneLine { return unclosedQuote(at: opening) }
        let line = lineOf(opening)
        guard index < line.upperBound else { return nil }
        let stop = UInt8(ascii: ":")
        guard bytes[index] != stop else { return nil }
        return SyntaxError(
            diagnostic: SyntaxMessages.textAfterQuote(
                at: span(index..<line.upperBound), whole: file.text(of: span(opening..<line.upperBound))),
            repair: .replace(opening..<line.upperBound))
    }

    /// The nearest quote before that can open a value: behind a blank, a bracket or a line's start.
    private func openingQuote(_ quote: UInt8, closedAt end: Int, _ bytes: [UInt8]) -> Int? {
        var offset = end - 1
        while offset >= 0, end - offset < 1 << 16 {
            if bytes[offset] == quote {
                let before = offset > 0 ? bytes[offset - 1] : 0x0A
                let opens =
                    isBlankOrBreak(before) || before == UInt8(ascii: "[") || before == UInt8(ascii: "{")
                return opens ? offset : nil
            }
            offset -= 1
        }
        return nil
    }

    private func unknownEscape(_ failure: YAMLFailure, _ bytes: [UInt8]) -> SyntaxError {
        var offset = Swift.min(failure.index, bytes.count - 1)
        while offset > failure.contextIndex, bytes[offset] != UInt8(ascii: "\\") { offset -= 1 }
        let range = offset..<Swift.min(offset + 2, bytes.count)
        let line = lineOf(offset)
        let mended = range.clamped(to: line)
        return SyntaxError(
            diagnostic: SyntaxMessages.unknownEscape(file.text(of: span(range)), at: span(range)),
            repair: mended.isEmpty ? .passOver : .replace(mended))
    }

    // MARK: values

    /// `{to: ${number}}`: YAML takes the hole's brace for its own.
    private func unquotedHole(near index: Int, _ bytes: [UInt8]) -> SyntaxError? {
        guard index > 0, index < bytes.count, bytes[index] == UInt8(ascii: "{"),
            bytes[index - 1] == UInt8(ascii: "$")
        else { return nil }
        let line = lineOf(index)
        var depth = 0
        var end = index
        while end < line.upperBound {
            if bytes[end] == UInt8(ascii: "{") { depth += 1 }
            if bytes[end] == UInt8(ascii: "}") { depth -= 1 }
            end += 1
            if depth == 0 { break }
        }
        let range = index - 1..<end
        return SyntaxError(
            diagnostic: SyntaxMessages.unquotedHole(
                file.text(of: span(range)), isWhole: depth == 0 && isWholeValue(range, in: line, bytes),
                at: span(range)),
            repair: depth == 0 ? .replace(range) : .passOver)
    }

    /// True if nothing but brackets, commas and the key's colon stands beside it.
    private func isWholeValue(_ range: Range<Int>, in line: Range<Int>, _ bytes: [UInt8]) -> Bool {
        let before = bytes[line.lowerBound..<range.lowerBound].last { $0 != 0x20 }
        let after = bytes[range.upperBound..<line.upperBound].first { $0 != 0x20 }
        return before.map { ":[{,".utf8.contains($0) } ?? false
            && after.map { ",]}".utf8.contains($0) } ?? false
    }

    private func unquotedColon(at index: Int, _ bytes: [UInt8]) -> SyntaxError {
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else {
            return SyntaxError(
                diagnostic: SyntaxMessages.yamlSyntax("this doesn't fit here", at: one(at: index)),
                repair: .passOver)
        }
        let line = lineOf(index)
        let rest = bytes[(index + 1)..<Swift.max(index + 1, line.upperBound)].first { !isBlankOrBreak($0) }
        if rest == nil || rest == UInt8(ascii: "#") {
            return SyntaxError(
                diagnostic: SyntaxMessages.colonAtEnd(at: one(at: index)), repair: .passOverBelow(index))
        }
        return SyntaxError(
            diagnostic: SyntaxMessages.unquotedColon(
                at: one(at: index), text: value(around: index, in: line, bytes)),
            repair: .replace(index..<index + 1))
    }

    /// The text of the line from behind its first `: ` or `- ` on.
    private func value(around index: Int, in line: Range<Int>, _ bytes: [UInt8]) -> String? {
        var start: Int?
        var offset = line.lowerBound
        while offset + 1 < index, start == nil {
            if bytes[offset] == UInt8(ascii: ":"), bytes[offset + 1] == 0x20 { start = offset + 2 }
            offset += 1
        }
        guard let start, start < line.upperBound else { return nil }
        return file.text(of: span(start..<line.upperBound))
    }

    /// A value that begins with a character that YAML keeps for itself.
    private func reservedStart(_ failure: YAMLFailure, _ bytes: [UInt8]) -> SyntaxError? {
        let context = failure.context
        let isReserved =
            failure.problem == "found character that cannot start any token"
            || context == "while scanning an alias" || context == "while scanning an anchor"
        let isTag = context == "while scanning a tag" || failure.problem == "found undefined tag handle"
        guard isReserved || isTag else { return nil }
        let index = context == "while scanning for the next token" ? failure.index : failure.contextIndex
        let start = isTag && index < bytes.count && bytes[index] != UInt8(ascii: "!") ? failure.index : index
        guard start < bytes.count else { return nil }
        let line = lineOf(start)
        let whole = span(start..<Swift.max(start, line.upperBound))
        let text = file.text(of: whole)
        if bytes[start] == UInt8(ascii: "*"), isKey(at: start, line, bytes) {
            return SyntaxError(
                diagnostic: SyntaxMessages.starKey(at: one(at: start)), repair: .replace(start..<start + 1))
        }
        let problem =
            isTag
            ? SyntaxMessages.tag(text, at: one(at: start))
            : SyntaxMessages.reservedStart(
                Unicode.Scalar(bytes[start]), Located(text, whole), at: one(at: start))
        return SyntaxError(diagnostic: problem, repair: .replace(start..<start + 1))
    }

    private func isKey(at index: Int, _ line: Range<Int>, _ bytes: [UInt8]) -> Bool {
        var offset = line.lowerBound
        while offset < index, isBlankOrBreak(bytes[offset]) { offset += 1 }
        guard offset == index else { return false }
        return bytes[index..<line.upperBound].contains(UInt8(ascii: ":"))
    }

    // MARK: all else

    private func general(_ failure: YAMLFailure, _ bytes: [UInt8]) -> SyntaxError {
        let place = one(at: failure.index)
        let opening = one(at: failure.contextIndex)
        let diagnostic: Diagnostic =
            switch (failure.context, failure.problem) {
            case ("while parsing a flow mapping", _)
            where failure.index < bytes.count && bytes[failure.index] == 0x3A:
                SyntaxMessages.missingComma(before: lastWord(before: failure.index, bytes), at: place)
            case ("while parsing a flow mapping", _):
                SyntaxMessages.openBracket("{", "}", at: opening, found: place)
            case ("while parsing a flow sequence", _):
                SyntaxMessages.openBracket("[", "]", at: opening, found: place)
            case ("while scanning a simple key", _):
                SyntaxMessages.missingColon(firstWord(at: failure.contextIndex), at: opening)
            case ("while scanning a block scalar", _):
                SyntaxMessages.blockHeader(at: place)
            case (_, "block sequence entries are not allowed in this context"):
                SyntaxMessages.yamlSyntax("a list item '-' can't begin here", at: place)
            case ("while parsing a block mapping", _):
                SyntaxMessages.indentation("this line belongs to no key", at: place, start: opening)
            case ("while parsing a block collection", _):
                SyntaxMessages.indentation("this line is no item of the list", at: place, start: opening)
            default:
                SyntaxMessages.yamlSyntax("this can't be read as YAML", at: place)
            }
        return SyntaxError(diagnostic: diagnostic, repair: .passOver)
    }

    private func lastWord(before index: Int, _ bytes: [UInt8]) -> String {
        let start = bytes[..<index].lastIndex { isBlankOrBreak($0) || ",[]{}".utf8.contains($0) } ?? -1
        return file.text(of: span(start + 1..<index))
    }

    private func firstWord(at index: Int) -> String {
        let line = lineOf(index)
        let text = file.text(of: span(Swift.min(index, line.upperBound)..<line.upperBound))
        return String(text.prefix { $0 != " " }.prefix(40))
    }
}
