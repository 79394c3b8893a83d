extension Reader {
    /// `hours:`: named calendars.
    mutating func hours(_ node: YAMLNode) -> [HoursDeclaration] {
        guard let entries = entries(node, of: "'hours'") else { return [] }
        return entries.map { entry in
            checkName(entry.key, .hours)
            return calendar(entry)
        }
    }

    private mutating func calendar(_ entry: YAMLEntry) -> HoursDeclaration {
        var calendar = HoursDeclaration(name: entry.key, open: [], closed: [], openOn: [])
        // Where it can't be read it is declared all the same.
        guard let keys = entries(entry.value, of: .named("calendar", entry.key.value)) else {
            return calendar
        }
        for key in keys {
            switch key.key.value {
            case "open": calendar.open = openings(key.value)
            case "closed": calendar.closed = words(key.value, of: "'closed'").compactMap { day($0) }
            case "open_on": calendar.openOn = openDays(key.value)
            default: unknownKey(key.key, of: "a calendar", valid: ["open", "closed", "open_on"])
            }
        }
        if !keys.contains(where: { $0.key.value == "open" || $0.key.value == "open_on" }) {
            report(
                SyntaxMessages.missingKey(
                    "open", of: .named("calendar", entry.key.value), at: entry.key.span))
        }
        return calendar
    }

    private mutating func openings(_ node: YAMLNode) -> [HoursDeclaration.Opening] {
        guard let entries = entries(node, of: "'open'") else { return [] }
        return entries.flatMap { entry -> [HoursDeclaration.Opening] in
            let weekdays = weekdays(entry.key)
            let spans = words(entry.value, of: .named("hours of", entry.key.value))
            return spans.compactMap { word in
                guard let times = times(word), !weekdays.isEmpty else { return nil }
                return .init(weekdays: weekdays, from: times.from, to: times.to, span: word.span)
            }
        }
    }

    private mutating func openDays(_ node: YAMLNode) -> [HoursDeclaration.Day] {
        guard let entries = entries(node, of: "'open_on'") else { return [] }
        return entries.flatMap { entry -> [HoursDeclaration.Day] in
            guard let day = day(entry.key) else { return [] }
            return words(entry.value, of: .named("hours of", entry.key.value)).compactMap { word in
                guard let times = times(word) else { return nil }
                var open = day
                open.from = times.from
                open.to = times.to
                open.span = word.span
                return open
            }
        }
    }

    // MARK: words

    private static let weekdayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// `mon-fri`, `sat`, `mon, wed, fri`; a range may run past Sunday.
    private mutating func weekdays(_ key: Located<String>) -> [Int] {
        var days: [Int] = []
        for word in commaWords(key) {
            let ends = word.value.split(separator: "-", omittingEmptySubsequences: false).map {
                Self.weekdayNames.firstIndex(of: $0.lowercased())
            }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil else {
                report(SyntaxMessages.weekday(word.value, at: word.span))
                continue
            }
            for step in 0...((last - first + 7) % 7) {
                let day = (first + step) % 7
                if !days.contains(day) { days.append(day) }
            }
        }
        return days.sorted()
    }

    /// `09:00-17:30`, in minutes after midnight.
    private mutating func times(_ word: Located<String>) -> (from: Int, to: Int)? {
        let parts = word.value.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(
            minutes)
        guard parts.count == 2, let from = parts[0], let to = parts[1], from < 1440, from != to else {
            report(SyntaxMessages.times(word.value, at: word.span))
            return nil
        }
        return (from, to)
    }

    private func minutes(_ text: Substring.UTF8View) -> Int? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = number(parts[0], 1...2), let minute = number(parts[1], 2...2),
            minute < 60, hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        return hour * 60 + minute
    }

    /// `2026-12-25`, if there is such a day.
    private mutating func day(_ word: Located<String>) -> HoursDeclaration.Day? {
        let parts = word.value.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], 4...4), let month = number(parts[1], 2...2),
            let day = number(parts[2], 2...2), year >= 1970
        else {
            report(SyntaxMessages.date(word.value, at: word.span))
            return nil
        }
        guard (1...12).contains(month), (1...daysInMonth(month, of: year)).contains(day) else {
            report(SyntaxMessages.noSuchDay(word.value, at: word.span))
            return nil
        }
        return .init(year: year, month: month, day: day, from: 0, to: 1440, span: word.span)
    }

    private func daysInMonth(_ month: Int, of year: Int) -> Int {
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        return switch month {
        case 2: isLeap ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private func number(_ text: Substring.UTF8View, _ length: ClosedRange<Int>) -> Int? {
        guard length.contains(text.count), text.allSatisfy(isDigit) else { return nil }
        return text.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
