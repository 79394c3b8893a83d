/// `<Say>`: speaks a text.
public struct Say: Hashable, Sendable {
    /// In the order in which they are said.
    public var parts: [Part]
    /// A name of `Voice`'s catalogue.
    public var voice: Text?
    /// A tag of `SayLanguage`. A Polly or Google voice fixes the language already.
    public var language: Text?
    /// How often it is said; 0 is until the call ends.
    public var loop: Int?

    /// A piece of what is said.
    public enum Part: Hashable, Sendable {
        case text(Text)
        /// A silence of milliseconds.
        case silence(milliseconds: Int)
        case emphasis(Emphasis = .moderate, [Part])
        /// In another language; a tag of `SpokenMarkupLanguage`.
        case language(Text, [Part])
        case sayAs(SayAs, format: DateFormat? = nil, Text)
        /// An element of `SpokenMarkup` as an author wrote it.
        indirect case markup(Markup, [Part])
    }

    /// The start of an element of SSML.
    public struct Markup: Hashable, Sendable {
        public var name: String
        public var attributes: [Attribute]

        /// A name and its value.
        public struct Attribute: Hashable, Sendable {
            public var name: String
            public var value: String

            /// An attribute of these words.
            public init(_ name: String, _ value: String) {
                self.name = name
                self.value = value
            }
        }

        /// An element of this name.
        public init(_ name: String, _ attributes: [Attribute] = []) {
            self.name = name
            self.attributes = attributes
        }
    }

    /// The order of the parts of a day, for `SayAs.date`.
    public enum DateFormat: String, Hashable, Sendable, CaseIterable {
        case mdy, dmy, ymd, md, dm, ym, my, d, m, y, yyyymmdd
    }

    /// How strongly something is stressed. Not every voice takes it.
    public enum Emphasis: String, Hashable, Sendable, CaseIterable {
        case strong
        case moderate
        case reduced
    }

    /// How a text is read.
    public enum SayAs: String, Hashable, Sendable, CaseIterable {
        case characters
        case spellOut = "spell-out"
        case cardinal
        case number
        case ordinal
        case digits
        case fraction
        case unit
        case date
        case time
        case address
        case expletive
        case telephone
    }

    /// Speaks parts.
    public init(_ parts: [Part], voice: Text? = nil, language: Text? = nil, loop: Int? = nil) {
        self.parts = parts
        self.voice = voice
        self.language = language
        self.loop = loop
    }

    /// Speaks a text.
    public init(_ text: Text, voice: Text? = nil, language: Text? = nil, loop: Int? = nil) {
        self.init([.text(text)], voice: voice, language: language, loop: loop)
    }

    /// What the provider would object to.
    public var problems: [Problem] { problems(byVoices: true) }

    func problems(byVoices: Bool) -> [Problem] {
        var problems: [Problem] = []
        problems.check(loop, in: Limits.loops, .sayLoop, at: "Say.loop")
        if byVoices, let voice = voice?.literal, !Voice.isKnown(voice) {
            problems.append(Problem(.sayVoice, at: "Say.voice", "unknown voice \(voice)"))
        }
        if parts.allSatisfy(\.isSilent) {
            problems.append(Problem(.sayText, at: "Say", "nothing to say"))
        }
        problems += lengthProblems
        return problems
    }

    /// The bytes that count against the voice's limit (`Voice.Family.maxTextBytes`), placeholders left out.
    public var textBytes: Int {
        textBytes(in: voice?.literal.flatMap(Voice.family(ofVoice:)) ?? .basic)
    }

    private func textBytes(in family: Voice.Family) -> Int {
        family.countsMarkup ? markupBytes : parts.reduce(0) { $0 + $1.literalBytes }
    }

    func write(to writer: inout XMLWriter) {
        writer.element(
            "Say", [.init("voice", voice), .init("language", language), .init("loop", loop)]
        ) { writer in
            for part in parts { part.write(to: &writer) }
        }
    }
}

extension Say {
    private var lengthProblems: [Problem] {
        let family = voice?.literal.flatMap(Voice.family(ofVoice:)) ?? .basic
        let textBytes = textBytes(in: family)
        if textBytes > family.maxTextBytes {
            return [Problem(.sayTooLong, at: "Say", "more than \(family.maxTextBytes) bytes of text")]
        }
        // A byte becomes three characters at most.
        guard textBytes > Limits.maxEncodedSayCharacters / 3 else { return [] }
        let encoded = parts.reduce(0) { $0 + encodedCharacters(of: $1.literal) }
        if encoded > Limits.maxEncodedSayCharacters {
            return [
                Problem(
                    .sayTooLong, at: "Say",
                    "more than \(Limits.maxEncodedSayCharacters) characters of percent-encoded text")
            ]
        }
        return []
    }

    private var markupBytes: Int {
        var writer = XMLWriter()
        for part in parts { part.write(to: &writer) }
        return writer.bytes.count
    }
}

extension Say.Part {
    /// The literal text without markup.
    var literal: String {
        switch self {
        case .text(let text), .sayAs(_, _, let text): text.literalParts
        case .silence: ""
        case .emphasis(_, let parts), .language(_, let parts), .markup(_, let parts):
            parts.map(\.literal).joined()
        }
    }

    /// The length of `literal`.
    var literalBytes: Int {
        switch self {
        case .text(let text), .sayAs(_, _, let text): text.literalBytes
        case .silence: 0
        case .emphasis(_, let parts), .language(_, let parts), .markup(_, let parts):
            parts.reduce(0) { $0 + $1.literalBytes }
        }
    }

    /// Whether it certainly says nothing.
    var isSilent: Bool {
        switch self {
        case .text(let text), .sayAs(_, _, let text): text.isBlank
        case .silence: true
        case .emphasis(_, let parts), .language(_, let parts), .markup(_, let parts):
            parts.allSatisfy(\.isSilent)
        }
    }

    func write(to writer: inout XMLWriter) {
        switch self {
        case .text(let text):
            writer.text(text)
        case .silence(let milliseconds):
            writer.element("break", [.init("time", Text("\(milliseconds)ms"))])
        case .emphasis(let level, let parts):
            writer.element("emphasis", [.init("level", word: level)]) { writer in
                for part in parts { part.write(to: &writer) }
            }
        case .language(let tag, let parts):
            writer.element("lang", [.init("xml:lang", tag)]) { writer in
                for part in parts { part.write(to: &writer) }
            }
        case .sayAs(let reading, let format, let text):
            writer.element(
                "say-as", [.init("interpret-as", word: reading), .init("format", word: format)]
            ) { $0.text(text) }
        case .markup(let start, let parts):
            writer.element(start.name, start.attributes.map { .init($0.name, Text($0.value)) }) { writer in
                for part in parts { part.write(to: &writer) }
            }
        }
    }
}

/// How long a text is once it is percent-encoded: letters, digits and `-._~` are one character, every other byte is three.
public func encodedCharacters(of text: String) -> Int {
    text.utf8.reduce(0) { $0 + (isUnreserved($1) ? 1 : 3) }
}

private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        true
    default: false
    }
}
