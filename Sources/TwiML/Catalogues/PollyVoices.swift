/// Amazon Polly's voices, `Polly.NAME`, `Polly.NAME-Neural` and `Polly.NAME-Generative`.
///
/// Source of the names: twilio-node 6.0.2 and twilio-java 12.0.0, enum of Say voice; read 2026-11. The languages are those that
/// Amazon's list of available voices gives. Kajal and Aditi also speak hi-IN.
enum PollyVoices {
    struct Row: Sendable {
        let language: String
        /// Names with blanks between them.
        let standard: String
        let neural: String
        let generative: String

        init(_ language: String, standard: String = "", neural: String = "", generative: String = "") {
            self.language = language
            self.standard = standard
            self.neural = neural
            self.generative = generative
        }

        /// The names as `<Say voice>` takes them.
        var names: [String] {
            standard.split(separator: " ").map { "Polly.\($0)" }
                + neural.split(separator: " ").map { "Polly.\($0)-Neural" }
                + generative.split(separator: " ").map { "Polly.\($0)-Generative" }
        }
    }

    static let rows: [Row] = [
        Row("ar-AE", neural: "Hala Zayd"),
        Row("arb", standard: "Zeina"),
        Row("ca-ES", neural: "Arlet"),
        Row("cmn-CN", standard: "Zhiyu", neural: "Zhiyu"),
        Row("cy-GB", standard: "Gwyneth"),
        Row("da-DK", standard: "Mads Naja", neural: "Sofie"),
        Row("de-AT", neural: "Hannah"),
        Row("de-DE", standard: "Hans Marlene Vicki", neural: "Daniel Vicki", generative: "Daniel Vicki"),
        Row("en-AU", standard: "Nicole Russell", neural: "Olivia", generative: "Olivia"),
        Row("en-GB", standard: "Amy Brian Emma", neural: "Amy Arthur Brian Emma", generative: "Amy"),
        Row("en-GB-WLS", standard: "Geraint"),
        Row("en-IE", neural: "Niamh"),
        Row("en-IN", standard: "Aditi Raveena", neural: "Kajal", generative: "Kajal"),
        Row("en-NZ", neural: "Aria"),
        Row(
            "en-US",
            standard: "Ivy Joanna Joey Justin Kendra Kevin Kimberly Matthew Salli",
            neural:
                "Danielle Gregory Ivy Joanna Joey Justin Kendra Kevin Kimberly Matthew Ruth Salli Stephen",
            generative: "Danielle Joanna Matthew Ruth Stephen"),
        Row("en-ZA", neural: "Ayanda", generative: "Ayanda"),
        Row(
            "es-ES",
            standard: "Conchita Enrique Lucia",
            neural: "Lucia Sergio",
            generative: "Lucia Sergio"),
        Row("es-MX", standard: "Mia", neural: "Andres Mia", generative: "Andres Mía"),
        Row("es-US", standard: "Lupe Miguel Penelope", neural: "Lupe Pedro", generative: "Lupe Pedro"),
        Row("fi-FI", neural: "Suvi"),
        Row("fr-BE", neural: "Isabelle"),
        Row("fr-CA", standard: "Chantal", neural: "Gabrielle Liam"),
        Row("fr-FR", standard: "Celine Lea Mathieu", neural: "Lea Remi", generative: "Lea Rémi"),
        Row("is-IS", standard: "Dora Karl"),
        Row("it-IT", standard: "Bianca Carla Giorgio", neural: "Adriano Bianca", generative: "Bianca"),
        Row("ja-JP", standard: "Mizuki Takumi", neural: "Kazuha Takumi Tomoko"),
        Row("ko-KR", standard: "Seoyeon", neural: "Seoyeon"),
        Row("nb-NO", standard: "Liv", neural: "Ida"),
        Row("nl-BE", neural: "Lisa"),
        Row("nl-NL", standard: "Lotte Ruben", neural: "Laura"),
        Row("pl-PL", standard: "Ewa Jacek Jan Maja", neural: "Ola"),
        Row("pt-BR", standard: "Camila Ricardo Vitoria", neural: "Camila Thiago Vitoria"),
        Row("pt-PT", standard: "Cristiano Ines", neural: "Ines"),
        Row("ro-RO", standard: "Carmen"),
        Row("ru-RU", standard: "Maxim Tatyana"),
        Row("sv-SE", standard: "Astrid", neural: "Elin"),
        Row("tr-TR", standard: "Filiz", neural: "Burcu"),
        Row("yue-CN", neural: "Hiujin"),
    ]
}
