import FlowProgram

/// Days as people type, say and write them. Years are 1900 to 2199; of two digits, 00 to 68 are this century's.
struct DateAnswer {
    private let language: SpokenLanguage
    /// The month stands before the day.
    private let isMonthFirst: Bool
    private let today: CivilDate?

    init(_ tag: String, today: CivilDate?) {
        language = SpokenLanguage(tag: tag)
        isMonthFirst = ["en", "en-US", "es-US"].contains(tag)
        self.today = today
    }

    /// `12252026`, `122526`, `20261225`, `12*25*2026`, `12*25`.
    func typed(_ keys: String) -> CivilDate? {
        let parts = keys.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 1 else { return date(parts) }
        let digits = Array(keys.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        switch digits.count {
        case 8:
            return date([part(0..<2), part(2..<4), part(4..<8)])
                ?? date([part(0..<4), part(4..<6), part(6..<8)])
        case 6: return date([part(0..<2), part(2..<4), part(4..<6)])
        default: return nil
        }
    }

    /// `12/25/2026`, `2026-12-25`, "december twenty fifth", "25 de diciembre de 2026", "tomorrow".
    func read(_ answer: String) -> CivilDate? {
        let words = answerWords(answer)
        if words.allSatisfy({ $0.utf8.allSatisfy(isDigit) }) {
            return words.count == 1 ? typed(words[0]) : date(words)
        }
        if let ahead = language.daysAhead(words) { return today?.adding(days: Int64(ahead)) }
        let said = language.separated(words.filter { !language.isBesideDay($0) })
        guard let place = said.firstIndex(where: { language.month(named: $0) != nil }),
            let month = language.month(named: said[place])
        else { return nil }
        var rest = said[(place + 1)...]
        let day: Int
        if place == 0 {
            guard let found = language.readDay(rest) else { return nil }
            day = found.day
            rest = rest.dropFirst(found.length)
        } else {
            guard let found = language.readDay(said[..<place]), found.length == place else { return nil }
            day = found.day
        }
        guard !rest.isEmpty else { return next(month, day) }
        guard let digits = language.readNumbers(Array(rest))?.joined(), let year = year(digits) else {
            return nil
        }
        return CivilDate(year: year, month: month, day: day)
    }

    /// In the order of the language, or in another one if only that makes a day.
    private func date(_ parts: [String]) -> CivilDate? {
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...4).contains($0.utf8.count) }) else {
            return nil
        }
        let numbers = parts.map { plainNumber($0) ?? 0 }
        let orders: [(month: Int, day: Int)] = isMonthFirst ? [(0, 1), (1, 0)] : [(1, 0), (0, 1)]
        if parts.count == 2 {
            return orders.lazy.compactMap { next(numbers[$0.month], numbers[$0.day]) }.first
        }
        if parts[0].utf8.count == 4 {
            return year(parts[0]).flatMap { CivilDate(year: $0, month: numbers[1], day: numbers[2]) }
        }
        guard let year = year(parts[2]) else { return nil }
        return orders.lazy.compactMap {
            CivilDate(year: year, month: numbers[$0.month], day: numbers[$0.day])
        }.first
    }

    private func year(_ digits: String) -> Int? {
        guard let number = plainNumber(digits) else { return nil }
        switch digits.utf8.count {
        case 4: return (1_900...2_199).contains(number) ? number : nil
        case 2: return number < 69 ? 2_000 + number : 1_900 + number
        default: return nil
        }
    }

    /// The next such day, today included.
    private func next(_ month: Int, _ day: Int) -> CivilDate? {
        guard let today else { return nil }
        let year = today.parts.year
        // The 29th of February comes again within eight years.
        return (year...year + 8).lazy.compactMap { CivilDate(year: $0, month: month, day: day) }
            .first { $0 >= today }
    }
}
