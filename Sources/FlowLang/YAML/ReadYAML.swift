/// What reading a file's bytes gives, as much as could be read.
struct YAMLFile {
    /// nil if nothing was written.
    var root: YAMLNode?
    /// True where lines were passed over after a syntax error: what seems to be missing may stand there.
    var hasGaps = false
    /// Where characters turn the text behind them.
    var turns: [(scalar: Unicode.Scalar, offset: Int)] = []
}

/// Bytes to tree. A syntax error is reported, mended in a copy of the same length, and the scan begins
/// anew, so that one error hides no other.
func readYAML(_ file: SourceFile, _ problems: inout Problems) -> YAMLFile {
    guard var checked = checkCharacters(of: file, &problems) else { return YAMLFile(hasGaps: true) }
    blankDirectives(&checked, file, &problems)
    var mending = Mending(file: file)
    var budget = YAMLLimits.maxRescannedBytes
    while true {
        var builder = TreeBuilder(file: file, bytes: checked.bytes, start: checked.start)
        let failure = builder.build()
        let mended = failure.map { mending.mend($0, &checked, &problems) } ?? false
        budget -= checked.bytes.count
        if !mended || budget < 0 || problems.isFull {
            for problem in builder.problems { problems.report(problem) }
            return YAMLFile(
                root: builder.finish(),
                hasGaps: mending.hasGaps || failure != nil || builder.isTooLarge
                    || builder.hasMergeKeys, turns: checked.turns)
        }
    }
}

/// Directives are useless here and, in numbers, slow: they never reach libyaml.
private func blankDirectives(_ checked: inout CheckedBytes, _ file: SourceFile, _ problems: inout Problems) {
    var isReported = false
    for line in 1...file.lineCount {
        let start = Swift.max(file.start(ofLine: line), checked.start)
        guard start < checked.bytes.count, checked.bytes[start] == UInt8(ascii: "%") else { continue }
        if !isReported {
            problems.report(
                SyntaxMessages.directive(at: Span(source: file.id, start..<file.end(ofLine: line))))
        }
        isReported = true
        checked.bytes[start] = UInt8(ascii: "#")
    }
}
