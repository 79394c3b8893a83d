extension DiagnosticRenderer {
    /// The diagnostic for machines: one JSON object on one line, its keys always in the same order. Lines and columns
    /// count from 1, columns in Unicode scalars; the end is the column behind the last one.
    public func renderJSON(_ diagnostic: Diagnostic) -> String {
        let notes = diagnostic.notes.map { note in
            JSONText.object((note.span.map(place) ?? []) + [("message", .string(note.text))])
        }
        let members: [(String, JSONText)] =
            place(diagnostic.span) + [
                ("severity", .string(diagnostic.severity.rawValue)),
                ("code", .string(diagnostic.code.rawValue)),
                ("message", .string(diagnostic.headline)),
                ("help", diagnostic.help.map(JSONText.string) ?? .null),
                ("notes", .array(notes)),
                ("fix", applicableFix(of: diagnostic).map(change) ?? .null),
            ]
        return JSONText.object(members).compact
    }

    /// The diagnostic's fix, if the file holds what it replaces.
    func applicableFix(of diagnostic: Diagnostic) -> Fix? {
        guard let fix = diagnostic.fix, let file = file(fix.span.source), fix.applies(to: file) else {
            return nil
        }
        return fix
    }

    private func change(_ fix: Fix) -> JSONText {
        .object(place(fix.span) + [("replacement", .string(fix.new)), ("isSafe", .bool(fix.isSafe))])
    }

    private func place(_ span: Span) -> [(String, JSONText)] {
        guard let file = file(span.source) else { return [] }
        let start = file.position(of: span.lower)
        let end = file.position(of: span.upper)
        return [
            ("file", .string(file.name)), ("line", .number(start.line)), ("column", .number(start.column)),
            ("endLine", .number(end.line)), ("endColumn", .number(end.column)),
        ]
    }
}
