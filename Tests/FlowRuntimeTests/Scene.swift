import FlowProgram
import FlowRuntime
import Synchronization

/// A clock that stands until it is moved.
final class TestClock: WallClock {
    private let time = Mutex<Int64>(1_795_000_000_000)

    func now() -> Int64 { time.withLock { $0 } }
    func advance(seconds: Int64) { time.withLock { $0 += seconds * 1_000 } }
}

struct UTC: ZoneRules {
    func offset(of zone: String, at instant: Int64) -> Int { 0 }
    func knows(_ zone: String) -> Bool { zone == "UTC" }
}

/// Canned answers in order, and what was asked.
final class TestFetcher: Fetcher {
    private let state: Mutex<(answers: [FetchAnswer], requests: [FetchRequest])>

    init(_ answers: [FetchAnswer] = []) {
        state = Mutex((answers, []))
    }

    var requests: [FetchRequest] { state.withLock { $0.requests } }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        state.withLock { state in
            state.requests.append(request)
            return state.answers.isEmpty ? .failure(.unreachable) : state.answers.removeFirst()
        }
    }
}

final class Logs: Sendable {
    private let lines = Mutex<[TurnLog]>([])

    func append(_ line: TurnLog) { lines.withLock { $0.append(line) } }
    var all: [TurnLog] { lines.withLock { $0 } }
    var kinds: [TurnLog.Kind] { all.map(\.kind) }
    var last: TurnLog? { all.last }
}

let callSid = "CA00000000000000000000000000000001"

/// A conversation with a memory store, and what is needed to talk to it.
struct Scene {
    var conversation: Conversation
    let store: MemoryStore
    let clock: TestClock
    let fetcher: any Fetcher
    let logs = Logs()

    init(_ program: Program, config: [Value] = [], answers: [FetchAnswer] = []) {
        self.init(entries: [entry(program, config: config)], fetcher: TestFetcher(answers))
    }

    init(
        entries: [Deployment.Entry], fetcher: any Fetcher = TestFetcher(), sender: (any Sender)? = nil,
        clock: TestClock = TestClock(), store: MemoryStore? = nil
    ) {
        let logs = logs
        self.clock = clock
        self.store = store ?? MemoryStore(clock: clock)
        self.fetcher = fetcher
        var conversation = Conversation(
            deployment: Deployment(entries: entries), store: self.store, fetcher: fetcher, sender: sender,
            clock: clock, zones: UTC(), baseURL: "https://example.com", account: "AC1",
            log: { logs.append($0) })
        // `MaskingTests` are about that.
        conversation.showsNumbers = true
        self.conversation = conversation
    }

    /// A request of the call, as it comes in.
    func request(
        _ position: String? = nil, _ parameters: KeyValuePairs<String, String> = [:], run: String = "",
        purpose: Conversation.Purpose = .turn
    ) -> Conversation.Request {
        let pairs =
            [("CallSid", callSid), ("AccountSid", "AC1"), ("From", "+15555550100"), ("To", "+15555550123")]
            + parameters.map { ($0.key, $0.value) }
        let line = "\(position ?? "") \(parameters.map { "\($0.key)=\($0.value)" })"
        return Conversation.Request(
            channel: .voice, flow: Array("test".utf8), position: position.flatMap { Position($0.utf8) },
            run: Array(run.utf8), purpose: purpose, parameters: Parameters(pairs),
            fingerprint: fingerprint(line))
    }

    func message(_ sid: String, _ body: String) -> Conversation.Request {
        Conversation.Request(
            channel: .sms, flow: Array("test".utf8),
            parameters: Parameters([
                ("MessageSid", sid), ("AccountSid", "AC1"), ("From", "+15555550100"),
                ("To", "+15555550123"), ("Body", body),
            ]),
            fingerprint: fingerprint(sid + body))
    }

    func answer(
        _ position: String? = nil, _ parameters: KeyValuePairs<String, String> = [:], run: String = ""
    ) async -> String {
        text(await conversation.answer(request(position, parameters, run: run)))
    }

    func text(_ sid: String, _ body: String) async -> String {
        text(await conversation.answer(message(sid, body)))
    }

    /// What a document says between `<Response>` and its end, or the answer's case.
    func text(_ answer: Conversation.Answer) -> String {
        guard case .document(let bytes) = answer else { return "\(answer)" }
        let document = String(decoding: bytes, as: UTF8.self)
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>"
        if document == "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>" { return "<Response/>" }
        guard document.hasPrefix(head), document.hasSuffix("</Response>") else { return document }
        return String(document.dropFirst(head.count).dropLast("</Response>".count))
    }
}

func entry(_ program: Program, version: UInt8 = 1, config: [Value] = []) -> Deployment.Entry {
    Deployment.Entry(
        program: program, hash: Array(repeating: version, count: 32),
        sourceMap: SourceMap(
            files: ["flows/test.yaml"],
            places: program.operations.indices.map { SourceMap.Place(line: 10 + $0, column: 7) }),
        config: config)
}

private func fingerprint(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = Array(repeating: 0, count: 16)
    for (index, byte) in text.utf8.enumerated() { bytes[index % 16] = bytes[index % 16] &* 31 &+ byte }
    return bytes
}

/// A position's URL as it stands in a document.
///
/// - Parameter seconds: how long the provider waits for the answer.
func url(_ position: String, run: String = "", seconds: Int = 5) -> String {
    "https://example.com/voice/test/\(position)\(run.isEmpty ? "" : "?run=\(run)")"
        + "#rc=2&amp;rp=all&amp;rt=\(seconds)000"
}

func gather(_ position: String, _ prompt: String, seconds: Int = 5) -> String {
    "<Gather action=\"\(url(position, seconds: seconds))\">\(prompt)</Gather>"
}

func verb(_ name: String, _ position: String) -> String {
    "<\(name) action=\"\(url(position))\"></\(name)>"
}

func say(_ text: String) -> String { "<Say>\(text)</Say>" }

func redirect(_ position: String, seconds: Int = 5) -> String {
    "<Redirect>\(url(position, seconds: seconds))</Redirect>"
}
