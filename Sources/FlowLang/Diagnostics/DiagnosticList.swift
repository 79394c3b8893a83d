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

    /// Adds to headlines of variables that aren't set on every way which way that is.
    package mutating func explain(_ ways: [Span: String]) {
        for index in items.indices where items[index].code == .unassignedVariable {
            if let way = ways[items[index].span] { items[index].headline += ": \(way)" }
        }
    }

    public var hasErrors: Bool { items.contains { $0.severity == .error } }

    /// What is shown of a project: in order, without duplicates, of each file as many errors as are worth reading. Where some are
    /// cut the warnings behind them are too, and what was cut is counted.
    package func finished() -> [Diagnostic] {
        var kept: [Diagnostic] = []
        var errors = 0
        var cut: (count: Int, first: Span)?
        func close() {
            if let cut { kept.append(SyntaxMessages.tooManyProblems(cut.count, at: cut.first)) }
            (errors, cut) = (0, nil)
        }
        for diagnostic in sorted() {
            if diagnostic.span.source != kept.last?.span.source { close() }
            if diagnostic.severity == .error { errors += 1 }
            if errors <= YAMLLimits.maxProblems || diagnostic.code == .tooManyProblems {
                kept.append(diagnostic)
            } else {
                cut = ((cut?.count ?? 0) + 1, cut?.first ?? diagnostic.span)
            }
        }
        close()
        return kept
    }

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
