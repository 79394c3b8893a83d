import FlowLang
import FlowProgram

/// Reading the literal options of a step, by the kinds of the verb table.
extension FlowLowering {
    /// Milliseconds of an option or of the flow's default of that name.
    mutating func milliseconds(_ name: String, of step: Step) -> Int? {
        guard let (text, span) = literal(name, of: step),
            case .duration(let range)? = step.row.option(name)?.kind
        else { return nil }
        return milliseconds(text, at: span, within: range, what: name)
    }

    mutating func milliseconds(
        _ text: String, at span: Span, within range: ClosedRange<Int>, what: String
    ) -> Int? {
        guard let value = durationMilliseconds(text).flatMap({ Int(exactly: $0) }) else {
            typer.diagnostics.report(CheckMessages.noDuration(what, text, at: span))
            return nil
        }
        guard range.contains(value) else {
            typer.diagnostics.report(
                CheckMessages.outOfRange(
                    what, text, at: span, from: display(milliseconds: range.lowerBound),
                    to: display(milliseconds: range.upperBound)))
            return nil
        }
        return value
    }

    /// Whole seconds, rounded up: what the provider takes.
    mutating func seconds(_ name: String, of step: Step) -> Int? {
        milliseconds(name, of: step).map { ($0 + 999) / 1000 }
    }

    mutating func integer(_ name: String, of step: Step) -> Int? {
        guard let (text, span) = literal(name, of: step),
            case .integer(let range)? = step.row.option(name)?.kind
        else { return nil }
        return integer(text, at: span, within: range, what: name)
    }

    mutating func integer(
        _ text: String, at span: Span, within range: ClosedRange<Int>, what: String
    ) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(text)
        else {
            typer.diagnostics.report(CheckMessages.noInteger(what, text, at: span))
            return nil
        }
        guard range.contains(value) else {
            typer.diagnostics.report(
                CheckMessages.outOfRange(
                    what, text, at: span, from: String(range.lowerBound), to: String(range.upperBound)))
            return nil
        }
        return value
    }

    mutating func bool(_ name: String, of step: Step) -> Bool? {
        guard let (text, span) = literal(name, of: step) else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            typer.diagnostics.report(CheckMessages.noWord(name, text, at: span, words: ["true", "false"]))
            return nil
        }
    }

    mutating func word(_ name: String, of step: Step) -> String? {
        guard let (text, span) = literal(name, of: step),
            case .words(let words)? = step.row.option(name)?.kind
        else { return nil }
        return word(text, at: span, of: words, what: name)
    }

    mutating func word(_ text: String, at span: Span, of words: [String], what: String) -> String? {
        if words.contains(text) { return text }
        typer.diagnostics.report(CheckMessages.noWord(what, text, at: span, words: words))
        return nil
    }

    /// Keys `0`-`9`, `*`, `#`; for tones also `w`. Input ends on `any` key or on `none`, too.
    mutating func keys(_ name: String, of step: Step, allowing extra: String = "") -> String? {
        guard let (text, span) = literal(name, of: step) else { return nil }
        if name == "finish_on", text == "any" { return "1234567890*#" }
        if name == "finish_on", text == "none" { return "" }
        let allowed = "0123456789*#" + extra
        guard text.unicodeScalars.allSatisfy({ allowed.unicodeScalars.contains($0) }) else {
            typer.diagnostics.report(CheckMessages.noKeys(name, text, at: span))
            return nil
        }
        return text
    }

    /// The slot of the variable that an option names.
    mutating func variable(_ name: String, of step: Step) -> (slot: Int, span: Span)? {
        guard let (text, span) = literal(name, of: step),
            let slot = typer.names.variable(named: text)
        else { return nil }
        return (slot, span)
    }

    /// The templates of an option that is one scalar or a list of such.
    func templates(_ name: String, of step: Step) -> [Template] {
        guard case .list(let elements)? = (step.option(name) ?? defaultOption(name, of: step))?.value else {
            return []
        }
        return elements.compactMap { if case .template(let template) = $0 { template } else { nil } }
    }

    /// The same without holes.
    mutating func literals(_ name: String, of step: Step) -> [String] {
        templates(name, of: step).compactMap { literal(.template($0), what: name)?.text }
    }

    /// The text of an option without holes, of the step or of the flow's defaults.
    mutating func literal(_ name: String, of step: Step) -> (text: String, span: Span)? {
        guard let option = step.option(name) ?? defaultOption(name, of: step) else { return nil }
        return literal(option.value, what: name)
    }

    mutating func literal(_ argument: Argument?, what: String) -> (text: String, span: Span)? {
        guard case .template(let template)? = argument else { return nil }
        guard let text = template.literal else {
            typer.diagnostics.report(CheckMessages.unexpectedHole(what, at: template.span))
            return nil
        }
        return (text, template.span)
    }

    private func display(milliseconds: Int) -> String {
        switch milliseconds {
        case let ms where ms % 3_600_000 == 0: "\(ms / 3_600_000)h"
        case let ms where ms % 60_000 == 0: "\(ms / 60_000)m"
        case let ms where ms % 1000 == 0: "\(ms / 1000)s"
        default: "\(milliseconds)ms"
        }
    }
}
