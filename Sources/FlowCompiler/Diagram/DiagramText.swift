import FlowLang

/// Arguments as one short line for people.
struct DiagramText {
    let file: SourceFile
    /// Of several languages the one that is shown.
    let language: String?

    /// In scalars.
    static let maxLength = 48

    func line(_ argument: Argument?) -> String {
        guard let argument else { return "" }
        return shortened(text(of: argument))
    }

    private func text(of argument: Argument) -> String {
        switch argument {
        case .template(let template): text(of: template)
        case .prompt(let prompt): text(of: prompt)
        case .prompts(let prompts): prompts.map(text).joined(separator: " ")
        case .expression(let expression): file.text(of: expression.span)
        case .assignments(let assignments):
            assignments.map { "\($0.name.value) = \(value($0.value))" }.joined(separator: ", ")
        case .list(let items): items.map(text).joined(separator: ", ")
        case .object(let object): "\(object.kind.value) \(text(of: object.value))"
        case .flow(let use): use.flow.value
        case .target, .choices, .phrases, .cases, .data, .type, .records: ""
        }
    }

    /// Literals as written, holes with their braces.
    private func text(of template: Template) -> String {
        template.segments.map { segment in
            switch segment {
            case .literal(let text): text.value
            case .hole(_, let span): file.text(of: span)
            }
        }.joined()
    }

    /// The right side of `name = value`: a hole alone is an expression, and all else a text.
    private func value(_ template: Template) -> String {
        template.wholeHole.map { file.text(of: $0.span) } ?? "'\(text(of: template))'"
    }

    private func text(of prompt: Prompt) -> String {
        switch prompt.kind {
        case .text(let template): return text(of: template)
        case .sequence(let prompts): return prompts.map(text).joined(separator: " ")
        case .languages(let entries):
            let entry = entries.first { $0.language.value == language } ?? entries.first
            return entry.map { text(of: $0.prompt) } ?? ""
        case .channels(let entries): return entries.first.map { text(of: $0.prompt) } ?? ""
        case .part(let part): return text(of: part)
        case .invalid: return ""
        }
    }

    private func text(of part: Prompt.Part) -> String {
        switch part {
        case .spell(let template), .emphasis(let template), .ssml(let template): text(of: template)
        case .pause: "…"
        case .play(let template): "♪ " + text(of: template)
        case .inLanguage(_, let prompt): text(of: prompt)
        }
    }

    /// One line of visible characters, cut at a word where one ends not long before the bound.
    private func shortened(_ text: String) -> String {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            let isBlank = scalar.properties.isWhitespace || scalar.value < 0x20
            if isBlank, scalars.last == " " || scalars.isEmpty { continue }
            scalars.append(isBlank ? " " : scalar)
        }
        while scalars.last == " " { scalars.removeLast() }
        guard scalars.count > Self.maxLength else { return string(scalars) }
        var cut = Array(scalars.prefix(Self.maxLength - 1))
        if let blank = cut.lastIndex(of: " "), blank > Self.maxLength * 2 / 3 { cut.removeSubrange(blank...) }
        return string(cut) + "…"
    }

    private func string(_ scalars: [Unicode.Scalar]) -> String {
        var text = ""
        for scalar in scalars { text += escaped(scalar) }
        return text
    }
}
