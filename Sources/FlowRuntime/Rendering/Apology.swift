import FlowProgram

/// The document for a caller whose conversation can't go on: the program's apology, and the end. Of its pieces only
/// the fixed ones are taken: it depends on nothing that could fail in its turn.
func apology(of program: ExecutableProgram, language: Int) -> AnswerPieces {
    var words = AnswerPieces()
    for case .fixed(let index) in program.program.apology.pieces(in: language) {
        words.append(fixed: index)
    }
    var document = AnswerPieces()
    switch program.program.channel {
    case .voice:
        document.append(words)
        document.append("<Hangup/>")
    case .sms where !words.isEmpty:
        document.append("<Message>")
        document.append(words)
        document.append("</Message>")
    case .sms: break
    }
    return document
}

/// For one who waits where nothing can be played: a silence, for an apology would have to end the call, and an empty document would
/// be asked for again and again.
let quiet: AnswerPieces = {
    var document = AnswerPieces()
    document.append("<Pause length=\"30\"/>")
    return document
}()
