// Days as they are said, folded: "december twenty fifth", "25 de diciembre", "am ersten mai".

/// The words of one language, looked up often.
package struct DayWords: Sendable {
    static let byLanguage = Dictionary(
        uniqueKeysWithValues: SpokenLanguage.allCases.map { ($0, DayWords(of: $0)) })

    /// 1...12
    package private(set) var months: [String: Int] = [:]
    package private(set) var ordinals: [String: Int] = [:]
    /// Words beside a day that say nothing of which it is, names of weekdays among them.
    package private(set) var others: Set<String>

    private init(of language: SpokenLanguage) {
        for month in 1...12 {
            let name = fold(language.monthName(month))
            months[name] = month
            let short = String(name.prefix(3))
            if months[short] == nil { months[short] = month }
        }
        for (name, month) in language.shortMonths { months[name] = month }
        for day in 1...31 { for name in language.ordinals(of: day) { ordinals[name] = day } }
        others = Set(language.wordsBesideDay)
        for day in 0...6 { others.formUnion(foldedWords(language.dayName(day))) }
    }
}

extension SpokenLanguage {
    package var dayWords: DayWords? { DayWords.byLanguage[self] }

    /// 1...12 for a month's name or what people shorten it to.
    package func month(named word: String) -> Int? { dayWords?.months[word] }

    /// A day of the month at the beginning of words, "25", "25th", "twenty five" or "twenty fifth", and how many words it
    /// takes.
    package func readDay(_ words: ArraySlice<String>) -> (day: Int, length: Int)? {
        guard let first = words.first else { return nil }
        if first.utf8.allSatisfy(isDigit) {
            guard first.utf8.count <= 2, let day = Int(first), (1...31).contains(day) else { return nil }
            let isOrdinal = words.dropFirst().first.map(ordinalEndings.contains) ?? false
            return (day, isOrdinal ? 2 : 1)
        }
        for length in stride(from: min(3, words.count), to: 0, by: -1) {
            let said = words.prefix(length).joined(separator: " ")
            if let day = dayWords?.ordinals[said] { return (day, length) }
        }
        guard let match = NumberWords.byLanguage[self]?.longestMatch(words), (1...31).contains(match.number)
        else { return nil }
        return (match.number, match.length)
    }

    package func isBesideDay(_ word: String) -> Bool { dayWords?.others.contains(word) ?? false }

    fileprivate var wordsBesideDay: [String] {
        switch self {
        case .english: ["the", "of", "on"]
        case .spanish: ["el", "de", "del", "dia"]
        case .french: ["le", "du", "de"]
        case .german: ["der", "den", "dem", "am", "des"]
        case .portuguese: ["o", "de", "do", "dia", "em", "no"]
        case .italian: ["il", "di", "del", "l"]
        }
    }

    /// 0 for today, 1 for tomorrow.
    package func daysAhead(_ words: [String]) -> Int? {
        nextDays.firstIndex(of: words.joined(separator: " "))
    }

    /// Today, tomorrow.
    package var nextDays: [String] {
        switch self {
        case .english: ["today", "tomorrow"]
        case .spanish: ["hoy", "manana"]
        case .french: ["aujourd hui", "demain"]
        case .german: ["heute", "morgen"]
        case .portuguese: ["hoje", "amanha"]
        case .italian: ["oggi", "domani"]
        }
    }

    fileprivate var shortMonths: [(String, Int)] {
        switch self {
        case .english: [("sept", 9)]
        case .spanish: [("sept", 9), ("setiembre", 9)]
        case .french: [("janv", 1), ("fevr", 2), ("avr", 4), ("juil", 7), ("sept", 9)]
        case .german: [("janner", 1), ("jaenner", 1), ("feber", 2), ("maerz", 3), ("sept", 9)]
        case .portuguese, .italian: []
        }
    }

    /// What stands behind the digits of a day: "25th".
    package var ordinalEndings: [String] {
        switch self {
        case .english: ["st", "nd", "rd", "th"]
        case .french: ["er", "e", "eme"]
        case .spanish, .portuguese, .italian: ["o", "a", "º", "ª"]
        case .german: []
        }
    }

    fileprivate func ordinals(of day: Int) -> [String] {
        switch self {
        case .english:
            let small = [
                "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
                "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
                "eighteenth", "nineteenth",
            ]
            if day < 20 { return [small[day - 1]] }
            let ten = day < 30 ? "twenty" : "thirty"
            return [day % 10 == 0 ? ten.dropLast() + "ieth" : "\(ten) \(small[day % 10 - 1])"]
        case .german:
            let stems = [1: "ers", 3: "drit", 7: "sieb", 8: "ach"]
            return names(of: day).flatMap { name in
                let stem = stems[day] ?? name + (day < 20 ? "" : "s")
                return ["te", "ten", "ter", "tes"].map { stem + $0 } + ["\(name)te"]
            }
        case .spanish: return day == 1 ? ["primero"] : []
        case .french: return day == 1 ? ["premier"] : []
        case .portuguese: return day == 1 ? ["primeiro"] : []
        case .italian: return day == 1 ? ["primo"] : []
        }
    }
}
