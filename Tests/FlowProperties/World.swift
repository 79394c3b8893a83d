import FlowProgram
import FlowRuntime
import Synchronization

/// A clock that stands until it is moved.
final class StandingClock: WallClock {
    private let time = Mutex<Int64>(1_795_000_000_000)

    func now() -> Int64 { time.withLock { $0 } }
    func advance(seconds: Int) { time.withLock { $0 += Int64(seconds) * 1_000 } }
}

struct OneZone: ZoneRules {
    func offset(of zone: String, at instant: Int64) -> Int { 3_600 }
    func knows(_ zone: String) -> Bool { true }
}

/// Answers as no service should.
final class ArbitraryFetcher: Fetcher {
    private let choices: Mutex<Choices>
    /// What the requests since the last look may have taken.
    private let milliseconds = Mutex(0)

    init(_ choices: Choices) {
        self.choices = Mutex(choices)
    }

    func drainMilliseconds() -> Int {
        milliseconds.withLock { sum in
            defer { sum = 0 }
            return sum
        }
    }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        milliseconds.withLock { $0 += request.timeout }
        return answer()
    }

    private func answer() -> FetchAnswer {
        choices.withLock { choices in
            if choices.once(in: 5) {
                return .failure(choices.pick(from: [.timeout, .unreachable, .refused, .tooLarge]))
            }
            let status = choices.pick(from: [200, 200, 200, 404, 500, 201, 204, 302, 429, 0, -1, 999])
            return .response(status: status, body: body(&choices))
        }
    }

    private func body(_ choices: inout Choices) -> [UInt8] {
        let texts = [
            #"{"name":"Boston","size":3,"names":["a","b"],"open":true}"#, #"{"name":"<\u0338&\"\r\n"}"#,
            #"{"name":null}"#, #"{"name":"a","size":1e400}"#, #"{"name":"a","size":9007199254740993}"#,
            #"{"name":"\ud800"}"#, #"{"name":"\ud83d\ude00","size":-0}"#, #"{"name":"a","name":"b"}"#,
            #"{"name":"\u0000\u001f\uffff"}"#, "{", "", "null", "[]", "\u{FEFF}{}", #"{"name":"a"} x"#,
            #"{"name":"a","names":["a","b","c","d","e","f"]}"#,
            #"{"results":[{"name":"B","latitude":1,"longitude":2}]}"#,
            #"{"results":[]}"#, #"{"current":{"temperature_2m":-7.46}}"#,
            #"{"current":{"temperature_2m":1e15}}"#,
        ]
        switch choices.pick(texts.count + 5) {
        case texts.count: return Array(repeating: 0x5B, count: 100_000)
        case texts.count + 1: return Array(String(repeating: #"{"a":"#, count: 20_000).utf8)
        case texts.count + 2:
            return Array("{\"name\":\"\(String(repeating: "x", count: choices.pick(2_000)))\"}".utf8)
        case texts.count + 3: return choices.take(60)
        case texts.count + 4: return Array(#"{"name":""#.utf8) + [0xFF, 0xC3] + Array(#""}"#.utf8)
        case let index: return Array(texts[index].utf8)
        }
    }
}

/// A store that reads each row back before it keeps it, and holds its values against the program's types.
final class RereadingStore: ImmediateSessionStore {
    private let store: MemoryStore
    private let variables: [Program.Variable]
    private let found = Mutex<[String]>([])
    private let count = Mutex(0)

    init(of program: Program, clock: any WallClock) {
        store = MemoryStore(clock: clock)
        variables = program.variables
    }

    /// Values that were looked at.
    var values: Int { count.withLock { $0 } }

    /// A variable that isn't set yet holds none.
    private func check(_ session: Session) {
        for (variable, value) in zip(variables, session.variables) where value != .none {
            count.withLock { $0 += 1 }
            if !variable.type.admits(value) {
                report("'\(variable.name)' holds \(value), which is no \(variable.type)")
            }
        }
    }

    var problems: [String] { found.withLock { $0 } }

    func read(_ key: SessionKey) async throws -> StoredSession? { readNow(key) }

    func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
        writeNow(write, for: key)
    }

    func due(limit: Int) async throws -> [SessionKey] { try await store.due(limit: limit) }

    func readNow(_ key: SessionKey) -> StoredSession? { store.readNow(key) }

    func writeNow(_ write: SessionWrite, for key: SessionKey) -> UInt64? {
        do {
            let row = try SessionRow(decoding: write.row)
            if row.encoded != write.row { report("a row is written otherwise than it was read") }
            if let session = row.session { check(session) }
        } catch {
            report("a row can't be read back: \(error)")
        }
        if write.lifetime <= 0 { report("a lifetime of \(write.lifetime) s") }
        return store.writeNow(write, for: key)
    }

    private func report(_ problem: String) { found.withLock { $0.append(problem) } }
}

/// What the conversation logged since it was last asked.
final class Journal: Sendable {
    private let lines = Mutex<[TurnLog]>([])

    func append(_ line: TurnLog) { lines.withLock { $0.append(line) } }

    func drain() -> [TurnLog] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }
}

/// Sends everything.
struct WillingSender: Sender {
    func send(_ message: OutgoingMessage) async -> SendAnswer { .sent(sid: "SM1") }
    func place(_ call: OutgoingCall) async -> SendAnswer { .sent(sid: "CA1") }
}
