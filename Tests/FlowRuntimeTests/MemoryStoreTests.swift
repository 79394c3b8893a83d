import FlowRuntime
import Testing

@Suite struct MemoryStoreTests {
    private let key = SessionKey(bytes: [1])

    @Test func `a write needs the revision that was read`() {
        let store = MemoryStore(clock: TestClock())
        #expect(store.writeNow([1], for: key, expecting: nil, lifetime: 60))
        #expect(!store.writeNow([2], for: key, expecting: nil, lifetime: 60))
        let first = store.readNow(key)
        #expect(first?.row == [1])
        #expect(store.writeNow([2], for: key, expecting: first?.revision, lifetime: 60))
        #expect(!store.writeNow([3], for: key, expecting: first?.revision, lifetime: 60))
        #expect(store.readNow(key)?.row == [2])
    }

    @Test func `a row is gone after its lifetime, and its revision doesn't come back`() {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        #expect(store.writeNow([1], for: key, expecting: nil, lifetime: 60))
        let revision = store.readNow(key)?.revision
        clock.advance(seconds: 60)
        #expect(store.readNow(key) == nil)
        #expect(!store.writeNow([2], for: key, expecting: revision, lifetime: 60))
        #expect(store.writeNow([2], for: key, expecting: nil, lifetime: 60))
        #expect(store.readNow(key)?.revision != revision)
    }

    @Test func `what has expired is tidied while others write`() {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        for byte in UInt8.min...UInt8.max {
            #expect(store.writeNow([], for: SessionKey(bytes: [2, byte]), expecting: nil, lifetime: 1))
        }
        #expect(store.count == 256)
        clock.advance(seconds: 1)
        for number in 0..<1_024 {
            let key = SessionKey(bytes: [3, UInt8(number & 255), UInt8(number >> 8)])
            #expect(store.writeNow([], for: key, expecting: nil, lifetime: 60))
        }
        #expect(store.count == 1_024)
    }
}
