import FlowLang
import FlowProgram

/// The flows of a project, and which runs which.
struct Project {
    struct Member {
        var parsed: ParsedFlow
        var file: SourceFile
        var reading: ReadingProblems
        /// It names another flow, be it one that isn't there.
        var runsAny = false
        /// The flows that it runs, and those that are heard beside it, each where that is written first.
        var runs: [Run] = []
        /// How it takes a caller out of a queue.
        var leaves: [Leave] = []
        /// What it uses other flows for, by the names that it gives.
        fileprivate var uses: [(name: Located<String>, side: FlowPlace?)] = []
    }

    struct Run {
        var flow: Int
        var place: Located<String>
        /// Where it is heard; nil: it is run.
        var side: FlowPlace?
    }

    /// A `leave`, by a name or none.
    struct Leave {
        var name: String?
        var span: Span
    }

    private(set) var flows: [Member] = []
    private var numbers: [String: Int] = [:]
    /// Flows that run themselves, perhaps through others.
    private(set) var inCircle: Set<Int> = []
    /// What is wrong with the project as a whole.
    private(set) var diagnostics = DiagnosticList()

    /// Reads a file.
    mutating func add(_ file: SourceFile) {
        let parsed = parse(file)
        let uses = parsed.namesFlows ? FlowUses(in: parsed.flow) : FlowUses()
        flows.append(
            Member(
                parsed: parsed, file: file, reading: ReadingProblems(of: parsed),
                runsAny: !uses.found.isEmpty, leaves: uses.leaves, uses: uses.found))
        guard let name = parsed.flow.name else { return }
        if let first = numbers[name.value], let earlier = flows[first].parsed.flow.name {
            diagnostics.report(CheckMessages.duplicateFlow(name, first: earlier.span))
        } else {
            numbers[name.value] = flows.count - 1
        }
    }

    /// Finds out which flow runs which, once all files are read.
    mutating func connect() {
        for number in flows.indices {
            var seen: [FlowPlace?: Set<Int>] = [:]
            for use in flows[number].uses {
                guard let flow = numbers[use.name.value], seen[use.side, default: []].insert(flow).inserted
                else { continue }
                flows[number].runs.append(Run(flow: flow, place: use.name, side: use.side))
            }
        }
        findCircles()
    }

    var names: [String] { flows.compactMap { $0.parsed.flow.name?.value } }

    /// All that a flow runs and that is heard beside it, through others too, in the order in which they are met; nothing that is
    /// in a circle, and nothing that is used as what it isn't.
    func flowsRun(by entry: Int) -> [Int] { playedFlows(by: entry).map(\.flow).filter { $0 != entry } }

    /// A flow and where it is played.
    struct Played {
        var flow: Int
        var places: [Place] = []

        /// A place, and what brought the flow there; nil: it is what the place asks for.
        struct Place {
            var place: FlowPlace
            var use: Span?
        }
    }

    /// The entry flow, first, and what `flowsRun` gives, each with the places where it is played.
    func playedFlows(by entry: Int) -> [Played] {
        let first = flows[entry].parsed.flow.role?.value.places[0] ?? .call
        var found = [Played(flow: entry, places: [Played.Place(place: first)])]
        var queue = [(index: 0, place: first)]
        var next = 0
        while next < queue.count {
            let (index, place) = queue[next]
            next += 1
            for run in flows[found[index].flow].runs where !inCircle.contains(run.flow) {
                guard flows[run.flow].parsed.flow.role?.value == run.side?.role else { continue }
                var target = found.firstIndex { $0.flow == run.flow }
                if target == nil {
                    target = found.count
                    found.append(Played(flow: run.flow))
                }
                guard let target else { continue }
                let there = run.side ?? place
                guard !found[target].places.contains(where: { $0.place == there }) else { continue }
                found[target].places.append(Played.Place(place: there, use: run.place.span))
                queue.append((target, there))
            }
        }
        return found
    }

    /// How a flow, or one that it runs, takes the caller out of a queue; each name where it is written first.
    func leaves(of flow: Int) -> [Leave] {
        var found: [Leave] = []
        for played in playedFlows(by: flow) {
            for leave in flows[played.flow].leaves where !found.contains(where: { $0.name == leave.name }) {
                found.append(leave)
            }
        }
        return found
    }

    /// Those that are run before those that run them.
    var calleesFirst: [Int] {
        var order: [Int] = []
        var isSeen = Array(repeating: false, count: flows.count)
        for root in flows.indices where !isSeen[root] {
            isSeen[root] = true
            var stack = [(flow: root, next: 0)]
            while let (flow, next) = stack.last {
                guard next < flows[flow].runs.count else {
                    order.append(flow)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let callee = flows[flow].runs[next].flow
                if !isSeen[callee] {
                    isSeen[callee] = true
                    stack.append((callee, 0))
                }
            }
        }
        return order
    }

    /// Whether a flow can be run where another one is the entry.
    func fits(_ flow: Int, in entry: Int, on channel: FlowChannel) -> Bool {
        flows[flow].reading.isEmpty && unfit(flow, in: entry, on: channel) == nil
    }

    private func unfit(_ flow: Int, in entry: Int, on channel: FlowChannel) -> Callee.Unfit? {
        let callee = flows[flow].parsed.flow
        guard callee.channels.contains(where: { $0.value == channel }) else { return .channel(channel) }
        let spoken = FlowLowering.programLanguages(of: callee).map(\.tag)
        let missing = FlowLowering.programLanguages(of: flows[entry].parsed.flow).map(\.tag)
            .filter { !spoken.contains($0) }
        return missing.isEmpty ? nil : .languages(missing)
    }

    /// The flows by name; nil for those of which something else is wrong, which is said elsewhere.
    func callees(in entry: Int, on channel: FlowChannel, known: (Int) -> Callee?) -> [String: Callee?] {
        numbers.mapValues { number -> Callee? in
            if inCircle.contains(number) || !flows[number].reading.isEmpty { return nil }
            if let callee = known(number) { return callee }
            let flow = flows[number].parsed.flow
            // What fits and isn't known is used as what it isn't.
            return Callee(
                flow: flow.name ?? Located("", flow.span), parameters: [], settings: [], result: nil,
                entry: 0, role: flow.role?.value, unfit: unfit(number, in: entry, on: channel))
        }
    }

    /// Depth first; each way back to a flow that is being looked at is a circle.
    private mutating func findCircles() {
        enum Mark { case new, open, done }
        var marks = Array(repeating: Mark.new, count: flows.count)
        for root in flows.indices where marks[root] == .new {
            marks[root] = .open
            var stack = [(flow: root, next: 0)]
            while let (flow, next) = stack.last {
                guard next < flows[flow].runs.count else {
                    marks[flow] = .done
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let run = flows[flow].runs[next]
                switch marks[run.flow] {
                case .new:
                    marks[run.flow] = .open
                    stack.append((run.flow, 0))
                case .open:
                    let start = stack.firstIndex { $0.flow == run.flow } ?? 0
                    let circle = stack[start...].map { $0 }
                    inCircle.formUnion(circle.map(\.flow))
                    let ways = circle.dropLast().map { flows[$0.flow].runs[$0.next - 1].place }
                    let names =
                        circle.map { flows[$0.flow].parsed.flow.name?.value ?? "" } + [run.place.value]
                    diagnostics.report(CheckMessages.recursiveFlow(names, at: run.place.span, ways: ways))
                case .done: break
                }
            }
        }
    }
}

/// What a flow uses other flows for, and how it leaves a queue, in the order of the file.
private struct FlowUses {
    private(set) var found: [(name: Located<String>, side: FlowPlace?)] = []
    private(set) var leaves: [Project.Leave] = []

    /// None.
    init() {}

    init(in flow: Flow) {
        for handler in flow.handlers { visit(handler.steps) }
        if let choices = flow.choices { visit([choices]) }
        for option in flow.defaults { visit(option.value) }
        for state in flow.states { visit(state.steps) }
    }

    /// The depth is that of the file, which is bounded.
    private mutating func visit(_ steps: [Step]) {
        for step in steps {
            switch step.argument {
            case .template(let template)? where step.verb == .run:
                if let name = template.literal { found.append((Located(name, template.span), nil)) }
            case .template(let template)? where step.verb == .leave:
                leaves.append(Project.Leave(name: template.literal, span: step.verbSpan))
            case .list(let called)?: for one in called { visit(called: one) }
            case nil where step.verb == .leave: leaves.append(Project.Leave(name: nil, span: step.verbSpan))
            default: break
            }
            for option in step.options { visit(option.value) }
        }
    }

    private mutating func visit(_ option: Argument) {
        if case .flow(let use) = option { found.append((use.flow, .queueWait)) }
        option.forEachTarget { target in
            if case .word(.leave) = target.kind { leaves.append(Project.Leave(name: nil, span: target.span)) }
            if case .steps(let steps) = target.kind { visit(steps) }
        }
    }

    private mutating func visit(called argument: Argument) {
        guard case .object(let object) = argument else { return }
        for option in object.options {
            if case .flow(let use) = option.value { found.append((use.flow, object.sidePlace)) }
        }
    }
}

extension ObjectArgument {
    /// Where a flow is heard that an option of what is dialled names.
    var sidePlace: FlowPlace {
        switch kind.value {
        case "conference": .conferenceWait
        case "queue": .queueWhisper
        default: .whisper
        }
    }
}
