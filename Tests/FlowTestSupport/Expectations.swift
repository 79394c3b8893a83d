/// A problem that a corpus file says it has.
public struct Expectation: Sendable, Hashable {
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars; nil where any column will do.
    public var column: Int?
    /// The code's word, such as `unknown-key`.
    public var code: String
    /// What the headline must hold.
    public var text: String?

    /// What a corpus file may say of one problem.
    public init(line: Int, column: Int? = nil, code: String, text: String? = nil) {
        self.line = line
        self.column = column
        self.code = code
        self.text = text
    }
}

/// Reads the expectations of a corpus file.
///
/// At the end of the line where the problem begins: `# error: [unknown-key] "in the headline"` (or
/// `# warning:`), several side by side. Where no comment can stand there, in the first lines of the file:
/// `# expect 5:3 [unclosed-quote]`, with the line and, if it matters, the column.
public func expectations(in bytes: [UInt8]) -> [Expectation] {
    var found: [Expectation] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
        var words = Cursor(bytes: Array(line))
        while let marker = words.skip(toOneOf: ["# error: [", "# warning: [", "# expect "]) {
            var expectation = Expectation(line: index + 1, code: "")
            if marker == "# expect " {
                guard let line = words.number() else { continue }
                expectation.line = line
                if words.take(":") { expectation.column = words.number() }
                guard words.take(" [") else { continue }
            }
            expectation.code = words.text(until: "]")
            if words.take(" \"") { expectation.text = words.text(until: "\"") }
            found.append(expectation)
        }
    }
    return found
}

private struct Cursor {
    let bytes: [UInt8]
    var offset = 0

    mutating func take(_ word: String) -> Bool {
        guard bytes[offset...].starts(with: word.utf8) else { return false }
        offset += word.utf8.count
        return true
    }

    mutating func skip(toOneOf words: [String]) -> String? {
        while offset < bytes.count {
            if bytes[offset] == 0x23, let word = words.first(where: { take($0) }) { return word }
            offset += 1
        }
        return nil
    }

    mutating func number() -> Int? {
        let digits = bytes[offset...].prefix { (0x30...0x39).contains($0) }
        offset += digits.count
        return Int(String(decoding: digits, as: UTF8.self))
    }

    mutating func text(until end: String) -> String {
        let start = offset
        while offset < bytes.count, !bytes[offset...].starts(with: end.utf8) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if offset < bytes.count { offset += end.utf8.count }
        return text
    }
}
