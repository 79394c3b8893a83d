/// `<Pause>`: a silence.
public struct Pause: Hashable, Sendable {
    /// Seconds, from 1; 1 if left out.
    public var length: Int?

    /// A silence of seconds.
    public init(length: Int? = nil) {
        self.length = length
    }

    /// What the provider would object to.
    public var problems: [Problem] {
        var problems: [Problem] = []
        problems.check(length, in: Limits.pauseLength, .pauseLength, at: "Pause.length")
        return problems
    }

    func write(to writer: inout XMLWriter) {
        writer.element("Pause", [.init("length", length)])
    }
}
