import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerPause(_ step: Step) {
        var seconds = 1
        if let (text, span) = literal(step.argument, what: "pause") {
            guard let length = milliseconds(text, at: span, within: 1000...600_000, what: "pause") else {
                return
            }
            seconds = (length + 999) / 1000
        }
        let rendering = rendering { _, _, _ in [.pause(Pause(length: seconds))] }
        code.emit(.emit(rendering), at: step.span)
    }
}
