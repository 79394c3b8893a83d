/// What the clocks on the wall show: a zone and the rules of zones. Without a zone it is UTC.
package struct CivilClock: Sendable {
    package var timezone: String?
    package var zones: any ZoneRules

    package init(timezone: String?, zones: any ZoneRules) {
        self.timezone = timezone
        self.zones = zones
    }

    /// Date and time of the day at an instant in milliseconds since 1970.
    package func civil(at instant: Int64) -> (date: CivilDate, time: CivilTime) {
        let instant = clampedInstant(instant)
        let offset = timezone.map { zones.offset(of: $0, at: instant) } ?? 0
        let local = floorDivide(instant, 1_000) + Int64(Swift.min(Swift.max(offset, -86_400), 86_400))
        let seconds = Int32(clamping: floorRemainder(local, 86_400))
        return (CivilDate(dayNumber: floorDivide(local, 86_400)), CivilTime(seconds: seconds))
    }
}

/// An instant of the years 1 to 9999.
package func clampedInstant(_ milliseconds: Int64) -> Int64 {
    let day: Int64 = 86_400_000
    let lowest = Int64(CivilDate.earliest.days) * day
    let highest = (Int64(CivilDate.latest.days) + 1) * day - 1
    return Swift.min(Swift.max(milliseconds, lowest), highest)
}

/// `2026-11-21T10:30:00Z`
package func instantText(_ instant: Int64) -> String {
    let instant = clampedInstant(instant)
    let seconds = floorDivide(instant, 1_000)
    let date = CivilDate(dayNumber: floorDivide(seconds, 86_400))
    let (hour, minute, second) = CivilTime(seconds: Int32(clamping: floorRemainder(seconds, 86_400))).parts
    let milliseconds = Int(floorRemainder(instant, 1_000))
    let fraction = milliseconds == 0 ? "" : ".\(padded(milliseconds, 3))"
    return "\(date.text)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))\(fraction)Z"
}
