public import FlowProgram
import FlowRuntime
import Synchronization

/// Whether a call's numbers and secrets stay where they may: every value that the caller gives has a mark in it, and so has every
/// secret. A service answers with a marked number if it was asked with one.
public struct ValueCheck {
    public private(set) var problems: [String] = []
    /// Verbs and requests that were looked at.
    public private(set) var sinks = 0

    /// In each number of the caller's; all others begin otherwise.
    private static let number = "777"
    /// In each text of the caller's.
    private static let text = "zulu"
    private static let secret = "s3cr3t"

    private let conversation: Conversation
    private let fetcher = EchoingFetcher()
    private let journal = Journal()
    private var choices: Choices

    public init(_ program: ProgramFile.Entry, choices: Choices) throws {
        let journal = journal
        self.choices = choices
        let clock = StandingClock()
        conversation = Conversation(
            deployment: try Deployment([program], environment: ["TOKEN": Self.secret]),
            store: MemoryStore(clock: clock), fetcher: fetcher, clock: clock, zones: OneZone(),
            baseURL: "https://flows.example.com", log: { journal.append($0) })
    }

    public mutating func run(requests: Int = 24) async {
        var position: Position?
        var verb = ""
        for number in 0..<requests {
            let answer = await conversation.answer(request(at: position, by: verb, number: number))
            guard case .document(let bytes) = answer, let root = try? XMLElement.read(bytes) else { return }
            check(root, String(decoding: bytes, as: UTF8.self))
            guard let next = places(in: root).first else { break }
            (verb, position) = next
        }
        for request in fetcher.requests {
            sinks += 1
            let authority = request.url.dropFirst("https://".count).prefix { $0 != "/" && $0 != "?" }
            if [Self.number, Self.text].contains(where: { authority.contains($0) }) {
                problems.append("a caller's host: \(request.url)")
            }
            if request.url.contains(Self.secret) { problems.append("a secret in a URL: \(request.url)") }
        }
        for line in journal.drain() {
            for field in line.entries.flatMap(\.fields) where field.value.contains(Self.secret) {
                problems.append("a secret in the log: \(field.name)")
            }
        }
    }

    private mutating func check(_ root: XMLElement, _ document: String) {
        if document.contains(Self.secret) { problems.append("a secret in a document: \(document)") }
        for verb in root.children where ["Dial", "Enqueue", "Redirect"].contains(verb.name) {
            sinks += 1
            var values = [verb.text, verb.attribute("callerId") ?? ""] + verb.children.map(\.text)
            values.removeAll { $0.contains("flows.example.com") }
            for value in values where value.contains(Self.number) || value.contains(Self.text) {
                problems.append("a caller's \(verb.name): \(value)")
            }
        }
    }

    private func places(in root: XMLElement) -> [(verb: String, position: Position)] {
        root.children.compactMap { verb in
            let url = verb.attribute("action") ?? (verb.name == "Redirect" ? verb.text : "")
            guard let start = url.firstRange(of: "/voice/values/") else { return nil }
            let place = url[start.upperBound...].prefix { $0 != "?" && $0 != "#" }
            return Position(place.utf8).map { (verb.name, $0) }
        }
    }

    private mutating func request(at position: Position?, by verb: String, number: Int)
        -> Conversation.Request
    {
        var pairs = [
            ("CallSid", "CA1"), ("AccountSid", "AC1"), ("From", "+17775550100"), ("To", "+17775550101"),
            ("CallStatus", "in-progress"), ("FromCity", Self.text), ("FromZip", "77701"),
        ]
        switch verb {
        case "Gather":
            pairs += choices.pick(from: [
                [("Digits", "7771")], [("Digits", "7775550199")], [("SpeechResult", "zulu time")],
                [("Digits", "1")], [("SpeechResult", "green")], [],
            ])
        case "Dial": pairs.append(("DialCallStatus", choices.pick(from: ["completed", "busy", "failed"])))
        case "Enqueue": pairs.append(("QueueResult", choices.pick(from: ["bridged", "leave", "queue-full"])))
        default: break
        }
        return Conversation.Request(
            channel: .voice, flow: Array("values".utf8), position: position, parameters: Parameters(pairs),
            fingerprint: (0..<16).map { UInt8(truncatingIfNeeded: number + $0) })
    }
}

/// Answers with a marked number if there is one in the question.
private final class EchoingFetcher: Fetcher {
    private let asked = Mutex<[FetchRequest]>([])

    var requests: [FetchRequest] { asked.withLock { $0 } }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        asked.withLock { $0.append(request) }
        let isMarked =
            request.url.contains("777") || String(decoding: request.body, as: UTF8.self).contains("777")
        let number = isMarked ? "+17775550177" : "+15555550117"
        return .response(status: 200, body: Array("{\"number\": \"\(number)\", \"name\": \"c-name\"}".utf8))
    }
}
