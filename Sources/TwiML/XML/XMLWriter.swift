/// Writes elements; the only place that makes XML. Attributes stand in the order in which they are given, an absent value leaves
/// its attribute out.
package struct XMLWriter: Sendable {
    /// All runs, side by side.
    package private(set) var bytes: [UInt8] = []
    /// Two runs never stand side by side, and no run is empty.
    package private(set) var parts: [Part] = []
    private var runStart = 0

    /// A part of what was written.
    package enum Part: Sendable {
        /// A run of XML, by its place in `bytes`.
        case xml(Range<Int>)
        case placeholder(Int, inAttribute: Bool)
    }

    struct Attribute {
        let name: StaticString
        let value: Text?

        init(_ name: StaticString, _ value: Text?) {
            self.name = name
            self.value = value
        }

        init(_ name: StaticString, _ value: Int?) {
            self.init(name, value.map { Text(String($0)) })
        }

        init(_ name: StaticString, _ value: Bool?) {
            self.init(name, value.map { Text($0 ? "true" : "false") })
        }

        init(_ name: StaticString, word: (some RawRepresentable<String>)?) {
            self.init(name, word.map { Text($0.rawValue) })
        }
    }

    package init() {
        // Most verbs fit.
        bytes.reserveCapacity(512)
    }

    /// Ends what is being written and forgets what was written before it, to write in the same place.
    package mutating func write(_ content: (inout XMLWriter) -> Void) {
        bytes.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        runStart = 0
        content(&self)
        endRun()
    }

    /// An element without content.
    mutating func element(
        _ name: StaticString, _ attributes: [Attribute] = [], and others: [Element.Attribute] = []
    ) {
        startTag(name, attributes, others)
        append("/>")
    }

    /// An element with content.
    mutating func element(
        _ name: StaticString, _ attributes: [Attribute] = [], and others: [Element.Attribute] = [],
        content: (inout XMLWriter) -> Void
    ) {
        startTag(name, attributes, others)
        append(">")
        content(&self)
        append("</")
        append(name)
        append(">")
    }

    /// An element by its name; the caller sees to it that the names are XML's.
    mutating func element(
        _ name: String, _ attributes: [Element.Attribute], content: (inout XMLWriter) -> Void
    ) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: name.utf8)
        append(attributes)
        append(">")
        let start = (bytes.count, parts.count)
        content(&self)
        if start == (bytes.count, parts.count) {
            bytes.removeLast()
            append("/>")
            return
        }
        append("</")
        bytes.append(contentsOf: name.utf8)
        append(">")
    }

    mutating func text(_ text: Text) {
        append(text, in: .text)
    }

    /// What was written.
    consuming func finish() -> [WrittenPart] {
        endRun()
        return parts.map { part in
            switch part {
            case .xml(let range): .xml(String(decoding: bytes[range], as: UTF8.self))
            case .placeholder(let number, let inAttribute): .placeholder(number, inAttribute: inAttribute)
            }
        }
    }

    private mutating func append(_ attributes: [Element.Attribute]) {
        for attribute in attributes where isXMLName(attribute.name) {
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: attribute.name.utf8)
            append("=\"")
            append(attribute.value, in: .attribute)
            append("\"")
        }
    }

    private mutating func startTag(
        _ name: StaticString, _ attributes: [Attribute], _ others: [Element.Attribute]
    ) {
        append("<")
        append(name)
        for attribute in attributes {
            guard let value = attribute.value else { continue }
            bytes.append(UInt8(ascii: " "))
            append(attribute.name)
            bytes.append(UInt8(ascii: "="))
            bytes.append(UInt8(ascii: "\""))
            append(value, in: .attribute)
            bytes.append(UInt8(ascii: "\""))
        }
        append(others)
    }

    private mutating func append(_ text: Text, in place: XMLPlace) {
        text.forEachPart { part in
            switch part {
            case .literal(let literal):
                appendEscaped(literal.utf8, in: place, to: &bytes)
            case .placeholder(let number):
                endRun()
                parts.append(.placeholder(number, inAttribute: place == .attribute))
            }
        }
    }

    private mutating func append(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func endRun() {
        guard runStart < bytes.count else { return }
        parts.append(.xml(runStart..<bytes.count))
        runStart = bytes.count
    }
}
