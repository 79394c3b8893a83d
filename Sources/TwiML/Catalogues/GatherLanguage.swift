/// The languages that `<Gather language>` takes.
///
/// Source: twilio-node 6.0.2 and twilio-java 12.0.0, enum of Gather language; read 2026-11. The provider hands the tag
/// to its recogniser, so an unknown tag may work all the same.
public enum GatherLanguage {
    /// Every known tag, in the provider's order.
    /// `multi` recognises several languages at once, with the model `deepgram_nova-3` only.
    public static let all: [String] = [
        "af-ZA", "am-ET", "ar-AE", "ar-BH", "ar-DZ", "ar-EG", "ar-IL", "ar-IQ", "ar-JO", "ar-KW", "ar-LB",
        "ar-MA", "ar-OM", "ar-PS", "ar-QA", "ar-SA", "ar-TN", "az-AZ", "bg-BG", "bn-BD", "bn-IN", "ca-ES",
        "cs-CZ", "da-DK", "de-DE", "el-GR", "en-AU", "en-CA", "en-GB", "en-GH", "en-IE", "en-IN", "en-KE",
        "en-NG", "en-NZ", "en-PH", "en-SG", "en-TZ", "en-US", "en-ZA", "es-AR", "es-BO", "es-CL", "es-CO",
        "es-CR", "es-DO", "es-EC", "es-ES", "es-GT", "es-HN", "es-MX", "es-NI", "es-PA", "es-PE", "es-PR",
        "es-PY", "es-SV", "es-US", "es-UY", "es-VE", "et-EE", "eu-ES", "fa-IR", "fi-FI", "fil-PH",
        "fr-CA", "fr-FR", "gl-ES", "gu-IN", "he-IL", "hi-IN", "hr-HR", "hu-HU", "hy-AM", "id-ID", "is-IS",
        "it-IT", "ja-JP", "jv-ID", "ka-GE", "km-KH", "kn-IN", "ko-KR", "lo-LA", "lt-LT", "lv-LV", "mk-MK",
        "ml-IN", "mn-MN", "mr-IN", "ms-MY", "my-MM", "nar-IQ", "nb-NO", "ne-NP", "nl-BE", "nl-NL",
        "pa-guru-IN", "pl-PL", "pt-BR", "pt-PT", "ro-RO", "ru-RU", "si-LK", "sk-SK", "sl-SI", "sq-AL",
        "sr-RS", "su-ID", "sv-SE", "sw-KE", "sw-TZ", "ta-IN", "ta-LK", "ta-MY", "ta-SG", "te-IN", "th-TH",
        "tr-TR", "uk-UA", "ur-IN", "ur-PK", "uz-UZ", "vi-VN", "yue-Hant-HK", "zh", "cmn-Hans-CN", "zh-TW",
        "cmn-Hant-TW", "zu-ZA", "multi",
    ]

    /// Whether the tag is in the catalogue, spelled exactly as the provider spells it.
    public static func isKnown(_ tag: String) -> Bool {
        all.contains { $0.utf8.elementsEqual(tag.utf8) }
    }
}
