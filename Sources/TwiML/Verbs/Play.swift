/// `<Play>`: plays a sound file or sends tones.
public struct Play: Hashable, Sendable {
    /// What is played.
    public var source: Source
    /// How often it is played; 0 is until the call ends.
    public var loop: Int?

    /// What is played.
    public enum Source: Hashable, Sendable {
        /// A sound file.
        case url(Text)
        /// Tones; `w` is half a second of silence, `W` a whole one. Not inside a `<Gather>`.
        case digits(Text)
    }

    /// Plays a source.
    public init(_ source: Source, loop: Int? = nil) {
        self.source = source
        self.loop = loop
    }

    /// Plays a sound file.
    public init(url: Text, loop: Int? = nil) {
        self.init(.url(url), loop: loop)
    }

    /// Sends tones.
    public init(digits: Text, loop: Int? = nil) {
        self.init(.digits(digits), loop: loop)
    }

    /// What the provider would object to.
    public var problems: [Problem] {
        var problems: [Problem] = []
        problems.check(loop, in: Limits.loops, .playLoop, at: "Play.loop")
        switch source {
        case .url(let url):
            if url.isEmpty { problems.append(Problem(.schema, at: "Play", "no URL")) }
        case .digits(let digits):
            if let tones = digits.literal, !isTones(tones) {
                problems.append(
                    Problem(.playDigits, at: "Play.digits", "tones are written with 0-9, A-D, *, #, w and W"))
            }
        }
        return problems
    }

    func write(to writer: inout XMLWriter) {
        switch source {
        case .url(let url): writer.element("Play", [.init("loop", loop)]) { $0.text(url) }
        case .digits(let digits): writer.element("Play", [.init("loop", loop), .init("digits", digits)])
        }
    }
}

/// Whether a text is a string of tones: `^[0-9A-DWw#*]+$`.
func isTones(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { "0123456789ABCDWw#*".utf8.contains($0) }
}
