import FlowLang
import FlowProgram
import TwiML

/// A prompt in one language, flat: what is said one after another.
enum SpeechAtom {
    case text(String)
    case hole(TypedExpression, ValueType, Hole.Form)
    case emphasis([SpeechAtom])
    /// An element of SSML.
    case markup(Say.Markup, [SpeechAtom])
    case pause(seconds: Int)
    case play([SpeechAtom])
    /// In another language of the flow, with its voice.
    case language(Int, [SpeechAtom])
}

extension FlowLowering {
    /// What a prompt says in one of the flow's languages.
    mutating func speech(of prompt: Prompt, in language: Int) -> [SpeechAtom] {
        var place = SpeechPlace(
            language: language, isFirst: language == 0, isLocalized: languages.count < 2, insideText: nil)
        return speech(of: prompt, at: &place)
    }

    struct SpeechPlace {
        var language: Int
        /// The prompt is made for the flow's first language: what concerns all of them is looked at once.
        var isFirst: Bool
        /// The author has said which language this is, or there is only one.
        var isLocalized: Bool
        /// The name of the `texts` entry that is being said.
        var insideText: String?
    }

    private mutating func speech(of prompt: Prompt, at place: inout SpeechPlace) -> [SpeechAtom] {
        switch prompt.kind {
        case .invalid: return []
        case .text(let template):
            if !place.isLocalized, hasLetters(template) {
                typer.diagnostics.report(
                    CheckMessages.bareText(template.span, languages: languages.map(\.tag)))
            }
            return speech(of: template, form: .written, at: &place)
        case .part(let part): return speech(of: part, at: &place, span: prompt.span)
        case .sequence(let prompts):
            var atoms: [SpeechAtom] = []
            for prompt in prompts { atoms.appendJoined(speech(of: prompt, at: &place)) }
            return atoms
        case .languages(let entries):
            if place.isFirst { reportLanguages(entries, at: prompt.span) }
            let tag = languages[place.language].tag
            guard let entry = entries.first(where: { $0.language.value.isName(tag) }) else { return [] }
            var inner = place
            inner.isLocalized = true
            return speech(of: entry.prompt, at: &inner)
        case .channels(let entries):
            guard let entry = entries.first(where: { $0.channel.value == medium }) else {
                typer.diagnostics.report(CheckMessages.missingChannel(medium, at: prompt.span))
                return []
            }
            return speech(of: entry.prompt, at: &place)
        }
    }

    private mutating func speech(
        of part: Prompt.Part, at place: inout SpeechPlace, span: Span
    ) -> [SpeechAtom] {
        switch part {
        case .spell(let template): return speech(of: template, form: .spelled, at: &place)
        case .emphasis(let template):
            let inner = speech(of: template, form: .written, at: &place)
            return medium == .voice ? [.emphasis(inner)] : inner
        case .pause(let template):
            guard let (text, span) = literal(.template(template), what: "pause"),
                let length = milliseconds(text, at: span, within: 1000...600_000, what: "pause")
            else { return [] }
            return medium == .voice ? [.pause(seconds: (length + 999) / 1000)] : []
        case .play(let template):
            guard medium == .voice else {
                typer.diagnostics.report(CheckMessages.misplacedPart("play", at: span))
                return []
            }
            let url = urlAtoms(of: template)
            return url.isEmpty ? [] : [.play(url)]
        case .ssml(let template):
            reportUnspokenMarkup(at: template.span, in: place.language)
            return markup(in: template, at: &place)
        case .inLanguage(let tag, let prompt):
            guard let index = languageIndex(tag) else { return [] }
            var inner = place
            inner.language = index
            inner.isLocalized = true
            return [.language(index, speech(of: prompt, at: &inner))]
        }
    }

    mutating func speech(
        of template: Template, form: Hole.Form, at place: inout SpeechPlace
    ) -> [SpeechAtom] {
        let isSpelled = form == .spelled && medium == .voice
        if let text = template.literal {
            return text.isEmpty ? [] : [.text(isSpelled ? spelled(text) : text)]
        }
        var atoms: [SpeechAtom] = []
        for segment in template.segments {
            switch segment {
            case .literal(let text):
                atoms.append(.text(isSpelled ? spelled(text.value) : text.value))
            case .hole(let expression, let span):
                if let name = textName(expression) {
                    atoms += speech(ofText: name, at: &place)
                    continue
                }
                let facts = place.insideText == nil ? code.facts : textFacts
                let typed = typer.type(expression, facts: facts)
                guard typed.type != .invalid else { continue }
                if place.insideText != nil, let name = variableRead(by: typed.expression) {
                    typer.diagnostics.report(CheckMessages.variableInText(name, at: span))
                    continue
                }
                if typed.unsetVariable != nil {
                    typer.reportOptional(typed, expression)
                    continue
                }
                if typed.type == .secret {
                    typer.diagnostics.report(CheckMessages.secretShown(at: span))
                    continue
                }
                guard typer.isShowable(typed.type) else {
                    typer.diagnostics.report(CheckMessages.notShowable(typed.type, at: span))
                    continue
                }
                let spokenForm: Hole.Form = medium == .voice ? .spoken : .written
                atoms.append(
                    .hole(
                        typed.expression, typed.type,
                        isSpelled ? .spelled : spokenForm))
            }
        }
        return atoms
    }

    /// `${texts.greeting}`: the prompt of that name, said here.
    private mutating func speech(ofText name: Located<String>, at place: inout SpeechPlace) -> [SpeechAtom] {
        guard let index = textIndices[name.value] else {
            let known = typer.suggestions.allow(flow.texts.count) ? flow.texts.map(\.name.value) : []
            typer.diagnostics.report(CheckMessages.unknownText(name, known: known))
            return []
        }
        saidTexts.insert(name.value)
        guard place.insideText == nil else {
            typer.diagnostics.report(CheckMessages.nestedText(name))
            return []
        }
        var inner = place
        inner.insideText = name.value
        return speech(of: flow.texts[index].prompt, at: &inner)
    }

    /// The name of a variable, not a param, that an expression reads.
    private func variableRead(by expression: TypedExpression) -> String? {
        var name: String?
        expression.forEachVariable { slot in
            if name == nil, !parameters.contains(where: { $0.variable == slot }) {
                name = typer.names.variables[slot].name
            }
        }
        return name
    }

    private mutating func textName(_ expression: Expression) -> Located<String>? {
        guard case .field(let base, let name) = expression.kind, case .name("texts") = base.kind,
            typer.names.variable(named: "texts") == nil
        else { return nil }
        return name
    }

    /// A flow that others run may speak more languages than they do.
    mutating func reportUnknownLanguage(_ tag: Located<String>) {
        if !flow.languages.contains(where: { $0.value.isName(tag.value) }) { _ = languageIndex(tag) }
    }

    mutating func languageIndex(_ tag: Located<String>) -> Int? {
        if let index = languages.firstIndex(where: { $0.tag == tag.value }) { return index }
        typer.diagnostics.report(CheckMessages.unknownLanguage(tag, known: languages.map(\.tag)))
        return nil
    }

    /// Characters with blanks between them are said one by one.
    private func spelled(_ text: String) -> String {
        text.unicodeScalars.filter { $0 != " " }.map { String($0) }.joined(separator: " ")
    }

    /// A URL with holes: a URL at its very beginning stands as it is, others are percent-encoded.
    mutating func urlAtoms(of template: Template) -> [SpeechAtom] {
        if let text = template.literal {
            return typer.scalar(template, as: .url, facts: code.facts) == nil ? [] : [.text(text)]
        }
        var atoms: [SpeechAtom] = []
        for (index, segment) in template.segments.enumerated() {
            switch segment {
            case .literal(let text):
                if index == 0, !["https://", "http://"].contains(where: text.value.hasPrefix) {
                    typer.diagnostics.report(
                        TypeMessages.notReadable(text.value, as: .url, at: template.span))
                }
                atoms.append(.text(text.value))
            case .hole(let expression, let span):
                let typed = typer.type(expression, facts: code.facts)
                guard typed.type != .invalid else { continue }
                if index == 0 {
                    guard let url = typer.fitted(typed, expression, as: .url) else { continue }
                    atoms.append(.hole(url, .url, .verbatim))
                    continue
                }
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

extension [SpeechAtom] {
    /// Joined by one blank, none before punctuation.
    fileprivate mutating func appendJoined(_ other: [SpeechAtom]) {
        if let last, last.endsInWords, let first = other.first, first.beginsWithWord {
            append(.text(" "))
        }
        append(contentsOf: other)
    }
}

extension SpeechAtom {
    fileprivate var endsInWords: Bool {
        switch self {
        case .text, .hole, .emphasis: true
        case .language(_, let inner), .markup(_, let inner): inner.last?.endsInWords ?? false
        case .pause, .play: false
        }
    }

    /// Punctuation follows without a blank.
    fileprivate var beginsWithWord: Bool {
        switch self {
        case .text(let text):
            text.unicodeScalars.first.map { !".,;:!?)…".unicodeScalars.contains($0) } ?? false
        case .hole: true
        case .emphasis(let inner), .language(_, let inner), .markup(_, let inner):
            inner.first?.beginsWithWord ?? false
        case .pause, .play: false
        }
    }
}
