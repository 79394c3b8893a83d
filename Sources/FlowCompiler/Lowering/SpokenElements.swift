import TwiML

/// Finds the `<Say>` elements of written verbs that hold nothing but placeholders: what those show may be blank.
struct SpokenElements {
    enum Run {
        case part(XMLWriter.Part)
        case element(start: Range<Int>, [XMLWriter.Part], end: Range<Int>)
    }

    /// What was written; runs are places in it.
    private let bytes: [UInt8]
    private(set) var runs: [Run] = []
    /// The start tag of the element that is open, and what it holds so far.
    private var start: Range<Int>?
    private var content: [XMLWriter.Part] = []

    private static let opening = Array("<Say".utf8)
    private static let closing = Array("</Say>".utf8)

    init(_ writer: XMLWriter) {
        bytes = writer.bytes
        for part in writer.parts {
            switch part {
            case .placeholder: if start == nil { append(part) } else { content.append(part) }
            case .xml(let run): take(run)
            }
        }
    }

    /// Texts are escaped, so that a tag in the bytes is a tag.
    private mutating func take(_ run: Range<Int>) {
        var rest = run
        while !rest.isEmpty {
            if start == nil {
                guard let tag = place(of: Self.opening, in: rest),
                    let end = bytes[tag..<rest.upperBound].firstIndex(of: UInt8(ascii: ">"))
                else { return append(.xml(rest)) }
                if tag > rest.lowerBound { append(.xml(rest.lowerBound..<tag)) }
                start = tag..<end + 1
                rest = end + 1..<rest.upperBound
            } else {
                guard let tag = place(of: Self.closing, in: rest) else { return content.append(.xml(rest)) }
                if tag > rest.lowerBound { content.append(.xml(rest.lowerBound..<tag)) }
                let end = tag + Self.closing.count
                close(with: tag..<end)
                rest = end..<rest.upperBound
            }
        }
    }

    private mutating func close(with end: Range<Int>) {
        guard let start else { return }
        if saysSomething {
            append(.xml(start))
            for part in content { append(part) }
            append(.xml(end))
        } else {
            runs.append(.element(start: start, content, end: end))
        }
        self.start = nil
        content = []
    }

    /// Whether there is a letter outside placeholders and tags.
    private var saysSomething: Bool {
        content.contains { part in
            guard case .xml(let run) = part else { return false }
            var isTag = false
            return bytes[run].contains { byte in
                if byte == UInt8(ascii: "<") { isTag = true }
                defer { if byte == UInt8(ascii: ">") { isTag = false } }
                return !isTag && byte > 0x20
            }
        }
    }

    /// No two runs of XML stand side by side: what is written one after another is one run.
    private mutating func append(_ part: XMLWriter.Part) {
        if case .xml(let run) = part, case .part(.xml(let before))? = runs.last {
            runs[runs.count - 1] = .part(.xml(before.lowerBound..<run.upperBound))
        } else {
            runs.append(.part(part))
        }
    }

    private func place(of tag: [UInt8], in run: Range<Int>) -> Int? {
        var index = run.lowerBound
        while let found = bytes[index..<run.upperBound].firstIndex(of: UInt8(ascii: "<")) {
            if bytes[found..<run.upperBound].starts(with: tag) { return found }
            index = found + 1
        }
        return nil
    }
}
