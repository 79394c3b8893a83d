import FlowLang
import FlowProgram

/// Where the words `next` and `again` lead in the targets of one step, and the targets that still are to be lowered.
struct Ways {
    /// The label behind the step.
    let next: Int
    /// The label of the step itself; for a gather, of its operation.
    let start: Int
    /// A gather comes back by `Operation.again`, which keeps the attempt.
    let isGather: Bool
    let step: Step
    /// What the step was lowered with.
    let facts: Facts
    fileprivate var pending: [Pending] = []

    fileprivate struct Pending {
        var label: Int
        var target: Target
        var facts: Facts
    }
}

extension FlowLowering {
    /// Lowers a list of steps; `ways` are those of the step whose target the list is.
    mutating func lower(_ steps: [Step], in ways: Ways?) {
        var isReported = false
        for step in steps {
            if !code.isReachable, !isReported {
                isReported = true
                typer.diagnostics.report(CheckMessages.unreachableStep(step))
            }
            lower(step)
        }
        if let ways, code.isReachable { code.jump(to: ways.next, at: ways.step.verbSpan) }
    }

    private mutating func lower(_ step: Step) {
        currentSpan = step.verbSpan
        typer.trail = code.trails?.current
        problemsBeforeStep = typer.diagnostics.items.count
        let row = step.row
        guard runsOnChannel(step), isPlayed(row, at: step.verbSpan) else { return }
        switch step.verb {
        case .say: lowerSay(step)
        case .play: lowerPlay(step)
        case .pause: lowerPause(step)
        case .menu: lowerMenu(step)
        case .ask: lowerAsk(step)
        case .gather: lowerGather(step)
        case .record: lowerRecord(step)
        case .dial: lowerDial(step)
        case .enqueue: lowerEnqueue(step)
        case .connect: lowerConnect(step)
        case .start: lowerBeside("Start", step)
        case .stop: lowerBeside("Stop", step)
        case .pay: lowerPay(step)
        case .refer: lowerRefer(step)
        case .goto: lowerGoto(step)
        case .run: lowerRun(step)
        case .return: lowerReturn(step)
        case .if: lowerIf(step)
        case .switch: lowerSwitch(step)
        case .set: lowerSet(step)
        case .fetch: lowerFetch(step)
        case .send: lowerSend(step)
        case .log: lowerLog(step)
        case .hangup: code.emit(.finish(.hangup), at: step.verbSpan)
        case .end: code.emit(.finish(.end), at: step.verbSpan)
        case .leave:
            code.emit(.finish(.leave(literal(step.argument, what: "leave")?.text)), at: step.verbSpan)
        case .accept: code.emit(.finish(.accept), at: step.verbSpan)
        case .decline: code.emit(.finish(.decline), at: step.verbSpan)
        case .reject: lowerReject(step)
        case .redirect: lowerRedirect(step)
        }
    }

    /// Begins a step with targets: everything up to `close` belongs to it.
    mutating func open(_ step: Step, isGather: Bool = false) -> Ways {
        let start = code.makeLabel()
        code.place(start)
        if let known = againFacts[step.span.lower] { code.facts.formIntersection(known) }
        // It is asked again in later turns, and each answer comes with a request of its own.
        if isGather {
            endTurn()
            noteInterruptibleWait()
        }
        if step.verb.waits, code.isReachable { code.rest() }
        return Ways(
            next: code.makeLabel(), start: start, isGather: isGather, step: step, facts: code.facts)
    }

    /// Lowers the targets behind the step's operation and goes on behind the step.
    mutating func close(_ ways: Ways) {
        for pending in ways.pending {
            code.place(pending.label)
            guard code.isReachable else { continue }
            code.facts = pending.facts
            lower(pending.target, in: ways)
        }
        code.place(ways.next)
    }

    /// The label of a target, which is reached with these facts.
    ///
    /// - Parameter way: what takes the conversation there, for people.
    mutating func label(of target: Target, facts: Facts, in ways: inout Ways, by way: String? = nil) -> Int {
        switch target.kind {
        case .state(let name):
            if let handlerEvent {
                typer.diagnostics.report(CheckMessages.handlerTarget(target, of: handlerEvent))
                return ways.next
            }
            guard let index = stateIndex(name, at: target.span) else { return ways.next }
            if code.isReachable { reach(index, with: facts, by: way) }
            return label(ofState: index)
        case .word(.next):
            code.lead(to: ways.next, with: facts, by: way)
            return ways.next
        case .word(.again) where !ways.isGather:
            noteAgain(ways, facts: facts)
            return ways.start
        case .word, .steps, .invalid:
            let label = code.makeLabel()
            code.lead(to: label, with: facts, by: way)
            ways.pending.append(Ways.Pending(label: label, target: target, facts: facts))
            return label
        }
    }

    /// The label of an option's target, else of the flow's default `otherwise`, else nil.
    mutating func label(
        ofOption name: String, facts: Facts, in ways: inout Ways
    ) -> Int? {
        let option =
            ways.step.option(name) ?? (name == "otherwise" ? defaultOption(name, of: ways.step) : nil)
        guard case .target(let target)? = option?.value else { return nil }
        return label(of: target, facts: facts, in: &ways, by: wayName(name, of: ways.step))
    }

    /// An option's way as people know it; nothing for those of a condition.
    private func wayName(_ option: String, of step: Step) -> String? {
        switch (option, step.verb) {
        case ("then", _), ("else", _): nil
        case ("otherwise", .menu), ("otherwise", .ask), ("otherwise", .gather):
            channel == .sms ? "no match" : "no input"
        case ("otherwise", .record): "nothing recorded"
        default: option
        }
    }

    /// A label behind which the conversation ends, for outcomes that mean `hangup` if they are left out.
    mutating func hangupLabel(facts: Facts, in ways: inout Ways) -> Int {
        label(of: Target(.word(.hangup), ways.step.verbSpan), facts: facts, in: &ways)
    }

    func label(ofState index: Int) -> Int { -1 - (firstState + index) }

    mutating func stateIndex(_ name: String, at span: Span) -> Int? {
        if let index = stateIndices[name] { return index }
        let known = typer.suggestions.allow(flow.states.count) ? flow.states.map(\.name.value) : []
        typer.diagnostics.report(CheckMessages.unknownState(name, at: span, known: known))
        return nil
    }

    /// The flow's default of an option. That of `timeout` is for the steps that wait for an answer: a phone rings, a
    /// recording stays silent and a service works as long as they need. A `switch` has no default way. `allow` is about numbers.
    func defaultOption(_ name: String, of step: Step) -> Step.Option? {
        // A handler leads nowhere.
        if handlerEvent != nil { return nil }
        if flow.defaults.isEmpty { return nil }
        switch (name, step.verb) {
        case ("timeout", .menu), ("timeout", .ask), ("timeout", .gather): break
        case ("allow", .dial), ("allow", .send): break
        case ("timeout", _), ("otherwise", .switch), ("allow", _), ("max_segments", _): return nil
        default: break
        }
        return flow.defaults.first { $0.name == name }
    }

    private mutating func lower(_ target: Target, in ways: Ways) {
        if let handlerEvent, !target.staysInHandler {
            typer.diagnostics.report(CheckMessages.handlerTarget(target, of: handlerEvent))
            code.isReachable = false
            return
        }
        if case .word(let word) = target.kind, let verb = word.verb,
            !isPlayed(VerbTable.row(of: verb), at: target.span)
        {
            return
        }
        switch target.kind {
        case .steps(let steps): lower(steps, in: ways)
        case .word(.hangup) where channel == .voice: code.emit(.finish(.hangup), at: target.span)
        case .word(.hangup), .word(.end): code.emit(.finish(.end), at: target.span)
        case .word(.leave) where channel == .voice: code.emit(.finish(.leave(nil)), at: target.span)
        case .word(.accept) where channel == .voice: code.emit(.finish(.accept), at: target.span)
        case .word(.decline) where channel == .voice: code.emit(.finish(.decline), at: target.span)
        case .word(.again):
            noteAgain(ways, facts: code.facts)
            code.emit(ways.isGather ? .again(ways.start) : .jump(ways.start), at: target.span)
        case .word(.return): lowerReturn(nil, at: target.span)
        case .word(.next): code.jump(to: ways.next, at: target.span)
        case .word(let word):
            typer.diagnostics.report(CheckMessages.misplacedTarget(word, at: target.span))
            code.isReachable = false
        case .state(let name):
            if let index = stateIndex(name, at: target.span) {
                reach(index, with: code.facts)
                code.emit(.jump(label(ofState: index)), at: target.span)
            }
        case .invalid: code.isReachable = false
        }
    }

    /// A way back to a step: what is known there is no more than what is known here.
    private mutating func noteAgain(_ ways: Ways, facts: Facts) {
        guard code.isReachable, !ways.facts.isSubset(of: facts) else { return }
        againFacts[ways.step.span.lower, default: facts].formIntersection(facts)
        knowsLessOnTheWayBack = true
    }
}

extension Target.Word {
    /// The verb that it stands for; nil where it only says where to go on.
    fileprivate var verb: Verb? {
        switch self {
        case .next, .again: nil
        case .hangup, .end, .return, .leave, .accept, .decline: Verb(rawValue: rawValue)
        }
    }
}

extension Target {
    /// It leads on within a list of effects.
    fileprivate var staysInHandler: Bool {
        switch kind {
        case .steps, .invalid, .word(.next), .word(.again): true
        case .state, .word: false
        }
    }
}

extension Verb {
    /// The conversation waits at it for somebody, or in the flow that it runs.
    var waits: Bool {
        switch self {
        case .menu, .ask, .gather, .record, .dial, .enqueue, .connect, .pay, .refer, .run: true
        case .say, .play, .pause, .goto, .if, .switch, .set, .fetch, .log, .hangup, .end, .reject, .redirect,
            .return, .start, .stop, .send, .leave, .accept, .decline:
            false
        }
    }
}
