/// What a phase found. Phases append; `sorted()` puts everything in order once, at the end.
public struct DiagnosticList: Sendable {
    /// In the order in which they were reported.
    public private(set) var items: [Diagnostic] = []

    public init() {}

    public mutating func report(_ diagnostic: Diagnostic) {
        items.append(diagnostic)
    }

    public mutating func append(contentsOf other: DiagnosticList) {
        items.append(contentsOf: other.items)
    }

    public var hasErrors: Bool { items.contains { $0.severity == .error } }

    /// By file, place and code, without duplicates.
    ///
    /// - Complexity: O(n log n)
    public func sorted() -> [Diagnostic] {
        let ordered = items.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.span.source != b.span.source { return a.span.source < b.span.source }
            if a.span.lower != b.span.lower { return a.span.lower < b.span.lower }
            if a.code != b.code { return a.code.rawValue < b.code.rawValue }
            return left.offset < right.offset
        }
        var seen: Set<Diagnostic> = []
        return ordered.map(\.element).filter { seen.insert($0).inserted }
    }
}
