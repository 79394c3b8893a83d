import FlowRuntime
import Testing

/// The promises of `SessionStore`, by their numbers.
@Suite struct MemoryStoreTests {
    private let key = SessionKey(bytes: [1])

    private func write(
        _ row: [UInt8], expecting: UInt64? = nil, lifetime: Int = 60, lease: Int? = nil, alarm: Int? = nil
    ) -> SessionWrite {
        SessionWrite(row: row, expecting: expecting, lifetime: lifetime, lease: lease, alarm: alarm)
    }

    @Test func `1 and 2: a write needs the revision that was read`() {
        let store = MemoryStore(clock: TestClock())
        #expect(store.readNow(key) == nil)
        #expect(store.writeNow(write([1]), for: key) != nil)
        #expect(store.writeNow(write([2]), for: key) == nil)
        let first = store.readNow(key)
        #expect(first?.row == [1])
        #expect(store.writeNow(write([2], expecting: first?.revision), for: key) != nil)
        #expect(store.writeNow(write([3], expecting: first?.revision), for: key) == nil)
        #expect(store.readNow(key)?.row == [2])
    }

    @Test func `1 and 3: a row is gone after its lifetime, and its revision doesn't come back`() {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        #expect(store.writeNow(write([1]), for: key) != nil)
        let revision = store.readNow(key)?.revision
        #expect(revision != nil)
        clock.advance(seconds: 60)
        #expect(store.readNow(key) == nil)
        #expect(store.writeNow(write([2], expecting: revision), for: key) == nil)
        #expect(store.writeNow(write([2]), for: key) != nil)
        #expect(store.readNow(key)?.revision != revision)
    }

    @Test func `4 and 6: a lease runs out, stays told, and ends with a write without one`() {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        #expect(store.writeNow(write([1], lease: 15_000), for: key) != nil)
        #expect(store.readNow(key)?.leaseLeft == 15_000)
        clock.advance(seconds: 14)
        #expect(store.readNow(key)?.leaseLeft == 1_000)
        clock.advance(seconds: 2)
        #expect(store.readNow(key)?.leaseLeft == -1_000)
        let beside = store.readNow(key)
        #expect(store.writeNow(write([2], expecting: beside?.revision, lease: 0), for: key) != nil)
        #expect(store.readNow(key)?.leaseLeft == 0)
        #expect(store.writeNow(write([3], expecting: store.readNow(key)?.revision), for: key) != nil)
        #expect(store.readNow(key)?.leaseLeft == nil)
    }

    @Test func `4 and 7: an alarm is due until a write moves it or takes it away`() async throws {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        let other = SessionKey(bytes: [2])
        #expect(store.writeNow(write([1], alarm: 2_000), for: key) != nil)
        #expect(store.writeNow(write([1], alarm: 1_000), for: other) != nil)
        #expect(try await store.due(limit: 10) == [])
        clock.advance(seconds: 2)
        #expect(try await store.due(limit: 10) == [other, key])
        #expect(try await store.due(limit: 1) == [other])
        #expect(store.writeNow(write([2], expecting: store.readNow(other)?.revision), for: other) != nil)
        #expect(try await store.due(limit: 10) == [key])
        #expect(
            store.writeNow(write([2], expecting: store.readNow(key)?.revision, alarm: 1_000), for: key) != nil
        )
        #expect(try await store.due(limit: 10) == [])
        clock.advance(seconds: 1)
        #expect(try await store.due(limit: 10) == [key])
        clock.advance(seconds: 60)
        #expect(try await store.due(limit: 10) == [])
    }

    @Test func `2: a write that fails changes neither lease nor alarm`() async throws {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        #expect(store.writeNow(write([1], lease: 5_000, alarm: 0), for: key) != nil)
        #expect(store.writeNow(write([2]), for: key) == nil)
        #expect(store.readNow(key)?.leaseLeft == 5_000)
        #expect(try await store.due(limit: 10) == [key])
    }

    @Test func `what has expired is tidied while others write`() {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        for byte in UInt8.min...UInt8.max {
            #expect(store.writeNow(write([], lifetime: 1), for: SessionKey(bytes: [2, byte])) != nil)
        }
        #expect(store.count == 256)
        clock.advance(seconds: 1)
        for number in 0..<1_024 {
            let key = SessionKey(bytes: [3, UInt8(number & 255), UInt8(number >> 8)])
            #expect(store.writeNow(write([]), for: key) != nil)
        }
        #expect(store.count == 1_024)
    }

    /// Rows of all sizes come, grow, shrink and expire; a dictionary says what must be there.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func `whatever is written, what is there is what was written last`(seed: UInt64) {
        struct Known {
            var row: [UInt8]
            var revision: UInt64?
            var expires: Int64
        }
        var random = Steps(state: seed)
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        var known: [SessionKey: Known] = [:]
        // Few keys: much is rewritten. Many keys: the table grows.
        let keys = [30, 400, 3_000][random.pick(3)]
        let largest = [40, 600, 90_000][random.pick(3)]
        for _ in 0..<4_000 {
            let number = random.pick(keys)
            let key = SessionKey(bytes: Array("key \(number)".utf8) + Array(repeating: 7, count: number % 90))
            let present = known[key].flatMap { $0.expires > clock.now() ? $0 : nil }
            let found = store.readNow(key)
            guard found?.row == present?.row, found?.revision == present?.revision else {
                Issue.record("\(String(describing: found)) instead of \(String(describing: present))")
                return
            }
            let size = random.pick(20) == 0 ? random.pick(largest) : random.pick(300)
            let row = [UInt8](repeating: UInt8(random.pick(256)), count: size)
            let lifetime = 1 + random.pick(60)
            let revision = store.writeNow(
                write(row, expecting: present?.revision, lifetime: lifetime), for: key)
            known[key] = Known(
                row: row, revision: revision, expires: clock.now() + Int64(lifetime) * 1_000)
            if random.pick(10) == 0 { clock.advance(seconds: Int64(random.pick(10))) }
        }
        clock.advance(seconds: 100)
        let key = SessionKey(bytes: [1])
        for _ in 0..<3_000 {
            _ = store.writeNow(write([], expecting: store.readNow(key)?.revision), for: key)
        }
        #expect(store.count == 1)
    }
}

private struct Steps {
    var state: UInt64

    mutating func pick(_ count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(count))
    }
}
