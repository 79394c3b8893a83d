/// Reads a flow file: bytes to the tree as written, and every problem found on the way.
///
/// Nothing is looked up and nothing has a type yet. A file full of mistakes gives a flow of what could be
/// read; it never throws and never stops at the first problem.
///
/// - Complexity: O(n) in the number of bytes; files beyond the bounds of `YAMLLimits` are refused.
public func parse(_ file: SourceFile) -> ParsedFlow {
    var problems = Problems()
    let tree = readYAML(file, &problems)
    var reader = Reader(file: file, hasGaps: tree.hasGaps, problems: problems)
    let flow = reader.flow(tree.root)
    reportTurns(tree.turns, in: file, &reader.problems)
    return ParsedFlow(
        flow: flow, namesFlows: reader.namesFlows, diagnostics: reader.problems.finished(),
        isComplete: !tree.hasGaps)
}

/// A flow as written, with what reading it found.
public struct ParsedFlow: Sendable {
    package var flow: Flow
    /// False if no option or argument names another flow, and no queue is left.
    package var namesFlows: Bool
    /// In the order in which they were found.
    public var diagnostics: DiagnosticList
    /// False where lines were passed over because of a syntax error: then nothing can be said of what the
    /// flow lacks.
    public var isComplete: Bool
}

/// What an error is about already, such as a name, is said once.
private func reportTurns(
    _ turns: [(scalar: Unicode.Scalar, offset: Int)], in file: SourceFile, _ problems: inout Problems
) {
    guard !turns.isEmpty else { return }
    let known = problems.list.items.map { Int($0.span.lower)..<Int($0.span.upper) }
    for (scalar, offset) in turns where !known.contains(where: { $0.contains(offset) }) {
        let span = Span(source: file.id, offset..<offset + UTF8.width(scalar))
        problems.report(SyntaxMessages.turnedText(scalar, at: span))
    }
}
