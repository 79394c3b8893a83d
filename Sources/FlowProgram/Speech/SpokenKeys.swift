/// Whether an answer is a key spoken: its number word, or the name of star or pound.
package func isSpoken(key: String, by text: String, _ words: [Substring], _ languageTag: String) -> Bool {
    switch key {
    case "*": return names(.star, in: languageTag).contains { $0.elementsEqual(words) }
    case "#": return names(.pound, in: languageTag).contains { $0.elementsEqual(words) }
    default:
        let length = key.utf8.count
        guard length > 0 else { return false }
        guard text.hasAtMost(ValueType.defaultTextLimit),
            let digits = SpokenLanguage(tag: languageTag).spokenDigits(text)
        else { return false }
        return digits.utf8.count == length && digits.utf8.elementsEqual(key.utf8)
    }
}

/// The languages that have names of their own for the two keys, by the first part of a BCP-47 tag.
package let spokenKeyLanguages: [String] = keyNames.map(\.language)

/// The names of star and pound, folded, in one of `spokenKeyLanguages`.
package func spokenKeys(_ language: String) -> (star: [String], pound: [String]) {
    let row = keyNames.first { $0.language == language } ?? keyNames[0]
    return (row.star, row.pound)
}

/// The key that a folded phrase is the spoken form of; nil for most.
package func spokenKey(of phrase: String, _ languageTag: String) -> String? {
    let words = phrase.split(separator: " ")
    if names(.star, in: languageTag).contains(where: { $0.elementsEqual(words) }) { return "*" }
    if names(.pound, in: languageTag).contains(where: { $0.elementsEqual(words) }) { return "#" }
    guard phrase.hasAtMost(64) else { return nil }
    return SpokenLanguage(tag: languageTag).spokenDigits(phrase)
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

/// A key as the provider sends it, `*`, in an author's words: `star`.
package func keyName(_ key: String) -> String {
    switch key {
    case "*": "star"
    case "#": "pound"
    default: key
    }
}
