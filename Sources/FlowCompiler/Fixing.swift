public import FlowLang

/// What `fix` made of a project.
public struct FixedProject: Sendable {
    /// In the order given; one without fixes is as it was.
    public var files: [SourceFile]
    /// How many fixes were made in each file, by its number.
    public var counts: [UInt32: Int] = [:]
    /// What checking the fixed files says.
    public var diagnostics: [Diagnostic]
}

/// Makes the fixes that are safe, checks again, and goes on with what has come to light, until none is left. The fixes of
/// a round that gives more problems of their kinds aren't kept.
///
/// - Complexity: at most 51 checks; of several mistakes in one expression each takes one.
public func fix(_ files: [SourceFile], options: CompilerOptions) -> FixedProject {
    var project = FixedProject(files: files, diagnostics: compile(files, options: options).diagnostics)
    for _ in 1...50 {
        let rounds = project.files.map { $0.fixed(project.diagnostics) }
        guard rounds.contains(where: { $0.count > 0 }) else { break }
        let fixed = Set(project.diagnostics.filter { $0.fix?.isSafe == true }.map(\.code))
        let diagnostics = compile(rounds.map(\.file), options: options).diagnostics
        guard
            diagnostics.count(where: { fixed.contains($0.code) })
                <= project.diagnostics.count(where: { fixed.contains($0.code) })
        else { break }
        project.files = rounds.map(\.file)
        project.diagnostics = diagnostics
        for round in rounds where round.count > 0 { project.counts[round.file.id, default: 0] += round.count }
    }
    return project
}
