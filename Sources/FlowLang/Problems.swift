/// Collects what reading finds, up to the bound; the rest is counted.
struct Problems {
    private(set) var list = DiagnosticList()
    private var count = 0
    private var firstCut: Span?

    var isFull: Bool { count >= YAMLLimits.maxProblems }

    /// Counts a problem that isn't worth words any more: the bound is reached.
    ///
    /// - Returns: false if it still is.
    mutating func count(at span: Span) -> Bool {
        guard isFull else { return false }
        count += 1
        firstCut = firstCut ?? span
        return true
    }

    mutating func report(_ diagnostic: Diagnostic) {
        count += 1
        guard count <= YAMLLimits.maxProblems else {
            firstCut = firstCut ?? diagnostic.span
            return
        }
        list.report(diagnostic)
    }

    /// What was reported and, if there was more, how much.
    func finished() -> DiagnosticList {
        guard let firstCut else { return list }
        var list = list
        list.report(SyntaxMessages.tooManyProblems(count - YAMLLimits.maxProblems, at: firstCut))
        return list
    }
}
