/// The models that `<Gather speechModel>` takes.
///
/// Source: the provider's Gather page, section on speech models; read 2026-11.
public enum SpeechModel {
    /// Every known model.
    public static let all: [String] = generic + google + deepgram

    /// Whether the name is in the catalogue, spelled exactly as the provider spells it.
    public static func isKnown(_ name: String) -> Bool {
        all.contains { $0.utf8.elementsEqual(name.utf8) }
    }

    /// The languages of a model where the provider lists them, else nil. `ar-*` stands for every tag that begins with `ar-`.
    public static func languages(ofModel name: String) -> [String]? {
        switch name {
        case "phone_call": phoneCall
        case "experimental_conversations", "experimental_utterances": experimental
        default: nil
        }
    }

    /// Whether a model understands a language, as far as the provider says so.
    ///
    /// - Returns: nil where the provider has no list.
    public static func understands(_ language: String, model name: String) -> Bool? {
        if language == "multi" { return name == "deepgram_nova-3" }
        return languages(ofModel: name)?.contains { tag in
            if tag.hasSuffix("*") { return language.utf8.starts(with: tag.utf8.dropLast()) }
            return tag.utf8.elementsEqual(language.utf8)
        }
    }

    /// Models that the provider chooses an engine for, with another one to fall back on.
    private static let generic = [
        "default", "phone_call", "numbers_and_commands", "experimental_conversations",
        "experimental_utterances",
    ]
    private static let google = [
        "googlev2_long", "googlev2_short", "googlev2_telephony", "googlev2_telephony_short",
    ]
    private static let deepgram = ["deepgram_nova-2", "deepgram_nova-3"]

    private static let phoneCall = [
        "en-US", "en-GB", "en-AU", "fr-FR", "fr-CA", "ja-JP", "ru-RU", "es-US", "es-ES", "pt-BR",
    ]
    private static let experimental = [
        "ar-*", "da-DK", "de-DE", "en-AU", "en-GB", "en-IN", "en-US", "es-ES", "es-US", "fi-FI", "fr-CA",
        "fr-FR", "hi-IN", "ja-JP", "ko-KR", "mk-MK", "nl-NL", "no-NO", "pl-PL", "pt-BR", "pt-PT", "ro-RO",
        "ru-RU", "th-TH", "tr-TR", "uk-UA", "vi-VN",
    ]
}
