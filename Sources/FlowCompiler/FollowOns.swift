import FlowLang

/// Where reading a flow found errors: what seems to be missing there may have been written.
struct ReadingProblems {
    /// The first bytes of the errors, in order.
    private let places: [UInt32]
    /// Those of second verbs within a step.
    private let secondVerbs: [UInt32]
    /// The first bytes of the states' names, in order.
    private let states: [UInt32]

    var isEmpty: Bool { places.isEmpty }

    init() {
        places = []
        secondVerbs = []
        states = []
    }

    init(of parsed: ParsedFlow) {
        places = parsed.diagnostics.items.filter { $0.severity == .error }.map(\.span.lower).sorted()
        secondVerbs = parsed.diagnostics.items.filter { $0.code == .severalVerbs }.map(\.span.lower)
        states = parsed.flow.states.map(\.name.span.lower).sorted()
    }

    /// Whether an error lies in the step itself, not in the steps that its targets list.
    func areIn(_ step: Step) -> Bool {
        let nested = step.options.flatMap { $0.value.targets }.flatMap(\.steps).map(\.span)
        return places(from: step.span.lower, to: step.span.upper).contains { place in
            !nested.contains { $0.lower <= place && place < $0.upper }
        }
    }

    /// Whether the step that ends a state may be one that couldn't be read.
    func mayHoldEnd(of state: StateDeclaration) -> Bool {
        let next = states.first { $0 > state.name.span.lower } ?? .max
        guard let last = state.steps.last else {
            return !places(from: state.name.span.lower, to: next).isEmpty
        }
        let goesOnAnyway: [Verb] = [.say, .play, .pause, .set, .log]
        let isPlain =
            goesOnAnyway.contains(last.verb) && !secondVerbs.contains { $0 > last.span.lower && $0 < next }
        return !places(from: isPlain ? last.span.upper : last.span.lower, to: next).isEmpty
    }

    private func places(from lower: UInt32, to upper: UInt32) -> ArraySlice<UInt32> {
        let start = places.partitioningIndex { $0 >= lower }
        return places[start...].prefix { $0 < upper }
    }
}

/// Leaves out what may follow from another problem: it is said once that one is solved.
func withoutFollowOns(_ found: DiagnosticList, of parsed: ParsedFlow) -> DiagnosticList {
    let hasErrors = found.hasErrors || parsed.diagnostics.hasErrors
    // Where lines couldn't be read, nothing can be said of what isn't there.
    let needWholeFlow: Set<DiagnosticCode> = [
        .missingEnd, .missingLanguage, .missingOtherwise, .missingPhrase, .missingTimezone, .missingVoice,
        .nonExhaustiveSwitch, .unassignedVariable, .unhandledOutcome, .unknownName, .unknownState,
        .unknownType,
        .unknownVariableType,
    ]
    // What seems to be too much may be what an error is about.
    let needSoundFlow: Set<DiagnosticCode> = [.unreachableState, .unreachableStep, .promptKeys, .unusedName]
    // One missing line is missed by every use.
    let firstWithoutZone = found.items.filter { $0.code == .missingTimezone }.map(\.span.lower).min()
    var kept = DiagnosticList()
    for diagnostic in found.items {
        if hasErrors, needSoundFlow.contains(diagnostic.code) { continue }
        if diagnostic.code == .missingTimezone, diagnostic.span.lower != firstWithoutZone { continue }
        if !parsed.isComplete, needWholeFlow.contains(diagnostic.code) { continue }
        kept.report(diagnostic)
    }
    return kept
}

extension Argument {
    /// Where an option may lead.
    var targets: [Target] {
        var targets: [Target] = []
        forEachTarget { targets.append($0) }
        return targets
    }

    func forEachTarget(_ visit: (Target) -> Void) {
        switch self {
        case .target(let target): visit(target)
        case .choices(let choices): for choice in choices { visit(choice.target) }
        case .cases(let cases): for item in cases { visit(item.target) }
        case .template, .prompt, .prompts, .expression, .phrases, .assignments, .data, .type, .flow, .list,
            .object, .records:
            break
        }
    }
}

extension Target {
    /// Those that are listed in its place.
    var steps: [Step] {
        if case .steps(let steps) = kind { steps } else { [] }
    }
}

extension [UInt32] {
    /// The index of the first element that the predicate holds for, in a sorted array.
    fileprivate func partitioningIndex(where isBehind: (UInt32) -> Bool) -> Int {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = isBehind(self[middle]) ? range.lowerBound..<middle : (middle + 1)..<range.upperBound
        }
        return range.lowerBound
    }
}
