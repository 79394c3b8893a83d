/// A document is a list of pieces. What holds no expression is XML bytes that stand in the program.
package enum Piece: Hashable, Codable, Sendable {
    /// An index into `Program.statics`.
    case fixed(Int)
    /// The URL of the wait that is being emitted, as XML attribute text.
    case action
    /// The URL of one of the operation's sides, as XML attribute text.
    case side(Int)
    /// The URL that is told of something later, as XML attribute text.
    case callback(NoticeKind)
    /// A value of the turn.
    indirect case hole(Hole)
    /// An element that says nothing but what its holes show: left out where that is blank, for the provider refuses an empty
    /// `<Say>` (error 13520) and the call with it. `start` and `end` are indices of its tags.
    case element(start: Int, [Piece], end: Int)
}

/// Bytes that are the same in every document: XML, escaped already.
package struct StaticPiece: Hashable, Codable, Sendable {
    package var xml: String
    /// For sms: the UTF-16 units that the text has once it is unescaped.
    package var units: Int

    package init(xml: String, units: Int) {
        self.xml = xml
        self.units = units
    }
}

/// A hole of a prompt or of an attribute.
package struct Hole: Hashable, Codable, Sendable {
    package var expression: TypedExpression
    /// Of the expression: it decides how the value is said.
    package var type: ValueType
    package var form: Form
    /// An index into `Program.languages`; nil is the session's language.
    package var language: Int?
    /// The most Unicode scalars that it puts in; it is cut at a word.
    package var limit: Int

    /// Where the author says no other.
    package static let usualLimit = 300

    package enum Form: String, Hashable, Codable, Sendable {
        /// As people say it, in XML text.
        case spoken
        /// Letter by letter, in XML text.
        case spelled
        /// As people write it, in XML text.
        case written
        /// Verbatim, in an XML attribute or in XML text (a number to dial, a caller id).
        case verbatim
        /// As a JSON value, in XML text.
        case json
        /// The inside of a JSON string, in XML text.
        case jsonText
        /// Percent-encoded as a part of a URL, in XML text.
        case url
    }

    package init(
        expression: TypedExpression, type: ValueType = .text, form: Form, language: Int? = nil,
        limit: Int = Hole.usualLimit
    ) {
        self.expression = expression
        self.type = type
        self.form = form
        self.language = language
        self.limit = limit
    }
}

/// Pieces for each of the program's languages, or one list for all of them.
package struct Rendering: Hashable, Sendable {
    let content: Content

    enum Content: Hashable, Sendable {
        case same([Piece])
        /// As many as the program has languages.
        case each([[Piece]])
    }

    package init(_ byLanguage: [[Piece]]) {
        content = byLanguage.count == 1 ? .same(byLanguage[0]) : .each(byLanguage)
    }

    package init(_ pieces: [Piece]) {
        content = .same(pieces)
    }

    /// Either one entry or as many as the program has languages.
    package var byLanguage: [[Piece]] {
        switch content {
        case .same(let pieces): [pieces]
        case .each(let lists): lists
        }
    }

    package func pieces(in language: Int) -> [Piece] {
        switch content {
        case .same(let pieces): pieces
        case .each(let lists): lists.indices.contains(language) ? lists[language] : lists.first ?? []
        }
    }
}

extension Rendering: Codable {
    private enum CodingKeys: CodingKey {
        case byLanguage
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try container.decode([[Piece]].self, forKey: .byLanguage))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(byLanguage, forKey: .byLanguage)
    }
}
