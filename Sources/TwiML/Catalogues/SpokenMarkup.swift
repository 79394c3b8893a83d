/// The elements of SSML that a `<Say>` takes.
///
/// Source: twilio-python 9.11 and twilio-node 6.0.2, SSML elements of Say, and the documentation's page "SSML"; read 2026-11.
public enum SpokenMarkup {
    /// Every element, in alphabetical order.
    public static var all: [String] { rows.map(\.name) }

    /// What the provider would object to in an element, in words; nil if it may stand there.
    ///
    /// - Parameters:
    ///   - parent: the element that it stands in; `Say` is the outermost.
    ///   - hasText: whether something is said in it.
    public static func problem(
        of name: String, in parent: String, attributes: [(name: String, value: String)], hasText: Bool
    ) -> String? {
        guard let row = rows.first(where: { $0.name == name }) else { return "there is no <\(name)>" }
        guard row.parents.contains(parent) else { return "<\(name)> can't stand in <\(parent)>" }
        switch row.text {
        case .none where hasText: return "<\(name)> holds no text"
        case .required where !hasText: return "<\(name)> has no text"
        default: break
        }
        for attribute in attributes {
            guard let values = row.attributes.first(where: { $0.name == attribute.name })?.values else {
                return "<\(name)> has no attribute '\(attribute.name)'"
            }
            if !values.allow(attribute.value) {
                return "'\(attribute.value)' is no value of <\(name) \(attribute.name)>"
            }
        }
        if let missing = row.required.first(where: { name in !attributes.contains { $0.name == name } }) {
            return "<\(name)> lacks its attribute '\(missing)'"
        }
        return nil
    }

    private enum Content: Sendable { case none, allowed, required }

    private enum Values: Sendable {
        case any
        case words([String])
        /// `500ms`, `2s`
        case time
        case language

        func allow(_ value: String) -> Bool {
            switch self {
            case .any: return !value.isEmpty
            case .words(let words): return words.contains(value)
            case .language: return SpokenMarkupLanguage.isKnown(value)
            case .time:
                let digits = value.utf8.prefix { (0x30...0x39).contains($0) }
                let unit = value.utf8.dropFirst(digits.count)
                return !digits.isEmpty && (unit.elementsEqual("s".utf8) || unit.elementsEqual("ms".utf8))
            }
        }
    }

    private struct Row: Sendable {
        var name: String
        var parents: [String]
        var text: Content
        var attributes: [(name: String, values: Values)]
        var required: [String] = []
    }

    private static let around = ["Say", "emphasis", "lang", "p", "prosody", "s", "w"]

    private static let rows: [Row] = [
        Row(
            name: "break", parents: around, text: .none,
            attributes: [
                ("strength", .words(["none", "x-weak", "weak", "medium", "strong", "x-strong"])),
                ("time", .time),
            ]),
        Row(
            name: "emphasis", parents: around, text: .allowed,
            attributes: [("level", .words(Say.Emphasis.allCases.map(\.rawValue)))]),
        Row(
            name: "lang", parents: around.filter { $0 != "w" }, text: .allowed,
            attributes: [("xml:lang", .language)], required: ["xml:lang"]),
        Row(name: "p", parents: ["Say", "lang", "prosody"], text: .allowed, attributes: []),
        Row(
            name: "phoneme", parents: around, text: .required,
            attributes: [
                (
                    "alphabet",
                    .words([
                        "ipa", "x-sampa", "x-amazon-jyutping", "x-amazon-pinyin", "x-amazon-pron-kana",
                        "x-amazon-yomigana",
                    ])
                ), ("ph", .any),
            ], required: ["ph"]),
        Row(
            name: "prosody", parents: around, text: .allowed,
            attributes: [("volume", .any), ("rate", .any), ("pitch", .any)]),
        Row(name: "s", parents: ["Say", "lang", "p", "prosody"], text: .allowed, attributes: []),
        Row(
            name: "say-as", parents: around, text: .required,
            attributes: [
                ("interpret-as", .words(Say.SayAs.allCases.map(\.rawValue))),
                ("format", .words(Say.DateFormat.allCases.map(\.rawValue))),
            ], required: ["interpret-as"]),
        Row(
            name: "sub", parents: around, text: .required, attributes: [("alias", .any)],
            required: ["alias"]),
        Row(
            name: "w", parents: around.filter { $0 != "w" }, text: .allowed, attributes: [("role", .any)]),
    ]
}
