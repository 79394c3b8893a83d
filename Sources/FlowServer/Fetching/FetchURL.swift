/// The host of a URL that may be fetched, a name or an address without brackets: `http` or `https`, a plain host, a port in
/// range, no user. Judged on bytes before any URL parser sees it, since parsers turn other scripts' letters and backslashes
/// into other hosts.
func fetchHost(_ url: String) -> String? {
    let bytes = Array(url.utf8)
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
    let start: Int
    if bytes.starts(with: "https://".utf8) {
        start = 8
    } else if bytes.starts(with: "http://".utf8) {
        start = 7
    } else {
        return nil
    }
    let rest = bytes[start...]
    let delimiters = Array("/?#".utf8)
    let authority = rest.prefix { !delimiters.contains($0) }
    return host(of: authority).map { String(decoding: $0, as: UTF8.self) }
}

private func host(of authority: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    if authority.first == UInt8(ascii: "[") {
        guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let address = authority[..<end].dropFirst()
        let isAddress = address.allSatisfy {
            isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
        }
        let isFit = !address.isEmpty && isAddress && isPort(authority[end...].dropFirst())
        return isFit ? address : nil
    }
    let host = authority.prefix { $0 != UInt8(ascii: ":") }
    let isFit =
        (1...253).contains(host.count) && host.allSatisfy(isHostByte) && isPort(authority[host.endIndex...])
    return isFit ? host : nil
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
