/// Where a document of a flow is played. The provider allows each place only some verbs (twiml.yaml, contexts): a verb's row says in
/// which it runs.
package enum FlowPlace: Sendable, CaseIterable {
    /// To somebody who called or is called: all that isn't below.
    case call
    /// To somebody who waits in a queue (`<Enqueue waitUrl>`).
    case queueWait
    /// To somebody who waits in a conference (`<Conference waitUrl>`).
    case conferenceWait
    /// To the called side, before it is connected (`<Number url>`, `<Client url>`, `<Sip url>`).
    case whisper
    /// To somebody who waited in a queue, before they are connected (`<Queue url>`).
    case queueWhisper
}

/// `runs:` at the top of a flow; without it the flow answers a call or a text.
package enum FlowRole: String, Sendable, CaseIterable {
    case wait
    case whisper

    /// Where such a flow may be used, the place that allows most first.
    package var places: [FlowPlace] {
        switch self {
        case .wait: [.queueWait, .conferenceWait]
        case .whisper: [.whisper, .queueWhisper]
        }
    }
}

extension FlowPlace {
    /// nil for a call.
    package var role: FlowRole? {
        FlowRole.allCases.first { $0.places.contains(self) }
    }
}
