package import FlowProgram

/// What a session keeps that belongs to a `wait:` or `whisper:` document (turn.md rule 1).
package struct SideState: Hashable, Sendable {
    package var place: Side.Place
    /// How it ended; nil while it hasn't, or in a way that means nothing to the parent.
    package var result: SideResult?
    /// Of the last request that told of the queue.
    package var queue: QueueFigures?

    package init(place: Side.Place, result: SideResult? = nil, queue: QueueFigures? = nil) {
        self.place = place
        self.result = result
        self.queue = queue
    }
}

/// What a side came to, for the parent's next turn.
package enum SideResult: Hashable, Sendable {
    /// The wait flow left the queue, by a name or none.
    case left(String?)
    case accepted
    case declined
}

/// How a side is begun.
package struct SideStart: Hashable, Sendable {
    package var side: Side
    /// Of its params, one for each of `side.settings`, as the parent's turn has evaluated them.
    package var arguments: [Value]
    /// The parent's.
    package var language: Int

    package init(side: Side, arguments: [Value], language: Int) {
        self.side = side
        self.arguments = arguments
        self.language = language
    }
}

/// What the provider says of a queue to one who waits in it (twiml.yaml, Enqueue.waitUrl).
package struct QueueFigures: Hashable, Sendable {
    /// From 1.
    package var position: Int64
    package var size: Int64
    /// Seconds that this caller has waited, and that callers wait on average.
    package var time: Int64
    package var average: Int64

    package init(position: Int64, size: Int64, time: Int64, average: Int64) {
        self.position = position
        self.size = size
        self.time = time
        self.average = average
    }

    /// nil for a request that says nothing of a queue: the answers of one who waits may come without.
    init?(_ parameters: Parameters) {
        guard let position = parameters.seconds("QueuePosition") else { return nil }
        self.init(
            position: position, size: parameters.seconds("CurrentQueueSize") ?? 0,
            time: parameters.seconds("QueueTime") ?? 0, average: parameters.seconds("AvgQueueTime") ?? 0)
    }
}
