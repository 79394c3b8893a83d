package import FlowProgram
package import FlowRuntime
import Synchronization

/// One caller or texter of a flow, request by request, with services that answer as the test says: who tries to refute a promise
/// looks at the documents.
package struct OneCaller: Sendable {
    /// A place where the last document wants its caller back.
    package struct Wait: Sendable {
        package var verb: String
        package var position: Position
        /// Milliseconds that the provider is told to wait for the answer.
        package var readTimeout: Int?
    }

    /// The last document; nil if there was none.
    package private(set) var document: XMLElement?
    package private(set) var bytes: [UInt8] = []
    /// What went wrong with turns, as the log says it.
    package private(set) var faults: [String] = []
    /// What the fetches of the last answer may have taken, had each taken as long as it may.
    package private(set) var milliseconds = 0

    private let conversation: Conversation
    private let journal = Journal()
    private let services: Services
    private let channel: Channel
    private let flow: String
    private var requests = 0

    package init(
        _ program: ProgramFile.Entry,
        fetching answer: @escaping @Sendable (FetchRequest) -> FetchAnswer = noAnswer
    ) throws {
        let clock = StandingClock()
        let journal = journal
        channel = program.program.channel
        flow = program.program.flow
        services = Services(answer)
        conversation = Conversation(
            deployment: try Deployment([program], environment: Self.environment(of: program.program)),
            store: MemoryStore(clock: clock), fetcher: services, sender: WillingSender(), clock: clock,
            zones: OneZone(),
            baseURL: "https://flows.example.com", log: { journal.append($0) })
    }

    /// No service is ever there.
    package static let noAnswer: @Sendable (FetchRequest) -> FetchAnswer = { _ in .failure(.timeout) }

    /// Something for every setting.
    package static func environment(of program: Program) -> [String: String] {
        var environment: [String: String] = [:]
        for item in program.config {
            environment[item.name.uppercased()] =
                switch item.type.unwrapped {
                case .phone, .address: "+15555550111"
                case .url: "https://api.example.com/v1"
                case .integer, .number, .digits: "1"
                case .bool: "true"
                case .words(let words): words.first ?? ""
                case .duration: "5s"
                case .time: "09:00"
                case .date: "2026-12-24"
                default: "word"
                }
        }
        return environment
    }

    /// A new call.
    package mutating func call(_ parameters: [(String, String)] = []) async {
        await send(at: nil, parameters)
    }

    /// What the document asks for at one of its waits.
    package mutating func answer(_ wait: Wait, _ parameters: [(String, String)] = []) async {
        await send(at: wait.position, parameters)
    }

    package mutating func text(_ body: String, _ parameters: [(String, String)] = []) async {
        await send(at: nil, [("MessageSid", "SM\(requests)"), ("Body", body)] + parameters)
    }

    private mutating func send(at position: Position?, _ parameters: [(String, String)]) async {
        requests += 1
        let own =
            channel == .voice
            ? [
                ("CallSid", "CA1"), ("CallStatus", "in-progress"), ("From", "+15555550150"),
                ("To", "+15555550151"),
            ]
            : [("From", "+15555550150"), ("To", "+15555550151")]
        let number = requests
        let answer = await conversation.answer(
            Conversation.Request(
                channel: channel, flow: Array(flow.utf8), position: position,
                parameters: Parameters(parameters + own + [("AccountSid", "AC1")]),
                fingerprint: (0..<16).map { UInt8(truncatingIfNeeded: number &+ $0) }))
        milliseconds = services.drain()
        faults += journal.drain().compactMap { $0.fault.map { "\($0.reason) in \($0.state ?? "?")" } }
        if case .document(let bytes) = answer {
            self.bytes = bytes
            document = try? XMLElement.read(bytes)
        } else {
            (bytes, document) = ([], nil)
        }
    }

    /// In the order of the document.
    package var waits: [Wait] {
        (document?.children ?? []).compactMap { verb in
            let url = verb.attribute("action") ?? (verb.name == "Redirect" ? verb.text : "")
            guard let start = url.firstRange(of: "/voice/\(flow)/") else { return nil }
            let place = url[start.upperBound...].prefix { $0 != "?" && $0 != "#" }
            let timeout = url.firstRange(of: "rt=").map { url[$0.upperBound...].prefix { $0.isNumber } }
            return Position(place.utf8).map {
                Wait(verb: verb.name, position: $0, readTimeout: timeout.flatMap { Int($0) })
            }
        }
    }

    /// All that is said or written.
    package var text: String {
        func text(of element: XMLElement) -> String {
            switch element.name {
            case "Redirect", "Dial", "Enqueue", "Play", "Media": return ""
            case "Say", "Body": return element.text + "\n"
            case "Message" where element.children.isEmpty: return element.text + "\n"
            default: return element.children.map(text).joined()
            }
        }
        return document.map(text) ?? ""
    }
}

private final class Services: Fetcher {
    private let respond: @Sendable (FetchRequest) -> FetchAnswer
    private let milliseconds = Mutex(0)

    init(_ respond: @escaping @Sendable (FetchRequest) -> FetchAnswer) {
        self.respond = respond
    }

    func drain() -> Int {
        milliseconds.withLock { sum in
            defer { sum = 0 }
            return sum
        }
    }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        milliseconds.withLock { $0 += request.timeout }
        return respond(request)
    }
}
