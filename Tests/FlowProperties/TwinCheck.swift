public import FlowProgram
public import FlowRuntime
import Synchronization

/// Plays random callers to the machine and to a twin of it, and compares what both answer, byte for byte but for the URLs.
public struct TwinCheck {
    /// What the twin is asked: all that the turn of the machine had, the answers of its fetches among it.
    public struct Question: Sendable {
        public var channel: Channel
        public var flow: String
        /// `n.w`, of the present document; nil for the start.
        public var position: String?
        public var parameters: [(String, String)]
        /// Milliseconds since 1970.
        public var now: Int64
        /// In the order in which the machine fetched.
        public var fetches: [(request: FetchRequest, answer: FetchAnswer)]
    }

    /// How many turns were compared.
    public private(set) var turns = 0
    /// Differences, with what led there.
    public private(set) var problems: [String] = []

    private let conversation: Conversation
    private let fetcher: RecordingFetcher
    private let clock = StandingClock()
    private let journal: Journal
    private let program: ProgramFile.Entry
    private var callers: CallerGenerator
    private var places: [Place] = []
    private var calls = 0

    public init(_ program: ProgramFile.Entry, environment: [String: String] = [:], choices: Choices) throws {
        var choices = choices
        let journal = Journal()
        self.journal = journal
        self.program = program
        fetcher = RecordingFetcher(ArbitraryFetcher(Choices(choices.take(24))))
        conversation = Conversation(
            deployment: try Deployment([program], environment: environment), store: MemoryStore(clock: clock),
            fetcher: fetcher, clock: clock, zones: SystemZoneRules(), baseURL: "https://example.com",
            log: { journal.append($0) })
        callers = CallerGenerator(choices, channel: program.program.channel, flow: program.program.flow)
    }

    /// - Parameter twin: gives the document of the same turn.
    public mutating func run(requests: Int = 40, twin: (Question) async throws -> String) async throws {
        for _ in 0..<requests {
            let (request, parameters) = nextRequest()
            guard case .document(let bytes) = await conversation.answer(request) else { continue }
            let lines = journal.drain()
            // Another bound than the twin's.
            let isComparable = lines.allSatisfy {
                $0.kind == .turn && $0.fault?.reason != "variables-too-large"
            }
            let document = String(decoding: bytes, as: UTF8.self)
            let question = Question(
                channel: request.channel, flow: program.program.flow,
                position: request.position.map { "\($0.turn).\($0.wait)" }, parameters: parameters,
                now: clock.now(), fetches: fetcher.drain())
            places = places(in: document)
            if !isComparable {
                places = []
                calls += 1
                continue
            }
            let answer = try await twin(question)
            turns += 1
            if positionsOnly(answer) != positionsOnly(document) {
                problems.append(
                    "\(question)\nmachine: \(document.prefix(3_000))\ntwin:    \(answer.prefix(3_000))")
                return
            }
            if callers.choices.once(in: 20) { clock.advance(seconds: callers.choices.pick(5_000)) }
            if callers.choices.isEmpty { return }
        }
    }

    /// A position of the present document, or the start of another call.
    private mutating func nextRequest() -> (Conversation.Request, [(String, String)]) {
        var request = callers.request(places: places)
        while request.purpose != .turn || !(request.position.map(isPlace) ?? true) {
            if callers.choices.isEmpty {
                request.purpose = .turn; request.position = nil
            } else {
                request = callers.request(places: places)
            }
        }
        var parameters = request.parameters.entries.map { entry in
            (
                String(decoding: request.parameters.bytes[entry.name], as: UTF8.self),
                String(decoding: request.parameters.bytes[entry.value], as: UTF8.self)
            )
        }
        if request.channel == .voice {
            if request.position == nil { calls += 1 }
            parameters.insert(("CallSid", "CA\(calls)"), at: 0)
            request.run = []
        } else {
            calls += 1
            parameters.insert(("MessageSid", "SM\(calls)"), at: 0)
        }
        parameters.insert(("AccountSid", "AC1"), at: 0)
        request.parameters = Parameters(parameters)
        return (request, parameters)
    }

    private func isPlace(_ position: Position) -> Bool { places.contains { $0.position == position } }

    private func places(in document: String) -> [Place] {
        document.split(separator: "<").flatMap { element -> [Place] in
            guard let start = element.firstRange(of: "https://example.com/voice/\(program.program.flow)/")
            else {
                return []
            }
            let place = element[start.upperBound...].prefix { $0 != "#" && $0 != "?" }
            return Position(place.utf8).map {
                [Place(verb: String(element.prefix { $0.isLetter }), position: $0)]
            }
                ?? []
        }
    }

    /// The text with each URL of a position, and what says how long its answer may take, written as that position.
    private func positionsOnly(_ document: String) -> String {
        document.replacing(/(?:https:\/\/example\.com)?\/voice\/[a-z0-9-]+(?:\/|\?flowc=)(\d+\.\d+)[^"<]*/) {
            "{\($0.output.1)}"
        }
    }
}

/// Remembers what was fetched.
private final class RecordingFetcher: Fetcher {
    private let inner: ArbitraryFetcher
    private let recorded = Mutex<[(request: FetchRequest, answer: FetchAnswer)]>([])

    init(_ inner: ArbitraryFetcher) {
        self.inner = inner
    }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        let answer = await inner.fetch(request)
        recorded.withLock { $0.append((request, answer)) }
        return answer
    }

    func drain() -> [(request: FetchRequest, answer: FetchAnswer)] {
        recorded.withLock { recorded in
            defer { recorded = [] }
            return recorded
        }
    }
}
