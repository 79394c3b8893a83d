/// Writes elements; the only place that makes XML. Attributes stand in the order in which they are given, an absent value leaves
/// its attribute out.
struct XMLWriter {
    private var run: [UInt8] = []
    private var parts: [WrittenPart] = []

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

    init() {
        // Most verbs fit.
        run.reserveCapacity(512)
    }

    /// An element without content.
    mutating func element(_ name: StaticString, _ attributes: [Attribute] = []) {
        startTag(name, attributes)
        append("/>")
    }

    /// An element with content.
    mutating func element(
        _ name: StaticString, _ attributes: [Attribute] = [], content: (inout XMLWriter) -> Void
    ) {
        startTag(name, attributes)
        append(">")
        content(&self)
        append("</")
        append(name)
        append(">")
    }

    mutating func text(_ text: Text) {
        append(text, in: .text)
    }

    /// What was written.
    consuming func finish() -> [WrittenPart] {
        endRun()
        return parts
    }

    private mutating func startTag(_ name: StaticString, _ attributes: [Attribute]) {
        append("<")
        append(name)
        for attribute in attributes {
            guard let value = attribute.value else { continue }
            append(" ")
            append(attribute.name)
            append("=\"")
            append(value, in: .attribute)
            append("\"")
        }
    }

    private mutating func append(_ text: Text, in place: XMLPlace) {
        for part in text.parts {
            switch part {
            case .literal(let literal):
                appendEscaped(literal.utf8, in: place, to: &run)
            case .placeholder(let number):
                endRun()
                parts.append(.placeholder(number, inAttribute: place == .attribute))
            }
        }
    }

    private mutating func append(_ markup: StaticString) {
        markup.withUTF8Buffer { run.append(contentsOf: $0) }
    }

    private mutating func endRun() {
        guard !run.isEmpty else { return }
        parts.append(.xml(String(decoding: run, as: UTF8.self)))
        run.removeAll(keepingCapacity: true)
    }
}
