package import FlowProgram
import Synchronization

/// Makes a conversation again from its journal, with the programs that it ran on or with others, and compares.
package struct Replay {
    /// An entry as the store keeps it, opened.
    package struct Recorded: Sendable {
        package var key: SessionKey
        package var entry: JournalEntry

        package init(key: SessionKey, entry: JournalEntry) {
            self.key = key
            self.entry = entry
        }
    }

    /// One entry, made again.
    package struct Step: Sendable {
        package var recorded: JournalEntry
        /// What is made now; nil if the request moves nothing any more.
        package var now: JournalEntry?
        package var difference: Difference?
        /// It came out differently since it hangs on an answer that isn't in the journal, and goes on as it was recorded.
        package var isAdopted = false
        /// Fetches that the recorded turn made and this one didn't, or the other way round.
        package var fetches: Int
    }

    /// The first thing that isn't the same.
    package enum Difference: Hashable, Sendable {
        /// The document, from this byte on.
        case document(byte: Int)
        /// What it sends besides, from this message on.
        case message(Int)
        /// How the conversation ended.
        case outcome
        /// The request is a repeat, or for a position that isn't there: nothing happens.
        case nothing
        /// The answers of its services weren't kept: they were too large.
        case unknown
    }

    /// Finds the program of an entry, with the config to run it with; nil if there is none.
    package typealias Programs = @Sendable (_ key: SessionKey, JournalEntry) async throws -> Deployment.Entry?

    private let programs: Programs

    package init(programs: @escaping Programs) {
        self.programs = programs
    }

    /// - Parameter entries: in the order in which they were written.
    /// - Returns: up to the first difference.
    package func play(_ entries: [Recorded]) async throws -> [Step] {
        let clock = ReplayClock()
        let store = ReplayStore(clock: clock)
        var steps: [Step] = []
        var isWithheld = false
        for recorded in entries {
            guard let program = try await programs(recorded.key, recorded.entry),
                let visit = Conversation.Visit(recorded.entry.request, recorded.key, program)
            else { throw ReplayFault.noProgram }
            clock.set(recorded.entry.request.now)
            let fetcher = RecordedAnswers(recorded.entry.answers ?? [])
            var conversation = Conversation(
                deployment: Deployment(entries: [program]), store: store, fetcher: fetcher, clock: clock,
                baseURL: recorded.entry.base, overrides: recorded.entry.overrides)
            conversation.journalLifetime = 1
            let found = try ReadRow(try await store.read(recorded.key))
            _ = try await conversation.take(visit, found)
            var step = Step(
                recorded: recorded.entry, now: store.takeEntry(recorded.key), difference: nil,
                fetches: fetcher.difference)
            step.difference =
                recorded.entry.answers == nil
                ? .unknown : step.now.map { difference(recorded.entry, $0) } ?? .nothing
            isWithheld = isWithheld || recorded.entry.isWithheld
            if step.difference != nil, isWithheld, program.hash == recorded.entry.programHash,
                let session = recorded.entry.session
            {
                try await store.adopt(session, for: recorded.key)
                step.difference = nil
                step.isAdopted = true
            }
            steps.append(step)
            if step.difference != nil { break }
        }
        return steps
    }

    private func difference(_ recorded: JournalEntry, _ now: JournalEntry) -> Difference? {
        if recorded.document != now.document {
            let (old, new) = (recorded.document ?? [], now.document ?? [])
            return .document(byte: zip(old, new).prefix { $0 == $1 }.count)
        }
        if recorded.outbox != now.outbox {
            return .message(zip(recorded.outbox, now.outbox).prefix { $0 == $1 }.count)
        }
        return recorded.outcome == now.outcome ? nil : .outcome
    }
}

/// Why a conversation can't be made again.
package enum ReplayFault: Error {
    /// The program that it ran on isn't kept any more.
    case noProgram
}

private final class ReplayClock: WallClock {
    private let time = Mutex<Int64>(0)

    func now() -> Int64 { time.withLock { $0 } }
    func set(_ instant: Int64) { time.withLock { $0 = instant } }
}

/// Rows in memory, and what is journaled of the last write of each.
private final class ReplayStore: SessionStore {
    private let store: MemoryStore
    private let entries = Mutex<[SessionKey: JournalEntry]>([:])

    init(clock: any WallClock) {
        store = MemoryStore(clock: clock)
    }

    func read(_ key: SessionKey) async throws -> StoredSession? { store.readNow(key) }

    func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
        let revision = store.writeNow(write, for: key)
        if revision != nil, let entry = write.journal.flatMap({ JournalEntry(decoding: $0.entry) }) {
            entries.withLock { $0[key] = entry }
        }
        return revision
    }

    func due(limit: Int) async throws -> [SessionKey] { [] }

    func adopt(_ session: Session, for key: SessionKey) async throws {
        _ = store.writeNow(
            SessionWrite(
                row: SessionRow(session: session).encoded, expecting: store.readNow(key)?.revision,
                lifetime: Limits.openCallSeconds), for: key)
    }

    func takeEntry(_ key: SessionKey) -> JournalEntry? { entries.withLock { $0.removeValue(forKey: key) } }
}

private final class RecordedAnswers: Fetcher {
    private let state: Mutex<(answers: [FetchAnswer], asked: Int)>

    init(_ answers: [FetchAnswer]) {
        state = Mutex((answers, 0))
    }

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        state.withLock { state in
            defer { state.asked += 1 }
            return state.answers.indices.contains(state.asked)
                ? state.answers[state.asked] : .failure(.unknown)
        }
    }

    var difference: Int { state.withLock { $0.asked - $0.answers.count } }
}

extension Deployment.Entry {
    /// A program with the config that a conversation ran with; what is secret isn't in a journal and comes from the
    /// environment.
    package init(
        _ program: ProgramFile.Entry, recorded config: [Value], environment: [String: String]
    ) {
        var problems: [String] = []
        let values = program.program.config.enumerated().map { index, item in
            item.type.isSecret || !config.indices.contains(index)
                ? item.value(in: environment, flow: program.program.flow, problems: &problems) : config[index]
        }
        self.init(
            program: program.program, hash: program.program.contentHash, sourceMap: program.sourceMap,
            config: values)
    }
}
