/// Prints diagnostics for people: one form, plain or coloured.
///
///     flows/main.yaml:12:15: error[unknown-state]: unknown state 'meun'
///        |
///     12 |       9: meun
///        |          ^^^^
///     help: Did you mean 'menu'?
public struct DiagnosticRenderer: Sendable {
    private let files: [UInt32: SourceFile]
    private let isColoured: Bool

    /// - Parameter files: all that spans may lie in; of two with one number the first counts.
    public init(files: [SourceFile], isColoured: Bool = false) {
        self.files = Dictionary(files.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.isColoured = isColoured
    }

    /// The diagnostic's lines, each with its line end.
    public func render(_ diagnostic: Diagnostic) -> String {
        var output = ""
        let word = paint(
            "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]", colour(of: diagnostic.severity))
        output += "\(place(diagnostic.span)): \(word): \(paint(visible(diagnostic.headline), .bold))\n"
        output += excerpt(diagnostic.span, mark: "^", colour(of: diagnostic.severity))
        for note in diagnostic.notes {
            let place = note.span.map { "\(self.place($0)): " } ?? ""
            output += "\(place)\(paint("note", .blue)): \(visible(note.text))\n"
            if let span = note.span { output += excerpt(span, mark: "-", .blue) }
        }
        if let help = diagnostic.help { output += "\(paint("help", .green)): \(visible(help))\n" }
        return output
    }

    /// All of them in the given order, a blank line between two.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(render).joined(separator: "\n")
    }

    // MARK: places

    func file(_ id: UInt32) -> SourceFile? { files[id] }

    private func place(_ span: Span) -> String {
        guard let file = files[span.source] else { return "?" }
        let position = file.position(of: span.lower)
        return "\(visible(file.name)):\(position.line):\(position.column)"
    }

    // MARK: excerpts

    /// The first line of the span, underlined, and the last one where it has several.
    private func excerpt(_ span: Span, mark: Character, _ colour: Colour) -> String {
        guard let file = files[span.source] else { return "" }
        let first = file.position(of: span.lower).line
        let last = file.position(
            of: Swift.max(span.lower, span.upper == span.lower ? span.lower : span.upper - 1)
        ).line
        let margin = String(repeating: " ", count: String(last).count)
        var output = "\(margin) \(bar)\n"
        output += line(first, of: file, span, mark, colour, margin)
        if last > first {
            if last > first + 1 { output += "\(paint("...", .blue))\n" }
            output += line(last, of: file, span, mark, colour, margin)
        }
        return output
    }

    private func line(
        _ number: Int, of file: SourceFile, _ span: Span, _ mark: Character, _ colour: Colour,
        _ margin: String
    ) -> String {
        let start = file.start(ofLine: number)
        let end = file.end(ofLine: number)
        let lower = Swift.min(Swift.max(Int(span.lower), start), end)
        let upper = Swift.min(Swift.max(Int(span.upper), lower), end)
        let window = window(start, end, around: lower)
        let before = laidOut(file, window.lowerBound..<Swift.max(window.lowerBound, lower), from: 0)
        let marked = laidOut(
            file, Swift.max(lower, window.lowerBound)..<Swift.min(upper, window.upperBound),
            from: before.width)
        let after = laidOut(
            file, Swift.max(Swift.min(upper, window.upperBound), lower)..<window.upperBound,
            from: before.width + marked.width)
        let label = String(number)
        let padding = String(repeating: " ", count: Swift.max(0, margin.utf8.count - label.utf8.count))
        let text = trimmedEnd(before.text + marked.text + after.text)
        var carets = String(repeating: String(mark), count: Swift.max(1, marked.width))
        // A line in the middle of a span is underlined from its first word on.
        let lead = before.width + (Int(span.lower) < start ? marked.text.prefix { $0 == " " }.count : 0)
        if lead > before.width { carets = String(carets.dropFirst(lead - before.width)) }
        var output = "\(padding)\(paint(label, .blue)) \(bar)\(text.isEmpty ? "" : " " + text)\n"
        output += "\(margin) \(bar) \(String(repeating: " ", count: lead))\(paint(carets, colour))\n"
        return output
    }

    /// Long lines are shown around the place.
    private func window(_ start: Int, _ end: Int, around lower: Int) -> Range<Int> {
        guard end - start > 400 else { return start..<end }
        let from = Swift.max(start, lower - 120)
        return from..<Swift.max(lower, Swift.min(end, from + 400))
    }

    /// The bytes as they are shown, with the columns that they take: tabs go to the next multiple of 4.
    private func laidOut(_ file: SourceFile, _ bytes: Range<Int>, from column: Int) -> (
        text: String, width: Int
    ) {
        var text = String.UnicodeScalarView()
        var width = 0
        for scalar in String(decoding: file.bytes[bytes], as: UTF8.self).unicodeScalars {
            if scalar == "\t" {
                let blanks = 4 - (column + width) % 4
                for _ in 0..<blanks { text.append(" ") }
                width += blanks
            } else {
                let shown = escaped(scalar).unicodeScalars
                text.append(contentsOf: shown)
                width += shown.count == 1 ? columnWidth(scalar) : shown.count
            }
        }
        return (String(text), width)
    }

    private func trimmedEnd(_ text: String) -> String {
        var scalars = text.unicodeScalars
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    private func visible(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(contentsOf: escaped(scalar).unicodeScalars) }
        return String(result)
    }

    // MARK: colours

    private enum Colour: String {
        case bold = "1"
        case red = "1;31"
        case green = "1;32"
        case yellow = "1;33"
        case blue = "1;34"
    }

    private var bar: String { paint("|", .blue) }

    private func colour(of severity: Severity) -> Colour {
        switch severity {
        case .error: .red
        case .warning: .yellow
        }
    }

    private func paint(_ text: String, _ colour: Colour) -> String {
        isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
