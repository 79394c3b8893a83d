/// Hands messages and calls to the provider. Handed in: FlowServer brings one for the provider's REST API, tests and `flowc talk`
/// bring their own.
public protocol Sender: Sendable {
    /// Sends one text; never throws: what goes wrong is an answer.
    func send(_ message: OutgoingMessage) async -> SendAnswer
    /// Places one call.
    func place(_ call: OutgoingCall) async -> SendAnswer
}

/// A text to somebody.
public struct OutgoingMessage: Sendable, Hashable {
    public var to: String
    public var from: String
    /// At most 1,600 UTF-16 units.
    public var body: String
    /// At most 10.
    public var media: [String]
    /// Where its statuses are to be told; nil if nobody wants them.
    public var statusCallback: String?
    /// Milliseconds for all of it.
    public var timeout: Int

    public init(
        to: String, from: String, body: String, media: [String] = [], statusCallback: String? = nil,
        timeout: Int
    ) {
        self.to = to
        self.from = from
        self.body = body
        self.media = media
        self.statusCallback = statusCallback
        self.timeout = timeout
    }
}

/// A call to somebody.
public struct OutgoingCall: Sendable, Hashable {
    public var to: String
    public var from: String
    /// What the provider asks for once it is answered.
    public var url: String
    /// Where its end is to be told.
    public var statusCallback: String
    /// Whether to find out who answers; a machine is waited for until it has said its greeting.
    public var detectsMachines: Bool
    /// Milliseconds for all of it.
    public var timeout: Int

    public init(
        to: String, from: String, url: String, statusCallback: String, detectsMachines: Bool, timeout: Int
    ) {
        self.to = to
        self.from = from
        self.url = url
        self.statusCallback = statusCallback
        self.detectsMachines = detectsMachines
        self.timeout = timeout
    }
}

/// What came of it.
public enum SendAnswer: Sendable, Hashable {
    /// The sid of the message or the call.
    case sent(sid: String)
    /// The provider won't, now or ever: its error's number, if it gave one.
    case refused(code: Int?)
    /// It may work another time: why, in a word.
    case failed(String)
}
