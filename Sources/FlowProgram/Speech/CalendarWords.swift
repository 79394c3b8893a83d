// The names of months, days and units: our own, so that every machine says the same.

extension SpokenLanguage {
    /// 1...12
    package func monthName(_ month: Int) -> String { name(monthNames, month - 1) }

    /// 0 is Monday.
    package func dayName(_ weekday: Int) -> String { name(dayNames, weekday) }

    package var yes: String { yesWords[0] }
    package var no: String { noWords[0] }

    /// Folded words that mean yes; the first is the one that we write, with its accent.
    package var yesWords: [String] {
        switch self {
        case .english: ["yes", "yeah", "yep", "yup", "sure", "ok", "okay", "correct", "right"]
        case .spanish: ["sí", "si", "claro", "correcto", "vale", "ok"]
        case .french: ["oui", "ouais", "correct", "d accord", "ok"]
        case .german: ["ja", "jawohl", "genau", "richtig", "ok"]
        case .portuguese: ["sim", "claro", "certo", "isso", "ok"]
        case .italian: ["sì", "si", "certo", "esatto", "ok"]
        }
    }

    package var noWords: [String] {
        switch self {
        case .english: ["no", "nope", "nah", "wrong", "incorrect"]
        case .spanish: ["no", "incorrecto"]
        case .french: ["non", "incorrect"]
        case .german: ["nein", "nee", "falsch"]
        case .portuguese: ["não", "nao", "errado"]
        case .italian: ["no", "sbagliato"]
        }
    }

    /// One and many of days, hours, minutes, seconds.
    package var unitNames: [(one: String, many: String)] {
        switch self {
        case .english: [("day", "days"), ("hour", "hours"), ("minute", "minutes"), ("second", "seconds")]
        case .spanish: [("día", "días"), ("hora", "horas"), ("minuto", "minutos"), ("segundo", "segundos")]
        case .french:
            [("jour", "jours"), ("heure", "heures"), ("minute", "minutes"), ("seconde", "secondes")]
        case .german:
            [("Tag", "Tage"), ("Stunde", "Stunden"), ("Minute", "Minuten"), ("Sekunde", "Sekunden")]
        case .portuguese:
            [("dia", "dias"), ("hora", "horas"), ("minuto", "minutos"), ("segundo", "segundos")]
        case .italian: [("giorno", "giorni"), ("ora", "ore"), ("minuto", "minuti"), ("secondo", "secondi")]
        }
    }

    private func name(_ names: String, _ index: Int) -> String {
        let all = names.split(separator: " ")
        return all.indices.contains(index) ? String(all[index]) : ""
    }

    private var monthNames: String {
        switch self {
        case .english: "January February March April May June July August September October November December"
        case .spanish:
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
        case .french: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
        case .german: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
        case .portuguese:
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
        case .italian:
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
        }
    }

    private var dayNames: String {
        switch self {
        case .english: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
        case .spanish: "lunes martes miércoles jueves viernes sábado domingo"
        case .french: "lundi mardi mercredi jeudi vendredi samedi dimanche"
        case .german: "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"
        case .portuguese: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo"
        case .italian: "lunedì martedì mercoledì giovedì venerdì sabato domenica"
        }
    }
}
