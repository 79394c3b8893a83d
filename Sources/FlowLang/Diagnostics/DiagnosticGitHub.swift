extension DiagnosticRenderer {
    /// The diagnostic as a GitHub workflow command, which marks the place in a pull request: one line.
    public func renderGitHub(_ diagnostic: Diagnostic) -> String {
        var properties: [String] = []
        if let file = file(diagnostic.span.source) {
            let start = file.position(of: diagnostic.span.lower)
            let end = file.position(of: diagnostic.span.upper)
            properties = ["file=" + property(file.name), "line=\(start.line)"]
            // Columns count within one line only; the end column is the last one that is marked.
            if end.line == start.line {
                properties += ["col=\(start.column)", "endColumn=\(max(start.column, end.column - 1))"]
            } else {
                properties.append("endLine=\(end.line)")
            }
        }
        properties.append("title=" + property("flowc: \(diagnostic.code.rawValue)"))
        let text = [diagnostic.headline, diagnostic.help].compactMap { $0 }.joined(separator: "\n")
        return "::\(diagnostic.severity.rawValue) \(properties.joined(separator: ","))::\(data(text))"
    }

    private func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
