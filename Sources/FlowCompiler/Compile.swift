public import FlowLang
public import FlowProgram

/// What came of compiling a project: programs of the flows without errors, and everything that was found.
public struct Compilation: Sendable {
    /// One for each flow and channel, in the order of the files; none for a flow with errors.
    public var programs: [ProgramFile.Entry]
    /// In the order of files and places, without duplicates; after a hundred errors of a file the rest is counted.
    public var diagnostics: [Diagnostic]

    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// What the compiler can't know by itself.
public struct CompilerOptions: Sendable {
    /// Whether an IANA zone exists. The compiler reads no zone data of its own.
    public var knowsTimezone: @Sendable (String) -> Bool
    /// The names of zones, for "did you mean"; asked for only where one is unknown.
    public var timezones: @Sendable () -> [String]

    public init(
        knowsTimezone: @escaping @Sendable (String) -> Bool,
        timezones: @escaping @Sendable () -> [String] = { [] }
    ) {
        self.knowsTimezone = knowsTimezone
        self.timezones = timezones
    }
}

/// Compiles the files of a project: parse → resolve → type and lower → prove.
///
/// - Complexity: linear in the size of the files, each counted once for every flow that runs it, as long as few states are
///   reached with differing facts.
public func compile(_ files: [SourceFile], options: CompilerOptions) -> Compilation {
    var project = Project()
    var diagnostics = DiagnosticList()
    var programs = Array(repeating: [ProgramFile.Entry](), count: files.count)
    var isSound = Array(repeating: false, count: files.count)
    func compile(_ index: Int) {
        let parsed = project.flows[index].parsed
        diagnostics.append(contentsOf: parsed.diagnostics)
        let checked = compileFlow(index, in: project, options: options) { isSound[$0] }
        diagnostics.append(contentsOf: withoutFollowOns(checked.diagnostics, of: parsed))
        isSound[index] =
            !parsed.diagnostics.hasErrors && !checked.diagnostics.hasErrors
            && !project.inCircle.contains(index)
        if isSound[index] { programs[index] = checked.programs }
    }
    for (index, file) in files.enumerated() {
        project.add(file)
        // What runs no other flow is compiled at once, while its tree is at hand. Trees are kept to the end: where they go early,
        // the next ones are strewn over what they leave, and a large project takes a fifth longer.
        if !project.flows[index].runsAny { compile(index) }
    }
    project.connect()
    for index in project.calleesFirst where project.flows[index].runsAny { compile(index) }
    diagnostics.append(contentsOf: project.diagnostics)
    return Compilation(programs: programs.flatMap { $0 }, diagnostics: diagnostics.finished())
}

/// A flow is compiled once for each of its channels, so that a program never asks where it runs.
///
/// - Parameter isSound: whether a flow that is run has no problems of its own; one that has them gives no others here.
private func compileFlow(
    _ index: Int, in project: Project, options: CompilerOptions, isSound: (Int) -> Bool
) -> (programs: [ProgramFile.Entry], diagnostics: DiagnosticList) {
    var programs: [ProgramFile.Entry] = []
    var found: [DiagnosticList] = []
    var unreached: [[(state: Int, diagnostics: DiagnosticList)]] = []
    let areCalleesSound = project.flowsRun(by: index).allSatisfy(isSound)
    let role = project.flows[index].parsed.flow.role
    for channel in project.flows[index].parsed.flow.channels.map(\.value) {
        var lowering = ProgramLowering(of: index, channel: channel, in: project, options: options)
        let program = lowering.run()
        var diagnostics = lowering.units[0].diagnostics
        if let role {
            // It is part of the programs that use it.
            if channel == .sms { diagnostics.report(CheckMessages.roleInMessages(role)) }
        } else if let program {
            programs.append(program)
        }
        if areCalleesSound {
            for unit in lowering.units.dropFirst() {
                for diagnostic in unit.diagnostics.items where diagnostic.severity == .error {
                    diagnostics.report(diagnostic)
                }
            }
        }
        found.append(diagnostics)
        unreached.append(lowering.units[0].unreached)
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

/// What isn't reached or used on one channel only is no problem of the flow.
private func merged(_ found: [DiagnosticList]) -> DiagnosticList {
    var merged = DiagnosticList()
    for (index, list) in found.enumerated() {
        let others = found.indices.filter { $0 != index }.map { Set(found[$0].items) }
        for diagnostic in list.items
        where !diagnostic.code.needsEveryChannel || others.allSatisfy({ $0.contains(diagnostic) }) {
            merged.report(diagnostic)
        }
    }
    return merged
}

extension DiagnosticCode {
    /// Whether it says what is left over, which something on another channel may need.
    fileprivate var needsEveryChannel: Bool {
        [.unreachableStep, .unreachableState, .unusedName].contains(self)
    }
}
