/// Everything but RFC 3986's unreserved characters becomes `%XX`.
func percentEncoded(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            bytes.append(byte)
        default:
            bytes.append(UInt8(ascii: "%"))
            bytes.append(hexDigit(byte >> 4, letters: UInt8(ascii: "A")))
            bytes.append(hexDigit(byte & 15, letters: UInt8(ascii: "A")))
        }
    }
    return bytes
}

/// Lower-case hexadecimal digits.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    for byte in bytes {
        digits.append(hexDigit(byte >> 4, letters: UInt8(ascii: "a")))
        digits.append(hexDigit(byte & 15, letters: UInt8(ascii: "a")))
    }
    return String(decoding: digits, as: UTF8.self)
}

private func hexDigit(_ nibble: UInt8, letters: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : letters + (nibble - 10)
}
