/// One file of a project: its name as it is shown, its bytes, and where its lines begin.
public struct SourceFile: Sendable {
    /// The file's number within its project; spans name it.
    public let id: UInt32
    /// The path as the author gave it; diagnostics print it.
    public let name: String
    public let bytes: [UInt8]
    private let lineStarts: [UInt32]

    /// - Complexity: O(n) in the number of bytes.
    public init(id: UInt32, name: String, bytes: [UInt8]) {
        self.id = id
        self.name = name
        self.bytes = bytes
        lineStarts = bytes.withUnsafeBufferPointer { bytes in
            var starts: [UInt32] = [0]
            starts.reserveCapacity(bytes.count / 32)
            for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
                starts.append(UInt32(offset + 1))
            }
            return starts
        }
    }

    public init(id: UInt32, name: String, text: String) {
        self.init(id: id, name: name, bytes: Array(text.utf8))
    }

    /// A place as people count it.
    public struct Position: Hashable, Sendable {
        /// From 1.
        public var line: Int
        /// From 1, in Unicode scalars.
        public var column: Int
    }

    public var lineCount: Int { lineStarts.count }

    /// The line and column of a byte offset; an offset past the end is the end.
    ///
    /// - Complexity: O(log lines + length of the line).
    public func position(of offset: UInt32) -> Position {
        let offset = min(Int(offset), bytes.count)
        let line = line(of: offset)
        let column = bytes[start(ofLine: line)..<offset].count { $0 & 0xC0 != 0x80 }
        return Position(line: line, column: column + 1)
    }

    /// The lines and columns of many offsets, in their order: long lines are counted once.
    ///
    /// - Complexity: O(n log n + length of the file); n instead of n log n where they ascend
    package func positions(of offsets: [UInt32]) -> [Position] {
        var positions = Array(repeating: Position(line: 1, column: 1), count: offsets.count)
        var (line, column, counted) = (1, 1, 0)
        for index in offsets.indices.sorted(by: { offsets[$0] < offsets[$1] }) {
            let offset = min(Int(offsets[index]), bytes.count)
            var next = line
            while next < lineStarts.count, Int(lineStarts[next]) <= offset { next += 1 }
            if next != line { (line, column, counted) = (next, 1, start(ofLine: next)) }
            while counted < offset {
                if bytes[counted] & 0xC0 != 0x80 { column += 1 }
                counted += 1
            }
            positions[index] = Position(line: line, column: column)
        }
        return positions
    }

    /// The line, counted from 1, that holds a byte; the last one past the end.
    ///
    /// - Complexity: O(log lines), however long they are.
    package func line(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The text of a line counted from 1, without its line end; empty past the last line.
    public func text(ofLine line: Int) -> String {
        guard line >= 1, line <= lineStarts.count else { return "" }
        let start = Int(lineStarts[line - 1])
        var end = line < lineStarts.count ? Int(lineStarts[line]) - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }

    /// The byte at which a line counted from 1 begins; the file's end past the last line.
    package func start(ofLine line: Int) -> Int {
        line >= 1 && line <= lineStarts.count ? Int(lineStarts[line - 1]) : bytes.count
    }

    /// The byte after a line's last one, its line end left out.
    package func end(ofLine line: Int) -> Int {
        let start = start(ofLine: line)
        var end = self.start(ofLine: line + 1)
        if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return end
    }

    /// The text that a span covers.
    public func text(of span: Span) -> String {
        let lower = min(Int(span.lower), bytes.count)
        let upper = min(max(Int(span.upper), lower), bytes.count)
        return String(decoding: bytes[lower..<upper], as: UTF8.self)
    }
}
