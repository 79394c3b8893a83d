/// The part of a URL before the path that a server sees: scheme, host, perhaps a port, and the path that a proxy takes away.
public struct PublicOrigin: Sendable, Hashable {
    /// As written, and with the port the other way: the provider signs some URLs without the port that they carry,
    /// and some with a default port that they don't.
    let variants: [[UInt8]]

    /// - Parameter url: `http` or `https`, a host, perhaps a port and a path. User and password are left out, as the
    ///   provider does before it signs; there is no query and no fragment.
    public init?(_ url: String) {
        let bytes = Array(url.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = bytes[colon...].dropFirst()
        guard rest.starts(with: "//".utf8) else { return nil }
        let afterSlashes = rest.dropFirst(2)
        let slash = afterSlashes.firstIndex(of: UInt8(ascii: "/")) ?? afterSlashes.endIndex
        var authority = afterSlashes[..<slash]
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            authority = authority[at...].dropFirst()
        }
        var path = afterSlashes[slash...]
        while path.last == UInt8(ascii: "/") { path = path.dropLast() }
        guard
            path.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        else { return nil }
        self.init(scheme: bytes[..<colon], authority: authority, path: path)
    }

    /// - Parameters:
    ///   - scheme: `http` or `https`, in any case.
    ///   - authority: a host, perhaps a port.
    init?(scheme: some Sequence<UInt8>, authority: ArraySlice<UInt8>, path: ArraySlice<UInt8> = []) {
        let lowered = scheme.map(asciiLowercase)
        let isSecure = lowered.elementsEqual("https".utf8)
        guard isSecure || lowered.elementsEqual("http".utf8) else { return nil }
        guard let (host, hasPort) = Self.host(authority) else { return nil }
        let start = lowered + Array("://".utf8)
        let other = hasPort ? Array(host) : Array(host) + Array((isSecure ? ":443" : ":80").utf8)
        variants = [start + authority + path, start + other + path]
    }

    /// The host of `host` or `host:port`, or nil if it is neither.
    private static func host(_ authority: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, hasPort: Bool)? {
        var host = authority
        var hasPort = false
        // A colon inside the brackets of an IPv6 address begins no port.
        if let colon = authority.lastIndex(of: UInt8(ascii: ":")), authority.last != UInt8(ascii: "]") {
            let port = authority[colon...].dropFirst()
            guard (1...5).contains(port.count), port.allSatisfy(isASCIIDigit) else { return nil }
            guard port.reduce(0, { $0 * 10 + Int($1) - 0x30 }) <= 65_535 else { return nil }
            host = authority[..<colon]
            hasPort = true
        }
        guard !host.isEmpty, host.count <= 255 else { return nil }
        let isIPv6 = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]")
        let name = isIPv6 ? host.dropFirst().dropLast() : host
        let isFit = name.allSatisfy { byte in
            isASCIIAlphanumeric(byte) || byte == UInt8(ascii: ".")
                || (isIPv6
                    ? byte == UInt8(ascii: ":") : byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_"))
        }
        return isFit && !name.isEmpty ? (host, hasPort) : nil
    }
}
