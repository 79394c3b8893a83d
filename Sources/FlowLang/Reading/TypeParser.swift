/// Reads a type that is written as one scalar: `text(200)`, `digits(2..4)`, `[Place]`, `phone?`, `open | closed`.
struct TypeParser {
    private let source: SourceText
    private var offset = 0
    private(set) var problem: Diagnostic?
    private var depth = 0

    init(_ source: SourceText) {
        self.source = source
    }

    mutating func parse() -> TypeExpression {
        let type = words()
        if problem == nil, peek() != nil { fail("'\(shown(rest))' doesn't fit here") }
        guard problem == nil else { return TypeExpression(.invalid, type.span) }
        return type
    }

    // MARK: bytes

    /// The next byte that isn't a blank.
    private mutating func peek() -> UInt8? {
        while offset < source.bytes.count, isBlankOrBreak(source.bytes[offset]) { offset += 1 }
        return offset < source.bytes.count ? source.bytes[offset] : nil
    }

    private var rest: String { source.string(offset..<source.bytes.count) }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard problem == nil, peek() == byte else { return false }
        offset += 1
        return true
    }

    private mutating func fail(_ what: String) {
        if problem == nil {
            problem = SyntaxMessages.type(
                what, at: source.span(Swift.min(offset, source.bytes.count)..<source.bytes.count))
        }
        offset = source.bytes.count
    }

    // MARK: levels

    /// `open | closed`, or a single type.
    private mutating func words() -> TypeExpression {
        let first = optional()
        guard peek() == UInt8(ascii: "|") else { return first }
        var words: [Located<String>] = []
        var next = first
        while true {
            guard case .name(let word, let arguments) = next.kind, arguments.isEmpty else {
                fail("only words can stand beside '|'")
                return TypeExpression(.invalid, next.span)
            }
            words.append(Located(word, next.span))
            guard take(UInt8(ascii: "|")) else { break }
            next = self.word()
            guard problem == nil else { return TypeExpression(.invalid, next.span) }
        }
        return TypeExpression(.words(words), first.span.joined(with: next.span))
    }

    private mutating func optional() -> TypeExpression {
        _ = peek()
        let start = offset
        var type = primary()
        guard take(UInt8(ascii: "?")) else { return type }
        type = TypeExpression(.optional(type), source.span(start..<offset))
        if peek() == UInt8(ascii: "?") { fail("a second '?'") }
        return type
    }

    private mutating func primary() -> TypeExpression {
        guard take(UInt8(ascii: "[")) else { return word() }
        let start = offset - 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= YAMLLimits.maxDepth else {
            fail("lists in lists, too deep")
            return TypeExpression(.invalid, source.span(start..<offset))
        }
        let element = words()
        var limit: Located<String>?
        if take(UInt8(ascii: ",")) { limit = argument() }
        if !take(UInt8(ascii: "]")) { fail("a list's type needs its ']'") }
        return TypeExpression(.list(element, limit: limit), source.span(start..<offset))
    }

    /// A name, with arguments or not.
    private mutating func word() -> TypeExpression {
        _ = peek()
        let start = offset
        while offset < source.bytes.count, isWordByte(source.bytes[offset]) { offset += 1 }
        guard offset > start else {
            fail(
                offset < source.bytes.count
                    ? "found '\(shown(rest))' where a type is missing" : "a type is missing")
            return TypeExpression(
                .invalid, source.span(start..<Swift.max(start, Swift.min(offset, source.bytes.count))))
        }
        let name = source.string(start..<offset)
        guard offset < source.bytes.count, source.bytes[offset] == UInt8(ascii: "(") else {
            return TypeExpression(.name(name, arguments: []), source.span(start..<offset))
        }
        offset += 1
        var arguments: [Located<String>] = []
        repeat { arguments.append(argument()) } while take(UInt8(ascii: ","))
        if !take(UInt8(ascii: ")")) { fail("the '(' behind '\(shown(name))' needs its ')'") }
        return TypeExpression(.name(name, arguments: arguments), source.span(start..<offset))
    }

    /// `6`, `2..4`, `USD`
    private mutating func argument() -> Located<String> {
        _ = peek()
        let start = offset
        while offset < source.bytes.count,
            isWordByte(source.bytes[offset]) || source.bytes[offset] == UInt8(ascii: ".")
        {
            offset += 1
        }
        if offset == start { fail("a value is missing") }
        let range = start..<Swift.max(start, offset)
        return Located(source.string(range), source.span(range))
    }

    /// Words of an enum may hold hyphens and letters of all alphabets.
    private func isWordByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte >= 0x80
    }
}
