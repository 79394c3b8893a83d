import FlowProgram

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
    var bytes = Array(text.utf8)
    guard bytes.count > 16, !bytes.contains(UInt8(ascii: ".")) else { return nil }
    if bytes[16] != UInt8(ascii: ":") { bytes.insert(contentsOf: ":00".utf8, at: 16) }
    return writtenInstant(bytes)
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
