public import FlowLang
public import FlowProgram

/// What came of compiling a project: programs of the flows without errors, and everything that was found.
public struct Compilation: Sendable {
    /// One for each flow and channel, in the order of the files; none for a flow with errors.
    public var programs: [ProgramFile.Entry]
    /// In the order of files and places, without duplicates.
    public var diagnostics: [Diagnostic]

    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// What the compiler can't know by itself.
public struct CompilerOptions: Sendable {
    /// Whether an IANA zone exists. The compiler reads no zone data of its own.
    public var knowsTimezone: @Sendable (String) -> Bool

    public init(knowsTimezone: @escaping @Sendable (String) -> Bool) {
        self.knowsTimezone = knowsTimezone
    }
}

/// Compiles the files of a project: parse → resolve → type and lower → prove.
///
/// - Complexity: linear in the size of the files as long as few states are reached with differing facts.
public func compile(_ files: [SourceFile], options: CompilerOptions) -> Compilation {
    var diagnostics = DiagnosticList()
    var programs: [ProgramFile.Entry] = []
    let parsed = files.map { file in (file: file, result: parse(file)) }
    for (_, result) in parsed { diagnostics.append(contentsOf: result.diagnostics) }
    reportDuplicateFlows(parsed.map(\.result.flow), in: &diagnostics)
    for (file, result) in parsed {
        let checked = compileFlow(result, of: file, options: options)
        diagnostics.append(contentsOf: withoutFollowOns(checked.diagnostics, of: result))
        if !result.diagnostics.hasErrors, !checked.diagnostics.hasErrors {
            programs += checked.programs
        }
    }
    return Compilation(programs: programs, diagnostics: diagnostics.sorted())
}

/// A flow is compiled once for each of its channels, so that a program never asks where it runs.
private func compileFlow(
    _ parsed: ParsedFlow, of file: SourceFile, options: CompilerOptions
) -> (programs: [ProgramFile.Entry], diagnostics: DiagnosticList) {
    var programs: [ProgramFile.Entry] = []
    var found: [DiagnosticList] = []
    var unreached: [[(state: Int, diagnostics: DiagnosticList)]] = []
    let reading = ReadingProblems(of: parsed)
    for channel in parsed.flow.channels.map(\.value) {
        var lowering = FlowLowering(parsed.flow, reading: reading, channel: channel, options: options)
        let linked = lowering.run()
        found.append(lowering.diagnostics)
        unreached.append(lowering.unreached)
        if let linked { programs.append(linked.entry(in: file)) }
    }
    // A state that is reached on one channel needs to make sense only there.
    for index in found.indices {
        for (state, diagnostics) in unreached[index]
        where unreached.allSatisfy({ $0.contains { $0.state == state } }) {
            found[index].append(contentsOf: diagnostics)
        }
    }
    return (programs, merged(found))
}

/// What only one channel's program warns of (a step that isn't reached there) is no problem of the flow.
private func merged(_ found: [DiagnosticList]) -> DiagnosticList {
    var merged = DiagnosticList()
    for (index, list) in found.enumerated() {
        let others = found.indices.filter { $0 != index }.map { Set(found[$0].items) }
        for diagnostic in list.items
        where diagnostic.severity == .error || others.allSatisfy({ $0.contains(diagnostic) }) {
            merged.report(diagnostic)
        }
    }
    return merged
}

private func reportDuplicateFlows(_ flows: [Flow], in diagnostics: inout DiagnosticList) {
    var first: [String: Located<String>] = [:]
    for name in flows.compactMap(\.name) {
        if let earlier = first[name.value] {
            diagnostics.report(CheckMessages.duplicateFlow(name, first: earlier.span))
        } else {
            first[name.value] = name
        }
    }
}
