import FlowProgram

extension Deployment.Entry {
    /// The hosts that its fetches go to, as far as flow and config say it: nothing that a caller gives is among them.
    static func fetchHosts(of program: ExecutableProgram, config: [Value]) -> Set<String> {
        var hosts: Set<String> = []
        for case .fetch(let fetch) in program.program.operations {
            if let host = host(of: fetch.url, program, config) { hosts.insert(host) }
        }
        return hosts
    }

    /// nil where a hole that isn't config stands before the host's end.
    private static func host(
        of url: TextTemplate, _ program: ExecutableProgram, _ config: [Value]
    ) -> String? {
        var known = ""
        for segment in url.segments {
            switch segment {
            case .literal(let text): known += text
            case .hole(.config(let index)):
                guard config.indices.contains(index), !program.secretConfig[index] else { return nil }
                known += config[index].plainText
            case .hole: return wholeHost(known)
            }
            if let host = wholeHost(known) { return host }
        }
        return wholeHost(known + "/")
    }
}

/// `example.com` of `https://user@example.com:8080/path`; nil while its end isn't there.
private func wholeHost(_ url: String) -> String? {
    guard let start = url.firstRange(of: "://") else { return nil }
    let rest = url[start.upperBound...]
    guard let end = rest.utf8.firstIndex(where: { "/?#".utf8.contains($0) }) else { return nil }
    let authority = rest[..<end].split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let host = authority.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
    return host.isEmpty ? nil : String(host)
}
