import FlowLang
import FlowProgram
import TwiML

/// Prompts as text of a message.
extension FlowLowering {
    /// The pieces of a prompt's text, for each language.
    mutating func messageRendering(of prompt: Prompt) -> Rendering {
        messageRendering { lowering, language in
            let atoms = lowering.speech(of: prompt, in: language)
            lowering.reportCost(of: prompt, in: language, atoms)
            return atoms
        }
    }

    mutating func messageRendering(
        _ speech: (inout FlowLowering, _ language: Int) -> [SpeechAtom]
    ) -> Rendering {
        collapsed(
            languages.indices.map { language in
                let atoms = speech(&self, language)
                return messagePieces(atoms, language: nil)
            })
    }

    private mutating func messagePieces(_ atoms: [SpeechAtom], language: Int?) -> [Piece] {
        var pieces: [Piece] = []
        var run = ""
        func flush(_ statics: inout StaticTable) {
            guard !run.isEmpty else { return }
            pieces.append(.fixed(statics.index(of: escapeText(run), units: run.utf16.count)))
            run = ""
        }
        for atom in atoms {
            switch atom {
            case .text(let text): run += text
            case .hole(let expression, let type, let form):
                flush(&statics)
                pieces.append(
                    .hole(
                        Hole(
                            expression: expression, type: type, form: form, language: language,
                            limit: expression.writtenLength ?? Hole.usualLimit)))
            case .language(let other, let inner):
                flush(&statics)
                pieces += messagePieces(inner, language: other)
            case .emphasis(let inner), .markup(_, let inner):
                flush(&statics)
                pieces += messagePieces(inner, language: language)
            case .pause, .play: break
            }
        }
        flush(&statics)
        return pieces
    }
}
