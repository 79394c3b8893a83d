/// A text read by the type of the place where it stands: literals of a flow, settings, parameters. nil if it doesn't fit.
///
/// Lists and records have no text form. `none` has none either: whoever knows of an absent value decides.
package func value(of text: String, as type: ValueType) -> Value? {
    let bytes = Array(text.utf8)
    switch type {
    case .text(let limit): return text.hasAtMost(limit) ? .text(text) : nil
    case .secret: return text.hasAtMost(ValueType.maxTextLimit) ? .text(text) : nil
    case .bool: return boolean(text).map(Value.bool)
    case .integer: return writtenInteger(bytes).map(Value.integer)
    case .number: return writtenNumber(bytes).map(Value.number)
    case .digits(let range):
        return range.contains(bytes.count) && bytes.allSatisfy(isDigit) ? .text(text) : nil
    case .phone: return isPhone(bytes) ? .text(text) : nil
    case .address: return isAddress(text) ? .text(text) : nil
    case .url: return isWebAddress(bytes) ? .text(text) : nil
    case .date: return writtenDate(bytes).map(Value.date)
    case .time: return writtenTime(bytes).map(Value.time)
    case .datetime: return writtenInstant(bytes).map(Value.datetime)
    case .duration: return writtenDuration(bytes).map(Value.duration)
    case .money(let currency): return writtenMoney(bytes, currencyDecimals(currency)).map(Value.money)
    case .words(let words): return words.contains { $0.utf8.elementsEqual(bytes) } ? .text(text) : nil
    case .optional(let inner): return value(of: text, as: inner)
    case .record, .list, .none, .invalid: return nil
    }
}

package func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

private func boolean(_ text: String) -> Bool? {
    switch text {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
}

/// E.164: `+`, 2 to 15 digits, the first not 0.
package func isPhone(_ bytes: [UInt8]) -> Bool {
    guard bytes.first == UInt8(ascii: "+") else { return false }
    let digits = bytes.dropFirst()
    return (2...15).contains(digits.count) && digits.first != UInt8(ascii: "0") && digits.allSatisfy(isDigit)
}

/// The provider sends E.164, `client:…`, `sip:…`, words such as `anonymous`, or a raw caller id.
private func isAddress(_ text: String) -> Bool {
    !text.isEmpty && text.hasAtMost(ValueType.defaultTextLimit)
        && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
}

/// `-12`; no plus sign, no leading zeros, within ±(2^53−1).
package func writtenInteger(_ bytes: [UInt8]) -> Int64? {
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
    guard let first = digits.first, digits.count <= 16, digits.allSatisfy(isDigit),
        first != UInt8(ascii: "0") || digits.count == 1
    else { return nil }
    let magnitude = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    guard magnitude <= maxInteger else { return nil }
    return digits.count < bytes.count ? -magnitude : magnitude
}

/// `-12.5`; no exponent.
package func writtenNumber(_ bytes: [UInt8]) -> Double? {
    let unsigned = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
    let parts = unsigned.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, bytes.count <= 400,
        parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
        let whole = parts.first, whole.count == 1 || whole.first != UInt8(ascii: "0"),
        let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite
    else { return nil }
    return clamped(number)
}

/// Digits only, at most 9 of them.
private func number(_ bytes: some Collection<UInt8>, _ count: ClosedRange<Int>) -> Int? {
    guard count.contains(bytes.count), bytes.count <= 9, bytes.allSatisfy(isDigit) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
}

/// `2026-11-21`
package func writtenDate(_ bytes: some Collection<UInt8>) -> CivilDate? {
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, let year = number(parts[0], 4...4), let month = number(parts[1], 2...2),
        let day = number(parts[2], 2...2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
}

/// `9:30`, `09:30`, `09:30:15`
package func writtenTime(_ bytes: some Collection<UInt8>) -> CivilTime? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = number(parts[0], 1...2),
        let minute = number(parts[1], 2...2)
    else { return nil }
    guard parts.count == 3 else { return CivilTime(hour: hour, minute: minute) }
    return number(parts[2], 2...2).flatMap { CivilTime(hour: hour, minute: minute, second: $0) }
}

/// RFC 3339: `2026-11-21T10:30:00Z`, with a fraction or another offset if need be.
package func writtenInstant(_ bytes: [UInt8]) -> Int64? {
    guard bytes.count >= 20, bytes.count <= 40, bytes[10] == UInt8(ascii: "T"),
        let date = writtenDate(bytes[..<10]), let time = writtenTime(bytes[11..<19])
    else { return nil }
    var rest = bytes[19...]
    var milliseconds: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
        let fraction = rest.dropFirst().prefix(while: isDigit)
        guard !fraction.isEmpty else { return nil }
        milliseconds = Int64(number(fraction.prefix(3), 1...3) ?? 0)
        if fraction.count == 1 { milliseconds *= 100 }
        if fraction.count == 2 { milliseconds *= 10 }
        rest = rest.dropFirst(fraction.count + 1)
    }
    guard let offset = zoneOffset(rest) else { return nil }
    let seconds = Int64(date.days) * 86_400 + Int64(time.seconds) - Int64(offset)
    return clampedInstant(seconds * 1_000 + milliseconds)
}

/// `Z`, `+02:00`; in seconds.
private func zoneOffset(_ bytes: ArraySlice<UInt8>) -> Int? {
    if bytes.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
    guard bytes.count == 6, let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
        let time = writtenTime(bytes.dropFirst())
    else { return nil }
    return sign == UInt8(ascii: "-") ? -Int(time.seconds) : Int(time.seconds)
}

/// `20s`, `1h30m`, `500ms`; each unit once, the biggest first.
package func writtenDuration(_ bytes: [UInt8]) -> Int64? {
    let units: [(name: String, length: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]
    var rest = bytes[...]
    var sum: Int64 = 0
    var next = 0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        let name = rest.prefix { !isDigit($0) }
        rest = rest.dropFirst(name.count)
        guard let count = number(digits, 1...9),
            let unit = units.indices.first(where: { units[$0].name.utf8.elementsEqual(name) }), unit >= next
        else { return nil }
        sum += Int64(count) * units[unit].length
        next = unit + 1
    }
    return clamped(sum)
}

/// `12.50`: at most as many decimals as the currency has.
private func writtenMoney(_ bytes: [UInt8], _ decimals: Int) -> Int64? {
    guard writtenNumber(bytes) != nil else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: "."))
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    guard let whole = parts.first, fraction.count <= decimals else { return nil }
    let padding = [UInt8](repeating: UInt8(ascii: "0"), count: decimals - fraction.count)
    let all = Array(whole) + fraction + padding
    let sign = all.first == UInt8(ascii: "-") ? 1 : 0
    let zeros = all.dropFirst(sign).prefix { $0 == UInt8(ascii: "0") }.count
    let significant = Array(all.prefix(sign)) + Array(all.dropFirst(sign + zeros))
    return significant.count == sign ? 0 : writtenInteger(significant)
}
