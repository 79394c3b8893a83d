import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowTestSupport
import FlowWebhook
import Foundation
import Synchronization
import Testing

/// What is kept of conversations, and conversations that are made again from it.
@Suite("Journal", .timeLimit(.minutes(3)))
struct JournalTests {
    /// Rows in memory, as a store that doesn't answer at once; and the journal as it was written.
    private final class JournalingStore: SessionStore {
        private let store: MemoryStore
        let lines = Mutex<[(conversation: [UInt8], line: Replay.Recorded)]>([])

        init(clock: any WallClock) { store = MemoryStore(clock: clock) }

        func read(_ key: SessionKey) async throws -> StoredSession? { store.readNow(key) }
        func due(limit: Int) async throws -> [SessionKey] { try await store.due(limit: limit) }

        func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
            let revision = store.writeNow(write, for: key)
            if revision != nil, let journal = write.journal {
                let entry = try #require(JournalEntry(decoding: journal.entry))
                #expect(entry.encoded == journal.entry)
                lines.withLock {
                    $0.append((journal.conversation, Replay.Recorded(key: key, entry: entry)))
                }
            }
            return revision
        }
    }

    private struct Recording {
        var programs: [ProgramFile.Entry]
        var environment: [String: String]
        var conversations: [[UInt8]: [Replay.Recorded]]
        var heard: String

        func replayed(on others: Deployment? = nil) async throws -> [[Replay.Step]] {
            let byHash = Dictionary(
                programs.map { ($0.program.contentHash, $0) }, uniquingKeysWith: { first, _ in first })
            let environment = environment
            let replay = Replay { key, entry in
                if let others {
                    return key.parts.flatMap { others.entry(flow: $0.flow, channel: $0.channel) }
                }
                return byHash[entry.programHash].map {
                    Deployment.Entry($0, recorded: entry.config, environment: environment)
                }
            }
            var played: [[Replay.Step]] = []
            for id in conversations.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                played.append(try await replay.play(conversations[id] ?? []))
            }
            return played
        }
    }

    private static func compiled(_ files: [(name: String, bytes: [UInt8])]) throws -> [ProgramFile.Entry] {
        let zones = SystemZoneRules()
        let compilation = compile(
            files.enumerated().map { SourceFile(id: UInt32($0), name: $1.name, bytes: $1.bytes) },
            options: CompilerOptions(knowsTimezone: { zones.knows($0) }))
        try #require(compilation.diagnostics.filter { $0.severity == .error }.map(\.headline) == [])
        return compilation.programs
    }

    private static func record(
        _ programs: [ProgramFile.Entry], _ script: TranscriptScript, fetches: [UInt8]? = nil
    ) async throws -> Recording {
        let environment = Dictionary(
            script.settings.config.map { ($0.name.uppercased(), $0.value) }, uniquingKeysWith: { $1 })
        let own = programs.filter { script.settings.flow == $0.program.flow }
        let made = Mutex<JournalingStore?>(nil)
        let line = try LocalLine(
            Deployment(own, environment: environment),
            fetcher: CannedFetcher(
                json: fetches ?? script.settings.fetches.map { Repository.file("flows/\($0)").bytes }
                    ?? Array("[]".utf8)),
            store: { clock in
                let store = JournalingStore(clock: clock)
                made.withLock { $0 = store }
                return store
            })
        let heard = await Transcript.play(script, transport: line.transport, besides: line.besides) {
            line.setClock(to: $0)
        }
        let store = try #require(made.withLock { $0 })
        let lines = store.lines.withLock { $0 }
        return Recording(
            programs: own, environment: environment,
            conversations: Dictionary(grouping: lines, by: \.conversation).mapValues { $0.map(\.line) },
            heard: heard)
    }

    private static let flows: [(name: String, bytes: [UInt8])] = Repository.files(
        in: "flows", ending: ".yaml"
    ).map { ("flows/\($0.name)", $0.bytes) }

    @Test("Every example conversation is made again to the byte", arguments: TranscriptTests.transcripts)
    func examples(_ file: TestFile) async throws {
        let (script, _) = TranscriptScript.parse(file.text)
        let recording = try await Self.record(try Self.compiled(Self.flows), script)
        #expect(file.difference(from: recording.heard) == nil)
        #expect(!recording.conversations.isEmpty)
        for steps in try await recording.replayed() {
            #expect(
                steps.allSatisfy { $0.difference == nil }, "\(ReplayReport(steps, showsNumbers: true).lines)")
        }
    }

    private static let door = """
        flow: door
        channel: voice
        states:
          start:
            - menu: For the door press 1.
              choices: {1: open, 2: again}
              otherwise: hangup
          open:
            - log: {caller: "${call.from}", said: "from ${call.from}"}
            - say: You call from ${call.from}, the door opens.
            - dial: +15555550111
              otherwise: hangup

        """

    private static func recordedDoor() async throws -> Recording {
        let (script, problems) = TranscriptScript.parse(
            "flow: door\n\ncall\npress 2\npress 1\noutcome busy\n")
        try #require(problems == [])
        return try await record(try compiled([("door.yaml", Array(door.utf8))]), script)
    }

    @Test("Against another version the first difference is shown, with numbers masked")
    func otherVersion() async throws {
        let recording = try await Self.recordedDoor()
        let changed = Self.door.replacing("opens.", with: "closes.")
        let others = try Deployment(
            Self.compiled([("door.yaml", Array(changed.utf8))]), environment: [:])
        let steps = try #require(try await recording.replayed(on: others).first)
        #expect(steps.map { $0.difference == nil } == [true, true, false])
        let report = ReplayReport(steps, showsNumbers: false)
        #expect(!report.isSame)
        let lines = report.lines
        #expect(lines.count == 5)
        #expect(lines[2].contains("turn 3 at 2.0, open, ") && lines[2].contains(": differs from byte "))
        #expect(lines[3].hasPrefix("  - …<Say>You call from ") && lines[3].contains("the door opens.</Say>"))
        #expect(lines[4].contains("the door closes.</Say>"))

        let same = try Deployment(
            Self.compiled([("door.yaml", Array("# A comment.\n\(Self.door)".utf8))]), environment: [:])
        #expect(try await recording.replayed(on: same).joined().allSatisfy { $0.difference == nil })
    }

    @Test("A version without the way that was taken says so")
    func otherWay() async throws {
        let recording = try await Self.recordedDoor()
        let other = "flow: door\nchannel: voice\nsteps:\n  - say: Closed.\n  - hangup\n"
        let others = try Deployment(Self.compiled([("door.yaml", Array(other.utf8))]), environment: [:])
        let steps = try #require(try await recording.replayed(on: others).first)
        #expect(steps.count == 1)
        #expect(ReplayReport(steps, showsNumbers: false).lines.last?.hasPrefix("  + ") == true)
    }

    @Test("The summary says who called, how often was answered, and how it ended")
    func summary() async throws {
        let recording = try await Self.recordedDoor()
        let (id, entries) = try #require(recording.conversations.first)
        let summary = try #require(ConversationSummary(id: id, entries, showsNumbers: false))
        #expect(summary.flow == "door" && summary.turns == 4)
        #expect(summary.person == "+15*******23")
        #expect(summary.outcome == .completed && summary.state == "open")
    }

    private static let vault = """
        flow: vault
        channel: voice
        config: {vault_url: url}
        params: {code: secret?}
        states:
          start:
            - ask: Your PIN?
              as: digits(4)
              into: pin
              sensitive: true
              otherwise: hangup
            - fetch: ${config.vault_url}
              returns: {expected: secret}
              into: known
              failed: hangup
            - if: pin == known.expected
              then: open
            - say: That was wrong.
            - hangup
          open:
            - menu: The vault is open. Press 1.
              choices: {1: close}
              otherwise: hangup
          close:
            - say: Closed.
            - hangup

        """

    @Test("A sensitive answer is in no entry, and the conversation is made again all the same")
    func sensitive() async throws {
        let (script, problems) = TranscriptScript.parse(
            "flow: vault\nconfig: vault_url=https://vault.example.com\n\ncall code=91554\npress 7302\npress 1\n"
        )
        try #require(problems == [])
        let recording = try await Self.record(
            try Self.compiled([("vault.yaml", Array(Self.vault.utf8))]), script,
            fetches: Array(#"[{"url": "https://vault.example.com", "json": {"expected": "7302"}}]"#.utf8))
        #expect(recording.heard.contains("Closed."))
        let entries = recording.conversations.values.joined()
        #expect(entries.contains { $0.entry.isWithheld })
        for entry in entries {
            let text = String(decoding: entry.entry.request.parameters.bytes, as: UTF8.self)
            #expect(!text.contains("7302") && !text.contains("91554"), "\(text)")
            #expect(entry.entry.session?.variables.contains(.text("7302")) != true)
        }
        let steps = try #require(try await recording.replayed().first)
        #expect(steps.count == entries.count && steps.allSatisfy { $0.difference == nil })
        #expect(steps.filter(\.isAdopted).count == 1)
        let lines = ReplayReport(steps, showsNumbers: false).lines
        #expect(lines.contains { $0.hasSuffix(": as recorded, since it hangs on a sensitive answer") })
    }

    @Test("Bytes that are no entry are none, whatever they are")
    func damaged() async throws {
        let recording = try await Self.recordedDoor()
        let whole = try #require(recording.conversations.values.first?.first).entry.encoded
        for count in 0..<whole.count { #expect(JournalEntry(decoding: Array(whole.prefix(count))) == nil) }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var bytes = whole
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                in: 0...255, using: &generator)
            _ = JournalEntry(decoding: bytes)
        }
        #expect(JournalEntry(decoding: [2] + whole.dropFirst()) == nil)
    }

    // MARK: Through the command line

    @Test("What was called is listed and replayed from the store", arguments: ["sqlite", "redis"])
    func commands(store: String) throws {
        guard store == "sqlite" || RedisServer.isWanted else {
            print("skipped for redis: \(RedisServer.reason)")
            return
        }
        let redis = store == "redis" ? try RedisServer() : nil
        let address = redis?.url ?? "sqlite:a.db"
        let shell = try CommandShell(environment: [
            "FLOWC_STORE_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "VAULT_URL": "https://vault.example.com",
        ])
        defer { shell.remove() }
        try shell.write(Self.door, to: "doors/door.yaml")
        try shell.write(Self.vault, to: "doors/vault.yaml")
        try shell.write(
            #"[{"url": "https://vault.example.com", "json": {"expected": "7302"}}]"#, to: "fetches.json")
        let server = try shell.start(
            "exec flowc serve doors --port 0 --insecure --store \(address) --fetches fetches.json --log-format json --log-events events.log"
        )
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        for (flow, inputs) in [
            ("door", "call\\npress 1\\noutcome busy\\n"), ("vault", "call\\npress 7302\\npress 1\\n"),
        ] {
            let talk = try shell.run(
                "printf '\(inputs)' | flowc talk --server \(url) --flow \(flow) --script -")
            #expect(talk.status == 0, "\(talk.output)")
        }
        let calls = try shell.run("flowc calls --store \(address)")
        #expect(calls.status == 0)
        let lines = calls.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 2, "\(calls.output)")
        #expect(lines.first?.contains("  voice  vault  +15*******23  3 turns    CA") == true, "\(lines)")
        #expect(lines.last?.hasSuffix("  completed in open") == true, "\(lines)")
        let vaults = try shell.run("flowc calls --flow vault --store \(address)").output
        #expect(vaults == (lines.first ?? "") + "\n")
        let ids = calls.output.matches(of: /CA[0-9a-f]{32}/).map { String($0.output) }
        for id in ids {
            let same = try shell.run("flowc replay \(id) --store \(address)")
            #expect(same.status == 0, "\(same.output)")
        }
        let door = try #require(ids.last)
        try shell.write(Self.door.replacing("opens.", with: "closes."), to: "doors/door.yaml")
        let other = try shell.run("flowc replay \(door) doors --store \(address)")
        #expect(other.status == 1)
        #expect(
            other.output.contains("+ …<Say>You call from ") && other.output.contains("closes."),
            "\(other.output)")
        #expect(!other.output.contains("5550123"))
        #expect(
            try shell.run("flowc calls --show-numbers --format json --store \(address)").output
                .contains("\"person\":\"+15555550123\""))

        #expect(try shell.run("flowc replay CA00 --store \(address)").status == 66)
        #expect(try shell.run("FLOWC_STORE_KEY= flowc calls --store \(address)").status == 69)
        server.terminate()
        #expect(server.wait() == 0)
        // Nothing of it can be read in the file, nor was logged.
        if store == "sqlite" {
            let found = try shell.run("cat a.db* | grep -a -c -e 7302 -e 5550123")
            #expect(found.output == "0\n")
        }
        let events = try shell.run("cat events.log").output
        #expect(
            events.contains("\"event\":{\"caller\":\"+15*******23\",\"said\":\"from +*********23\"}"),
            "\(events)")
        #expect(server.output.contains("\"caller\":\"+15*******23\""), "\(server.output)")
        for text in [events, server.output] { #expect(!text.contains("7302") && !text.contains("5550123")) }
        withExtendedLifetime(redis) {}
    }

    @Test("A journal that can't be sealed isn't kept, and one that is asked for is missed")
    func withoutKey() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let refused = try shell.run(
            "flowc serve flows/key-menu.yaml --insecure --port 0 --store sqlite:a.db --journal 3")
        #expect(refused.status == 69)
        #expect(refused.output.contains("flowc: --journal needs a durable store and FLOWC_STORE_KEY"))
        #expect(try shell.run("flowc calls").status == 66)
        #expect(try shell.run("flowc calls --store memory").status == 64)
    }
}
