typealias Headers = [(name: String, value: String)]

/// `name=value&…` as the provider sends it.
func encodeForm(_ pairs: [(String, String)]) -> String {
    pairs.map { percentEncode($0) + "=" + percentEncode($1) }.joined(separator: "&")
}

private func percentEncode(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F:
            encoded.unicodeScalars.append(Unicode.Scalar(byte))
        case 0x20: encoded += "+"
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            encoded += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
        }
    }
    return encoded
}
