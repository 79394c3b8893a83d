extension Program.Calendar {
    /// Whether it is open at an instant (milliseconds since 1970), by the clocks of the zone.
    ///
    /// A span belongs to the day on which it begins: one past midnight goes on into a closed day.
    /// `open_on` replaces a day's usual spans, also on a closed one.
    package func isOpen(at instant: Int64, zone: String, rules: any ZoneRules) -> Bool {
        let (date, time) = CivilClock(timezone: zone, zones: rules).civil(at: instant)
        let minute = Int(time.seconds) / 60
        let yesterday = date.adding(days: -1)
        return spans(on: date).contains { $0.from <= minute && minute < $0.to }
            || spans(on: yesterday).contains { $0.from <= minute + 1_440 && minute + 1_440 < $0.to }
    }

    private func spans(on date: CivilDate) -> [Span] {
        let special = openOn.filter { $0.date == date }.map(\.span)
        if !special.isEmpty { return special }
        if closed.contains(date) || !week.indices.contains(date.weekday) { return [] }
        return week[date.weekday]
    }
}
