/// Where a server listens, and how long it waits for what.
public struct ServerConfiguration: Sendable {
    /// A name or address of this machine.
    public var host: String
    /// 0 takes a free one.
    public var port: Int
    /// Event loops, each on a thread of its own; at least 1.
    public var threads: Int
    /// Connections at a time; a further one is closed at once.
    public var maxConnections: Int
    /// Turns that wait for a fetch or a store at a time; one more is answered with 503 at once.
    public var maxWaitingTurns: Int
    /// What a request is answered with that would be one too many.
    public var shed: Shed
    /// How long requests are still answered after the server was told to stop, while `/ready` says 503.
    public var leave: Duration
    /// How long turns in flight may take to finish once the server stops.
    public var drain: Duration
    public var timeouts: Timeouts

    public enum Shed: Sendable {
        /// 503, so that the number's fallback URL speaks.
        case refuse
        /// A call's first request hears the flow's apology, others are answered 503.
        case apologize
    }

    /// Each ends a connection that keeps the server waiting.
    public struct Timeouts: Sendable {
        /// From the first byte of a request to the end of its headers.
        public var head: Duration
        /// From the end of the headers to the end of the body, however many bytes arrive meanwhile.
        public var body: Duration
        /// From the end of a request to its answer. The provider gives up after 15 seconds.
        public var answer: Duration
        /// Between two requests.
        public var idle: Duration

        public init(
            head: Duration = .seconds(10), body: Duration = .seconds(10), answer: Duration = .seconds(20),
            idle: Duration = .seconds(60)
        ) {
            self.head = head
            self.body = body
            self.answer = answer
            self.idle = idle
        }
    }

    public init(
        host: String = "127.0.0.1", port: Int = 8080, threads: Int = 1, maxConnections: Int = 4_096,
        maxWaitingTurns: Int = 2_048, shed: Shed = .refuse, leave: Duration = .zero,
        drain: Duration = .seconds(20),
        timeouts: Timeouts = Timeouts()
    ) {
        self.host = host
        self.port = port
        self.threads = threads
        self.maxConnections = maxConnections
        self.maxWaitingTurns = maxWaitingTurns
        self.shed = shed
        self.leave = leave
        self.drain = drain
        self.timeouts = timeouts
    }

    /// Whether only this machine can connect.
    var isLoopback: Bool {
        host == "localhost" || host == "127.0.0.1" || host == "::1"
    }
}

/// Why a server isn't started.
public enum ServerError: Error, Hashable, CustomStringConvertible {
    /// Without a check of signatures a server listens on loopback only.
    case insecureOutsideLoopback(host: String)

    public var description: String {
        switch self {
        case .insecureOutsideLoopback(let host):
            "without a check of signatures the server listens on loopback only, not on '\(host)'"
        }
    }
}
