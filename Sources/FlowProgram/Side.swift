/// A `wait:` or `whisper:` flow of a step: what somebody hears beside the conversation, in a session of its own (turn.md rule 1).
package struct Side: Hashable, Codable, Sendable {
    package var place: Place
    /// Its first operation.
    package var entry: Int
    /// Its params, evaluated when the document is made that it hangs on.
    package var settings: [Operation.Setting]

    /// Where it is played.
    package enum Place: String, Hashable, Codable, Sendable, CaseIterable {
        case queueWait
        case conferenceWait
        case whisper
        case queueWhisper

        /// To one who waits: again and again, until that is over.
        package var isWait: Bool {
            switch self {
            case .queueWait, .conferenceWait: true
            case .whisper, .queueWhisper: false
            }
        }
    }

    package init(place: Place, entry: Int, settings: [Operation.Setting]) {
        self.place = place
        self.entry = entry
        self.settings = settings
    }

    func mappingEntry(_ map: (Int) -> Int) -> Side {
        Side(place: place, entry: map(entry), settings: settings)
    }
}

extension Operation {
    /// The flows that are heard beside it, in the order of the document.
    package var sides: [Side] {
        switch self {
        case .dial(let dial): dial.sides ?? []
        case .enqueue(let enqueue): enqueue.wait.map { [$0] } ?? []
        default: []
        }
    }
}
