import FlowLang
import FlowProgram

/// Lowers one flow with all that it runs to one program.
///
/// No flow runs itself in a circle, so each stands in the program once, with variables of its own, however often it is run.
struct ProgramLowering {
    /// The entry flow first.
    var units: [FlowLowering] = []
    private let files: [SourceFile]

    init(of entry: Int, channel: FlowChannel, in project: Project, options: CompilerOptions) {
        let played = project.playedFlows(by: entry).filter {
            $0.flow == entry || project.fits($0.flow, in: entry, on: channel)
        }
        let members = played.map(\.flow)
        files = members.map { project.flows[$0].file }
        for one in played {
            let member = project.flows[one.flow]
            var unit = FlowLowering(
                member.parsed.flow, reading: member.reading, channel: channel, at: one.places,
                options: options, after: units.last)
            unit.resolveDeclarations()
            units.append(unit)
        }
        let own = Dictionary(zip(members.dropFirst(), units.indices.dropFirst())) { first, _ in first }
        for unit in units.indices where project.flows[members[unit]].runsAny {
            units[unit].callees = project.callees(in: entry, on: channel) { number in
                own[number].map { units[$0].callee(leaving: project.leaves(of: number)) }
            }
        }
    }

    /// The linked program, or nil if something is wrong with one of the flows.
    mutating func run() -> ProgramFile.Entry? {
        let heard = Set(units[0].flow.handlers.map(\.event.value))
        for index in units.indices { units[index].heard = heard }
        var lowered: [LoweredFlow] = []
        var statics = units[units.count - 1].statics
        for index in units.indices {
            swap(&units[index].statics, &statics)
            if let flow = units[index].run() { lowered.append(flow) }
            swap(&units[index].statics, &statics)
        }
        swap(&units[0].statics, &statics)
        reportTimezones()
        guard lowered.count == units.count, !units.contains(where: \.diagnostics.hasErrors) else {
            return nil
        }
        let linked = link(lowered)
        let proof = Proof(linked)
        for guarantee in guarantees {
            for diagnostic in guarantee(proof) { units[0].diagnostics.report(diagnostic) }
        }
        return units[0].diagnostics.hasErrors ? nil : linked.entry(in: files)
    }

    /// A program has one civil time.
    private mutating func reportTimezones() {
        let zones = units.compactMap(\.flow.timezone)
        guard let first = zones.first else { return }
        for zone in zones where zone.value != first.value {
            units[0].diagnostics.report(CheckMessages.differingTimezone(zone, first: first.span))
        }
    }
}

/// What a flow that runs another one needs to know of it.
struct Callee {
    var flow: Located<String>
    var parameters: [(parameter: Program.Parameter, span: Span)]
    /// What its variables begin with.
    var settings: [Operation.Setting]
    /// The variable that holds what it hands back.
    var result: (slot: Int, type: ValueType)?
    /// The label of its first state.
    var entry: Int
    /// nil: it can be run.
    var role: FlowRole?
    /// How it takes the caller out of a queue.
    var leaves: [Project.Leave] = []
    /// Why it can't be used here.
    var unfit: Unfit?

    enum Unfit {
        case channel(FlowChannel)
        case languages([String])
        /// It runs as this, or answers if it is nil.
        case role(FlowRole?)
    }
}

extension FlowLowering {
    /// How others use this flow.
    fileprivate func callee(leaving leaves: [Project.Leave]) -> Callee {
        let slots = firstVariable..<typer.names.variables.count
        return Callee(
            flow: flow.name ?? Located("", flow.span),
            parameters: zip(parameters, flow.params).map { ($0, $1.name.span) },
            settings: slots.map { slot in
                Operation.Setting(variable: slot, value: .literal(initialValues[slot] ?? .none))
            },
            result: result, entry: label(ofState: 0), role: flow.role?.value, leaves: leaves)
    }
}
