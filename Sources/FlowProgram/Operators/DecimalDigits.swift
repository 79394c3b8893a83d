/// A double as people write it: decimal digits and where the point stands.
package struct DecimalDigits {
    private var isNegative: Bool
    /// Values 0...9, the first not 0; empty for zero.
    private var digits: [UInt8]
    /// How many of the digits stand before the point; may be negative or beyond them.
    private var point: Int

    /// From the shortest digits that give the same double back.
    package init(_ number: Double) {
        digits = []
        point = 0
        isNegative = false
        guard number.isFinite, number != 0 else { return }
        var exponent: [UInt8] = []
        var inExponent = false
        var sawPoint = false
        for byte in number.magnitude.description.utf8 {
            switch byte {
            case UInt8(ascii: "e"), UInt8(ascii: "E"): inExponent = true
            case UInt8(ascii: "."): sawPoint = true
            case _ where inExponent: exponent.append(byte)
            default:
                digits.append(byte &- UInt8(ascii: "0"))
                if !sawPoint { point += 1 }
            }
        }
        point += Int(String(decoding: exponent, as: UTF8.self)) ?? 0
        isNegative = number < 0
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        point -= zeros
        dropTrailingZeros()
    }

    /// Rounded to at most `count` digits; a half goes away from zero.
    package mutating func round(toSignificant count: Int) {
        round(at: count)
    }

    /// Rounded to `places` digits after the point; a half goes away from zero.
    package mutating func round(toPlaces places: Int) {
        round(at: point + places)
    }

    /// Without exponent and trailing zeros: `-0.5`, `1200`.
    package var text: String {
        guard !digits.isEmpty else { return "0" }
        var bytes: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        let zero = UInt8(ascii: "0")
        if point <= 0 {
            bytes += [zero, UInt8(ascii: ".")] + [UInt8](repeating: zero, count: -point)
            bytes += digits.map { $0 + zero }
        } else {
            for place in 0..<Swift.max(point, digits.count) {
                if place == point { bytes.append(UInt8(ascii: ".")) }
                bytes.append(place < digits.count ? digits[place] + zero : zero)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func round(at count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            digits = []
            return
        }
        let goesUp = digits[count] >= 5
        digits.removeSubrange(count...)
        if goesUp { increment() }
        dropTrailingZeros()
    }

    /// Adds one to the last digit.
    private mutating func increment() {
        for place in digits.indices.reversed() {
            if digits[place] < 9 {
                digits[place] += 1
                return
            }
            digits[place] = 0
        }
        digits.insert(1, at: 0)
        point += 1
    }

    private mutating func dropTrailingZeros() {
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { isNegative = false }
    }
}

/// At most 12 significant digits, no exponent, no trailing zeros.
package func numberText(_ number: Double) -> String {
    var digits = DecimalDigits(number)
    digits.round(toSignificant: 12)
    return digits.text
}
