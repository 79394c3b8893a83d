import TwiML

/// Finds the `<Say>` elements of written verbs that hold nothing but placeholders: what those show may be blank.
struct SpokenElements {
    enum Run {
        case part(WrittenPart)
        case element(start: String, [WrittenPart], end: String)
    }

    private var runs: [Run] = []
    /// The start tag of the element that is open, and what it holds so far.
    private var start: String?
    private var content: [WrittenPart] = []

    private static let opening = Array("<Say".utf8)
    private static let closing = Array("</Say>".utf8)

    mutating func take(_ part: WrittenPart) {
        switch part {
        case .placeholder:
            if start == nil { append(part) } else { content.append(part) }
        case .xml(let xml): take(Array(xml.utf8)[...])
        }
    }

    consuming func finish() -> [Run] { runs }

    /// Texts are escaped, so that a tag in the bytes is a tag.
    private mutating func take(_ xml: ArraySlice<UInt8>) {
        var rest = xml
        while !rest.isEmpty {
            if start == nil {
                guard let tag = place(of: Self.opening, in: rest),
                    let end = rest[tag...].firstIndex(of: UInt8(ascii: ">"))
                else { return append(.xml(text(rest))) }
                if tag > rest.startIndex { append(.xml(text(rest[..<tag]))) }
                start = text(rest[tag...end])
                rest = rest[(end + 1)...]
            } else {
                guard let tag = place(of: Self.closing, in: rest) else {
                    content.append(.xml(text(rest)))
                    return
                }
                if tag > rest.startIndex { content.append(.xml(text(rest[..<tag]))) }
                close()
                rest = rest[(tag + Self.closing.count)...]
            }
        }
    }

    private mutating func close() {
        let closing = text(Self.closing[...])
        if saysSomething {
            append(.xml(start ?? ""))
            for part in content { append(part) }
            append(.xml(closing))
        } else {
            runs.append(.element(start: start ?? "", content, end: closing))
        }
        start = nil
        content = []
    }

    /// Whether there is a letter outside placeholders and tags.
    private var saysSomething: Bool {
        content.contains { part in
            guard case .xml(let xml) = part else { return false }
            var isTag = false
            return xml.utf8.contains { byte in
                if byte == UInt8(ascii: "<") { isTag = true }
                defer { if byte == UInt8(ascii: ">") { isTag = false } }
                return !isTag && byte > 0x20
            }
        }
    }

    /// No two runs of XML stand side by side.
    private mutating func append(_ part: WrittenPart) {
        if case .xml(let xml) = part, case .part(.xml(let before))? = runs.last {
            runs[runs.count - 1] = .part(.xml(before + xml))
        } else {
            runs.append(.part(part))
        }
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private func place(of tag: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        while let found = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            if bytes[found...].starts(with: tag) { return found }
            index = found + 1
        }
        return nil
    }
}
