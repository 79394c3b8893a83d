import FlowLang
import FlowProgram

extension FlowLowering {
    /// The params and the other variables of the flow are set, and it is gone on behind the step when that returns.
    mutating func lowerRun(_ step: Step) {
        let into = variable("into", of: step)
        guard let (name, span) = literal(step.argument, what: "run"),
            let callee = callee(name, as: nil, at: span)
        else {
            if let into { assign(into.slot, .invalid, at: into.span) }
            return
        }
        var written: [Assignment] = []
        if case .assignments(let assignments)? = step.option("with")?.value { written = assignments }
        let arguments = arguments(written, for: callee, in: step, at: step.verbSpan)
        // It may wait and fetch.
        endTurn()
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

    /// The flow of a name, if it can be used here.
    ///
    /// - Parameter role: what it has to run as.
    mutating func callee(_ name: String, as role: FlowRole?, at span: Span) -> Callee? {
        guard let known = callees[name] else {
            typer.diagnostics.report(
                CheckMessages.unknownFlow(name, at: span, known: callees.keys.sorted()))
            return nil
        }
        guard let callee = known else { return nil }
        let unfit = callee.role == role ? callee.unfit : .role(callee.role)
        if let unfit {
            typer.diagnostics.report(CheckMessages.unfitFlow(callee.flow, unfit, as: role, at: span))
            return nil
        }
        return callee
    }

    /// The params of a flow with their values.
    mutating func arguments(
        _ assignments: [Assignment], for callee: Callee, in step: Step, at span: Span
    ) -> [Operation.Setting] {
        let names = callee.parameters.map(\.parameter.name)
        for assignment in assignments where !names.contains(assignment.name.value) {
            typer.diagnostics.report(
                CheckMessages.unknownParam(assignment.name, of: callee.flow, known: names))
        }
        var settings: [Operation.Setting] = []
        var missing: [(name: String, span: Span)] = []
        for (parameter, place) in callee.parameters {
            if let assignment = assignments.first(where: { $0.name.value == parameter.name }) {
                if let value = typer.scalar(assignment.value, as: parameter.type, facts: code.facts) {
                    settings.append(Operation.Setting(variable: parameter.variable, value: value))
                }
            } else if !parameter.type.isOptional {
                missing.append((parameter.name, place))
            }
        }
        if !missing.isEmpty {
            reportLack(CheckMessages.missingParams(missing, of: callee.flow, at: span), in: step)
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
        if let role = flow.role { typer.diagnostics.report(CheckMessages.returnInRole(role, at: span)) }
        code.emit(.return, at: span)
    }
}
