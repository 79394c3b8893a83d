/// Something that a flow's author should know: a value, made by any phase, printed by one renderer.
public struct Diagnostic: Sendable, Hashable {
    public var code: DiagnosticCode
    /// A short fragment in the author's words that names what was found.
    public var headline: String
    public var span: Span
    /// Other places that explain this one, such as "first defined here", or the steps of a way.
    public var notes: [Note]
    /// One sentence about what to do.
    public var help: String?
    /// The change that solves it, where one is mechanical.
    public var fix: Fix?

    public struct Note: Sendable, Hashable {
        public var text: String
        public var span: Span?

        public init(_ text: String, at span: Span? = nil) {
            self.text = text
            self.span = span
        }
    }

    public init(
        _ code: DiagnosticCode, _ headline: String, at span: Span, notes: [Note] = [],
        help: String? = nil
    ) {
        self.code = code
        self.headline = headline
        self.span = span
        self.notes = notes
        self.help = help
    }

    /// Severity belongs to the code.
    public var severity: Severity { code.severity }
}

public enum Severity: String, Sendable, Hashable {
    case error
    case warning
}
