import NIOCore

/// Whether an address is in the public internet: nobody's loopback, private network, link, metadata service or group (the
/// special-purpose registries of IANA, RFC 6890).
func isPublic(_ address: SocketAddress) -> Bool {
    let bytes = address.withSockAddr { pointer, size in
        Array(UnsafeRawBufferPointer(start: pointer, count: size))
    }
    // Where the address lies in `sockaddr_in` and `sockaddr_in6`, on every system.
    switch address {
    case .v4: return bytes.count >= 8 && isPublic(version4: bytes[4..<8].reduce(0) { $0 << 8 | UInt32($1) })
    case .v6: return bytes.count >= 24 && isPublic(version6: Array(bytes[8..<24]))
    case .unixDomainSocket: return false
    }
}

private func isPublic(version4 address: UInt32) -> Bool {
    !reserved4.contains { address & ~(UInt32.max >> $0.bits) == $0.prefix }
}

/// Addresses that hold one of version 4 lead there.
private func isPublic(version6 bytes: [UInt8]) -> Bool {
    guard bytes.count == 16 else { return false }
    func inner(_ start: Int) -> UInt32 { bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
    if bytes.starts(with: mapped) || bytes.starts(with: translated) { return isPublic(version4: inner(12)) }
    if bytes.starts(with: [0x20, 0x02]) { return isPublic(version4: inner(2)) }
    // Global unicast without Teredo and the rest of 2001::/23, and without what is for documentation.
    guard bytes[0] & 0xE0 == 0x20 else { return false }
    if bytes.starts(with: [0x20, 0x01]) {
        return bytes[2] > 1 && !bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8])
    }
    return true
}

private let reserved4: [(prefix: UInt32, bits: UInt32)] = [
    (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
    (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
    (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
    // A cloud's metadata service at an address that looks public.
    (0xA83F_8110, 32),
]

/// The connection's other end isn't where a fetch may go.
struct PrivateAddress: Error {}
