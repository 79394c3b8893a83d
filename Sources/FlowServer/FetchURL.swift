/// Whether a fetch may go to this URL: `http` or `https`, a plain host, a port in range, no user. Judged on bytes before any
/// URL parser sees it, since parsers turn other scripts' letters and backslashes into other hosts.
func isFetchable(_ url: String) -> Bool {
    let bytes = Array(url.utf8)
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return false }
    let start: Int
    if bytes.starts(with: "https://".utf8) {
        start = 8
    } else if bytes.starts(with: "http://".utf8) {
        start = 7
    } else {
        return false
    }
    let rest = bytes[start...]
    let delimiters = Array("/?#".utf8)
    let authority = rest.prefix { !delimiters.contains($0) }
    return isHostAndPort(authority)
}

private func isHostAndPort(_ authority: ArraySlice<UInt8>) -> Bool {
    if authority.first == UInt8(ascii: "[") {
        guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return false }
        let address = authority[..<end].dropFirst()
        let isAddress = address.allSatisfy {
            isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
        }
        return !address.isEmpty && isAddress && isPort(authority[end...].dropFirst())
    }
    let host = authority.prefix { $0 != UInt8(ascii: ":") }
    return (1...253).contains(host.count) && host.allSatisfy(isHostByte)
        && isPort(authority[host.endIndex...])
}

/// Nothing, or a colon and 1 to 65535.
private func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.isEmpty { return true }
    let digits = bytes.dropFirst()
    guard bytes.first == UInt8(ascii: ":"), (1...5).contains(digits.count) else { return false }
    var port = 0
    for digit in digits {
        guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return false }
        port = port * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return (1...65_535).contains(port)
}

private func isHostByte(_ byte: UInt8) -> Bool {
    isHexDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
}

private func isHexDigit(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
        || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
}
