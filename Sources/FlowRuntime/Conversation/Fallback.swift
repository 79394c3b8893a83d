/// What the provider asks for when a document failed: the flow's apology in the session's language, then the end. The session
/// stays as it is; the call's last status closes it.
extension Conversation {
    func apologize(_ visit: Visit) async -> Answer {
        apologize(visit, after: try? await store.read(visit.key))
    }

    func apologize(_ visit: Visit, after stored: StoredSession?) -> Answer {
        let session = stored.flatMap { try? SessionRow(decoding: $0.row).session }
        let program = visit.entry.executable
        log(TurnLog(.fallback, visit, turn: session?.turn ?? 0))
        let words = visit.callIsOver ? AnswerPieces() : apology(of: program, language: session?.language ?? 0)
        return .document(renderDocument(words, of: program, at: nil))
    }
}
