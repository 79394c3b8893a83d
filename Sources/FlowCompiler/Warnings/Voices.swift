import FlowLang
import TwiML

/// Voices that are known, and speak the language that they are given.
extension FlowLowering {
    /// - Parameter languages: what the voice is to say.
    mutating func check(_ voice: Located<String>, for languages: [String]) {
        if !Voice.isKnown(voice.value) { typer.diagnostics.report(CheckMessages.unknownVoice(voice)) }
        if Voice.isDeprecated(voice.value) {
            typer.diagnostics.report(
                CheckMessages.deprecatedVoice(voice, instead: "man, woman or a voice of Polly or Google"))
        }
        guard let own = Voice.language(ofVoice: voice.value) else { return }
        for language in languages where language != own && !Self.alsoSpeaks(voice.value, language) {
            let isOther = Self.primary(language) != Self.primary(own)
            typer.diagnostics.report(
                isOther
                    ? CheckMessages.wrongVoice(voice, speaks: own, insteadOf: language)
                    : CheckMessages.otherAccent(voice, speaks: own, insteadOf: language))
        }
    }

    /// Two of Amazon's voices speak two languages; `arb` and `cmn` are what others call `ar` and `zh`.
    private static func alsoSpeaks(_ voice: String, _ language: String) -> Bool {
        language == "hi-IN" && (voice.hasPrefix("Polly.Kajal") || voice.hasPrefix("Polly.Aditi"))
    }

    private static func primary(_ tag: String) -> String {
        let primary = tag.prefix { $0 != "-" }.lowercased()
        switch primary {
        case "arb": return "ar"
        case "cmn": return "zh"
        default: return primary
        }
    }
}
