/// What the provider would object to in a verb or a document.
public struct Problem: Hashable, Sendable {
    /// The provider's code.
    public var code: ErrorCode
    /// The element, with the attribute behind a point: `Gather.timeout`.
    public var place: String
    /// What is wrong, in a few words.
    public var message: String

    /// What the provider would object to.
    public init(_ code: ErrorCode, at place: String, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    /// Whether the call goes on, with the attribute ignored or set to its default.
    public var isWarning: Bool { code.isWarning }
}

extension Problem: CustomStringConvertible {
    /// `warning 13910 at Pause.length: 0 isn't at least 1`
    public var description: String {
        "\(isWarning ? "warning" : "error") \(code.rawValue) at \(place): \(message)"
    }
}

extension [Problem] {
    mutating func check(_ value: Int?, in range: ClosedRange<Int>, _ code: ErrorCode, at place: String) {
        guard let value, !range.contains(value) else { return }
        let end =
            range.upperBound == .max
            ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        append(Problem(code, at: place, "\(value) isn't \(end)"))
    }

    /// A text with placeholders is only known to be no shorter than its literal parts.
    mutating func checkLength(
        of text: Text, in range: ClosedRange<Int>, short: ErrorCode, long: ErrorCode, at place: String
    ) {
        let count = text.literalScalars
        if count < range.lowerBound, !text.hasPlaceholders {
            append(Problem(short, at: place, "shorter than \(range.lowerBound) characters"))
        }
        if count > range.upperBound {
            append(Problem(long, at: place, "longer than \(range.upperBound) characters"))
        }
    }
}
