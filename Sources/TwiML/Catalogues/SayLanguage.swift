/// The languages that `<Say language>` takes.
///
/// Source: twilio-node 6.0.2 and twilio-java 12.0.0, enum of Say language; read 2026-11.
public enum SayLanguage {
    /// Every known tag, in the provider's order.
    public static let all: [String] = [
        "af-ZA", "am-ET", "ar-AE", "ar-XA", "arb", "bg-BG", "bn-IN", "ca-ES", "cmn-CN", "cmn-TW", "cs-CZ",
        "cy-GB", "da-DK", "de-AT", "de-DE", "el-GR", "en-AU", "en-CA", "en-GB", "en-GB-WLS", "en-IE",
        "en-IN", "en-NZ", "en-US", "en-ZA", "es-ES", "es-MX", "es-US", "fi-FI", "fil-PH", "fr-CA",
        "fr-FR", "fr-BE", "gu-IN", "he-IL", "hi-IN", "hu-HU", "id-ID", "is-IS", "it-IT", "ja-JP", "kn-IN",
        "ko-KR", "lv-LV", "ml-IN", "mr-IN", "ms-MY", "nb-NO", "nl-BE", "nl-NL", "pa-IN", "pl-PL", "pt-BR",
        "pt-PT", "ro-RO", "ru-RU", "sk-SK", "sr-RS", "sv-SE", "ta-IN", "te-IN", "th-TH", "tr-TR", "uk-UA",
        "vi-VN", "yue-HK", "zh-CN", "zh-HK", "zh-TW",
    ]

    /// Whether the tag is in the catalogue, spelled exactly as the provider spells it.
    public static func isKnown(_ tag: String) -> Bool {
        all.contains { $0.utf8.elementsEqual(tag.utf8) }
    }
}
