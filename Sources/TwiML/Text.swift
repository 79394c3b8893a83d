/// The text of an element or the value of an attribute: literal text and places that are filled in later.
///
/// Nothing in it is escaped: the writer does that.
public struct Text: Sendable, ExpressibleByStringLiteral {
    /// A literal text or a placeholder.
    public enum Part: Sendable {
        /// Text as it is read or heard, not escaped.
        case literal(String)
        /// A place whose value comes later; the number is the caller's own.
        case placeholder(Int)
    }

    private var content: Content

    /// Most texts have one part, and many are made: that one needs no array.
    private enum Content: Hashable, Sendable {
        case one(Part)
        /// None, or more than one.
        case several([Part])

        init(_ parts: [Part]) {
            self = parts.count == 1 ? .one(parts[0]) : .several(parts)
        }
    }

    /// In the order in which they are written.
    public var parts: [Part] {
        get {
            switch content {
            case .one(let part): [part]
            case .several(let parts): parts
            }
        }
        set { content = Content(newValue) }
    }

    /// A text of these parts, in this order.
    public init(parts: [Part]) {
        content = Content(parts)
    }

    /// A literal text.
    public init(_ string: String) {
        content = .one(.literal(string))
    }

    /// A literal text.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    private init(_ part: Part) {
        content = .one(part)
    }

    /// A text that is one place to be filled in.
    public static func placeholder(_ number: Int) -> Text {
        Text(.placeholder(number))
    }

    /// Two texts side by side.
    public static func + (left: Text, right: Text) -> Text {
        var text = left
        text += right
        return text
    }

    /// Appends a text, in place.
    public static func += (left: inout Text, right: Text) {
        switch (left.content, right.content) {
        case (.several(let parts), .one) where parts.isEmpty: left = right
        default: left.parts += right.parts
        }
    }

    /// Calls `body` with the parts in their order.
    func forEachPart(_ body: (Part) -> Void) {
        switch content {
        case .one(let part): body(part)
        case .several(let parts): for part in parts { body(part) }
        }
    }

    /// The whole text, or nil if it has a placeholder.
    public var literal: String? {
        switch content {
        case .one(.literal(let text)): return text
        case .one(.placeholder): return nil
        case .several(let parts):
            var whole = ""
            for case .literal(let text) in parts { whole += text }
            return hasPlaceholders ? nil : whole
        }
    }

    /// Whether some of it comes later.
    public var hasPlaceholders: Bool {
        switch content {
        case .one(.placeholder): true
        case .one(.literal): false
        case .several(let parts): parts.contains { if case .placeholder = $0 { true } else { false } }
        }
    }

    /// The literal parts alone, side by side.
    var literalParts: String {
        if case .one(.literal(let text)) = content { return text }
        var whole = ""
        forEachPart { if case .literal(let text) = $0 { whole += text } }
        return whole
    }

    var literalScalars: Int { literalParts.unicodeScalars.count }

    /// The length of `literalParts`.
    var literalBytes: Int {
        var count = 0
        forEachPart { if case .literal(let text) = $0 { count += text.utf8.count } }
        return count
    }

    /// Whether it certainly shows nothing.
    var isBlank: Bool {
        var isBlank = true
        forEachPart { part in
            if isBlank, case .literal(let text) = part {
                isBlank = text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
            } else {
                isBlank = false
            }
        }
        return isBlank
    }

    /// Whether it certainly writes nothing.
    var isEmpty: Bool {
        var isEmpty = true
        forEachPart { part in
            if case .literal(let text) = part, text.isEmpty { return }
            isEmpty = false
        }
        return isEmpty
    }
}

extension Text: Hashable {}

extension Text.Part: Hashable {
    /// By bytes, so that equal documents have equal bytes; Swift's own `==` takes composed and decomposed letters for equal.
    public static func == (left: Text.Part, right: Text.Part) -> Bool {
        switch (left, right) {
        case (.literal(let a), .literal(let b)): a.utf8.elementsEqual(b.utf8)
        case (.placeholder(let a), .placeholder(let b)): a == b
        case (.literal, .placeholder), (.placeholder, .literal): false
        }
    }

    /// By bytes, as `==` compares.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .literal(let text): for byte in text.utf8 { hasher.combine(byte) }
        case .placeholder(let number): hasher.combine(number)
        }
    }
}
