/// Plays transcripts.
package enum Transcript {
    /// Plays a script and gives the whole transcript: its lines, and indented below each input what came back. A transcript is right
    /// if playing it gives its own text.
    ///
    /// - Parameters:
    ///   - phone: what the script's settings don't say.
    ///   - transport: takes the requests to the flow.
    ///   - setClock: sets the flow's clock, in milliseconds since 1970.
    ///   - besides: what the flow does besides answering.
    package static func play(
        _ script: TranscriptScript, phone: PhoneSettings = PhoneSettings(),
        transport: @escaping PhoneTransport,
        besides: TalkBesides = TalkBesides(),
        setClock: @escaping @Sendable (Int64) async -> Void = { _ in }
    ) async -> String {
        var text = ""
        await play(script, phone: phone, transport: transport, setClock: setClock, besides: besides) {
            text += $0 + "\n"
        }
        return text
    }

    /// As the other one, a line at a time, as it comes.
    ///
    /// - Parameter masks: answers to sensitive questions aren't shown: then it is no transcript that can be played again.
    package static func play(
        _ script: TranscriptScript, phone: PhoneSettings, transport: @escaping PhoneTransport,
        setClock: @escaping @Sendable (Int64) async -> Void, besides: TalkBesides = TalkBesides(),
        masks: Bool = false, show: (String) -> Void
    ) async {
        var session = TalkSession(
            script.applied(to: phone), transport: transport, setClock: setClock, besides: besides)
        if let instant = script.settings.at { await session.setClock(to: instant) }
        for line in script.lines {
            show(masks ? await session.masked(line.text) : line.text)
            guard let input = line.input else { continue }
            for answer in await session.take(input) { show("  " + answer) }
        }
    }
}
