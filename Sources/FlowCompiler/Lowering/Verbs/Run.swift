import FlowLang
import FlowProgram

extension FlowLowering {
    /// The params and the other variables of the flow are set, and it is gone on behind the step when that returns.
    mutating func lowerRun(_ step: Step) {
        let into = variable("into", of: step)
        guard let (name, span) = literal(step.argument, what: "run"), let callee = callee(name, at: span)
        else {
            if let into { assign(into.slot, .invalid, at: into.span) }
            return
        }
        let arguments = arguments(of: step, for: callee)
        // It may wait and fetch.
        code.facts.endTurn()
        code.facts.forgetFailure()
        let next = code.makeLabel()
        code.lead(to: next, with: code.facts)
        code.emit(
            .call(Operation.Call(settings: callee.settings + arguments, target: callee.entry, next: next)),
            at: step.span)
        code.place(next)
        guard let into else { return }
        guard let result = callee.result else {
            typer.diagnostics.report(CheckMessages.returnsNothing(callee.flow, at: into.span))
            return assign(into.slot, .invalid, at: into.span)
        }
        assign(into.slot, result.type, at: into.span)
        code.emit(
            .set([Operation.Setting(variable: into.slot, value: .variable(result.slot))]), at: into.span)
    }

    private mutating func callee(_ name: String, at span: Span) -> Callee? {
        guard let known = callees[name] else {
            typer.diagnostics.report(
                CheckMessages.unknownFlow(name, at: span, known: callees.keys.sorted()))
            return nil
        }
        guard let callee = known else { return nil }
        if let unfit = callee.unfit {
            typer.diagnostics.report(CheckMessages.unfitFlow(callee.flow, unfit, at: span))
            return nil
        }
        return callee
    }

    private mutating func arguments(of step: Step, for callee: Callee) -> [Operation.Setting] {
        var assignments: [Assignment] = []
        if case .assignments(let written)? = step.option("with")?.value { assignments = written }
        let names = callee.parameters.map(\.parameter.name)
        for assignment in assignments where !names.contains(assignment.name.value) {
            typer.diagnostics.report(
                CheckMessages.unknownParam(assignment.name, of: callee.flow, known: names))
        }
        var settings: [Operation.Setting] = []
        var missing: [(name: String, span: Span)] = []
        for (parameter, span) in callee.parameters {
            if let assignment = assignments.first(where: { $0.name.value == parameter.name }) {
                if let value = typer.scalar(assignment.value, as: parameter.type, facts: code.facts) {
                    settings.append(Operation.Setting(variable: parameter.variable, value: value))
                }
            } else if !parameter.type.isOptional {
                missing.append((parameter.name, span))
            }
        }
        if !missing.isEmpty {
            reportLack(CheckMessages.missingParams(missing, of: callee.flow, at: step.verbSpan), in: step)
        }
        return settings
    }

    mutating func lowerReturn(_ step: Step) {
        var value: Template?
        if case .template(let template)? = step.argument { value = template }
        lowerReturn(value, at: step.verbSpan)
    }

    /// `return`, as a step or as a target.
    mutating func lowerReturn(_ value: Template?, at span: Span) {
        switch (value, result) {
        case (let value?, let result?):
            if let typed = typer.scalar(value, as: result.type, facts: code.facts) {
                code.emit(.set([Operation.Setting(variable: result.slot, value: typed)]), at: value.span)
            }
        case (nil, let result?) where !result.type.isOptional:
            typer.diagnostics.report(CheckMessages.missingReturnValue(result.type, at: span))
        case (let value?, nil):
            typer.diagnostics.report(CheckMessages.unexpectedReturnValue(at: value.span))
        case (nil, _): break
        }
        code.emit(.return, at: span)
    }
}
