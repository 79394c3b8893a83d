/// A scalar as written: literal text with holes `${expression}`.
package struct Template: Sendable, Equatable {
    package enum Segment: Sendable, Equatable {
        case literal(Located<String>)
        /// The expression between `${` and `}`; the span covers the braces too.
        case hole(Expression, Span)
    }

    /// In order, no two literals side by side; empty for an empty scalar.
    package var segments: [Segment]
    package var span: Span
    /// True if the author put the scalar in quotes or wrote it as a block: it is a text even where
    /// `12` or `true` would be a number or a bool (`json`, `task`).
    package var isQuoted: Bool

    package init(_ segments: [Segment], span: Span, isQuoted: Bool) {
        self.segments = segments
        self.span = span
        self.isQuoted = isQuoted
    }

    /// The text, if there is no hole in it.
    package var literal: String? {
        switch segments.count {
        case 0: return ""
        case 1: if case .literal(let text) = segments[0] { return text.value }
        default: break
        }
        return nil
    }

    /// The expression, if the scalar is exactly one hole; it keeps its type.
    package var wholeHole: Expression? {
        if segments.count == 1, case .hole(let expression, _) = segments[0] { return expression }
        return nil
    }
}
