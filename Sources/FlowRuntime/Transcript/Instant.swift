/// Reads what `at` is followed by: an instant as `2026-11-23T10:00:00-05:00`, or a step as `+5h`.
func readClockChange(_ text: String) throws(PhoneInputFault) -> PhoneInput.ClockChange {
    if text.unicodeScalars.first == "+", let seconds = readDuration(String(text.unicodeScalars.dropFirst())) {
        return .by(Int64(seconds) * 1_000)
    }
    if let instant = readInstant(text) { return .to(instant) }
    throw PhoneInputFault("a time is written as 2026-11-23T10:00:00-05:00, or as +5h from the present one")
}

/// Milliseconds since 1970 of `YYYY-MM-DDThh:mm`, perhaps `:ss`, then `Z`, `+hh:mm` or `-hh:mm`.
package func readInstant(_ text: String) -> Int64? {
    var reader = DigitReader(bytes: Array(text.utf8))
    guard let year = reader.number(of: 4), reader.take("-"), let month = reader.number(of: 2, in: 1...12),
        reader.take("-"), let day = reader.number(of: 2, in: 1...daysOfMonth(month, year)), reader.take("T"),
        let hour = reader.number(of: 2, in: 0...23), reader.take(":"),
        let minute = reader.number(of: 2, in: 0...59)
    else { return nil }
    var second = 0
    if reader.take(":") {
        guard let number = reader.number(of: 2, in: 0...59) else { return nil }
        second = number
    }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    let seconds = daysSince1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    return Int64(seconds) * 1_000
}

/// Seconds of `90s`, `5m`, `4h` or `1d`; a bare number is seconds.
func readDuration(_ text: String) -> Int? {
    let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard (1...6).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else {
        return nil
    }
    switch String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self) {
    case "", "s": return number
    case "m": return number * 60
    case "h": return number * 3_600
    case "d": return number * 86_400
    default: return nil
    }
}

/// As `readDuration`, for what lasts: from a second to a day.
func readSeconds(_ text: String) -> Int? {
    guard let seconds = readDuration(text), PhoneLimits.seconds.contains(seconds) else { return nil }
    return seconds
}

private struct DigitReader {
    let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }

    mutating func number(of count: Int, in range: ClosedRange<Int> = 0...9_999) -> Int? {
        guard bytes.count - position >= count else { return nil }
        var number = 0
        for byte in bytes[position..<(position + count)] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        position += count
        return range.contains(number) ? number : nil
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+"), let hours = number(of: 2, in: 0...23), take(":"),
            let minutes = number(of: 2, in: 0...59)
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return isWest ? -seconds : seconds
    }
}

private func daysOfMonth(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
}

/// Days of the proleptic Gregorian calendar: years are counted from March, so that the leap day is the last one.
private func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let marchMonth = (month + 9) % 12
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    let leapDays = floorDivide(marchYear, 4) - floorDivide(marchYear, 100) + floorDivide(marchYear, 400)
    return marchYear * 365 + leapDays + dayOfYear - 719_468
}

private func floorDivide(_ number: Int, _ divisor: Int) -> Int {
    (number - (number % divisor + divisor) % divisor) / divisor
}
