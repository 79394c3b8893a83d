import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import Foundation
import Synchronization
import Testing

/// Thousands of calls whose requests come several times, late and against each other: every answer and every session is what the pure
/// machine makes of the requests that moved it. `FLOWC_SOAK_TURNS` says how many turns; a few thousand if it isn't set.
@Suite(.serialized) struct SoakTests {
    private static let kinds = StoreKind.wanted.filter { $0 != .cluster }
    private static let turns =
        ProcessInfo.processInfo.environment["FLOWC_SOAK_TURNS"].flatMap { Int($0) } ?? 3_000

    private static let flow = """
        flow: soak
        channel: voice
        vars:
          rounds: {type: integer, initial: 0}
        states:
          start:
            - ask: First number?
              as: digits(1..6)
              into: first_number
              attempts: 2
              no_match: Digits only.
              otherwise: lost
            - menu: "You pressed ${first_number}. For another, press 1. For a letter, press 2. To end, press 3."
              choices: {1: start, 2: letter, 3: goodbye}
              attempts: 3
              no_input: Nothing heard.
              no_match: No such choice.
              otherwise: lost
          letter:
            - record: After the tone.
              max: 10s
              into: letter
              otherwise: lost
            - say: "${letter.seconds} seconds after ${first_number}."
            - goto: start
          lost:
            - set: {rounds: "${rounds + 1}"}
            - if: rounds < 3
              then: start
            - goto: goodbye
          goodbye:
            - say: "Goodbye, ${first_number ?? 'stranger'}."
            - hangup
        """

    @Test(arguments: kinds)
    func `whatever comes twice, late or against another, calls go as the pure machine says`(
        _ kind: StoreKind
    ) async throws {
        let source = SourceFile(id: 0, name: "soak.yaml", bytes: Array(Self.flow.utf8))
        let compilation = compile([source], options: CompilerOptions(knowsTimezone: { _ in true }))
        let problems = DiagnosticRenderer(files: [source]).render(compilation.diagnostics)
        let program = try #require(compilation.programs.first, "\(problems)")
        let deployment = try Deployment([program], environment: [:])
        let entry = try #require(deployment.entries.first)
        try await withStore(kind) { tested in
            let world = SoakWorld(deployment, entry, tested.store)
            let calls = 16
            let taken = await withTaskGroup(of: Int.self, returning: Int.self) { group in
                for number in 0..<calls {
                    group.addTask {
                        var left = Self.turns / calls
                        var round = 0
                        while left > 0, !world.hasFailed {
                            var call = SoakCall(world, number: number, round: round)
                            left -= await call.run(turns: left)
                            round += 1
                        }
                        return Self.turns / calls - left
                    }
                }
                return await group.reduce(0, +)
            }
            let requests = world.requests
            #expect(taken >= Self.turns / calls * calls)
            #expect(requests > 3 * taken)
            if Self.turns > 3_000 { print("\(kind): \(taken) turns by \(requests) requests") }
        }
    }
}

private final class SoakWorld: Sendable {
    let entry: Deployment.Entry
    let conversation: Conversation
    let store: any SessionStore
    private let counts = Mutex((requests: 0, hasFailed: false))

    init(_ deployment: Deployment, _ entry: Deployment.Entry, _ store: any SessionStore) {
        self.entry = entry
        self.store = store
        conversation = Conversation(
            deployment: deployment, store: store, fetcher: NoFetcher(), clock: Noon(), zones: NoZone(),
            baseURL: "https://example.com")
    }

    var requests: Int { counts.withLock { $0.requests } }
    var hasFailed: Bool { counts.withLock { $0.hasFailed } }

    func answer(_ request: Conversation.Request) async -> Conversation.Answer {
        counts.withLock { $0.requests += 1 }
        return await conversation.answer(request)
    }

    func fail() { counts.withLock { $0.hasFailed = true } }
}

/// One call, and what the pure machine made of it until now.
private struct SoakCall {
    private let world: SoakWorld
    private let sid: String
    private var random: SplitMix
    private var session: Session?
    /// The requests that moved the session, oldest first.
    private var made: [Conversation.Request] = []

    init(_ world: SoakWorld, number: Int, round: Int) {
        self.world = world
        sid = "CA" + String(UInt64(round) << 16 | UInt64(number), radix: 16)
        random = SplitMix(state: UInt64(number) << 32 | UInt64(round))
    }

    /// - Returns: turns that were made.
    mutating func run(turns: Int) async -> Int {
        var count = 0
        while count < turns, session?.status != .closed, !world.hasFailed {
            guard await turn() else {
                world.fail()
                break
            }
            count += 1
        }
        return count
    }

    /// Sends what moves the session, several times at once, beside late requests; now and then against another one for the
    /// same position.
    private mutating func turn() async -> Bool {
        let before = session
        let first = request(at: before)
        var rivals = [first]
        if before != nil, random.pick(4) == 0 { rivals.append(request(at: before)) }
        let outcomes = rivals.map { ($0, outcome(of: $0, from: before)) }
        var sent = rivals
        for _ in 0..<random.pick(4) { sent.append(rivals[random.pick(rivals.count)]) }
        let late = (0..<random.pick(3)).compactMap { _ in
            made.isEmpty ? nil : made[random.pick(made.count)]
        }
        sent.shuffle(using: &random)
        let all = sent + late
        let answers = await withTaskGroup(of: (Int, Conversation.Answer).self) { group in
            for index in all.indices.shuffled(using: &random) {
                group.addTask { [world] in (index, await world.answer(all[index])) }
            }
            return await group.reduce(into: [Int: Conversation.Answer]()) { $0[$1.0] = $1.1 }
        }
        // A store that is too busy for a while is allowed; what it wrote all the same must be one of the two.
        let wasBusy = answers.values.contains(.busy)
        if wasBusy { try? await Task.sleep(for: .seconds(5)) }
        guard let stored = try? await world.store.read(key) else { return before == nil && wasBusy }
        if wasBusy, let before, (try? SessionRow(decoding: stored.row))?.session == before { return true }
        guard let row = try? SessionRow(decoding: stored.row),
            let taken = outcomes.first(where: { $0.1.session == row.session })
        else {
            let heard = all.indices.map {
                "\(all[$0].position.map { "\($0)" } ?? "start"): \(text(answers[$0]))"
            }
            Issue.record(
                "\(sid), turn \(before?.turn ?? 0): no request explains the stored session; \(heard.joined(separator: "\n"))"
            )
            return false
        }
        session = taken.1.session
        made.append(taken.0)
        let present = answer(taken.1.session)
        for index in sent.indices where answers[index] != present && answers[index] != .busy {
            Issue.record("\(sid): \(text(answers[index])) instead of \(text(present))")
            return false
        }
        let earlier = before.map(answer)
        for index in sent.count..<all.count
        where answers[index] != present && answers[index] != earlier && answers[index] != .busy {
            Issue.record("\(sid), late: \(text(answers[index])) instead of \(text(present))")
            return false
        }
        return await repeated(present)
    }

    /// Afterwards every request that was ever made gets the present answer.
    private mutating func repeated(_ present: Conversation.Answer) async -> Bool {
        for _ in 0..<random.pick(3) {
            let answer = await world.answer(made[random.pick(made.count)])
            guard answer == present || answer == .busy else {
                Issue.record("\(sid), afterwards: \(text(answer)) instead of \(text(present))")
                return false
            }
        }
        return true
    }

    private var key: SessionKey {
        SessionKey(
            channel: .voice, account: Array("AC1".utf8)[...], place: [Array(sid.utf8)[...]],
            flow: Array("soak".utf8), run: [])
    }

    private mutating func request(at session: Session?) -> Conversation.Request {
        var pairs = [
            ("CallSid", sid), ("AccountSid", "AC1"), ("From", "+15555550123"), ("To", "+15555550100"),
        ]
        var position: Position?
        if let session {
            position = Position(turn: session.turn, wait: random.pick(session.waits.count))
            switch random.pick(8) {
            case 0: break
            case 1: pairs.append(("SpeechResult", "hello"))
            case 2:
                pairs += [("RecordingUrl", "https://api.example.com/r"), ("RecordingDuration", "7")]
            case 3: pairs.append(("Digits", String(random.pick(1_000_000))))
            default: pairs.append(("Digits", String(1 + random.pick(3))))
            }
        }
        return Conversation.Request(
            channel: .voice, flow: Array("soak".utf8), position: position, parameters: Parameters(pairs),
            fingerprint: (0..<16).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }

    /// What the pure machine makes of it.
    private func outcome(of request: Conversation.Request, from session: Session?) -> Turn {
        var kind = Event.Kind.start
        if let session, let position = request.position {
            kind = Event.Kind(
                at: position.wait, of: session, in: world.entry.program, parameters: request.parameters)
        }
        let event = Event(
            kind: kind, parameters: request.parameters, key: key, sid: Array(sid.utf8),
            fingerprint: request.fingerprint, now: Noon().now(), zones: NoZone())
        guard case .done(let turn) = walk(world.entry.executable, session: session, event: event) else {
            fatal("the flow fetches nothing")
        }
        return turn
    }

    private func answer(_ session: Session) -> Conversation.Answer {
        let address = DocumentAddress(
            root: Array("https://example.com/".utf8), flow: Array("soak".utf8), call: Array(sid.utf8),
            side: nil, turn: session.turn, run: [], overrides: Array("#rc=2&amp;rp=all".utf8),
            hasTimeouts: true)
        return .document(renderDocument(session.answer, of: world.entry.executable, at: address))
    }

    private func text(_ answer: Conversation.Answer?) -> String {
        guard case .document(let bytes)? = answer else { return "\(String(describing: answer))" }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func fatal(_ words: String) -> Never { preconditionFailure(words) }

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
}

private struct NoFetcher: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}

private struct NoZone: ZoneRules {
    func offset(of zone: String, at instant: Int64) -> Int { 0 }
    func knows(_ zone: String) -> Bool { true }
}

private struct Noon: WallClock {
    func now() -> Int64 { 1_795_000_000_000 }
}
