/// Reads a TwiML document into a tree: a strict subset of XML 1.0.
///
/// It takes a declaration, comments, CDATA, the five named entities and numeric references. It refuses a DOCTYPE, processing
/// instructions and names outside ASCII; a prefix is a part of the name. It never recurses: open elements stand on a stack of at most
/// `Limits.maxReadDepth`, each with at most `Limits.maxReadAttributes`.
package struct XMLReader {
    /// An element of the tree.
    package struct Element: Hashable, Sendable {
        package var name: String
        /// In the order of the document.
        package var attributes: [Attribute] = []
        package var content: [Content] = []
    }

    package struct Attribute: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    package enum Content: Hashable, Sendable {
        case text(String)
        case element(Element)
    }

    /// Reads a whole document.
    ///
    /// - Throws: the first fault.
    package static func read(_ bytes: [UInt8]) throws(XMLFault) -> Element {
        guard bytes.count <= Limits.maxReadBytes else { throw XMLFault(.tooLarge, at: Limits.maxReadBytes) }
        if let offset = firstMalformedByte(of: bytes) { throw XMLFault(.malformedUTF8, at: offset) }
        var reader = XMLReader(bytes: bytes)
        return try reader.readDocument()
    }

    private let bytes: [UInt8]
    private var position = 0
    private var open: [Element] = []
    private var root: Element?
    private var pendingText: [UInt8] = []

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension XMLReader.Element {
    /// The value of an attribute.
    package func attribute(_ name: String) -> String? {
        attributes.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// The elements directly inside.
    package var children: [XMLReader.Element] {
        content.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The text directly inside.
    package var text: String {
        content.reduce(into: "") { whole, content in
            if case .text(let text) = content { whole += text }
        }
    }
}

// MARK: the document

extension XMLReader {
    private mutating func readDocument() throws(XMLFault) -> Element {
        if starts(with: "\u{FEFF}") { position += 3 }
        if starts(with: "<?xml"), let next = byte(at: position + 5), isSpace(next) {
            try skip(past: "?>", or: .unclosedMarkup)
        }
        while let byte = byte(at: position) {
            if byte == UInt8(ascii: "<") { try readMarkup() } else { try readText() }
        }
        guard open.isEmpty else { throw XMLFault(.unclosedElement, at: position) }
        guard let root else { throw XMLFault(.noElement, at: position) }
        return root
    }

    private mutating func readMarkup() throws(XMLFault) {
        if starts(with: "<!--") {
            try readComment()
        } else if starts(with: "<![CDATA[") {
            try readCharacterData()
        } else if starts(with: "</") {
            try readEndTag()
        } else if starts(with: "<!") || starts(with: "<?") {
            throw XMLFault(.refusedMarkup, at: position)
        } else {
            try readStartTag()
        }
    }

    private mutating func readComment() throws(XMLFault) {
        let start = position
        position += 4
        try skip(past: "--", or: .unclosedMarkup)
        guard byte(at: position) == UInt8(ascii: ">") else { throw XMLFault(.refusedMarkup, at: start) }
        position += 1
    }

    private mutating func readCharacterData() throws(XMLFault) {
        guard !open.isEmpty else { throw XMLFault(.textOutsideRoot, at: position) }
        position += 9
        var text: [UInt8] = []
        while !starts(with: "]]>") {
            guard let byte = byte(at: position) else { throw XMLFault(.unclosedMarkup, at: position) }
            try appendCharacter(byte, to: &text)
        }
        pendingText.append(contentsOf: text)
        position += 3
    }

    private mutating func readText() throws(XMLFault) {
        let start = position
        var text: [UInt8] = []
        while let byte = byte(at: position), byte != UInt8(ascii: "<") {
            if byte == UInt8(ascii: "&") {
                try readReference(into: &text)
            } else if starts(with: "]]>") {
                throw XMLFault(.refusedCharacter, at: position)
            } else {
                try appendCharacter(byte, to: &text)
            }
        }
        guard open.isEmpty else { return pendingText.append(contentsOf: text) }
        guard text.allSatisfy(isSpace) else { throw XMLFault(.textOutsideRoot, at: start) }
    }

    /// Appends the character at the position as text; a raw carriage return, with or without a line feed, is a line feed.
    private mutating func appendCharacter(_ byte: UInt8, to text: inout [UInt8]) throws(XMLFault) {
        if byte == 0x0D {
            text.append(0x0A)
            position += self.byte(at: position + 1) == 0x0A ? 2 : 1
            return
        }
        guard isAllowed(at: position) else { throw XMLFault(.refusedCharacter, at: position) }
        text.append(byte)
        position += 1
    }
}

// MARK: tags

extension XMLReader {
    private mutating func readStartTag() throws(XMLFault) {
        let start = position
        guard root == nil || !open.isEmpty else { throw XMLFault(.secondRoot, at: start) }
        guard open.count < Limits.maxReadDepth else { throw XMLFault(.tooDeep, at: start) }
        position += 1
        var element = Element(name: try readName())
        while true {
            let hadSpace = skipSpace()
            if starts(with: "/>") {
                position += 2
                endText()
                open.append(element)
                return closeElement()
            }
            if byte(at: position) == UInt8(ascii: ">") {
                position += 1
                endText()
                return open.append(element)
            }
            guard hadSpace else { throw XMLFault(.malformedTag, at: position) }
            try readAttribute(into: &element)
        }
    }

    private mutating func readAttribute(into element: inout Element) throws(XMLFault) {
        let start = position
        guard element.attributes.count < Limits.maxReadAttributes else {
            throw XMLFault(.tooManyAttributes, at: start)
        }
        let name = try readName()
        guard element.attribute(name) == nil else { throw XMLFault(.repeatedAttribute, at: start) }
        _ = skipSpace()
        guard byte(at: position) == UInt8(ascii: "=") else { throw XMLFault(.malformedTag, at: position) }
        position += 1
        _ = skipSpace()
        guard let quote = byte(at: position), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw XMLFault(.malformedTag, at: position)
        }
        position += 1
        var value: [UInt8] = []
        while let byte = byte(at: position), byte != quote {
            switch byte {
            case UInt8(ascii: "&"): try readReference(into: &value)
            case UInt8(ascii: "<"): throw XMLFault(.refusedCharacter, at: position)
            case 0x09, 0x0A:
                value.append(0x20)
                position += 1
            case 0x0D:
                value.append(0x20)
                position += self.byte(at: position + 1) == 0x0A ? 2 : 1
            default: try appendCharacter(byte, to: &value)
            }
        }
        guard byte(at: position) == quote else { throw XMLFault(.unclosedMarkup, at: start) }
        position += 1
        element.attributes.append(Attribute(name: name, value: String(decoding: value, as: UTF8.self)))
    }

    private mutating func readEndTag() throws(XMLFault) {
        let start = position
        position += 2
        let name = try readName()
        _ = skipSpace()
        guard byte(at: position) == UInt8(ascii: ">") else { throw XMLFault(.malformedTag, at: position) }
        position += 1
        guard let last = open.last, last.name == name else { throw XMLFault(.wrongEndTag, at: start) }
        endText()
        closeElement()
    }

    private mutating func closeElement() {
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].content.append(.element(element))
        }
    }

    private mutating func endText() {
        guard !pendingText.isEmpty, !open.isEmpty else { return }
        open[open.count - 1].content.append(.text(String(decoding: pendingText, as: UTF8.self)))
        pendingText.removeAll(keepingCapacity: true)
    }

    private mutating func readName() throws(XMLFault) -> String {
        let start = position
        guard let first = byte(at: position), isNameStart(first) else {
            throw XMLFault(.malformedTag, at: position)
        }
        while let byte = byte(at: position), isNameStart(byte) || isNameContinuation(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}

// MARK: references

extension XMLReader {
    private mutating func readReference(into text: inout [UInt8]) throws(XMLFault) {
        let start = position
        let longest = 12
        guard
            let end = bytes[position..<min(position + longest, bytes.count)].firstIndex(of: UInt8(ascii: ";"))
        else { throw XMLFault(.unknownReference, at: start) }
        let name = bytes[(position + 1)..<end]
        guard let scalar = named(name) ?? numeric(name) else { throw XMLFault(.unknownReference, at: start) }
        text.append(contentsOf: String(Character(scalar)).utf8)
        position = end + 1
    }

    private func named(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        switch String(decoding: name, as: UTF8.self) {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        default: nil
        }
    }

    /// `#65` or `#x41`, at most seven digits: enough for every scalar.
    private func numeric(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard name.first == UInt8(ascii: "#") else { return nil }
        let isHexadecimal = name.dropFirst().first == UInt8(ascii: "x")
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        guard (1...7).contains(digits.count) else { return nil }
        var value: UInt32 = 0
        for digit in digits {
            guard let number = digitValue(digit), isHexadecimal || number < 10 else { return nil }
            value = value * (isHexadecimal ? 16 : 10) + number
        }
        guard let scalar = Unicode.Scalar(value), isLegal(scalar) else { return nil }
        return scalar
    }
}

// MARK: bytes

extension XMLReader {
    private func byte(at index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private func starts(with text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes.count - position >= wanted.count else { return false }
        return bytes[position..<(position + wanted.count)].elementsEqual(wanted)
    }

    private mutating func skip(past text: StaticString, or fault: XMLFault.Kind) throws(XMLFault) {
        let start = position
        while !starts(with: text) {
            guard position < bytes.count else { throw XMLFault(fault, at: start) }
            position += 1
        }
        position += text.utf8CodeUnitCount
    }

    private mutating func skipSpace() -> Bool {
        let start = position
        while let byte = byte(at: position), isSpace(byte) { position += 1 }
        return position > start
    }

    /// Whether XML 1.0 allows the character that begins or goes on here; the bytes are well-formed UTF-8.
    private func isAllowed(at index: Int) -> Bool {
        let byte = bytes[index]
        if byte < 0x20 { return byte == 0x09 || byte == 0x0A || byte == 0x0D }
        guard byte == 0xEF, self.byte(at: index + 1) == 0xBF, let last = self.byte(at: index + 2) else {
            return true
        }
        return last < 0xBE
    }
}

private func firstMalformedByte(of bytes: [UInt8]) -> Int? {
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = 0
    while true {
        switch parser.parseScalar(from: &iterator) {
        case .valid(let encoded): offset += encoded.count
        case .error: return offset
        case .emptyInput: return nil
        }
    }
}

private func isLegal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...: true
    default: false
    }
}

private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
}

private func isNameStart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: ":"):
        true
    default: false
    }
}

private func isNameContinuation(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
}

private func digitValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
}
