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
    var children: [ElementAtoms] = []
    /// The attribute that holds the URL of one of the step's sides.
    var side: (name: String, index: Int)?

    func element(_ builder: inout PieceBuilder, action: Bool = false) -> Element {
        let start = action ? [Element.Attribute("action", PieceBuilder.action)] : []
        return Element(
            name, start + written(&builder), text: text.map { builder.text(of: $0, in: nil) },
            children: children.map { $0.element(&builder) })
    }

    func written(_ builder: inout PieceBuilder) -> [Element.Attribute] {
        attributes.map { Element.Attribute($0.name, builder.text(of: $0.atoms, in: nil)) }
            + (side.map { [Element.Attribute($0.name, PieceBuilder.side($0.index))] } ?? [])
            + callbacks.map { Element.Attribute($0.name, PieceBuilder.callback($0.kind)) }
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
                let index = rows.firstIndex(where: { $0.name.isName(option.name) }),
                let source = rows[index].source
            else { continue }
            let row = rows[index]
            let words = source.split(separator: " ").map(String.init)
            switch option.value {
            case .assignments(let assignments): element.children += named(words[0], assignments)
            case .data(let data): element.children += listed(words[0], data, at: option.keySpan)
            default:
                guard words.count == 2, words[0] == element.name,
                    let value = atoms(
                        of: option.value, row.kind, what: row.name, inMilliseconds: row.isInMilliseconds)
                else { continue }
                element.attributes.append((words[1], value))
            }
        }
    }

    /// `<Parameter name value/>`, `<Config name value/>`
    private mutating func named(_ name: String, _ assignments: [Assignment]) -> [ElementAtoms] {
        assignments.compactMap { assignment in
            text(of: assignment.value).map {
                ElementAtoms(
                    name: name, attributes: [("name", [.text(assignment.name.value)]), ("value", $0)])
            }
        }
    }

    /// A list of mappings: an element for each, with attributes; `say` and `play` stand inside.
    private mutating func listed(_ name: String, _ data: DataTemplate, at span: Span) -> [ElementAtoms] {
        guard case .list(let items) = data, let known = listedFields[name] else {
            typer.diagnostics.report(CheckMessages.noList(at: span))
            return []
        }
        return items.compactMap { item in
            guard case .object(let fields) = item else {
                typer.diagnostics.report(CheckMessages.noList(at: span))
                return nil
            }
            var element = ElementAtoms(name: name)
            for field in fields {
                guard case .scalar(let template) = field.value,
                    let attribute = known.first(where: { $0.key == field.name.value })
                else {
                    typer.diagnostics.report(CheckMessages.unknownField(field.name, known: known.map(\.key)))
                    continue
                }
                guard let value = text(of: template) else { continue }
                switch attribute.key {
                case "say": element.children.append(ElementAtoms(name: "Say", text: value))
                case "play": element.children.append(ElementAtoms(name: "Play", text: value))
                default: element.attributes.append((attribute.attribute, value))
                }
            }
            return element
        }
    }

    private func text(of typed: TypedExpression, _ type: ValueType) -> [SpeechAtom] {
        if case .literal(.text(let text)) = typed { return [.text(text)] }
        return [.hole(typed, type, .verbatim)]
    }

    private mutating func text(of template: Template) -> [SpeechAtom]? {
        typer.scalar(template, as: .text, facts: code.facts).map { text(of: $0, .text) }
    }

    /// The value of an attribute as TwiML writes it.
    mutating func atoms(
        of argument: Argument, _ kind: ArgumentKind, what: String, inMilliseconds: Bool = false
    ) -> [SpeechAtom]? {
        switch (kind, argument) {
        case (.bool, _): return word(argument, of: ["true", "false"], what: what).map { [.text($0)] }
        case (.words(let words), _): return word(argument, of: words, what: what).map { [.text($0)] }
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
        case (.keys, _): return literal(argument, what: what).map { [.text($0.text)] }
        case (.list(.words(let words)), .list(let items)):
            let chosen = items.compactMap { word($0, of: words, what: what) }
            // Each once, in the written order.
            let distinct = chosen.indices.filter { !chosen[..<$0].contains(chosen[$0]) }.map { chosen[$0] }
            return [.text(distinct.joined(separator: " "))]
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
        case (_, .template(let template)): return text(of: template)
        default: return nil
        }
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

/// The keys of elements that are written as a list of mappings, and their attributes.
private let listedFields: [String: [(key: String, attribute: String)]] = [
    "Language": [
        ("code", "code"), ("tts_provider", "ttsProvider"), ("voice", "voice"),
        ("transcription_provider", "transcriptionProvider"), ("speech_model", "speechModel"),
    ],
    "Prompt": [
        ("for", "for"), ("say", ""), ("play", ""), ("error_type", "errorType"), ("card_type", "cardType"),
        ("attempt", "attempt"), ("require_matching_inputs", "requireMatchingInputs"),
    ],
]
