import FlowProgram
import TwiML

/// The document that a walk is making.
///
/// Voice: verbs one after another. Sms: the text of one message, whose parts are joined by a newline, its media, and
/// perhaps a `<Redirect>` behind it.
struct DocumentBuilder {
    private(set) var pieces = AnswerPieces()
    /// What it comes to, every URL reckoned at `Limits.slotBytes`.
    private(set) var bytes = Limits.frameBytes
    /// Sms: UTF-16 units of the text.
    private(set) var units = 0
    /// Whether nothing can be seen or heard: of an sms's text, or of the element that is being appended.
    private var isBlank = true
    private(set) var media: [String] = []
    private var mediaBytes = 0
    /// Sms: the segments of the message at most.
    private var maxSegments: Int?
    /// Sms: what stands behind the message.
    var handOver = AnswerPieces()

    /// A place to go back to.
    struct Mark {
        fileprivate var codeCount: Int
        fileprivate var bytes: Int
        fileprivate var units: Int
    }

    var mark: Mark { Mark(codeCount: pieces.code.count, bytes: bytes, units: units) }
    var isEmpty: Bool { pieces.isEmpty }
    var isShortRedirect: Bool { bytes - Limits.frameBytes <= Limits.redirectBytes }
    var fits: Bool { bytes <= Limits.documentBytes }

    mutating func rewind(to mark: Mark) {
        pieces.truncate(to: mark.codeCount)
        bytes = mark.bytes
        units = mark.units
    }

    /// Appends verbs.
    ///
    /// - Parameter slot: the wait that `Piece.action` stands for.
    mutating func append(
        _ rendering: Rendering, slot: Slot, language: Int, of program: ExecutableProgram,
        in context: EvaluationContext
    ) {
        for piece in rendering.pieces(in: language) {
            append(piece, slot: slot, of: program, in: context)
            // What is beyond a bound is cut or split by the caller: the rest would only take memory.
            if program.program.channel == .sms ? units > Limits.messageUnits : !fits { return }
        }
    }

    private mutating func append(
        _ piece: Piece, slot: Slot, of program: ExecutableProgram, in context: EvaluationContext
    ) {
        switch piece {
        case .fixed(let index):
            pieces.append(fixed: index)
            bytes += program.range(ofStatic: index).count
            if program.program.channel == .sms, program.program.statics.indices.contains(index) {
                units += program.program.statics[index].units
                isBlank = isBlank && program.program.statics[index].xml.isBlank
            }
        case .action:
            pieces.append(slot: slot.code)
            bytes += Limits.slotBytes
        case .side(let index):
            pieces.append(side: index, wait: slot.wait)
            bytes += Limits.slotBytes
        case .callback(let kind):
            pieces.append(callback: kind)
            bytes += Limits.slotBytes
        case .hole(let hole):
            let shown = hole.bytes(in: context, languages: program.program.languages)
            pieces.append(bytes: shown.xml)
            bytes += shown.xml.count
            units += shown.units
            isBlank = isBlank && shown.isBlank
        case .element(let start, let content, let end):
            let before = mark
            isBlank = true
            append(.fixed(start), slot: slot, of: program, in: context)
            for piece in content { append(piece, slot: slot, of: program, in: context) }
            append(.fixed(end), slot: slot, of: program, in: context)
            if isBlank { rewind(to: before) }
        }
    }

    /// Appends what stands behind a message, whole.
    mutating func append(
        behindMessage rendering: Rendering, language: Int, of program: ExecutableProgram,
        in context: EvaluationContext
    ) {
        for piece in rendering.pieces(in: language) {
            append(piece, slot: Slot(wait: 0, seconds: 0), of: program, in: context)
        }
    }

    /// Appends verbs that hold nothing of the turn.
    mutating func append(_ verbs: StaticString) {
        pieces.append(verbs)
        bytes += verbs.utf8CodeUnitCount
    }

    /// Appends a `<Redirect>` to a position of this document.
    mutating func append(redirectTo slot: Slot) {
        pieces.append("<Redirect>")
        pieces.append(slot: slot.code)
        pieces.append("</Redirect>")
    }

    /// Appends a `<Redirect>` to the beginning of this side.
    mutating func appendRedirectToStart() {
        pieces.append("<Redirect>")
        pieces.appendStart()
        pieces.append("</Redirect>")
    }

    /// Appends a text to the message, on a line of its own.
    mutating func append(
        text rendering: Rendering, language: Int, of program: ExecutableProgram,
        in context: EvaluationContext
    ) {
        guard units <= Limits.messageUnits else { return }
        let before = mark
        if units > 0 {
            pieces.append("\n")
            units += 1
        }
        let unitsBefore = units
        append(rendering, slot: Slot(wait: 0, seconds: 0), language: language, of: program, in: context)
        if units == unitsBefore { rewind(to: before) }
    }

    /// The action of a `<Message>` is told of its statuses; `statusCallback` is deprecated (reference: `<Message>`). With an
    /// action no verb may follow.
    private func appendStart(to document: inout AnswerPieces, of program: ExecutableProgram) {
        guard program.program.handler(of: .messageStatus) != nil, handOver.isEmpty else {
            return document.append("<Message>")
        }
        document.append("<Message action=\"")
        document.append(callback: .messageStatus)
        document.append("\">")
    }

    /// The smallest bound of the texts of a message is that of the message.
    mutating func limit(to segments: Int?) {
        if let segments { maxSegments = min(segments, maxSegments ?? segments) }
    }

    mutating func attach(_ url: String) {
        guard media.count < Limits.mediaPerMessage, !url.isEmpty else { return }
        let bytes = "<Media></Media>".utf8.count + escapeText(url).utf8.count
        guard mediaBytes + bytes <= Limits.mediaBytes else { return }
        mediaBytes += bytes
        media.append(url)
    }

    /// The text of the message, as long as the provider and the flow take it.
    func text(of program: ExecutableProgram) -> AnswerPieces {
        var text = pieces
        if program.program.channel == .voice {
            // A call's pieces don't know how long they are in a message.
            text = AnswerPieces()
            text.append(bytes: pieces.bytes(of: program)[...])
            text = cutText(text, to: Limits.messageUnits, of: program)
        } else if units > Limits.messageUnits {
            text = cutText(text, to: Limits.messageUnits, of: program)
        }
        if let maxSegments { text = cutText(text, toSegments: maxSegments, of: program) }
        return text
    }

    /// The whole document of a text conversation's turn.
    func message(of program: ExecutableProgram) -> AnswerPieces {
        let text = text(of: program)
        var document = AnswerPieces()
        if !isBlank || !media.isEmpty {
            appendStart(to: &document, of: program)
            if media.isEmpty {
                document.append(text)
            } else {
                if !isBlank {
                    document.append("<Body>")
                    document.append(text)
                    document.append("</Body>")
                }
                for url in media {
                    document.append("<Media>")
                    document.append(text: url)
                    document.append("</Media>")
                }
            }
            document.append("</Message>")
        }
        document.append(handOver)
        return document
    }
}
