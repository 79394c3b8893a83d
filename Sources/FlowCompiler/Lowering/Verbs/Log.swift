import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerLog(_ step: Step) {
        guard case .assignments(let assignments)? = step.argument else { return }
        var fields: [Operation.LogField] = []
        for assignment in assignments {
            let typed = typer.inferred(assignment.value, facts: code.facts)
            guard typed.type != .invalid else { continue }
            guard typed.type != .secret else {
                typer.diagnostics.report(
                    CheckMessages.secretLogged(assignment.name.value, at: assignment.value.span))
                continue
            }
            fields.append(Operation.LogField(name: assignment.name.value, value: typed.expression))
        }
        code.emit(.log(fields), at: step.span)
    }
}
