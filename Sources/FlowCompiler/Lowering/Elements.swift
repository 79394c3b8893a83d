import FlowLang
import FlowProgram
import TwiML

/// An element of TwiML whose values may hold holes.
struct ElementAtoms {
    var name: String
    var attributes: [(name: String, atoms: [SpeechAtom])] = []
    /// Attributes that are URLs of this server.
    var callbacks: [(name: String, kind: NoticeKind)] = []
    var text: [SpeechAtom]?
    /// What it says, before its other children.
    var prompt: Prompt?
    var children: [ElementAtoms] = []
    /// The attribute that holds the URL of one of the step's sides.
    var side: (name: String, index: Int)?

    func written(_ builder: inout PieceBuilder) -> [Element.Attribute] {
        attributes.map { Element.Attribute($0.name, builder.text(of: $0.atoms, in: nil)) }
            + (side.map { [Element.Attribute($0.name, PieceBuilder.side($0.index))] } ?? [])
            + callbacks.map { Element.Attribute($0.name, PieceBuilder.callback($0.kind)) }
    }
}

extension FlowLowering {
    /// An element in one of the flow's languages.
    mutating func element(
        _ atoms: ElementAtoms, in language: Int, with builder: inout PieceBuilder, action: Bool = false
    ) -> Element {
        let start = action ? [Element.Attribute("action", PieceBuilder.action)] : []
        var element = Element(atoms.name, start + atoms.written(&builder))
        element.text = atoms.text.map { builder.text(of: $0, in: nil) }
        if let prompt = atoms.prompt {
            element.children = verbs(saying: speech(of: prompt, in: language), in: language, with: &builder)
        }
        for child in atoms.children {
            element.children.append(.element(self.element(child, in: language, with: &builder)))
        }
        return element
    }
}

/// Options that stand for attributes of TwiML become those by the verb table's rows alone.
extension FlowLowering {
    /// The element of an object that has kinds, by the kind's row.
    mutating func element(of object: ObjectArgument, _ kinds: [ObjectRow]) -> ElementAtoms? {
        guard let row = kinds.first(where: { $0.name == object.kind.value }), let source = row.source,
            let value = atoms(of: object.value, row.kind, what: row.name)
        else { return nil }
        let words = source.split(separator: " ").map(String.init)
        var element = ElementAtoms(name: words[0])
        if words.count > 1 { element.attributes.append((words[1], value)) } else { element.text = value }
        add(object.options, rows: row.options, to: &element)
        addCallbacks(to: &element)
        return element
    }

    /// Of what is recorded a handler is told; without one nobody is.
    func addCallbacks(to element: inout ElementAtoms) {
        let names = element.attributes.map(\.name)
        let isRecorded = element.name == "Recording" || element.name == "Record" || names.contains("record")
        if isRecorded, heard.contains(.recording) {
            element.callbacks.append(("recordingStatusCallback", .recording))
        }
        if names.contains("transcribe"), heard.contains(.transcription) {
            element.callbacks.append(("transcribeCallback", .transcription))
        }
    }

    /// Adds the attributes and children that options stand for to the element of which their rows speak.
    ///
    /// - Parameter others: options that are read elsewhere.
    mutating func add(
        _ options: [Step.Option], rows: [OptionRow], to element: inout ElementAtoms,
        except others: [String] = []
    ) {
        for option in options {
            guard !others.contains(where: option.name.isName),
                let row = rows.first(where: { $0.name.isName(option.name) }), let source = row.source
            else { continue }
            let words = source.split(separator: " ").map(String.init)
            switch option.value {
            case .assignments(let assignments): element.children += named(words[0], assignments)
            case .records(let records):
                guard case .records(let rows) = row.kind else { continue }
                for record in records {
                    var child = ElementAtoms(name: words[0])
                    add(record.options, rows: rows, to: &child)
                    element.children.append(child)
                }
            case .prompt(let prompt): element.prompt = prompt
            default:
                guard words[0] == element.name,
                    let value = atoms(
                        of: option.value, row.kind, what: row.name, inMilliseconds: row.isInMilliseconds)
                else { continue }
                if case .url = row.kind {
                    note(
                        host: row.takesOver ? .redirect : .host, of: value, at: option.keySpan, Allowance())
                }
                if words.count > 1 {
                    element.attributes.append((words[1], value))
                } else {
                    element.text = value
                }
            }
        }
    }

    /// `<Parameter name value/>`, `<Config name value/>`, `<Header name value/>`
    private mutating func named(_ name: String, _ assignments: [Assignment]) -> [ElementAtoms] {
        assignments.compactMap { assignment in
            text(of: assignment.value).map {
                ElementAtoms(
                    name: name, attributes: [("name", [.text(assignment.name.value)]), ("value", $0)])
            }
        }
    }

    private func text(of typed: TypedExpression, _ type: ValueType) -> [SpeechAtom] {
        if case .literal(.text(let text)) = typed { return [.text(text)] }
        return [.hole(typed, type, .verbatim)]
    }

    private mutating func text(of template: Template, as type: ValueType = .text) -> [SpeechAtom]? {
        typer.scalar(template, as: type, facts: code.facts).map { text(of: $0, type) }
    }

    /// The value of an attribute as TwiML writes it.
    mutating func atoms(
        of argument: Argument, _ kind: ArgumentKind, what: String, inMilliseconds: Bool = false
    ) -> [SpeechAtom]? {
        switch (kind, argument) {
        case (.bool, _): return word(argument, of: ["true", "false"], what: what).map { [.text($0)] }
        case (.words(let words), .template(let template)) where template.wholeHole != nil:
            return known(template, hint: words.first ?? "") { words.contains($0) }
        case (.words(let words), _): return word(argument, of: words, what: what).map { [.text($0)] }
        case (.language(let others), .template(let template)) where template.literal == nil:
            return known(template, hint: "en-US") { isLanguageTag($0) || others.contains($0) }
        case (.integer(let range), _):
            guard let (text, span) = literal(argument, what: what),
                let value = integer(text, at: span, within: range, what: what)
            else { return nil }
            return [.text(String(value))]
        case (.duration(let range), _):
            guard let (text, span) = literal(argument, what: what),
                let value = milliseconds(text, at: span, within: range, what: what)
            else { return nil }
            return [.text(String(inMilliseconds ? value : (value + 999) / 1000))]
        case (.key, _), (.keys, _), (.tones, _): return literal(argument, what: what).map { [.text($0.text)] }
        case (.list(.words(let words)), .list(let items)):
            let chosen = items.compactMap { word($0, of: words, what: what) }
            // Each once, in the written order.
            let distinct = chosen.indices.filter { !chosen[..<$0].contains(chosen[$0]) }.map { chosen[$0] }
            return [.text(distinct.joined(separator: " "))]
        case (.list(.integer(let range)), .list(let items)):
            let numbers = items.compactMap { item in
                literal(item, what: what).flatMap { integer($0.text, at: $0.span, within: range, what: what) }
            }
            return [.text(numbers.map { String($0) }.joined(separator: " "))]
        case (.list, .list(let items)):
            var atoms: [SpeechAtom] = []
            for case .template(let template) in items {
                guard let value = text(of: template) else { continue }
                atoms += (atoms.isEmpty ? [] : [.text(",")]) + value
            }
            return atoms
        case (.number, .template(let template)):
            guard let number = typer.scalar(template, as: .number, facts: code.facts) else { return nil }
            if case .literal(let value) = number { return [.text(value.plainText)] }
            return [.hole(number, .number, .verbatim)]
        case (.url, .template(let template)): return urlAtoms(of: template)
        case (.webSocketURL, .template(let template)): return webSocketAtoms(of: template)
        case (.phone, .template(let template)):
            return typer.scalar(template, as: .phone, facts: code.facts).map { text(of: $0, .phone) }
        case (.shortText(let limit), .template(let template)):
            return text(of: template, as: .text(limit: limit))
        case (.sid, .template(let template)): return text(of: template, as: .text(limit: 34))
        case (.sipAddress, .template(let template)):
            return text(of: template, as: .text(limit: Limits.maxSIPAddress))
        case (.credential, .template(let template)): return credential(template)
        case (_, .template(let template)): return text(of: template)
        default: return nil
        }
    }

    /// A hole whose value is one of some words that are all known to the provider: nobody could judge others before they come.
    private mutating func known(
        _ template: Template, hint: String, isKnown: (String) -> Bool
    ) -> [SpeechAtom]? {
        guard let expression = template.wholeHole else {
            typer.diagnostics.report(CheckMessages.partlyKnown(hint, at: template.span))
            return nil
        }
        let typed = typer.type(expression, facts: code.facts)
        if typed.type == .invalid { return nil }
        if case .words(let words) = typed.type, words.allSatisfy(isKnown) {
            return [.hole(typed.expression, typed.type, .verbatim)]
        }
        if case .language = typed.expression, languages.map(\.tag).allSatisfy(isKnown) {
            return [.hole(typed.expression, .text, .verbatim)]
        }
        if case .literal(.text(let text)) = typed.expression, isKnown(text) { return [.text(text)] }
        typer.diagnostics.report(CheckMessages.unknownWords(typed.type, hint, at: template.span))
        return nil
    }

    /// What only the provider and the other side get to see.
    private mutating func credential(_ template: Template) -> [SpeechAtom]? {
        guard let expression = template.wholeHole else { return text(of: template) }
        let typed = typer.type(expression, facts: code.facts)
        guard typed.type == .secret else { return text(of: template) }
        // No provider takes a longer one, and the document must have room for whatever it is.
        let shown = TypedExpression.call(
            .first, [typed.expression, .literal(.integer(Int64(ValueType.defaultTextLimit)))])
        return [.hole(shown, .secret, .verbatim)]
    }

    private mutating func word(_ argument: Argument, of words: [String], what: String) -> String? {
        literal(argument, what: what).flatMap { word($0.text, at: $0.span, of: words, what: what) }
    }

    /// Holes stand behind the host, percent-encoded.
    private mutating func webSocketAtoms(of template: Template) -> [SpeechAtom]? {
        guard case .literal(let start)? = template.segments.first, start.value.hasPrefix("wss://") else {
            typer.diagnostics.report(CheckMessages.noWebSocket(at: template.span))
            return nil
        }
        var atoms: [SpeechAtom] = []
        for segment in template.segments {
            switch segment {
            case .literal(let text): atoms.append(.text(text.value))
            case .hole(let expression, let span):
                let typed = typer.type(expression, facts: code.facts)
                guard typed.type != .invalid else { continue }
                guard typer.isShowable(typed.type), typed.type != .secret else {
                    typer.diagnostics.report(
                        typed.type == .secret
                            ? CheckMessages.secretShown(at: span)
                            : CheckMessages.notShowable(typed.type, at: span))
                    continue
                }
                atoms.append(.hole(typed.expression, typed.type, .url))
            }
        }
        return atoms
    }
}

extension OptionRow {
    /// Whether what answers at its URL takes the call over.
    fileprivate var takesOver: Bool { source == "Dial referUrl" }
}
