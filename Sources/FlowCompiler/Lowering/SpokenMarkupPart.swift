import FlowLang
import FlowProgram
import TwiML

/// `{ssml: "…"}`: markup of a voice's own. It is read as XML and written anew, so that it can't change a document; a hole stands
/// for what is said, never for a part of a tag.
extension FlowLowering {
    mutating func markup(in template: Template, at place: inout SpeechPlace) -> [SpeechAtom] {
        var holes: [Template.Segment] = []
        var xml = "<Say>"
        for segment in template.segments {
            switch segment {
            case .literal(let text):
                if text.value.unicodeScalars.contains(where: { Self.stands.contains($0.value) }) {
                    typer.diagnostics.report(
                        CheckMessages.invalidMarkup("it holds a character for private use", at: text.span))
                    return []
                }
                xml += text.value
            case .hole:
                guard let stand = Unicode.Scalar(Self.stands.lowerBound + UInt32(holes.count)),
                    Self.stands.contains(stand.value)
                else { return [] }
                holes.append(segment)
                xml.unicodeScalars.append(stand)
            }
        }
        do {
            let root = try XMLReader.read(Array((xml + "</Say>").utf8))
            return atoms(of: root, holes: holes, in: template.span, at: &place)
        } catch {
            typer.diagnostics.report(CheckMessages.invalidMarkup("\(error.description)", at: template.span))
            return []
        }
    }

    /// Characters that stand for holes while the text is read.
    private static let stands: ClosedRange<UInt32> = 0xE000...0xE7FF

    /// It recurses as deep as the reader lets a document be.
    private mutating func atoms(
        of element: XMLReader.Element, holes: [Template.Segment], in span: Span, at place: inout SpeechPlace
    ) -> [SpeechAtom] {
        var atoms: [SpeechAtom] = []
        for content in element.content {
            switch content {
            case .text(let text):
                atoms += said(text, holes: holes, isVerbatim: element.name == "say-as", in: span, at: &place)
            case .element(let child):
                let attributes = child.attributes.map { (name: $0.name, value: $0.value) }
                let hasText = child.content.contains { if case .text = $0 { true } else { false } }
                if attributes.contains(where: {
                    $0.value.unicodeScalars.contains { Self.stands.contains($0.value) }
                }) {
                    typer.diagnostics.report(CheckMessages.holeInTag(at: span))
                } else if let problem = SpokenMarkup.problem(
                    of: child.name, in: element.name, attributes: attributes, hasText: hasText)
                {
                    typer.diagnostics.report(CheckMessages.invalidMarkup(problem, at: span))
                }
                let inner = self.atoms(of: child, holes: holes, in: span, at: &place)
                let start = Say.Markup(child.name, attributes.map { .init($0.name, $0.value) })
                if channel == .voice { atoms.append(.markup(start, inner)) } else { atoms += inner }
            }
        }
        return atoms
    }

    private mutating func said(
        _ text: String, holes: [Template.Segment], isVerbatim: Bool, in span: Span,
        at place: inout SpeechPlace
    ) -> [SpeechAtom] {
        var atoms: [SpeechAtom] = []
        var run = ""
        func flush() {
            if !run.isEmpty { atoms.append(.text(run)) }
            run = ""
        }
        for scalar in text.unicodeScalars {
            guard Self.stands.contains(scalar.value) else {
                run.unicodeScalars.append(scalar)
                continue
            }
            flush()
            let index = Int(scalar.value - Self.stands.lowerBound)
            guard holes.indices.contains(index) else { continue }
            let hole = Template([holes[index]], span: span, isQuoted: true)
            for atom in speech(of: hole, form: .written, at: &place) {
                // What is said in a way of its own is said as it is.
                guard isVerbatim, case .hole(let expression, let type, _) = atom else {
                    atoms.append(atom)
                    continue
                }
                atoms.append(.hole(expression, type, .verbatim))
            }
        }
        flush()
        return atoms
    }

    /// The voice may read no markup: then the text alone is said.
    mutating func reportUnspokenMarkup(at span: Span, in language: Int) {
        guard channel == .voice else { return }
        let voice = stepVoice ?? languages[language].voice
        if !(voice.map(Voice.readsMarkup) ?? false) {
            typer.diagnostics.report(CheckMessages.unspokenMarkup(voice, at: span))
        }
    }
}
