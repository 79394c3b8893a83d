import FlowLang
import FlowProgram
import TwiML

/// Types and lowers one flow for one channel.
///
/// What is known of variables flows from state to state (`entryFacts`), so a state is lowered anew when a way with less
/// knowledge leads to it. Facts only shrink and types only widen: it ends.
struct FlowLowering {
    let flow: Flow
    /// What reading the flow found.
    let reading: ReadingProblems
    let channel: FlowChannel
    /// Where it is played, and what brought it there.
    let places: [Project.Played.Place]
    let options: CompilerOptions
    var typer: Typer
    var statics = StaticTable()
    /// Writes one document after another in the same place.
    var writer = XMLWriter()
    let languages: [Program.Language]
    let stateIndices: [String: Int]
    let textIndices: [String: Int]
    /// How many states and variables of other flows stand in the program before those of this one.
    let firstState: Int
    let firstVariable: Int
    var config: [Program.ConfigItem] = []
    var configSpans: [Span] = []
    /// What it hands back.
    var result: (slot: Int, type: ValueType)?
    /// The flows of the project by name, as far as they are known; nil for one that can't be run for a reason that is said
    /// elsewhere.
    var callees: [String: Callee?] = [:]
    var parameters: [Program.Parameter] = []
    var initialValues: [Int: Value] = [:]
    /// Slots of variables and params whose type the author has written.
    var declaredSlots: Set<Int> = []
    var calendars: [Program.Calendar] = []
    /// Who is rung when the server is down.
    var fallback: TypedExpression?
    /// What the program's entry flow has handlers for, on this channel.
    var heard: Set<HandlerEvent> = []
    /// A text is being made, also in a call: it is read, not heard.
    var isTexting = false
    /// What a prompt is made for.
    var medium: FlowChannel { isTexting ? .sms : channel }
    /// The handler that is being lowered, if it is one of notices.
    var handlerEvent: HandlerEvent?
    /// Variables that handlers of notices set, and whether they surely are something after it: what is known of them ends
    /// with every turn.
    var setByHandlers: [Int: Bool] = [:]
    /// Problems of the declarations; those of a state stand beside its fragment.
    var diagnostics = DiagnosticList()
    /// Of `defaults`: the longest message.
    var maxSegments: Int?
    /// The keys that the prompt of the menu names that is being lowered, and whether all that it says is known.
    var namedKeys: (keys: Set<String>, isWhole: Bool) = ([], true)
    /// Names of `texts` that a prompt says.
    var saidTexts: Set<String> = []

    /// The state that is being lowered.
    var code = Fragment(facts: .none)
    /// Where the step that is being lowered was written.
    var currentSpan: Span
    /// The voice that the step itself names.
    var stepVoice: String?
    /// How many problems there were before that step: after one of its own, its document says nothing more.
    var problemsBeforeStep = 0
    var interrupts = FlowInterrupts()
    /// By the place of a step: what the ways back to it (`again`) know.
    var againFacts: [UInt32: Facts] = [:]
    /// A way back to a step of this state knows less than the step was lowered with.
    var knowsLessOnTheWayBack = false
    private(set) var entryFacts: [Facts?]
    var lowered: [LoweredState?]
    /// The ways from state to state, and the state that is being lowered; kept only to explain a problem.
    var arrivals: [Arrival] = []
    private(set) var currentState = 0
    private var queue: [Int] = []
    private var isQueued: [Bool]
    /// A variable got its first type after it may have been read.
    var typesFound = false
    /// A variable's type became wider after it was used.
    var typesWidened = false

    struct LoweredState {
        var code: LoweredCode
        var diagnostics: DiagnosticList
        var readsUnknownVariable: Bool
    }

    /// - Parameter previous: the flow that stands before this one in the program, with its declarations resolved.
    init(
        _ flow: Flow, reading: ReadingProblems, channel: FlowChannel,
        at places: [Project.Played.Place] = [Project.Played.Place(place: .call)], options: CompilerOptions,
        after previous: FlowLowering? = nil
    ) {
        self.places = places
        self.flow = flow
        self.reading = reading
        self.channel = channel
        self.options = options
        currentSpan = flow.span
        languages = previous?.languages ?? Self.programLanguages(of: flow)
        firstState = previous.map { $0.firstState + $0.flow.states.count } ?? 0
        firstVariable = previous?.typer.names.variables.count ?? 0
        config = previous?.config ?? []
        configSpans = previous?.configSpans ?? []
        calendars = previous?.calendars ?? []
        statics = previous?.statics ?? StaticTable()
        stateIndices = Self.indices(of: flow.states.lazy.map(\.name))
        textIndices = Self.indices(of: flow.texts.lazy.map(\.name))
        entryFacts = Array(repeating: nil, count: flow.states.count)
        lowered = Array(repeating: nil, count: flow.states.count)
        isQueued = Array(repeating: false, count: flow.states.count)
        var names = Self.names(of: flow, channel: channel, after: previous)
        names.isInQueue = places.allSatisfy { $0.place == .queueWait }
        typer = Typer(names: names)
    }

    /// The first of each name counts.
    private static func indices(of names: some Collection<Located<String>>) -> [String: Int] {
        var indices: [String: Int] = [:]
        indices.reserveCapacity(names.count)
        for (index, name) in names.enumerated() where indices[name.value] == nil {
            indices[name.value] = index
        }
        return indices
    }

    /// Lowers the states that are reached, and checks the others.
    ///
    /// - Returns: what links, or nil if something is wrong with the flow.
    mutating func run() -> LoweredFlow? {
        guard !flow.states.isEmpty else { return nil }
        reach(0, with: startFacts)
        let (handler, interrupts, notices) = lowerHandlers()
        reportUntypedVariables()
        lowerUnreachedStates()
        explainUnassigned()
        for index in lowered.indices where entryFacts[index] != nil {
            if let state = lowered[index] { diagnostics.append(contentsOf: state.diagnostics) }
        }
        guard !diagnostics.hasErrors, reading.isEmpty else { return nil }
        reportUnusedNames()
        var states: [LoweredFlow.State] = []
        for index in lowered.indices where entryFacts[index] != nil {
            guard let code = lowered[index]?.code else { continue }
            states.append(
                LoweredFlow.State(
                    name: flow.states[index].name.value, number: firstState + index, code: code))
        }
        return LoweredFlow(states: states, errorHandler: handler, interrupts: interrupts, notices: notices)
    }

    /// The states that are reached, and the handlers: each may lead to more states, choices that are heard at every wait know no
    /// more than all of them do, and what handlers of notices set is known at none.
    private mutating func lowerHandlers() -> (
        error: LoweredCode?, interrupts: LoweredInterrupts?, notices: [LoweredHandler]
    ) {
        reportHandlerChannels()
        var handler: (code: LoweredCode, diagnostics: DiagnosticList)?
        var choices: (lowered: LoweredInterrupts, diagnostics: DiagnosticList)?
        var notices: (lowered: [LoweredHandler], diagnostics: DiagnosticList)
        var hasChanged = false
        repeat {
            lowerReachedStates()
            handler = lowerErrorHandler()
            let known = (interrupts.facts, interrupts.written, setByHandlers)
            choices = lowerInterrupts()
            notices = lowerNoticeHandlers()
            if interrupts.written != known.1 || setByHandlers != known.2 {
                for state in lowered.indices where entryFacts[state] != nil { enqueue(state) }
            }
            hasChanged =
                interrupts.facts != known.0 || interrupts.written != known.1 || setByHandlers != known.2
        } while hasChanged || !queue.isEmpty || typesFound || typesWidened
        if let handler { diagnostics.append(contentsOf: handler.diagnostics) }
        if let choices { diagnostics.append(contentsOf: choices.diagnostics) }
        diagnostics.append(contentsOf: notices.diagnostics)
        return (handler?.code, choices?.lowered, notices.lowered)
    }

    /// Notes that a way with these facts leads to a state.
    mutating func reach(_ state: Int, with facts: Facts, by name: String? = nil) {
        if let trails = code.trails {
            arrivals.append(
                Arrival(
                    source: currentState, target: state, facts: facts, trail: trails.current, name: name))
        }
        guard let known = entryFacts[state] else {
            entryFacts[state] = facts
            enqueue(state)
            return
        }
        if known.isSubset(of: facts) { return }
        entryFacts[state]?.formIntersection(facts)
        enqueue(state)
    }

    /// A request may have come, and notices before it.
    mutating func endTurn() {
        code.facts.endTurn()
        for (slot, isPresent) in setByHandlers {
            code.facts.assign(variable: slot, isPresent: isPresent && code.facts.contains(variable: slot))
        }
    }

    /// Warns of something in a step; its document may still have problems.
    mutating func warn(_ diagnostic: Diagnostic) {
        typer.diagnostics.report(diagnostic)
        problemsBeforeStep += 1
    }

    /// Reports that a step lacks something, unless reading found a problem where it may stand.
    mutating func reportLack(_ diagnostic: Diagnostic, in step: Step) {
        if !reading.areIn(step) { typer.diagnostics.report(diagnostic) }
    }

    mutating func enqueue(_ state: Int) {
        guard !isQueued[state] else { return }
        isQueued[state] = true
        queue.append(state)
    }

    mutating func lowerReachedStates() {
        repeat {
            var next = 0
            while next < queue.count {
                let state = queue[next]
                next += 1
                isQueued[state] = false
                lowerState(state, facts: entryFacts[state] ?? .none)
            }
            queue.removeAll(keepingCapacity: true)
            enqueueAfterTypes()
        } while !queue.isEmpty
    }

    /// States that read a variable before it had its type look again; after a type became wider, all do. Types only
    /// widen, so that it ends.
    private mutating func enqueueAfterTypes() {
        for state in lowered.indices where entryFacts[state] != nil {
            if typesWidened || typesFound && lowered[state]?.readsUnknownVariable == true { enqueue(state) }
        }
        typesFound = false
        typesWidened = false
    }

    private mutating func reportUntypedVariables() {
        guard lowered.contains(where: { $0?.readsUnknownVariable == true }) else { return }
        for variable in typer.names.variables where variable.type == nil {
            if let first = variable.assignments.first {
                diagnostics.report(CheckMessages.unknownVariableType(variable.name, at: first))
            }
        }
    }

    mutating func lowerState(_ index: Int, facts: Facts) {
        let state = flow.states[index]
        currentState = index
        var changed = false
        repeat {
            changed = false
            code.begin(with: facts, reserving: state.steps.count + state.steps.count / 2 + 2)
            typer.diagnostics = DiagnosticList()
            typer.readsUnknownVariable = false
            knowsLessOnTheWayBack = false
            lower(state.steps, in: nil)
            changed = knowsLessOnTheWayBack
        } while changed
        if code.isReachable {
            // A wait flow that runs off its end is played again.
            if flow.role?.value != .wait, !reading.mayHoldEnd(of: state) {
                typer.diagnostics.report(CheckMessages.missingEnd(state, role: flow.role?.value))
            }
            code.emit(.finish(.end), at: state.name.span)
        }
        lowered[index] = LoweredState(
            code: code.code, diagnostics: typer.diagnostics,
            readsUnknownVariable: typer.readsUnknownVariable)
    }

    /// What was found in states that no way leads to on this channel.
    var unreached: [(state: Int, diagnostics: DiagnosticList)] {
        lowered.indices.compactMap { index in
            guard entryFacts[index] == nil, let state = lowered[index] else { return nil }
            return (index, state.diagnostics)
        }
    }

    /// States that no way leads to are checked too, as if every variable were set.
    private mutating func lowerUnreachedStates() {
        for index in lowered.indices where entryFacts[index] == nil {
            var facts = Facts.none
            for slot in typer.names.variables.indices { facts.assign(variable: slot, isPresent: true) }
            let reachedBefore = entryFacts
            lowerState(index, facts: facts)
            entryFacts = reachedBefore
            lowered[index]?.diagnostics.report(CheckMessages.unreachableState(flow.states[index].name))
        }
    }

    /// `on: error` begins with what is surely known, and may lead to states that then know no more than it does.
    private mutating func lowerErrorHandler() -> (code: LoweredCode, diagnostics: DiagnosticList)? {
        guard let steps = flow.errorHandler else { return nil }
        var handler = LoweredCode()
        var found = DiagnosticList()
        repeat {
            lowerReachedStates()
            var before = againFacts
            repeat {
                before = againFacts
                typer.diagnostics = DiagnosticList()
                reportHandlerSteps(steps)
                code.begin(with: handlerFacts)
                lower(steps, in: nil)
            } while againFacts != before
            if code.isReachable {
                code.emit(.finish(flow.role?.value == .whisper ? .decline : .end), at: flow.span)
            }
            handler = code.code
            found = typer.diagnostics
        } while !queue.isEmpty
        return (handler, found)
    }
}
