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
}
