import FlowLang
import FlowProgram

/// `allow`: what a value that a caller can choose must begin with, so that it may be dialled, texted or asked.
struct Allowance {
    /// None for `any`, and where there is no `allow`.
    var prefixes: [String] = []
    /// The step, or the flow's defaults, say something of it.
    var isGiven = false
}

extension FlowLowering {
    /// Of numbers, beginning with `+`; of names and addresses, beginning with a letter; of URLs, with a whole host.
    enum AllowForm {
        case numbers, numbersAndNames, names, urls, anything
    }

    mutating func allowance(of step: Step, _ form: AllowForm) -> Allowance {
        let templates = templates("allow", of: step)
        guard let option = step.option("allow") ?? defaultOption("allow", of: step) else {
            return Allowance()
        }
        if templates.isEmpty { typer.diagnostics.report(CheckMessages.emptyAllow(at: option.keySpan)) }
        var allowance = Allowance(isGiven: true)
        var allowsAny = false
        for template in templates {
            guard let text = template.literal else {
                typer.diagnostics.report(CheckMessages.unexpectedHole("allow", at: template.span))
                continue
            }
            if text == "any" {
                allowsAny = true
            } else if form.takes(text) {
                allowance.prefixes.append(text)
            } else {
                typer.diagnostics.report(CheckMessages.noPrefix(text, form, at: template.span))
            }
        }
        if allowsAny { allowance.prefixes = [] }
        return allowance
    }

    /// Notes that values decide whom the step reaches.
    mutating func note(_ kind: Sink.Kind, _ atoms: [SpeechAtom]?, at span: Span, _ allowance: Allowance) {
        for case .hole(let expression, _, _) in atoms ?? [] where expression.mayBeChosen {
            code.note(Sink(kind: kind, expression: expression, span: span, isAllowed: allowance.isGiven))
        }
    }

    /// Notes what decides the host of a URL: a hole before the first slash behind it can make it another host's name.
    mutating func note(host kind: Sink.Kind, of url: [SpeechAtom], at span: Span, _ allowance: Allowance) {
        note(kind, url.host, at: span, allowance)
    }

    /// Leads to `failed` where a name has none of the prefixes, or is blank.
    mutating func emitGuard(
        of atoms: [SpeechAtom], _ allowance: Allowance = Allowance(), failed: Int, at span: Span
    ) {
        guard let test = guardTest(of: atoms, allowance) else { return }
        let allowed = code.makeLabel()
        code.lead(to: allowed, with: code.facts)
        code.emit(.branch(test, then: allowed, otherwise: failed), at: span)
        code.place(allowed)
    }

    func guardTest(of atoms: [SpeechAtom], _ allowance: Allowance) -> TypedExpression? {
        guard case .hole(let value, _, _)? = atoms.first, atoms.count == 1, value.mayBeChosen else {
            return nil
        }
        return value.begins(withOneOf: allowance.prefixes) ?? (value.mayBeBlank ? value.isNotBlank : nil)
    }
}

extension FlowLowering.AllowForm {
    func takes(_ text: String) -> Bool {
        switch self {
        case .numbers: Self.isNumber(text)
        case .numbersAndNames: Self.isNumber(text) || Self.isName(text)
        case .names: Self.isName(text)
        case .urls:
            ["https://", "http://"].contains {
                text.hasPrefix($0) && text.dropFirst($0.count).dropFirst().utf8.contains(UInt8(ascii: "/"))
            }
        case .anything: false
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "+") && text.utf8.count > 1
            && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isName(_ text: String) -> Bool {
        text.unicodeScalars.first?.properties.isAlphabetic ?? false
    }
}

extension [SpeechAtom] {
    /// The part of a URL that can become its host.
    fileprivate var host: [SpeechAtom] {
        var host: [SpeechAtom] = []
        for atom in self {
            guard case .text(var text) = atom else {
                host.append(atom)
                continue
            }
            if host.isEmpty, let scheme = text.firstRange(of: "://") {
                text = String(text[scheme.upperBound...])
            }
            if text.utf8.contains(where: { "/?#".utf8.contains($0) }) { return host }
            host.append(.text(text))
        }
        return host
    }
}

extension TypedExpression {
    /// Whether anything but the flow's own words and settings is in it.
    var mayBeChosen: Bool {
        var mayBe = false
        forEach { part in
            switch part {
            case .variable, .context: mayBe = true
            default: break
            }
        }
        return mayBe
    }

    /// Whether no part of it is written out.
    var mayBeBlank: Bool {
        guard case .concatenation(let parts) = self else { return true }
        return !parts.contains { part in
            guard case .literal(.text(let text)) = part else { return false }
            return text.unicodeScalars.contains { !$0.properties.isWhitespace }
        }
    }

    fileprivate var isNotBlank: TypedExpression {
        .compare(.notEqual, .call(.trim, [self]), .literal(.text("")))
    }

    /// A condition; nil without prefixes.
    fileprivate func begins(withOneOf prefixes: [String]) -> TypedExpression? {
        let tests = prefixes.map { TypedExpression.call(.startsWith, [self, .literal(.text($0))]) }
        guard let first = tests.first else { return nil }
        return tests.dropFirst().reduce(first) { .or($0, $1) }
    }
}
