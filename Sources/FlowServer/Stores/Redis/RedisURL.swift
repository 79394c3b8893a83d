import Foundation

/// Where a Redis is and how one gets in: `redis://USER:PASSWORD@HOST:PORT/DATABASE`, `rediss://` with TLS.
public struct RedisURL: Hashable, Sendable {
    /// A host and a port.
    public struct Node: Hashable, Sendable {
        public var host: String
        public var port: Int

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// Of a cluster several may be named, with commas between them; the others are found.
    public var nodes: [Node]
    public var user: String?
    public var password: String?
    /// 0 in a cluster.
    public var database = 0
    public var usesTLS = false
    /// A file of certificates to trust instead of the system's: `?ca=FILE`.
    public var trustFile: String?

    /// - Returns: nil for what isn't such a URL.
    public init?(_ text: String) {
        var rest = text[...]
        if rest.hasPrefix("rediss://") {
            usesTLS = true
            rest = rest.dropFirst(9)
        } else if rest.hasPrefix("redis://") {
            rest = rest.dropFirst(8)
        } else {
            return nil
        }
        if let query = rest.firstIndex(of: "?") {
            let field = rest[query...].dropFirst()
            guard field.hasPrefix("ca="), let file = field.dropFirst(3).removingPercentEncoding, !file.isEmpty
            else {
                return nil
            }
            trustFile = file
            rest = rest[..<query]
        }
        if let slash = rest.firstIndex(of: "/") {
            let number = rest[slash...].dropFirst()
            guard number.isEmpty || number.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let database = number.isEmpty ? 0 : Int(number), database <= 10_000
            else { return nil }
            self.database = database
            rest = rest[..<slash]
        }
        if let at = rest.lastIndex(of: "@") {
            let words = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = words.first?.removingPercentEncoding else { return nil }
            guard words.count == 2, let password = words[1].removingPercentEncoding, !password.isEmpty else {
                return nil
            }
            user = first.isEmpty ? nil : first
            self.password = password
            rest = rest[rest.index(after: at)...]
        }
        nodes = []
        for part in rest.split(separator: ",", omittingEmptySubsequences: false) {
            guard let node = Node(part) else { return nil }
            nodes.append(node)
        }
    }
}

extension RedisURL.Node {
    /// `HOST` or `HOST:PORT`; an address of IPv6 in brackets.
    init?(_ text: Substring) {
        var host = text
        port = 6379
        let end = text.last == "]" ? nil : text.lastIndex(of: ":")
        if let end {
            let digits = text[end...].dropFirst()
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let port = Int(digits), (1...65_535).contains(port)
            else { return nil }
            self.port = port
            host = text[..<end]
        }
        if host.first == "[" {
            guard host.last == "]" else { return nil }
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        self.host = String(host)
    }
}
