import FlowLang

/// Nobody listens to a question for a minute, or remembers its beginning.
extension FlowLowering {
    /// Bytes of text that are heard in about a minute, at fifteen characters a second.
    static let longQuestion = 900
    /// In about three minutes.
    static let longSpeech = 2_700

    mutating func reportLength(of atoms: [SpeechAtom], limit: Int) {
        let bytes = Self.bytes(of: atoms)
        if bytes > limit {
            warn(
                CheckMessages.longPrompt(
                    seconds: bytes / 15, isQuestion: limit == Self.longQuestion, at: currentSpan))
        }
    }

    private static func bytes(of atoms: [SpeechAtom]) -> Int {
        atoms.reduce(0) { sum, atom in
            switch atom {
            case .text(let text): sum + text.utf8.count
            case .emphasis(let inner), .language(_, let inner), .markup(_, let inner): sum + bytes(of: inner)
            case .hole, .pause, .play: sum
            }
        }
    }
}
