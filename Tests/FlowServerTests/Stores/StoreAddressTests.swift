import FlowRuntime
import FlowServer
import Testing

@Suite struct StoreAddressTests {
    @Test(arguments: [
        "", "mem", "memory ", "sqlite", "sqlite:", "shelf", "redis:", "redis://", "redis://:6379",
        "redis://h:0",
        "redis://h:65536", "redis://h:1:2", "redis://h:x", "redis://h/x", "redis://h/-1", "redis://u@h",
        "redis://u:@h",
        "redis://:%zz@h", "redis://h,", "redis://h?x=1", "redis://h?ca=", "rediss:/h", "redis://h /1",
        "redis://[::1",
    ])
    func `what names no store`(text: String) {
        #expect(StoreAddress(text) == nil)
    }

    @Test func `what names one`() throws {
        #expect(StoreAddress("memory") == .memory)
        #expect(StoreAddress("sqlite:/var/lib/flowc/flowc.db") == .sqlite(path: "/var/lib/flowc/flowc.db"))
        let plain = try #require(RedisURL("redis://store"))
        #expect(plain.nodes == [.init(host: "store", port: 6379)])
        #expect(plain.password == nil && !plain.usesTLS && plain.database == 0)
        let full = try #require(RedisURL("rediss://me:p%40ss%2F:word@[::1]:7000,b:7001/2?ca=/etc/ca%20x.pem"))
        #expect(full.nodes == [.init(host: "::1", port: 7000), .init(host: "b", port: 7001)])
        #expect(full.user == "me" && full.password == "p@ss/:word" && full.usesTLS && full.database == 2)
        #expect(full.trustFile == "/etc/ca x.pem")
        #expect(RedisURL("redis://:word@h/")?.user == nil)
    }
}

@Suite struct SealedStoreTests {
    private let one = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    private let two = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA="
    private let key = SessionKey(bytes: [1])

    private func read(_ memory: MemoryStore, _ keys: String, _ key: SessionKey) async throws -> [UInt8]? {
        try await SealedStore(memory, keys: try StoreKeys(keys)).read(key)?.row
    }

    @Test func `a row is read with its key only, also while keys rotate`() async throws {
        let memory = MemoryStore()
        let pin = Array("the PIN is 4821".utf8)
        let store = SealedStore(memory, keys: try StoreKeys(one))
        _ = try await store.write(SessionWrite(row: pin, expecting: nil, lifetime: 60), for: key)
        let sealed = try #require(memory.readNow(key)?.row)
        #expect(!String(decoding: sealed, as: UTF8.self).contains("4821"))
        #expect(try await read(memory, one, key) == pin)
        #expect(try await read(memory, "\(two), \(one)", key) == pin)
        await #expect(throws: StoreFault.damaged) { _ = try await read(memory, two, key) }
    }

    @Test func `equal rows don't look alike`() async throws {
        let memory = MemoryStore()
        let store = SealedStore(memory, keys: try StoreKeys(one))
        for byte in UInt8(1)...2 {
            _ = try await store.write(
                SessionWrite(row: [1, 2, 3], expecting: nil, lifetime: 60), for: SessionKey(bytes: [byte]))
        }
        #expect(memory.readNow(SessionKey(bytes: [1]))?.row != memory.readNow(SessionKey(bytes: [2]))?.row)
    }

    @Test func `a row that was changed, cut, or put under another session doesn't open`() async throws {
        let memory = MemoryStore()
        let store = SealedStore(memory, keys: try StoreKeys(one))
        _ = try await store.write(SessionWrite(row: Array(0..<40), expecting: nil, lifetime: 60), for: key)
        let sealed = try #require(memory.readNow(key)?.row)
        var forged: [[UInt8]] = [[], [0xFE], Array(sealed.dropLast()), sealed + [0]]
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            forged.append(changed)
        }
        for (number, row) in forged.enumerated() {
            let key = SessionKey(bytes: [9, UInt8(number)])
            _ = memory.writeNow(SessionWrite(row: row, expecting: nil, lifetime: 60), for: key)
            await #expect(throws: StoreFault.damaged) { _ = try await store.read(key) }
        }
        _ = memory.writeNow(
            SessionWrite(row: sealed, expecting: nil, lifetime: 60), for: SessionKey(bytes: [2]))
        await #expect(throws: StoreFault.damaged) { _ = try await store.read(SessionKey(bytes: [2])) }
    }

    @Test func `rows from before there was a key are read only where that is said`() async throws {
        let memory = MemoryStore()
        _ = memory.writeNow(SessionWrite(row: [2, 1], expecting: nil, lifetime: 60), for: key)
        await #expect(throws: StoreFault.damaged) { _ = try await read(memory, one, key) }
        #expect(try await read(memory, "\(one),unsealed", key) == [2, 1])
    }

    @Test(arguments: [
        "", ",", "unsealed", "short", "AAEC", "*AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "a b",
    ])
    func `what are no keys`(text: String) {
        #expect(throws: StoreKeys.Problem.self) { try StoreKeys(text) }
    }

    @Test func `the key of fingerprints is another than that of rows, and follows the first`() throws {
        #expect(try StoreKeys(one).fingerprintKey == StoreKeys("\(one),\(two)").fingerprintKey)
        #expect(try StoreKeys(one).fingerprintKey != StoreKeys(two).fingerprintKey)
        #expect(try StoreKeys(one).fingerprintKey != Array(0...31))
    }
}
