import FlowLang
import FlowProgram

/// The flows of a project, and which runs which.
struct Project {
    struct Member {
        var parsed: ParsedFlow
        var file: SourceFile
        var reading: ReadingProblems
        /// It has a `run`, be it of a flow that isn't there.
        var runsAny = false
        /// The flows that it runs, each where that is written first.
        var runs: [(flow: Int, place: Located<String>)] = []
        /// The names that its `run` steps give.
        fileprivate var places: [Located<String>] = []
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
        let places = parsed.namesFlows ? placesOfRuns(in: parsed.flow) : []
        flows.append(
            Member(
                parsed: parsed, file: file, reading: ReadingProblems(of: parsed), runsAny: !places.isEmpty,
                places: places))
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
            var seen: Set<Int> = []
            for place in flows[number].places {
                guard let flow = numbers[place.value], seen.insert(flow).inserted else { continue }
                flows[number].runs.append((flow, place))
            }
        }
        findCircles()
    }

    var names: [String] { flows.compactMap { $0.parsed.flow.name?.value } }

    /// All that a flow runs, through others too, in the order in which they are met; nothing that is in a circle.
    func flowsRun(by entry: Int) -> [Int] {
        var found: [Int] = []
        var seen: Set<Int> = [entry]
        var next = 0
        var queue = [entry]
        while next < queue.count {
            for run in flows[queue[next]].runs
            where !inCircle.contains(run.flow) && seen.insert(run.flow).inserted {
                found.append(run.flow)
                queue.append(run.flow)
            }
            next += 1
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
            return unfit(number, in: entry, on: channel).map {
                Callee(
                    flow: flow.name ?? Located("", flow.span), parameters: [], settings: [], result: nil,
                    entry: 0, unfit: $0)
            }
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

/// The names that `run` steps of a flow give, in the order of the file.
private func placesOfRuns(in flow: Flow) -> [Located<String>] {
    var found: [Located<String>] = []
    func visit(_ steps: [Step]) {
        for step in steps {
            if step.verb == .run, case .template(let template)? = step.argument, let name = template.literal {
                found.append(Located(name, template.span))
            }
            for option in step.options {
                option.value.forEachTarget { if case .steps(let steps) = $0.kind { visit(steps) } }
            }
        }
    }
    if let steps = flow.errorHandler { visit(steps) }
    if let choices = flow.choices { visit([choices]) }
    for state in flow.states { visit(state.steps) }
    return found
}
