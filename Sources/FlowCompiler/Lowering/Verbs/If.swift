import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerIf(_ step: Step) {
        guard case .expression(let expression)? = step.argument else { return }
        let condition = typer.condition(expression, facts: code.facts)
        var ways = open(step)
        if case .literal(.bool(let holds)) = condition.expression {
            lowerKnownWay(holds ? "then" : "else", in: &ways)
            return
        }
        let then = label(ofOption: "then", facts: condition.whenTrue, in: &ways)
        let otherwise = label(ofOption: "else", facts: condition.whenFalse, in: &ways)
        if otherwise == nil { code.lead(to: ways.next, with: condition.whenFalse) }
        code.emit(
            .branch(condition.expression, then: then ?? ways.next, otherwise: otherwise ?? ways.next),
            at: step.span)
        close(ways)
    }

    /// A condition that is known when the flow is compiled, such as the channel: the other way isn't there.
    private mutating func lowerKnownWay(_ option: String, in ways: inout Ways) {
        let way = label(ofOption: option, facts: code.facts, in: &ways) ?? ways.next
        code.jump(to: way, at: ways.step.span)
        close(ways)
    }
}
