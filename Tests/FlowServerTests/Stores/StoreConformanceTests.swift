import FlowRuntime
import FlowServer
import FlowTestSupport
import Testing

/// The promises of `SessionStore` by their numbers, for every store, one request at a time and many at once.
@Suite(.serialized) struct StoreConformanceTests {
    private let key = SessionKey(bytes: [1])
    private let other = SessionKey(bytes: [2])

    private func write(
        _ row: [UInt8], expecting: UInt64? = nil, lifetime: Int = 60, lease: Int? = nil, alarm: Int? = nil
    ) -> SessionWrite {
        SessionWrite(row: row, expecting: expecting, lifetime: lifetime, lease: lease, alarm: alarm)
    }

    @Test(arguments: StoreKind.wanted)
    func `1 and 2: a write needs the revision that was read`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            let store = tested.store
            #expect(try await store.read(key) == nil)
            #expect(try await store.write(write([9], expecting: 1), for: key) == nil)
            let first = try #require(try await store.write(write([1]), for: key))
            #expect(try await store.write(write([2]), for: key) == nil)
            #expect(try await store.read(key) == StoredSession(row: [1], revision: first))
            let second = try #require(try await store.write(write([2], expecting: first), for: key))
            #expect(second != first)
            #expect(try await store.write(write([3], expecting: first), for: key) == nil)
            #expect(try await store.read(key) == StoredSession(row: [2], revision: second))
            #expect(try await store.read(other) == nil)
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `1 and 3: a row is gone after its lifetime, and its revision doesn't come back`(_ kind: StoreKind)
        async throws
    {
        try await withStore(kind) { tested in
            let store = tested.store
            let first = try #require(try await store.write(write([1], lifetime: 1), for: key))
            #expect(try await store.read(key) != nil)
            try await tested.pass(milliseconds: 1_050)
            #expect(try await store.read(key) == nil)
            #expect(try await store.write(write([2], expecting: first), for: key) == nil)
            let second = try #require(try await store.write(write([2]), for: key))
            #expect(second != first)
            #expect(try await store.read(key)?.row == [2])
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `1: a write prolongs a row's life`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            let first = try await tested.store.write(write([1], lifetime: 1), for: key)
            _ = try #require(
                try await tested.store.write(write([2], expecting: first, lifetime: 60), for: key))
            try await tested.pass(milliseconds: 1_050)
            #expect(try await tested.store.read(key)?.row == [2])
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `4 and 6: a lease runs out, stays told, and ends with a write without one`(_ kind: StoreKind)
        async throws
    {
        try await withStore(kind) { tested in
            let store = tested.store
            let first = try await store.write(write([1], lease: 700), for: key)
            let running = try #require(try await store.read(key)?.leaseLeft)
            #expect((1...700).contains(running))
            try await tested.pass(milliseconds: 750)
            let ended = try #require(try await store.read(key)?.leaseLeft)
            #expect((-10_000...0).contains(ended))
            let beside = try await store.write(write([2], expecting: first, lease: 0), for: key)
            let handedOn = try #require(try await store.read(key)?.leaseLeft)
            #expect((-10_000...0).contains(handedOn))
            _ = try #require(try await store.write(write([3], expecting: beside), for: key))
            let after = try #require(try await store.read(key))
            #expect(after.leaseLeft == nil && after.row == [3])
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `4 and 7: an alarm is due until a write moves it or takes it away`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            let store = tested.store
            let first = try await store.write(write([1], lifetime: 3, alarm: 300), for: key)
            let second = try await store.write(write([1], alarm: 100), for: other)
            #expect(try await store.due(limit: 10) == [])
            try await tested.pass(milliseconds: 350)
            #expect(try await store.due(limit: 10) == [other, key])
            #expect(try await store.due(limit: 10) == [other, key])
            #expect(try await store.due(limit: 1) == [other])
            _ = try #require(try await store.write(write([2], expecting: second), for: other))
            #expect(try await store.due(limit: 10) == [key])
            _ = try #require(
                try await store.write(write([2], expecting: first, lifetime: 3, alarm: 500), for: key))
            #expect(try await store.due(limit: 10) == [])
            try await tested.pass(milliseconds: 550)
            #expect(try await store.due(limit: 10) == [key])
            try await tested.pass(milliseconds: 2_600)
            #expect(try await store.due(limit: 10) == [])
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `8: what a write has for the journal is there if it succeeded, and only then`(_ kind: StoreKind)
        async throws
    {
        try await withStore(kind) { tested in
            guard let journal = tested.journal else { return #expect(kind == .memory) }
            func write(_ entry: [UInt8], of name: UInt8, expecting: UInt64?, lifetime: Int = 60)
                -> SessionWrite
            {
                SessionWrite(
                    row: [1], expecting: expecting, lifetime: 60,
                    journal: JournalWrite(conversation: [name], entry: entry, lifetime: lifetime))
            }
            #expect(try await journal.conversations(limit: 10) == [])
            #expect(try await journal.journal(of: [7]) == [])
            let first = try await tested.store.write(write([1], of: 7, expecting: nil), for: key)
            #expect(try await tested.store.write(write([9], of: 7, expecting: nil), for: key) == nil)
            try await tested.pass(milliseconds: 2)
            _ = try #require(try await tested.store.write(write([2], of: 8, expecting: nil), for: other))
            try await tested.pass(milliseconds: 2)
            // Of another session of the same conversation.
            let beside = SessionKey(bytes: [3])
            _ = try #require(try await tested.store.write(write([3], of: 7, expecting: nil), for: beside))
            try await tested.pass(milliseconds: 2)
            _ = try #require(try await tested.store.write(write([4], of: 7, expecting: first), for: key))
            _ = try #require(
                try await tested.store.write(self.write([1]), for: SessionKey(bytes: [4])))
            #expect(
                try await journal.journal(of: [7]) == [
                    JournalLine(key: key, entry: [1]), JournalLine(key: beside, entry: [3]),
                    JournalLine(key: key, entry: [4]),
                ])
            #expect(try await journal.journal(of: [8]) == [JournalLine(key: other, entry: [2])])
            #expect(try await journal.conversations(limit: 10) == [[7], [8]])
            #expect(try await journal.conversations(limit: 1) == [[7]])
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `8: the journal goes after its lifetime`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            guard let journal = tested.journal else { return }
            let line = JournalWrite(conversation: [7], entry: [1], lifetime: 1)
            var write = write([1])
            write.journal = line
            write.expecting = try await tested.store.write(write, for: key)
            #expect(try await journal.journal(of: [7]).count == 1)
            try await tested.pass(milliseconds: 1_100)
            #expect(try await journal.journal(of: [7]) == [])
            // The next write drops what is over.
            write.journal?.conversation = [8]
            _ = try #require(try await tested.store.write(write, for: key))
            #expect(try await journal.conversations(limit: 10) == [[8]])
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `7: a row written anew without an alarm isn't due by the old one's`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            _ = try await tested.store.write(write([1], lifetime: 1, alarm: 0), for: key)
            #expect(try await tested.store.due(limit: 10) == [key])
            try await tested.pass(milliseconds: 1_050)
            _ = try #require(try await tested.store.write(write([2]), for: key))
            #expect(try await tested.store.due(limit: 10) == [])
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `2: a write that fails changes neither lease nor alarm`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            let store = tested.store
            _ = try await store.write(write([1], lease: 5_000, alarm: 0), for: key)
            #expect(try await store.write(write([2]), for: key) == nil)
            #expect(try await store.write(write([2], expecting: 7), for: key) == nil)
            #expect(try await store.read(key)?.row == [1])
            #expect(try #require(try await store.read(key)?.leaseLeft) > 4_000)
            #expect(try await store.due(limit: 10) == [key])
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `2: of writes that expect the same revision one succeeds`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            var present: UInt64?
            for round in 0..<10 {
                let expected = present
                let written = try await withThrowingTaskGroup(of: (UInt8, UInt64)?.self) { group in
                    for writer in UInt8(0)..<24 {
                        group.addTask {
                            let row = [UInt8(round), writer]
                            let revision = try await tested.store.write(
                                write(row, expecting: expected), for: key)
                            return revision.map { (writer, $0) }
                        }
                    }
                    return try await group.reduce(into: [(UInt8, UInt64)]()) {
                        if let one = $1 { $0.append(one) }
                    }
                }
                try #require(written.count == 1)
                #expect(
                    try await tested.store.read(key)
                        == StoredSession(row: [UInt8(round), written[0].0], revision: written[0].1))
                present = written[0].1
            }
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `1 to 3: nothing is lost between writers that read again`(_ kind: StoreKind) async throws {
        let (writers, rounds) = (8, 12)
        try await withStore(kind) { tested in
            // Half of them as another process would.
            let second = kind == .memory ? nil : try tested.open()
            let revisions = try await withThrowingTaskGroup(of: [UInt64].self) { group in
                for writer in 0..<writers {
                    let store = writer % 2 == 0 ? tested.store : second?.sessions ?? tested.store
                    group.addTask {
                        var revisions: [UInt64] = []
                        while revisions.count < rounds {
                            let stored = try await store.read(key)
                            let row = [(stored?.row.first ?? 0) + 1]
                            if let revision = try await store.write(
                                write(row, expecting: stored?.revision), for: key)
                            {
                                revisions.append(revision)
                            }
                        }
                        return revisions
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(try await tested.store.read(key)?.row == [UInt8(writers * rounds)])
            #expect(Set(revisions).count == writers * rounds)
            try await second?.close()
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `1: each of many sessions reads what it wrote`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            let store = tested.store
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<120 {
                    group.addTask {
                        // A key as long as they come, with all bytes that a protocol might stumble over.
                        let key = SessionKey(bytes: Array("}{\r\n\0\(number)".utf8) + hostileBytes)
                        var revision: UInt64?
                        for turn in 0..<8 {
                            let row = Array("\(number) \(turn)".utf8) + hostileBytes
                            revision = try await store.write(write(row, expecting: revision), for: key)
                            #expect(try await store.read(key)?.row == row)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: StoreKind.wanted, [0, 1, 16 * 1_024, 200_000])
    func `1: a row of any length`(_ kind: StoreKind, length: Int) async throws {
        try await withStore(kind) { tested in
            let row = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
            _ = try #require(try await tested.store.write(write(row), for: key))
            #expect(try await tested.store.read(key)?.row == row)
        }
    }

    @Test(arguments: StoreKind.wanted)
    func `7: no alarm is missed among many`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            let store = tested.store
            let keys = (0..<300).map { SessionKey(bytes: Array("alarm \($0)".utf8)) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for key in keys {
                    group.addTask {
                        _ = try #require(try await store.write(write([1], alarm: 0), for: key))
                    }
                }
                try await group.waitForAll()
            }
            var seen: Set<SessionKey> = []
            while seen.count < keys.count {
                let due = try await store.due(limit: 64)
                try #require(!due.isEmpty && due.count <= 64)
                for key in due {
                    #expect(seen.insert(key).inserted)
                    let stored = try #require(try await store.read(key))
                    _ = try #require(try await store.write(write([2], expecting: stored.revision), for: key))
                }
            }
            #expect(try await store.due(limit: 64) == [])
            #expect(seen == Set(keys))
        }
    }

    @Test(arguments: StoreKind.wanted.filter { $0 != .memory })
    func `another process sees it all`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            let revision = try #require(try await tested.store.write(write([1], alarm: 0), for: key))
            let second = try tested.open()
            #expect(try await second.sessions.read(key) == StoredSession(row: [1], revision: revision))
            #expect(try await second.sessions.due(limit: 1) == [key])
            _ = try #require(try await second.sessions.write(write([2], expecting: revision), for: key))
            #expect(try await tested.store.read(key)?.row == [2])
            try await second.close()
        }
    }

    @Test(arguments: StoreKind.wanted.filter { $0 != .memory })
    func `programs are kept by their hash until nobody touches them`(_ kind: StoreKind) async throws {
        try await withStore(kind) { tested in
            let programs = try #require(tested.programs)
            let hash = [UInt8](repeating: 0xAB, count: 32)
            #expect(try await programs.program(hash) == nil)
            #expect(try await !programs.touch(hash, lifetime: 10))
            try await programs.keep(hostileBytes, hash: hash, lifetime: 1)
            #expect(try await programs.program(hash) == hostileBytes)
            #expect(try await programs.touch(hash, lifetime: 3))
            try await tested.pass(milliseconds: 1_500)
            #expect(try await programs.program(hash) == hostileBytes)
            try await tested.pass(milliseconds: 2_000)
            #expect(try await programs.program(hash) == nil)
        }
    }
}

private let hostileBytes = Array(UInt8.min...UInt8.max)
