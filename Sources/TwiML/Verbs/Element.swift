/// An element by its name: verbs and nouns that are no more than a name with attributes.
public struct Element: Hashable, Sendable {
    /// As the provider spells it.
    public var name: String
    /// In the order in which they are written.
    public var attributes: [Attribute]
    public var text: Text?
    public var children: [VoiceVerb]

    /// A name and a value.
    public struct Attribute: Hashable, Sendable {
        /// As the provider spells it.
        public var name: String
        public var value: Text

        /// An attribute as it is written.
        public init(_ name: String, _ value: Text) {
            self.name = name
            self.value = value
        }
    }

    /// An element as it is written.
    public init(
        _ name: String, _ attributes: [Attribute] = [], text: Text? = nil, children: [VoiceVerb] = []
    ) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// What the provider would object to: a name that XML can't hold.
    public var problems: [Problem] {
        var problems = children.flatMap(\.problems)
        for name in [name] + attributes.map(\.name) where !isXMLName(name) {
            problems.append(Problem(.unreadableDocument, at: name, "not a name of XML"))
        }
        return problems
    }

    /// What has a name that XML can't hold isn't written.
    func write(to writer: inout XMLWriter) {
        guard isXMLName(name) else { return }
        writer.element(name, attributes) { writer in
            if let text { writer.text(text) }
            for child in children { child.write(to: &writer) }
        }
    }
}

/// Letters of ASCII, behind the first digits, hyphens and colons too: all that TwiML uses.
func isXMLName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isASCIILetter(first) else { return false }
    return name.utf8.allSatisfy {
        isASCIILetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
    }
}

private func isASCIILetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}
