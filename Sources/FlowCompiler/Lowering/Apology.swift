/// What a caller hears when a turn goes wrong and the flow has no `on: error`.
enum Apology {
    private static let texts: [(language: String, pardon: String, farewell: String)] = [
        ("de", "Es tut uns leid, etwas ist schiefgegangen.", "Bitte versuchen Sie es später noch einmal."),
        ("en", "Sorry, something went wrong.", "Please try again later."),
        ("es", "Lo sentimos, algo salió mal.", "Inténtelo de nuevo más tarde."),
        ("fr", "Désolé, une erreur s'est produite.", "Veuillez réessayer plus tard."),
        ("it", "Spiacenti, qualcosa è andato storto.", "Riprovi più tardi."),
        ("nl", "Sorry, er ging iets mis.", "Probeer het later opnieuw."),
        ("pt", "Desculpe, algo deu errado.", "Tente novamente mais tarde."),
    ]

    /// In the language of a BCP-47 tag, else in English.
    static func text(in tag: String) -> String { "\(pardon(in: tag)) \(half(\.farewell, in: tag))" }

    /// Its first half, for a call that goes on.
    static func pardon(in tag: String) -> String { half(\.pardon, in: tag) }

    private static func half(
        _ half: KeyPath<(language: String, pardon: String, farewell: String), String>, in tag: String
    ) -> String {
        let language = tag.split(separator: "-").first.map(String.init) ?? tag
        return (texts.first { $0.language == language } ?? texts[1])[keyPath: half]
    }
}
