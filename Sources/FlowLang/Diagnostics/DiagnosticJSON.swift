extension DiagnosticRenderer {
    /// The diagnostic for machines: one JSON object on one line, its keys always in the same order.
    public func renderJSON(_ diagnostic: Diagnostic) -> String {
        var members = placeMembers(diagnostic.span)
        members.append(("severity", text(diagnostic.severity.rawValue)))
        members.append(("code", text(diagnostic.code.rawValue)))
        members.append(("message", text(diagnostic.headline)))
        members.append(("help", diagnostic.help.map(text) ?? "null"))
        let notes = diagnostic.notes.map { note in
            object((note.span.map(placeMembers) ?? []) + [("message", text(note.text))])
        }
        members.append(("notes", "[" + notes.joined(separator: ",") + "]"))
        return object(members)
    }

    private func placeMembers(_ span: Span) -> [(String, String)] {
        guard let file = file(span.source) else { return [] }
        let start = file.position(of: span.lower)
        let end = file.position(of: span.upper)
        return [
            ("file", text(file.name)), ("line", String(start.line)), ("column", String(start.column)),
            ("endLine", String(end.line)), ("endColumn", String(end.column)),
        ]
    }

    private func object(_ members: [(String, String)]) -> String {
        "{" + members.map { text($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
    }

    private func text(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x2029).contains(scalar.value) {
                    result += "\\u" + hexadecimal(scalar.value)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
