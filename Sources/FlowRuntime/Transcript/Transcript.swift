/// Plays transcripts.
package enum Transcript {
    /// Plays a script and gives the whole transcript: its lines, and indented below each input what came back. A transcript is right
    /// if playing it gives its own text.
    ///
    /// - Parameters:
    ///   - phone: what the script's settings don't say.
    ///   - transport: takes the requests to the flow.
    ///   - setClock: sets the flow's clock, in milliseconds since 1970.
    package static func play(
        _ script: TranscriptScript, phone: PhoneSettings = PhoneSettings(),
        transport: @escaping PhoneTransport,
        setClock: @escaping @Sendable (Int64) async -> Void = { _ in }
    ) async -> String {
        var session = TalkSession(script.applied(to: phone), transport: transport, setClock: setClock)
        if let instant = script.settings.at { await session.setClock(to: instant) }
        var text = ""
        for line in script.lines {
            text += line.text + "\n"
            guard let input = line.input else { continue }
            for answer in await session.take(input) { text += "  " + answer + "\n" }
        }
        return text
    }
}
