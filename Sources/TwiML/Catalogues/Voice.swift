/// The voices that `<Say voice>` takes: `man` and `woman`, `Polly.NAME`, `Google.LOCALE-FAMILY-SUFFIX`.
///
/// The providers of voices add and remove some without notice. An unknown name of a known family is therefore worth a warning,
/// never an error.
public enum Voice {
    /// Whose voice it is. The family decides how much text one `<Say>` may hold.
    public enum Family: Hashable, Sendable, CaseIterable {
        case basic
        case polly
        case google
    }

    /// Whether the name is in the catalogue, spelled exactly as the provider spells it.
    public static func isKnown(_ name: String) -> Bool {
        known[Bytes(name)] != nil || isBasic(name)
    }

    /// The language that a voice speaks, as far as it is known. The basic voices speak what `<Say language>` says.
    ///
    /// For a Google voice that isn't in the catalogue it is read from the name.
    public static func language(ofVoice name: String) -> String? {
        if let row = known[Bytes(name)] { return names[row].language }
        return googleLocale(of: name)
    }

    /// The family by the name's form, for unknown names too; nil if it has none of the forms.
    public static func family(ofVoice name: String) -> Family? {
        switch name.utf8.first {
        case UInt8(ascii: "P") where name.hasPrefix("Polly."): .polly
        case UInt8(ascii: "G") where name.hasPrefix("Google."): .google
        default: isBasic(name) ? .basic : nil
        }
    }

    /// Whether a voice surely reads SSML: the basic ones don't, and of the newest families only some elements are known to work.
    public static func readsMarkup(_ name: String) -> Bool {
        switch family(ofVoice: name) {
        case .polly: !name.hasSuffix("-Generative")
        case .google: !name.contains("-Chirp")
        case .basic, nil: false
        }
    }

    /// Whether the provider's documentation no longer lists the voice, though it still works.
    public static func isDeprecated(_ name: String) -> Bool {
        name.utf8.elementsEqual("alice".utf8)
    }

    /// Every known name, for suggestions.
    public static let all: [String] = basic + names.map(\.name)

    private static let basic = ["man", "woman", "alice"]

    private static func isBasic(_ name: String) -> Bool {
        basic.contains { $0.utf8.elementsEqual(name.utf8) }
    }

    private struct Entry: Sendable {
        let name: String
        let language: String
    }

    private static let names: [Entry] =
        PollyVoices.rows.flatMap { row in
            row.names.map { Entry(name: $0, language: row.language) }
        }
        + GoogleVoices.rows.flatMap { row in
            row.names.map { Entry(name: $0, language: row.locale) }
        }

    /// Only looked up, never walked: its order doesn't matter.
    private static let known: [Bytes: Int] = {
        var index: [Bytes: Int] = [:]
        for (row, entry) in names.enumerated() { index[Bytes(entry.name)] = row }
        return index
    }()

    /// `Google.en-US-Chirp3-HD-Kore` has the locale en-US: what stands before the family.
    private static func googleLocale(of name: String) -> String? {
        guard family(ofVoice: name) == .google else { return nil }
        let parts = name.dropFirst("Google.".count).split(separator: "-")
        guard
            let end = parts.firstIndex(where: { ["Standard", "Wavenet", "Neural2", "Chirp3"].contains($0) }),
            end > 0
        else { return nil }
        return parts[..<end].joined(separator: "-")
    }
}

/// A name compared by its bytes; Swift's `String` takes composed and decomposed letters for equal, the provider doesn't.
private struct Bytes: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: Bytes, right: Bytes) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
