import FlowLang
import FlowProgram
import TwiML

/// Flows that are heard beside the conversation: by one who waits, or by the called side.
extension FlowLowering {
    /// The side that an option names; its params are evaluated where the document is made.
    mutating func side(
        _ option: Step.Option?, at place: FlowPlace, of step: Step
    ) -> (side: Side, callee: Callee)? {
        guard let option, case .flow(let use) = option.value,
            let callee = callee(use.flow.value, as: place.role, at: use.flow.span)
        else { return nil }
        let arguments = arguments(use.arguments, for: callee, in: step, at: use.flow.span)
        guard let programPlace = place.ofProgram else { return nil }
        return (Side(place: programPlace, entry: callee.entry, settings: arguments), callee)
    }
}

extension FlowPlace {
    /// nil for a call.
    fileprivate var ofProgram: Side.Place? {
        switch self {
        case .call: nil
        case .queueWait: .queueWait
        case .conferenceWait: .conferenceWait
        case .whisper: .whisper
        case .queueWhisper: .queueWhisper
        }
    }
}
