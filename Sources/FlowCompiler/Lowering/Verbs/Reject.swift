import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerReject(_ step: Step) {
        var reason: Reject.Reason?
        if let (text, span) = literal(step.argument, what: "reject"),
            let word = word(text, at: span, of: ["rejected", "busy"], what: "reject")
        {
            reason = word == "busy" ? .busy : .rejected
        }
        let rendering = rendering { _, _, _ in [.reject(Reject(reason: reason))] }
        code.emit(.finish(.reject(rendering)), at: step.span)
    }
}
