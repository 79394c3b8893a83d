import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerGoto(_ step: Step) {
        guard let (name, span) = literal(step.argument, what: "goto") else { return }
        guard let index = stateIndex(name, at: span) else {
            code.isReachable = false
            return
        }
        if code.isReachable { reach(index, with: code.facts) }
        code.emit(.jump(label(ofState: index)), at: step.span)
    }
}
