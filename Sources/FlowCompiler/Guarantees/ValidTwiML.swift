import FlowLang
import FlowProgram
import TwiML

/// Every document is one that the provider takes, whatever its holes hold.
///
/// Verbs, attributes and nesting are right by construction; what an author wrote is held against the provider's limits verb by
/// verb, as soon as the verbs are made (`reportProblems`). How large a document grows is proven here: the machine appends one
/// rendering after another, and begins another document where the next one doesn't fit, so each has to fit into an empty one. A
/// message is cut, so that only what is written out can be too long for it.
@Sendable func validTwiML(_ proof: Proof) -> [Diagnostic] {
    let graph = proof.graph
    let sizes = RenderingSizes(graph.program)
    var found: [Diagnostic] = []
    for node in graph.reached {
        let span = graph.linked.spans[node]
        graph.program.operations[node].forEachRendering { rendering, isRedirect in
            switch (graph.program.channel, isRedirect) {
            case (.voice, _):
                let bytes = sizes.bytes(of: rendering)
                if bytes > DocumentBounds.bytes - DocumentBounds.frameBytes {
                    found.append(CheckMessages.largeDocument(bytes, at: span))
                }
            case (.sms, true):
                let bytes = sizes.bytes(of: rendering)
                if bytes > DocumentBounds.redirectBytes {
                    found.append(CheckMessages.largeRedirect(bytes, at: span))
                }
            case (.sms, false):
                let units = sizes.writtenUnits(of: rendering)
                if units > DocumentBounds.messageUnits {
                    found.append(CheckMessages.largeMessage(units, at: span))
                }
            }
        }
    }
    return found
}

extension FlowLowering {
    /// What the compiler builds is right by construction; a limit can be passed by what an author wrote. Where the
    /// provider would only ignore it, the call wouldn't do what the flow says. Newer catalogues may know more.
    mutating func reportProblems(of verbs: [VoiceVerb]) {
        guard typer.diagnostics.items.count == problemsBeforeStep else { return }
        for verb in verbs {
            for problem in verb.problemsBesideVoices {
                typer.diagnostics.report(
                    [.gatherLanguage, .gatherModel].contains(problem.code)
                        ? CheckMessages.unsureRecognition(problem, at: currentSpan)
                        : CheckMessages.invalidDocument(problem, at: currentSpan))
            }
        }
    }
}

/// What renderings come to at most.
private struct RenderingSizes {
    private let program: Program

    init(_ program: Program) {
        self.program = program
    }

    /// In the language in which it is largest.
    func bytes(of rendering: Rendering) -> Int {
        program.languages.indices.reduce(0) { max($0, bytes(of: rendering.pieces(in: $1))) }
    }

    private func bytes(of pieces: [Piece]) -> Int {
        var bytes = 0
        for piece in pieces {
            switch piece {
            case .fixed(let index):
                if program.statics.indices.contains(index) { bytes += program.statics[index].xml.utf8.count }
            case .action, .side, .callback: bytes += DocumentBounds.slotBytes
            case .hole(let hole): bytes += hole.maxBytes
            case .element(let start, let content, let end):
                bytes += self.bytes(of: [.fixed(start), .fixed(end)]) + self.bytes(of: content)
            }
        }
        return bytes
    }

    /// UTF-16 units of what is written out: all else is cut.
    func writtenUnits(of rendering: Rendering) -> Int {
        program.languages.indices.reduce(0) { longest, language in
            var units = 0
            for case .fixed(let index) in rendering.pieces(in: language)
            where program.statics.indices.contains(index) {
                units += program.statics[index].units
            }
            return max(longest, units)
        }
    }
}

extension Operation {
    /// Calls `visit` with what the operation may put into a document in one go.
    fileprivate func forEachRendering(_ visit: (Rendering, _ isRedirect: Bool) -> Void) {
        switch self {
        case .emit(let rendering), .finish(.reject(let rendering)): visit(rendering, false)
        case .finish(.redirect(let rendering)): visit(rendering, true)
        case .gather(let gather):
            visit(gather.prompt, false)
            for rendering in gather.noInput { visit(rendering, false) }
            for rendering in gather.noMatch { visit(rendering, false) }
        case .record(let record): visit(record.rendering, false)
        case .dial(let dial): visit(dial.rendering, false)
        case .enqueue(let enqueue): visit(enqueue.rendering, false)
        case .connect(let connect): visit(connect.rendering, false)
        // A message that is sent is no document.
        case .send, .attach, .set, .setLanguage, .branch, .select, .jump, .again, .resume, .call, .return,
            .fetch, .log,
            .finish:
            break
        }
    }
}

extension Hole {
    /// Bytes that it puts in at most, escaped.
    var maxBytes: Int {
        let scalars = min(limit, type.maxScalars)
        return switch form {
        // `&amp;` is the longest that one character becomes in a text, `&quot;` in an attribute.
        case .spoken, .written: min(limit, 2 * type.maxScalars) * 5
        // With blanks between.
        case .spelled: scalars * 6
        case .verbatim: min(expression.writtenLength ?? .max, type.maxScalars) * 6
        case .json: type.maxJSONBytes
        // `\u0001`
        case .jsonText: scalars * 6
        // Four bytes, each `%F0`.
        case .url: scalars * 12
        }
    }
}

extension ValueType {
    /// Unicode scalars of a value as it is written at most, cut or not.
    fileprivate var maxScalars: Int {
        switch unwrapped {
        case .text, .digits, .phone, .address, .url, .words, .secret:
            unwrapped.scalarLimit ?? Self.maxTextLimit
        case .bool: 8
        case .integer: 48
        // Without an exponent.
        case .number: 330
        case .date, .time, .datetime, .duration, .money: 150
        case .record, .list, .optional, .none, .invalid: Self.maxTextLimit
        }
    }

    /// As JSON, in a document.
    fileprivate var maxJSONBytes: Int {
        switch self {
        case .optional(let inner): max("null".utf8.count, inner.maxJSONBytes)
        case .record(let record):
            record.fields.reduce(2) { bounded($0 + 6 * $1.name.utf8.count + 8 + $1.type.maxJSONBytes) }
        case .list(let element, let limit):
            bounded(2 + bounded(element.maxJSONBytes + 2) * max(1, limit))
        case .integer, .number, .bool: maxScalars
        default: 2 + 6 * maxScalars
        }
    }

    /// No sum of these overflows.
    private func bounded(_ bytes: Int) -> Int { min(bytes, 1 << 30) }
}
