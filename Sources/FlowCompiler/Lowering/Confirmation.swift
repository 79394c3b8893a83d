import FlowLang
import FlowProgram

/// The sentences of `confirm: true`, before and behind the answer.
enum Confirmation {
    static func voice(in tag: String) -> (before: String, behind: String) {
        switch SpokenLanguage(tag: tag) {
        case .english: ("You entered ", ". If that is right, press 1 or say yes. If not, press 2 or say no.")
        case .spanish: ("Usted indicó ", ". Si es correcto, marque 1 o diga sí. Si no, marque 2 o diga no.")
        case .french:
            ("Vous avez indiqué ", ". Si c'est exact, tapez 1 ou dites oui. Sinon, tapez 2 ou dites non.")
        case .german:
            (
                "Ihre Eingabe war ",
                ". Wenn das stimmt, drücken Sie 1 oder sagen Sie Ja. Sonst drücken Sie 2 oder sagen Sie Nein."
            )
        case .portuguese:
            ("Você informou ", ". Se estiver certo, tecle 1 ou diga sim. Se não, tecle 2 ou diga não.")
        case .italian: ("Ha indicato ", ". Se è giusto, prema 1 o dica sì. Altrimenti prema 2 o dica no.")
        }
    }

    static func sms(in tag: String) -> (before: String, behind: String) {
        switch SpokenLanguage(tag: tag) {
        case .english: ("You wrote ", ". Is that right? Answer yes or no.")
        case .spanish: ("Usted escribió ", ". ¿Es correcto? Responda sí o no.")
        case .french: ("Vous avez écrit ", ". Est-ce exact ? Répondez oui ou non.")
        case .german: ("Ihre Antwort war ", ". Stimmt das? Antworten Sie mit Ja oder Nein.")
        case .portuguese: ("Você escreveu ", ". Está certo? Responda sim ou não.")
        case .italian: ("Ha scritto ", ". È giusto? Risponda sì o no.")
        }
    }
}

extension NameTable.VariableEntry {
    /// The name of the variable that holds an answer until it is confirmed; no author can write it.
    static func unconfirmed(_ name: String) -> String { name + " to confirm" }
}

extension FlowLowering {
    /// The wait that reads an answer back: yes goes on, no asks again.
    ///
    /// - Parameters:
    ///   - answer: the variable that holds it, and its type.
    ///   - place: the label of the wait.
    ///   - yes: the label behind it.
    mutating func lowerConfirmation(
        of step: Step, answer: (slot: Int, type: ValueType), choices: [ChoicePattern], failures: Failures,
        listening asked: Listening, ways: Ways, place: Int, yes: Int
    ) {
        code.place(place)
        code.facts.endTurn()
        noteInterruptibleWait()
        var listening = asked
        listening.keys = true
        listening.speech = true
        listening.digits = max(1, choices.flatMap(\.keys).map(\.utf8.count).max() ?? 0)
        listening.hints = languages.indices.map { language in
            let spoken = SpokenLanguage(tag: languages[language].tag)
            let phrases = choices.flatMap { choice in
                choice.phrases.indices.contains(language)
                    ? choice.phrases[language] : choice.phrases.first ?? []
            }
            return phrases + [spoken.yes, spoken.no]
        }
        let form: Hole.Form = channel == .voice ? .spoken : .written
        let rendering = listeningRendering(listening) { lowering, language in
            let tag = lowering.languages[language].tag
            let (before, behind) =
                lowering.channel == .voice ? Confirmation.voice(in: tag) : Confirmation.sms(in: tag)
            return [.text(before), .hole(.variable(answer.slot), answer.type, form), .text(behind)]
        }
        code.lead(to: yes, with: code.facts)
        code.emit(
            .gather(
                FlowProgram.Gather(
                    prompt: rendering, attempts: failures.attempts, noInput: failures.noInput, noMatch: [],
                    choices: choices, input: .yesNo, into: nil, next: yes, otherwise: failures.otherwise,
                    confirms: ways.start)), at: step.span)
    }
}
