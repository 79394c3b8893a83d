/// What people say around the numbers of a time of day, folded: each phrase as its words.
package struct ClockWords: Sendable {
    package var am: [[Substring]]
    package var pm: [[Substring]]
    package var noon: [[Substring]]
    package var midnight: [[Substring]]
    /// Before a time: "at".
    package var before: [[Substring]]
    /// Behind the hour: "o'clock".
    package var hour: [[Substring]]
    /// Behind the minutes.
    package var minute: [[Substring]]
    /// Behind the hour, for 15 and 30 minutes: "y media".
    package var quarter: [[Substring]]
    package var half: [[Substring]]
    /// Before the hour: "half past".
    package var halfPast: [[Substring]]
    /// Before the hour that is half to come: "halb".
    package var halfTo: [[Substring]]
    /// Between minutes and the hour: "past", "to". A quarter is `quarter`.
    package var past: [[Substring]]
    package var to: [[Substring]]
    /// Between the hour and the minutes that lack: "menos".
    package var less: [[Substring]]
}

extension SpokenLanguage {
    package var clockWords: ClockWords { ClockWords.byLanguage[self] ?? ClockWords(of: .english) }
}

extension ClockWords {
    static let byLanguage = Dictionary(
        uniqueKeysWithValues: SpokenLanguage.allCases.map { ($0, ClockWords(of: $0)) })

    init(of language: SpokenLanguage) {
        func phrases(_ text: String) -> [[Substring]] {
            text.split(separator: ",").map { $0.split(separator: " ") }
        }
        switch language {
        case .english:
            self.init(
                am: phrases("am,a m,in the morning"),
                pm: phrases("pm,p m,in the afternoon,in the evening,at night"),
                noon: phrases("noon,twelve noon,12 noon,midday"),
                midnight: phrases("midnight,twelve midnight,12 midnight"), before: phrases("at"),
                hour: phrases("o clock,oclock,hours"), minute: phrases("minutes"),
                quarter: phrases("a quarter,quarter"), half: [], halfPast: phrases("half past,half"),
                halfTo: [], past: phrases("past,after,minutes past"), to: phrases("to,till,of,minutes to"),
                less: [])
        case .spanish:
            self.init(
                am: phrases("am,a m,de la manana,de la madrugada"),
                pm: phrases("pm,p m,de la tarde,de la noche"),
                noon: phrases("mediodia,al mediodia,el mediodia"),
                midnight: phrases("medianoche,a medianoche,la medianoche"),
                before: phrases("a las,a la,las,la"), hour: phrases("horas,hora,h,en punto"),
                minute: phrases("minutos"), quarter: phrases("y cuarto,cuarto"), half: phrases("y media"),
                halfPast: [], halfTo: [], past: [], to: [], less: phrases("menos"))
        case .french:
            self.init(
                am: phrases("du matin"), pm: phrases("de l apres midi,du soir"), noon: phrases("midi,a midi"),
                midnight: phrases("minuit,a minuit"), before: phrases("a"), hour: phrases("heures,heure,h"),
                minute: phrases("minutes"), quarter: phrases("et quart,le quart,un quart"),
                half: phrases("et demie,et demi"), halfPast: [], halfTo: [], past: [], to: [],
                less: phrases("moins"))
        case .german:
            self.init(
                am: phrases("morgens,am morgen,vormittags,am vormittag,fruh"),
                pm: phrases("nachmittags,am nachmittag,abends,am abend"),
                noon: phrases("mittag,mittags,am mittag"), midnight: phrases("mitternacht,um mitternacht"),
                before: phrases("um"), hour: phrases("uhr"), minute: phrases("minuten"),
                quarter: phrases("viertel"), half: [], halfPast: [], halfTo: phrases("halb"),
                past: phrases("nach"), to: phrases("vor"), less: [])
        case .portuguese:
            self.init(
                am: phrases("am,da manha,da madrugada"), pm: phrases("pm,da tarde,da noite"),
                noon: phrases("meio dia,ao meio dia"), midnight: phrases("meia noite,a meia noite"),
                before: phrases("as,a"), hour: phrases("horas,hora,h"), minute: phrases("minutos"),
                quarter: phrases("e um quarto"), half: phrases("e meia"), halfPast: [], halfTo: [], past: [],
                to: phrases("para as,para a"), less: phrases("menos"))
        case .italian:
            self.init(
                am: phrases("di mattina,del mattino,di notte"),
                pm: phrases("di pomeriggio,del pomeriggio,di sera,della sera"),
                noon: phrases("mezzogiorno,a mezzogiorno"), midnight: phrases("mezzanotte,a mezzanotte"),
                before: phrases("alle,all,le,l"), hour: phrases("ore,ora,in punto"),
                minute: phrases("minuti"),
                quarter: phrases("e un quarto,un quarto"), half: phrases("e mezza,e mezzo"), halfPast: [],
                halfTo: [], past: [], to: [], less: phrases("meno"))
        }
    }
}
