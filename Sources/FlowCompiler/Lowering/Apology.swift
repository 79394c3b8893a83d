/// What a caller hears when a turn goes wrong and the flow has no `on: error`.
enum Apology {
    private static let texts: [(language: String, text: String)] = [
        ("de", "Es tut uns leid, etwas ist schiefgegangen. Bitte versuchen Sie es später noch einmal."),
        ("en", "Sorry, something went wrong. Please try again later."),
        ("es", "Lo sentimos, algo salió mal. Inténtelo de nuevo más tarde."),
        ("fr", "Désolé, une erreur s'est produite. Veuillez réessayer plus tard."),
        ("it", "Spiacenti, qualcosa è andato storto. Riprovi più tardi."),
        ("nl", "Sorry, er ging iets mis. Probeer het later opnieuw."),
        ("pt", "Desculpe, algo deu errado. Tente novamente mais tarde."),
    ]

    /// In the language of a BCP-47 tag, else in English.
    static func text(in tag: String) -> String {
        let language = tag.split(separator: "-").first.map(String.init) ?? tag
        return texts.first { $0.language == language }?.text ?? texts[1].text
    }
}
