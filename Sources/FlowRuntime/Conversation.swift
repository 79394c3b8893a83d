public import FlowProgram

/// The driver of conversations: takes one request at a time to the machine, performs its effects, keeps its session, and
/// gives the answer (turn.md rules 6 to 13).
public struct Conversation: Sendable {
    /// A webhook request, read but not judged.
    public struct Request: Sendable {
        public var channel: Channel
        public var flow: [UInt8]
        /// nil at the entry URL.
        public var position: Position?
        /// The query parameter `run`, empty if left out.
        public var run: [UInt8]
        /// True for `/status/{flow}`: the call's state, no document is expected.
        public var isStatus: Bool
        public var parameters: Parameters
        /// Of method, path and sorted parameters; 16 bytes.
        public var fingerprint: [UInt8]

        public init(
            channel: Channel, flow: [UInt8], position: Position? = nil, run: [UInt8] = [],
            isStatus: Bool = false, parameters: Parameters, fingerprint: [UInt8]
        ) {
            self.channel = channel
            self.flow = flow
            self.position = position
            self.run = run
            self.isStatus = isStatus
            self.parameters = parameters
            self.fingerprint = fingerprint
        }
    }

    public enum Answer: Sendable, Hashable {
        /// A TwiML document.
        case document([UInt8])
        /// A notice was taken, or there is nothing to say.
        case noContent
        case unknownFlow
        /// What is missing or malformed, in a few words.
        case badRequest(String)
        /// The session's claim or its store couldn't be had in time.
        case busy
    }
}
