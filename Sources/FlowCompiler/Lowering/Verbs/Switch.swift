import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerSwitch(_ step: Step) {
        guard case .expression(let expression)? = step.argument else { return }
        let subject = typer.type(expression, facts: code.facts)
        // A value that is known when the flow is compiled, such as the channel: the other ways aren't there.
        let known = subject.type == .invalid ? nil : subject.expression.literal
        var ways = open(step)
        var cases: [Operation.SelectCase] = []
        var seen: [Value: Span] = [:]
        var words: Set<Value> = []
        if case .words(let all) = subject.type { words = Set(all.map { .text($0) }) }
        var hasBadCase = false
        if case .cases(let written)? = step.option("cases")?.value {
            for item in written {
                var values: [Value] = []
                for key in item.keys {
                    let word = Value.text(key.value)
                    guard let value = words.contains(word) ? word : caseValue(key, of: subject.type) else {
                        hasBadCase = true
                        continue
                    }
                    if let first = seen.updateValue(key.span, forKey: value) {
                        seen[value] = first
                        typer.diagnostics.report(CheckMessages.duplicateCase(key, first: first))
                        continue
                    }
                    values.append(value)
                }
                if let known, !values.contains(where: { $0.equals(known) }) {
                    continue
                }
                let target = label(
                    of: item.target, facts: code.facts, in: &ways, by: item.keys.first?.value)
                cases += values.map { Operation.SelectCase(value: $0, target: target) }
            }
        }
        if known != nil, let way = cases.first {
            code.jump(to: way.target, at: step.span)
            close(ways)
            return
        }
        let otherwise = label(ofOption: "otherwise", facts: code.facts, in: &ways)
        if otherwise == nil, !hasBadCase {
            reportMissingCases(of: subject.type, seen: Set(seen.keys), in: step)
        }
        code.emit(
            .select(
                subject.expression, cases: cases, otherwise: otherwise ?? cases.last?.target ?? ways.next),
            at: step.span)
        close(ways)
    }

    private mutating func caseValue(_ key: Located<String>, of type: ValueType) -> Value? {
        guard type != .invalid else { return nil }
        let template = Template(key.value, span: key.span, isQuoted: false)
        guard let typed = typer.scalar(template, as: type, facts: .none), case .literal(let value) = typed
        else { return nil }
        return value
    }
}
