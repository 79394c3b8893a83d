/// Performs the effects of turns. Handed in: FlowServer brings one on AsyncHTTPClient, tests and `flowc talk` bring canned answers.
public protocol Fetcher: Sendable {
    /// Performs one HTTP request; never throws: what goes wrong is an answer.
    func fetch(_ request: FetchRequest) async -> FetchAnswer
}

/// One HTTP request that a flow's `fetch` asks for.
public struct FetchRequest: Sendable, Hashable, Codable {
    public var method: String
    /// Absolute, percent-encoded, with its query.
    public var url: String
    public var headers: [Header]
    public var body: [UInt8]
    /// Milliseconds for the whole request.
    public var timeout: Int
    /// The answer's body is refused beyond this.
    public var maxBodyBytes: Int

    public struct Header: Sendable, Hashable, Codable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(
        method: String, url: String, headers: [Header] = [], body: [UInt8] = [], timeout: Int,
        maxBodyBytes: Int = 256 * 1024
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maxBodyBytes = maxBodyBytes
    }
}

/// What came of a fetch.
public enum FetchAnswer: Sendable, Hashable, Codable {
    case response(status: Int, body: [UInt8])
    case failure(Reason)

    /// `failure.reason` in a flow.
    public enum Reason: String, Sendable, Hashable, Codable {
        case timeout
        case unreachable
        case refused
        case tooLarge = "too_large"
        /// The answer isn't what `returns` says. The machine finds it, no fetcher.
        case malformed
        /// A status that the flow doesn't name.
        case status
        /// `once: true` and a process died meanwhile.
        case unknown
    }
}
