extension Reader {
    /// What other tools write for a hole would be spoken: `{{name}}`, `{name}`, `$name`.
    mutating func checkForeignHoles(_ scalar: YAMLScalar, _ span: Span) {
        guard mayHoldForeignHole(scalar.text) else { return }
        let source = SourceText(scalar, span, in: file)
        var scan = ForeignHoleScan(bytes: source.bytes)
        while let found = scan.next() {
            report(
                SyntaxMessages.foreignHole(
                    source.string(found.whole), of: source.string(found.name), at: source.span(found.whole)))
        }
    }
}

/// Every own hole begins with `${`: where nothing else looks like one, there is nothing to read.
private func mayHoldForeignHole(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { mayHoldForeignHole($0) } ?? mayHoldForeignHole(text.utf8)
}

@inline(__always)
private func mayHoldForeignHole(_ bytes: some Sequence<UInt8>) -> Bool {
    let (dollar, brace) = (UInt8(ascii: "$"), UInt8(ascii: "{"))
    var before: UInt8 = 0
    for byte in bytes {
        if byte == brace ? before != dollar : before == dollar && byte != dollar { return true }
        before = byte
    }
    return false
}

private struct ForeignHoleScan {
    let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> (whole: Range<Int>, name: Range<Int>)? {
        while offset < bytes.count {
            let start = offset
            offset += 1
            switch bytes[start] {
            case UInt8(ascii: "$"):
                if byte(at: offset) == UInt8(ascii: "$") || byte(at: offset) == UInt8(ascii: "{") {
                    skipHole()
                } else if !isWord(before: start), let name = name(at: offset) {
                    offset = name.upperBound
                    return (start..<offset, name)
                }
            case UInt8(ascii: "{"):
                let isDouble = byte(at: offset) == UInt8(ascii: "{")
                let end: [UInt8] = isDouble ? Array("}}".utf8) : Array("}".utf8)
                guard let name = name(at: blanks(from: isDouble ? offset + 1 : offset)) else { continue }
                let close = blanks(from: name.upperBound)
                guard bytes[close...].starts(with: end) else { continue }
                offset = close + end.count
                return (start..<offset, name)
            default: break
            }
        }
        return nil
    }

    /// Past `${…}`, or the signs of an escaped one.
    private mutating func skipHole() {
        while offset < bytes.count, bytes[offset] == UInt8(ascii: "$") { offset += 1 }
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "}") { offset += 1 }
    }

    private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private func isWord(before index: Int) -> Bool {
        index > 0 && (isLetter(bytes[index - 1]) || isDigit(bytes[index - 1]))
    }

    private func blanks(from start: Int) -> Int {
        var index = start
        while byte(at: index) == UInt8(ascii: " ") { index += 1 }
        return index
    }

    /// `order`, `call.from`
    private func name(at start: Int) -> Range<Int>? {
        var index = start
        guard let first = byte(at: index), isLetter(first) else { return nil }
        while let byte = byte(at: index) {
            let isDot = byte == UInt8(ascii: ".") && (self.byte(at: index + 1).map(isLetter) ?? false)
            guard isLetter(byte) || isDigit(byte) || isDot else { break }
            index += 1
        }
        return start..<index
    }
}
