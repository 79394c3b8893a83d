#if SQLite
    import FlowRuntime
    import FlowServer
    import FlowTestSupport
    import Foundation
    import GRDB
    import Testing

    /// What SQLite adds to the promises of every store.
    @Suite struct SQLiteStoreTests {
        private func withFile(_ body: (String) async throws -> Void) async throws {
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("flowc-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await body(folder.appendingPathComponent("flowc.db").path)
        }

        private func write(_ row: [UInt8], expecting: UInt64? = nil, lifetime: Int = 60) -> SessionWrite {
            SessionWrite(row: row, expecting: expecting, lifetime: lifetime)
        }

        @Test func `what was acknowledged is there when the file is opened again`() async throws {
            try await withFile { path in
                let store = try SQLiteStore(path: path)
                let key = SessionKey(bytes: [1])
                let revision = try await store.write(write([1]), for: key)
                try await store.close()
                let again = try SQLiteStore(path: path)
                #expect(try await again.read(key)?.row == [1])
                #expect(try await again.read(key)?.revision == revision)
                try await again.close()
            }
        }

        @Test func `only its owner reads the file`() async throws {
            try await withFile { path in
                let store = try SQLiteStore(path: path)
                _ = try await store.write(write([1]), for: SessionKey(bytes: [1]))
                for suffix in ["", "-wal", "-shm"] {
                    let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
                    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
                }
                try await store.close()
            }
        }

        @Test func `a commit is on the disk before it is told`() async throws {
            try await withFile { path in
                let store = try SQLiteStore(path: path)
                #expect(try await store.durability == "wal, synchronous 2")
                try await store.close()
            }
        }

        @Test func `writes that wait together share a transaction`() async throws {
            try await withFile { path in
                let store = try SQLiteStore(path: path)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<2_000 {
                        group.addTask {
                            let key = SessionKey(bytes: Array("\(number)".utf8))
                            _ = try #require(try await store.write(write([1]), for: key))
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(store.commits < 1_000, "\(store.commits)")
                try await store.close()
            }
        }

        @Test func `rows whose lifetime has passed leave the file`() async throws {
            try await withFile { path in
                let clock = AdvancedClock()
                let store = try SQLiteStore(path: path, clock: clock)
                for number in 0..<300 {
                    let key = SessionKey(bytes: Array("\(number)".utf8))
                    _ = try await store.write(write([1], lifetime: 1), for: key)
                }
                clock.advance(milliseconds: 2_000)
                for _ in 0..<4 {
                    clock.advance(milliseconds: 200)
                    let present = try await store.read(SessionKey(bytes: [1]))
                    _ = try await store.write(
                        write([1], expecting: present?.revision), for: SessionKey(bytes: [1]))
                }
                try await store.close()
                let database = try DatabaseQueue(path: path)
                #expect(
                    try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM session") } == 1
                )
            }
        }

        @Test func `a file of a newer release is refused`() async throws {
            try await withFile { path in
                try await SQLiteStore(path: path).close()
                let database = try DatabaseQueue(path: path)
                try await database.write {
                    try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('something of the future')")
                }
                try database.close()
                #expect(throws: StoreFault.newerFormat) { try SQLiteStore(path: path) }
            }
        }

        @Test func `a file that is no store is refused, and stays as it is`() async throws {
            try await withFile { path in
                let text = String(repeating: "Dear diary. ", count: 1_000)
                try text.write(toFile: path, atomically: false, encoding: .utf8)
                #expect(throws: StoreFault.self) { try SQLiteStore(path: path) }
                #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
                #expect(throws: StoreFault.self) { try SQLiteStore(path: "/nowhere/flowc.db") }
            }
        }

        @Test func `a disk that is full loses nothing that was acknowledged, and works again with room`()
            async throws
        {
            try await withFile { path in
                let folder = (path as NSString).deletingLastPathComponent
                guard try mount("-t", "tmpfs", "-o", "size=4m", "none", folder) else {
                    print("skipped: no right to mount a tmpfs")
                    return
                }
                defer { unmount(folder) }
                let store = try SQLiteStore(path: path)
                let filler = folder + "/filler"
                let row = [UInt8](repeating: 7, count: 10_000)
                var written: [SessionKey] = []
                var failed: SessionKey?
                for number in 0..<200 where failed == nil {
                    let key = SessionKey(bytes: Array("\(number)".utf8))
                    do {
                        _ = try #require(try await store.write(write(row), for: key))
                        written.append(key)
                        // What is left is used up, so that the disk is full and not the log of writes.
                        if number == 20 {
                            _ = FileManager.default.createFile(
                                atPath: filler, contents: Data(repeating: 0, count: 3_000_000))
                        }
                    } catch {
                        failed = key
                    }
                }
                let key = try #require(failed)
                for key in written { #expect(try await store.read(key)?.row == row) }
                #expect(try await store.read(key) == nil)
                try FileManager.default.removeItem(atPath: filler)
                _ = try #require(try await store.write(write(row), for: key))
                #expect(try await store.read(key)?.row == row)
                try await store.close()
            }
        }

        private func mount(_ arguments: String...) throws -> Bool { try run("mount", arguments) == 0 }

        private func unmount(_ folder: String) { _ = try? run("umount", ["-l", folder]) }

        private func run(_ program: String, _ arguments: [String]) throws -> Int32 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [program] + arguments
            process.standardError = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
    }
#endif
