/// Google's voices, `Google.LOCALE-FAMILY-SUFFIX`.
///
/// Source: twilio-node 6.0.2 and twilio-java 12.0.0, enum of Say voice; read 2026-11. Within a family the suffixes are single
/// letters, except for Chirp3-HD, which has the same eight names in each of its locales.
enum GoogleVoices {
    struct Row: Sendable {
        let locale: String
        /// A letter for each voice.
        let standard: String
        let wavenet: String
        let neural2: String
        let hasChirp: Bool

        init(
            _ locale: String, standard: String = "", wavenet: String = "", neural2: String = "",
            hasChirp: Bool = false
        ) {
            self.locale = locale
            self.standard = standard
            self.wavenet = wavenet
            self.neural2 = neural2
            self.hasChirp = hasChirp
        }

        /// The names as `<Say voice>` takes them.
        var names: [String] {
            standard.map { "Google.\(locale)-Standard-\($0)" }
                + wavenet.map { "Google.\(locale)-Wavenet-\($0)" }
                + neural2.map { "Google.\(locale)-Neural2-\($0)" }
                + (hasChirp ? chirpNames.map { "Google.\(locale)-Chirp3-HD-\($0)" } : [])
        }
    }

    static let chirpNames = ["Aoede", "Charon", "Fenrir", "Kore", "Leda", "Orus", "Puck", "Zephyr"]

    static let rows: [Row] = [
        Row("af-ZA", standard: "A"),
        Row("am-ET", standard: "AB", wavenet: "AB"),
        Row("ar-XA", standard: "ABCD", wavenet: "ABCD", hasChirp: true),
        Row("bg-BG", standard: "AB"),
        Row("bn-IN", standard: "ABCD", wavenet: "ABCD", hasChirp: true),
        Row("ca-ES", standard: "AB"),
        Row("cmn-CN", standard: "ABCD", wavenet: "ABCD", hasChirp: true),
        Row("cmn-TW", standard: "ABC", wavenet: "ABC"),
        Row("cs-CZ", standard: "AB", wavenet: "AB"),
        Row("da-DK", standard: "ACDEFG", wavenet: "ACDEFG", neural2: "DF"),
        Row("de-DE", standard: "ABCDEFGH", wavenet: "ABCDEFGH", neural2: "ABCDFGH", hasChirp: true),
        Row("el-GR", standard: "AB", wavenet: "AB"),
        Row("en-AU", standard: "ABCD", wavenet: "ABCD", neural2: "ABCD", hasChirp: true),
        Row("en-GB", standard: "ABCDFNO", wavenet: "ABCDFNO", neural2: "ABCDFNO", hasChirp: true),
        Row("en-IN", standard: "ABCDEF", wavenet: "ABCDEF", neural2: "ABCD", hasChirp: true),
        Row("en-US", standard: "ABCDEFGHIJ", wavenet: "ABCDEFGHIJ", neural2: "ACDEFGHIJ", hasChirp: true),
        Row("es-ES", standard: "ABCDEFGH", wavenet: "BCDEFGH", neural2: "ABCDEFGH", hasChirp: true),
        Row("es-US", standard: "ABC", wavenet: "ABC", neural2: "ABC", hasChirp: true),
        Row("eu-ES", standard: "AB"),
        Row("fi-FI", standard: "AB", wavenet: "AB"),
        Row("fil-ph", neural2: "AD"),
        Row("fil-PH", standard: "ABCD", wavenet: "ABCD"),
        Row("fr-CA", standard: "ABCD", wavenet: "ABCD", neural2: "ABCD", hasChirp: true),
        Row("fr-FR", standard: "ABCDEFG", wavenet: "ABCDEFG", neural2: "ABCDEFG", hasChirp: true),
        Row("gl-ES", standard: "AB"),
        Row("gu-IN", standard: "ABCD", wavenet: "ABCD", hasChirp: true),
        Row("he-IL", standard: "ABCD", wavenet: "ABCD"),
        Row("hi-IN", standard: "ABCDEF", wavenet: "ABCDEF", neural2: "ABCD", hasChirp: true),
        Row("hu-HU", standard: "AB", wavenet: "A"),
        Row("id-ID", standard: "ABCD", wavenet: "ABCD", hasChirp: true),
        Row("is-IS", standard: "AB"),
        Row("it-IT", standard: "ABCDEF", wavenet: "ABCDEF", neural2: "ACF", hasChirp: true),
        Row("ja-JP", standard: "ABCD", wavenet: "ABCD", neural2: "BCD", hasChirp: true),
        Row("kn-IN", standard: "ABCD", wavenet: "ABCD", hasChirp: true),
        Row("ko-KR", standard: "ABCD", wavenet: "ABCD", neural2: "ABC", hasChirp: true),
        Row("lt-LT", standard: "AB"),
        Row("lv-LV", standard: "AB"),
        Row("ml-IN", standard: "ABCD", wavenet: "ABCD", hasChirp: true),
        Row("mr-IN", standard: "ABC", wavenet: "ABC", hasChirp: true),
        Row("ms-MY", standard: "ABCD", wavenet: "ABCD"),
        Row("nb-NO", standard: "ABCDEFG", wavenet: "ABCDEFG"),
        Row("nl-BE", standard: "ABCD", wavenet: "ABCD"),
        Row("nl-NL", standard: "ABCDEFG", wavenet: "ABCDEFG", hasChirp: true),
        Row("pa-IN", standard: "ABCD", wavenet: "ABCD"),
        Row("pl-PL", standard: "ABCDEFG", wavenet: "ABCDEFG", hasChirp: true),
        Row("pt-BR", standard: "ABCDE", wavenet: "ABCDE", neural2: "ABC", hasChirp: true),
        Row("pt-PT", standard: "ABCDEF", wavenet: "ABCDEF"),
        Row("ro-RO", standard: "AB", wavenet: "AB"),
        Row("ru-RU", standard: "ABCDE", wavenet: "ABCDE", hasChirp: true),
        Row("sk-SK", standard: "AB", wavenet: "AB"),
        Row("sr-RS", standard: "A"),
        Row("sv-SE", standard: "ABCDEFG", wavenet: "ABCDEFG"),
        Row("ta-IN", standard: "ABCD", wavenet: "ABCD", hasChirp: true),
        Row("te-IN", standard: "ABCD", hasChirp: true),
        Row("th-TH", standard: "A", neural2: "C", hasChirp: true),
        Row("tr-TR", standard: "ABCDE", wavenet: "ABCDE", hasChirp: true),
        Row("uk-UA", standard: "A", wavenet: "A"),
        Row("vi-VN", standard: "ABCD", wavenet: "ABCD", neural2: "AD", hasChirp: true),
        Row("yue-HK", standard: "ABCD"),
    ]
}
