/// The words and signs of an expression.
struct Token {
    enum Kind {
        case name
        case word(Word)
        case integer(Int64)
        case number(Double)
        case text(String)
        /// Milliseconds.
        case duration(Int64)
        /// Operators, brackets, commas and dots.
        case sign(Sign)
        case end
        /// Was reported.
        case invalid
    }

    /// Names that are operators.
    enum Word {
        case and, or, not, `in`
    }

    enum Sign: String, CaseIterable {
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case coalesce = "??"
        case open = "("
        case close = ")"
        case openList = "["
        case closeList = "]"
        case comma = ","
        case dot = "."
        case less = "<"
        case greater = ">"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case percent = "%"
    }

    var isEnd: Bool { if case .end = kind { true } else { false } }

    /// A field may be called as an operator is.
    var isName: Bool {
        switch kind {
        case .name, .word: true
        default: false
        }
    }

    var kind: Kind
    /// Bytes of the scalar's text.
    var range: Range<Int>
}

/// Cuts an expression into tokens; the last one is `end`. Reports at most one problem and stops there.
struct ExpressionLexer {
    let source: SourceText
    private let end: Int
    private var offset: Int
    private(set) var problem: Diagnostic?

    init(_ source: SourceText, _ range: Range<Int>) {
        self.source = source
        offset = range.lowerBound
        end = Swift.min(range.upperBound, source.bytes.count)
    }

    mutating func next() -> Token {
        while let byte = byte(at: offset), isBlankOrBreak(byte) { offset += 1 }
        let start = offset
        guard let first = byte(at: start) else { return Token(kind: .end, range: end..<end) }
        if isLetter(first) { return name(from: start) }
        if isDigit(first) { return number(from: start) }
        if first == UInt8(ascii: "'") { return text(from: start) }
        return sign(first, from: start)
    }

    private func byte(at index: Int) -> UInt8? {
        index < end ? source.bytes[index] : nil
    }

    private mutating func fail(_ range: Range<Int>, _ what: String, _ help: String?) -> Token {
        fail(range, SyntaxMessages.expression(what, at: source.span(range), help: help))
    }

    private mutating func fail(_ range: Range<Int>, _ diagnostic: Diagnostic) -> Token {
        offset = end
        problem = diagnostic
        return Token(kind: .invalid, range: range)
    }

    private mutating func name(from start: Int) -> Token {
        while let byte = byte(at: offset), isLetter(byte) || isDigit(byte) { offset += 1 }
        return Token(kind: word(start..<offset).map { .word($0) } ?? .name, range: start..<offset)
    }

    private func word(_ range: Range<Int>) -> Token.Word? {
        guard (2...3).contains(range.count) else { return nil }
        let (first, second) = (source.bytes[range.lowerBound], source.bytes[range.lowerBound + 1])
        let third = range.count == 3 ? source.bytes[range.lowerBound + 2] : nil
        return switch (first, second, third) {
        case (UInt8(ascii: "o"), UInt8(ascii: "r"), nil): .or
        case (UInt8(ascii: "i"), UInt8(ascii: "n"), nil): .in
        case (UInt8(ascii: "a"), UInt8(ascii: "n"), UInt8(ascii: "d")): .and
        case (UInt8(ascii: "n"), UInt8(ascii: "o"), UInt8(ascii: "t")): .not
        default: nil
        }
    }

    // MARK: literals

    private mutating func number(from start: Int) -> Token {
        digits()
        var isWhole = true
        if byte(at: offset) == UInt8(ascii: "."), let after = byte(at: offset + 1), isDigit(after) {
            isWhole = false
            offset += 1
            digits()
        }
        let digitsEnd = offset
        while let byte = byte(at: offset), isLetter(byte) || isDigit(byte) { offset += 1 }
        let range = start..<offset
        let written = source.string(range)
        if digitsEnd < offset {
            guard isWhole, let milliseconds = durationMilliseconds(written) else {
                return fail(
                    range, "'\(written)' is neither a number nor a duration",
                    "Write a duration as '500ms', '5s', '2m', '1h' or '1d'.")
            }
            return Token(kind: .duration(milliseconds), range: range)
        }
        if isWhole, written.utf8.count > 1, written.utf8.first == UInt8(ascii: "0") {
            return fail(
                range, "the number '\(written)' begins with 0",
                "Write digits as a text in single quotes: '\(written)'.")
        }
        if isWhole {
            guard let value = Int64(written), value <= 9_007_199_254_740_991 else {
                return fail(
                    range, "the number '\(written)' is too large", "Whole numbers go up to 9007199254740991.")
            }
            return Token(kind: .integer(value), range: range)
        }
        guard let value = Double(written), value.isFinite else {
            return fail(range, "'\(written)' isn't a number", nil)
        }
        return Token(kind: .number(value), range: range)
    }

    private mutating func digits() {
        while let byte = byte(at: offset), isDigit(byte) { offset += 1 }
    }

    /// `'it''s'`: a doubled quote stands for one.
    private mutating func text(from start: Int) -> Token {
        offset += 1
        var value: [UInt8] = []
        while let byte = byte(at: offset) {
            offset += 1
            if byte != UInt8(ascii: "'") {
                value.append(byte)
            } else if self.byte(at: offset) == UInt8(ascii: "'") {
                value.append(byte)
                offset += 1
            } else {
                return Token(kind: .text(String(decoding: value, as: UTF8.self)), range: start..<offset)
            }
        }
        return fail(
            start..<start + 1, "the text that begins here has no closing quote",
            "End it with a single quote; a quote inside a text is written twice.")
    }

    // MARK: signs

    private mutating func sign(_ first: UInt8, from start: Int) -> Token {
        let second = byte(at: start + 1)
        if let foreign = foreignComparison(at: start) { return fail(start..<start + 1, foreign) }
        if let second, let pair = Self.pairs.first(where: { $0.0 == first && $0.1 == second }) {
            offset += 2
            return Token(kind: .sign(pair.2), range: start..<offset)
        }
        if let wrong = foreignSign(first, second, at: start) { return fail(start..<start + 1, wrong) }
        guard let single = Self.singles.first(where: { $0.0 == first }) else {
            var length = 1
            while let byte = byte(at: start + length), byte & 0xC0 == 0x80 { length += 1 }
            let written = source.string(start..<start + length)
            if ["‘", "’", "‚", "“", "”", "„", "′", "`"].contains(written) {
                let quote = SyntaxMessages.foreignSign(
                    written, "'\(written)' is no quote here", write: "'",
                    help: "Write straight quotes: 'text'.",
                    at: source.span(start..<start + length))
                return fail(start..<start + length, quote)
            }
            return fail(start..<start + length, "'\(shown(written))' has no meaning in an expression", nil)
        }
        offset += 1
        return Token(kind: .sign(single.1), range: start..<offset)
    }

    private static let pairs = Token.Sign.allCases.filter { $0.rawValue.utf8.count == 2 }.map { sign in
        let bytes = Array(sign.rawValue.utf8)
        return (bytes[0], bytes[1], sign)
    }

    private static let singles = Token.Sign.allCases.filter { $0.rawValue.utf8.count == 1 }.map { sign in
        (Array(sign.rawValue.utf8)[0], sign)
    }

    /// `===`, `!==`, `<>`
    private func foreignComparison(at start: Int) -> Diagnostic? {
        guard "=!<".utf8.contains(source.bytes[start]) else { return nil }
        for (foreign, own) in [("===", "=="), ("!==", "!="), ("<>", "!=")] {
            let range = start..<start + foreign.utf8.count
            guard range.upperBound <= end, source.bytes[range].elementsEqual(foreign.utf8) else { continue }
            return SyntaxMessages.foreignSign(
                foreign, "'\(foreign)' has no meaning here", write: own, help: "Write '\(own)'.",
                at: source.span(range))
        }
        return nil
    }

    /// What other languages write.
    private func foreignSign(_ first: UInt8, _ second: UInt8?, at start: Int) -> Diagnostic? {
        let length = first == second && (first == UInt8(ascii: "&") || first == UInt8(ascii: "|")) ? 2 : 1
        let range = start..<start + length
        func replaced(_ what: String, by write: String, _ help: String) -> Diagnostic {
            SyntaxMessages.foreignSign(
                source.string(range), what, write: write, help: help, at: source.span(range))
        }
        func refused(_ what: String, _ help: String) -> Diagnostic {
            SyntaxMessages.expression(what, at: source.span(range), help: help)
        }
        return switch first {
        case UInt8(ascii: "="):
            replaced(
                "'=' doesn't compare", by: "==", "Compare with '=='; variables are set by the verb 'set'.")
        case UInt8(ascii: "&"): replaced("'&&' has no meaning here", by: "and", "Write 'and'.")
        case UInt8(ascii: "|"): replaced("'||' has no meaning here", by: "or", "Write 'or'.")
        // `not a == b` negates the comparison, which `!a == b` doesn't elsewhere.
        case UInt8(ascii: "!"): refused("'!' has no meaning here", "Write 'not'.")
        case UInt8(ascii: "?"):
            refused(
                "'?' has no meaning here",
                "Write 'if(condition, a, b)', or 'a ?? b' for a value that may be missing.")
        case UInt8(ascii: "\""):
            refused("a double quote in an expression", "Write texts in single quotes: 'text'.")
        case UInt8(ascii: "$"):
            refused("a hole inside an expression", "Write the name alone, without '${' and '}'.")
        default: nil
        }
    }
}

func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
}

func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

/// `500ms`, `4s`, `2m`, `1h`, `1d` in milliseconds; nil for anything else and past 10,000 days.
package func durationMilliseconds(_ text: String) -> Int64? {
    var digits: [UInt8] = []
    var unit: [UInt8] = []
    for byte in text.utf8 {
        if isDigit(byte), unit.isEmpty { digits.append(byte) } else { unit.append(byte) }
    }
    guard !digits.isEmpty, digits.count <= 12, let count = Int64(String(decoding: digits, as: UTF8.self))
    else {
        return nil
    }
    let factor: Int64
    switch String(decoding: unit, as: UTF8.self) {
    case "ms": factor = 1
    case "s": factor = 1000
    case "m": factor = 60_000
    case "h": factor = 3_600_000
    case "d": factor = 86_400_000
    default: return nil
    }
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    return overflow || product > 864_000_000_000 ? nil : product
}
