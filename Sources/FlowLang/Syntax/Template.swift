/// A scalar as written: literal text with holes `${expression}`.
package struct Template: Sendable, Equatable {
    package enum Segment: Sendable, Equatable {
        case literal(Located<String>)
        /// The expression between `${` and `}`; the span covers the braces too.
        case hole(Expression, Span)
    }

    /// In order, no two literals side by side; empty for an empty scalar.
    package var segments: [Segment] {
        switch content {
        case .text(let text): text.isEmpty ? [] : [.literal(Located(text, span))]
        case .segments(let segments): segments
        }
    }

    package var span: Span
    /// True if the author put the scalar in quotes or wrote it as a block: it is a text even where
    /// `12` or `true` would be a number or a bool (`json`, `task`).
    package var isQuoted: Bool

    private var content: Content

    /// Most scalars are a text and nothing else.
    private enum Content: Sendable, Equatable {
        case text(String)
        /// With a hole, or with a place of its own.
        case segments([Segment])
    }

    package init(_ text: String, span: Span, isQuoted: Bool) {
        content = .text(text)
        self.span = span
        self.isQuoted = isQuoted
    }

    package init(_ segments: [Segment], span: Span, isQuoted: Bool) {
        content = segments.isEmpty ? .text("") : .segments(segments)
        self.span = span
        self.isQuoted = isQuoted
    }

    /// The text, if there is no hole in it.
    package var literal: String? {
        switch content {
        case .text(let text): return text
        case .segments(let segments):
            if segments.count == 1, case .literal(let text) = segments[0] { return text.value }
            return nil
        }
    }

    /// The expression, if the scalar is exactly one hole; it keeps its type.
    package var wholeHole: Expression? {
        guard case .segments(let segments) = content, segments.count == 1,
            case .hole(let expression, _) = segments[0]
        else { return nil }
        return expression
    }
}
