extension DiagnosticRenderer {
    /// All diagnostics as one SARIF 2.1.0 log (OASIS), for code scanning services and editors.
    ///
    /// - Parameter version: of flowc.
    public func renderSARIF(_ diagnostics: [Diagnostic], version: String) -> String {
        let codes = DiagnosticCode.allCases
        let indices = Dictionary(zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
        let rules = codes.map { code in
            JSONText.object([
                ("id", .string(code.rawValue)),
                ("defaultConfiguration", .object([("level", .string(code.severity.rawValue))])),
                ("help", message("`flowc explain \(code.rawValue)` says more.")),
            ])
        }
        let driver = JSONText.object([
            ("name", .string("flowc")), ("version", .string(version)), ("rules", .array(rules)),
        ])
        let run = JSONText.object([
            ("tool", .object([("driver", driver)])),
            ("columnKind", .string("unicodeCodePoints")),
            ("results", .array(diagnostics.map { result($0, ruleIndex: indices[$0.code] ?? 0) })),
        ])
        return JSONText.object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .string("2.1.0")), ("runs", .array([run])),
        ]).pretty
    }

    private func result(_ diagnostic: Diagnostic, ruleIndex: Int) -> JSONText {
        var text = diagnostic.headline
        if let help = diagnostic.help { text += ".\n" + help }
        var members: [(String, JSONText)] = [
            ("ruleId", .string(diagnostic.code.rawValue)), ("ruleIndex", .number(ruleIndex)),
            ("level", .string(diagnostic.severity.rawValue)), ("message", message(text)),
            ("locations", .array(location(diagnostic.span).map { [.object($0)] } ?? [])),
        ]
        var seen: Set<Diagnostic.Note> = []
        let related = diagnostic.notes.filter { seen.insert($0).inserted }.compactMap { note in
            note.span.flatMap(location).map { JSONText.object($0 + [("message", message(note.text))]) }
        }
        if !related.isEmpty { members.append(("relatedLocations", .array(related))) }
        if let fix = applicableFix(of: diagnostic) {
            members.append(("fixes", .array([change(fix, diagnostic)])))
        }
        return .object(members)
    }

    private func change(_ fix: Fix, _ diagnostic: Diagnostic) -> JSONText {
        let replacement = JSONText.object([
            ("deletedRegion", region(fix.span) ?? .object([])),
            ("insertedContent", .object([("text", .string(fix.new))])),
        ])
        let changes = JSONText.object([
            ("artifactLocation", artifact(fix.span) ?? .object([])), ("replacements", .array([replacement])),
        ])
        return .object([
            ("description", message(diagnostic.help ?? diagnostic.headline)),
            ("artifactChanges", .array([changes])),
        ])
    }

    private func message(_ text: String) -> JSONText { .object([("text", .string(text))]) }

    private func location(_ span: Span) -> [(key: String, value: JSONText)]? {
        guard let artifact = artifact(span), let region = region(span) else { return nil }
        return [("physicalLocation", .object([("artifactLocation", artifact), ("region", region)]))]
    }

    private func artifact(_ span: Span) -> JSONText? {
        file(span.source).map { .object([("uri", .string(reference($0.name)))]) }
    }

    /// Lines and columns count from 1; the end column is the one behind the last.
    private func region(_ span: Span) -> JSONText? {
        guard let file = file(span.source) else { return nil }
        let start = file.position(of: span.lower)
        let end = file.position(of: span.upper)
        return .object([
            ("startLine", .number(start.line)), ("startColumn", .number(start.column)),
            ("endLine", .number(end.line)), ("endColumn", .number(end.column)),
        ])
    }

    /// A path as a relative URI reference (RFC 3986): all but unreserved characters and '/' is percent-encoded.
    private func reference(_ path: String) -> String {
        // What begins with `//` would name a host.
        var result = path.hasPrefix("//") ? "/." : ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
