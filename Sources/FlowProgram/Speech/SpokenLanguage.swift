/// The languages whose words we know. Others are spoken and heard as English.
package enum SpokenLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
    case french = "fr"
    case german = "de"
    case portuguese = "pt"
    case italian = "it"

    /// By the first part of a BCP-47 tag.
    package init(tag: String) {
        let primary = tag.utf8.prefix { $0 != UInt8(ascii: "-") }
        self =
            Self.allCases.first { language in
                language.rawValue.utf8.elementsEqual(primary) { $0 == $1 | 0x20 }
            } ?? .english
    }
}
