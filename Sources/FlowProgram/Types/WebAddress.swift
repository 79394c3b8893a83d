/// Whether bytes are an absolute `http` or `https` address with a host that every reader understands alike.
///
/// Strict on purpose: no user name, no backslash, nothing outside printable ASCII, a port of the range.
package func isWebAddress(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= ValueType.defaultTextLimit, let start = afterScheme(bytes),
        bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !#""<>\^`{|}"#.utf8.contains($0) })
    else { return false }
    let rest = bytes[start...]
    let authority = rest.prefix { !"/?#".utf8.contains($0) }
    let parts = authority.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let host = parts.first, isHost(host) else { return false }
    return parts.count == 1 || isPort(parts[1])
}

private func afterScheme(_ bytes: [UInt8]) -> Int? {
    for scheme in ["https://", "http://"] where bytes.starts(with: scheme.utf8) { return scheme.utf8.count }
    return nil
}

/// Labels of letters, digits and hyphens, none empty.
private func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
    let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return bytes.count <= 253
        && labels.allSatisfy { label in
            (1...63).contains(label.count) && label.allSatisfy(isHostByte)
                && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        }
}

private func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"): true
    default: isDigit(byte)
    }
}

private func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard (1...5).contains(bytes.count), bytes.allSatisfy(isDigit) else { return false }
    return (1...65_535).contains(bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
}
