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

    /// In the order in which they are written.
    public var parts: [Part]

    /// A text of these parts, in this order.
    public init(parts: [Part]) {
        self.parts = parts
    }

    /// A literal text.
    public init(_ string: String) {
        parts = [.literal(string)]
    }

    /// A literal text.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// A text that is one place to be filled in.
    public static func placeholder(_ number: Int) -> Text {
        Text(parts: [.placeholder(number)])
    }

    /// Two texts side by side.
    public static func + (left: Text, right: Text) -> Text {
        Text(parts: left.parts + right.parts)
    }

    /// Appends a text, in place.
    public static func += (left: inout Text, right: Text) {
        left.parts += right.parts
    }

    /// The whole text, or nil if it has a placeholder.
    public var literal: String? {
        if parts.count == 1, case .literal(let text) = parts[0] { return text }
        var whole = ""
        for part in parts {
            switch part {
            case .literal(let text): whole += text
            case .placeholder: return nil
            }
        }
        return whole
    }

    /// Whether some of it comes later.
    public var hasPlaceholders: Bool { literal == nil }

    /// The literal parts alone, side by side.
    var literalParts: String {
        if let literal { return literal }
        return parts.reduce(into: "") { whole, part in
            if case .literal(let text) = part { whole += text }
        }
    }

    var literalScalars: Int { literalParts.unicodeScalars.count }

    /// Whether it certainly writes nothing.
    var isEmpty: Bool {
        parts.allSatisfy { part in
            if case .literal(let text) = part { text.isEmpty } else { false }
        }
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
