/// A half-open range of UTF-8 bytes in one source file.
public struct Span: Hashable, Sendable {
    /// The file's number within its project (`SourceFile.id`).
    public var source: UInt32
    /// The first byte.
    public var lower: UInt32
    /// The byte after the last one.
    public var upper: UInt32

    public init(source: UInt32, lower: UInt32, upper: UInt32) {
        self.source = source
        self.lower = lower
        self.upper = Swift.max(lower, upper)
    }

    /// The smallest span that holds this one and `other`, which lies in the same file.
    public func joined(with other: Span) -> Span {
        Span(source: source, lower: min(lower, other.lower), upper: max(upper, other.upper))
    }
}

/// A value with the place where its author wrote it.
public struct Located<Value> {
    public var value: Value
    public var span: Span

    public init(_ value: Value, _ span: Span) {
        self.value = value
        self.span = span
    }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

extension Span {
    package init(source: UInt32, _ bytes: Range<Int>) {
        self.init(
            source: source, lower: UInt32(clamping: bytes.lowerBound),
            upper: UInt32(clamping: bytes.upperBound))
    }
}
