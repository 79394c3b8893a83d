import FlowProgram

/// Whether an answer is a key spoken: its number word, or the name of star or pound.
func isSpoken(key: String, by text: String, _ words: [Substring], _ languageTag: String) -> Bool {
    switch key {
    case "*": return names(.star, in: languageTag).contains { $0.elementsEqual(words) }
    case "#": return names(.pound, in: languageTag).contains { $0.elementsEqual(words) }
    default:
        let length = key.utf8.count
        guard length > 0 else { return false }
        return parseAnswer(text: text, as: .digits(length...length), language: languageTag) == .text(key)
    }
}

/// The languages that have names of their own for the two keys, by the first part of a BCP-47 tag.
package let spokenKeyLanguages: [String] = keyNames.map(\.language)

/// The names of star and pound, folded, in one of `spokenKeyLanguages`.
package func spokenKeys(_ language: String) -> (star: [String], pound: [String]) {
    let row = keyNames.first { $0.language == language } ?? keyNames[0]
    return (row.star, row.pound)
}

private enum NamedKey {
    case star
    case pound
}

/// What people call the two keys, folded, as words; English where a language has no row.
private func names(_ key: NamedKey, in languageTag: String) -> [[Substring]] {
    let primary = languageTag.utf8.prefix { $0 != UInt8(ascii: "-") }
    let row = keyNames.first { $0.language.utf8.elementsEqual(primary) } ?? keyNames[0]
    return (key == .star ? row.star : row.pound).map { $0.split(separator: " ") }
}

private let keyNames: [(language: String, star: [String], pound: [String])] = [
    ("en", ["star", "asterisk", "star key"], ["pound", "hash", "pound key", "hash key", "number sign"]),
    ("es", ["asterisco", "estrella"], ["numeral", "almohadilla", "gato"]),
    ("de", ["stern", "sternchen", "sterntaste"], ["raute", "rautetaste"]),
    ("fr", ["etoile", "asterisque"], ["diese", "dieze"]),
    ("it", ["asterisco", "stella"], ["cancelletto"]),
    ("pt", ["asterisco", "estrela"], ["cardinal", "jogo da velha", "cerquilha"]),
    ("nl", ["ster", "sterretje"], ["hekje"]),
]
