// The proleptic Gregorian calendar, years 1 to 9999.

extension CivilDate {
    package static let earliest = CivilDate(unchecked: 1, 1, 1)
    package static let latest = CivilDate(unchecked: 9_999, 12, 31)

    /// nil for a day that the calendar doesn't have.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.length(ofMonth: month, year: year)
        else { return nil }
        self.init(unchecked: year, month, day)
    }

    /// Counted in years that begin in March, so that the leap day is a year's last.
    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        let shifted = month > 2 ? year : year - 1
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(days: Int32(clamping: era * 146_097 + dayOfEra - 719_468))
    }

    /// The day `days` after this one, within the calendar.
    package func adding(days: Int64) -> CivilDate {
        let (sum, overflow) = Int64(self.days).addingReportingOverflow(days)
        if overflow { return days < 0 ? .earliest : .latest }
        return CivilDate(dayNumber: sum)
    }

    /// From days since 1970-01-01, within the calendar.
    package init(dayNumber: Int64) {
        let bounds = (Int64(CivilDate.earliest.days), Int64(CivilDate.latest.days))
        self.init(days: Int32(clamping: Swift.min(Swift.max(dayNumber, bounds.0), bounds.1)))
    }

    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = Int(days) + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// 0 is Monday, 6 Sunday. 1970-01-01 was a Thursday.
    package var weekday: Int { floorRemainder(Int(days) + 3, 7) }

    /// `2026-11-21`
    package var text: String {
        let (year, month, day) = parts
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

extension CivilTime {
    package init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else {
            return nil
        }
        self.init(seconds: Int32(clamping: hour * 3_600 + minute * 60 + second))
    }

    package var parts: (hour: Int, minute: Int, second: Int) {
        let seconds = floorRemainder(Int(self.seconds), 86_400)
        return (seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }

    /// `09:30`, with seconds if there are any.
    package var text: String {
        let (hour, minute, second) = parts
        let short = "\(padded(hour, 2)):\(padded(minute, 2))"
        return second == 0 ? short : "\(short):\(padded(second, 2))"
    }
}

/// Rounded towards minus infinity.
package func floorDivide<Number: FixedWidthInteger & SignedInteger>(_ value: Number, _ divisor: Number)
    -> Number
{
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

/// 0 ..< divisor, for a positive divisor.
package func floorRemainder<Number: FixedWidthInteger & SignedInteger>(_ value: Number, _ divisor: Number)
    -> Number
{
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
}

/// Decimal digits with zeros before them.
package func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
}
