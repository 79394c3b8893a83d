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

    /// What is shown of a project: in order, without duplicates, of each file as many errors and as many warnings as are worth
    /// reading. Where errors are cut the warnings behind them are too. What was cut is counted.
    package func finished() -> [Diagnostic] {
        var kept: [Diagnostic] = []
        var count = (errors: 0, warnings: 0)
        var cut: (errors: Cut?, warnings: Cut?)
        func close() {
            if let warnings = cut.warnings {
                kept.append(SyntaxMessages.tooManyWarnings(warnings.count, at: warnings.first))
            }
            if let errors = cut.errors {
                kept.append(SyntaxMessages.tooManyProblems(errors.count, at: errors.first))
            }
            count = (0, 0)
            cut = (nil, nil)
        }
        for diagnostic in sorted() {
            if diagnostic.span.source != kept.last?.span.source { close() }
            let isError = diagnostic.severity == .error
            if isError { count.errors += 1 } else { count.warnings += 1 }
            if diagnostic.code == .tooManyProblems {
                kept.append(diagnostic)
            } else if count.errors > YAMLLimits.maxProblems {
                cut.errors = Cut(cut.errors, diagnostic)
            } else if !isError, count.warnings > YAMLLimits.maxProblems {
                cut.warnings = Cut(cut.warnings, diagnostic)
            } else {
                kept.append(diagnostic)
            }
        }
        close()
        return kept
    }

    private struct Cut {
        var count: Int
        var first: Span

        init(_ before: Cut?, _ diagnostic: Diagnostic) {
            count = (before?.count ?? 0) + 1
            first = before?.first ?? diagnostic.span
        }
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
