/// The languages that `<lang>` inside a `<Say>` takes.
///
/// Source: twilio-node 6.0.2 and twilio-java 12.0.0, enum of SSML lang; read 2026-11.
public enum SpokenMarkupLanguage {
    /// Every known tag, in the provider's order.
    public static let all: [String] = [
        "arb", "ar-AE", "ca-ES", "cmn-CN", "cy-GB", "da-DK", "de-DE", "de-AT", "en-AU", "en-GB",
        "en-GB-WLS", "en-IN", "en-NZ", "en-US", "en-ZA", "es-ES", "es-MX", "es-US", "fi-FI", "fr-CA",
        "fr-FR", "he-IL", "hi-IN", "is-IS", "it-IT", "ja-JP", "ko-KR", "nb-NO", "nl-NL", "pl-PL", "pt-BR",
        "pt-PT", "ro-RO", "ru-RU", "sv-SE", "tr-TR", "yue-CN",
    ]

    /// Whether the tag is in the catalogue, spelled exactly as the provider spells it.
    public static func isKnown(_ tag: String) -> Bool {
        all.contains { $0.utf8.elementsEqual(tag.utf8) }
    }
}
