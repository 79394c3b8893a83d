import FlowLang
import FlowProgram
import TwiML

/// Collects the holes of one rendering: the document's text has placeholders, the program has pieces.
struct PieceBuilder {
    private var holes: [Hole] = []

    /// The URL of the wait that is emitted.
    static let action = Text.placeholder(0)

    /// The URL that is told of something later. Callbacks have the odd numbers below 0, sides the even ones.
    static func callback(_ kind: NoticeKind) -> Text {
        .placeholder(-1 - 2 * (NoticeKind.allCases.firstIndex(of: kind) ?? 0))
    }

    /// The URL of one of the step's sides.
    static func side(_ index: Int) -> Text { .placeholder(-2 - 2 * index) }

    mutating func placeholder(_ hole: Hole) -> Text {
        holes.append(hole)
        return .placeholder(holes.count)
    }

    /// The text of atoms that stand in one verb; what is no text was put elsewhere.
    mutating func text(of atoms: [SpeechAtom], in language: Int?) -> Text {
        if atoms.count == 1, case .text(let literal) = atoms[0] { return Text(literal) }
        var text = Text(parts: [])
        for atom in atoms {
            switch atom {
            case .text(let literal): text += Text(literal)
            case .hole(let expression, let type, let form):
                text += placeholder(
                    Hole(
                        expression: expression, type: type, form: form, language: language,
                        limit: SpeechSplitter.shownScalars(of: expression)))
            case .emphasis(let inner), .markup(_, let inner): text += self.text(of: inner, in: language)
            case .pause, .play, .language: break
            }
        }
        return text
    }

    func pieces(of written: XMLWriter, in statics: inout StaticTable) -> [Piece] {
        func piece(of part: XMLWriter.Part) -> Piece {
            switch part {
            case .xml(let run): .fixed(statics.index(of: written.bytes[run]))
            case .placeholder(0, _): .action
            case .placeholder(let index, _) where index > 0: .hole(holes[index - 1])
            case .placeholder(let index, _):
                index % 2 == 0 ? .side(-index / 2 - 1) : .callback(NoticeKind.allCases[(-1 - index) / 2])
            }
        }
        guard !holes.isEmpty else { return written.parts.map(piece) }
        return SpokenElements(written).runs.map { run in
            switch run {
            case .part(let part): piece(of: part)
            case .element(let start, let content, let end):
                .element(
                    start: statics.index(of: written.bytes[start]), content.map(piece),
                    end: statics.index(of: written.bytes[end]))
            }
        }
    }
}

extension FlowLowering {
    /// A rendering whose pieces are made for each of the flow's languages, once if they come out alike.
    mutating func rendering(
        _ make: (inout FlowLowering, inout PieceBuilder, _ language: Int) -> [VoiceVerb]
    ) -> Rendering {
        let first = pieces(in: 0, make)
        if languages.count == 1 { return Rendering(first) }
        return collapsed([first] + languages.indices.dropFirst().map { pieces(in: $0, make) })
    }

    private mutating func pieces(
        in language: Int, _ make: (inout FlowLowering, inout PieceBuilder, _ language: Int) -> [VoiceVerb]
    ) -> [Piece] {
        var builder = PieceBuilder()
        let verbs = make(&self, &builder, language)
        reportProblems(of: verbs)
        writer.write { writer in for verb in verbs { verb.write(to: &writer) } }
        return builder.pieces(of: writer, in: &statics)
    }

    func collapsed(_ byLanguage: [[Piece]]) -> Rendering {
        guard let first = byLanguage.first, byLanguage.dropFirst().allSatisfy({ $0 == first }) else {
            return Rendering(byLanguage)
        }
        return Rendering(first)
    }
}
