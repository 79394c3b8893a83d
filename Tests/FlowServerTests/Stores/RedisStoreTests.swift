#if Redis
    import FlowRuntime
    import FlowServer
    import FlowTestSupport
    import Foundation
    import Testing

    /// What Redis adds to the promises of every store: it may be away.
    @Suite(.serialized, .enabled(if: RedisServer.isWanted, "redis-server isn't installed: make setup"))
    struct RedisStoreTests {
        private let key = SessionKey(bytes: [1])

        private func withRedis(
            _ url: String, _ body: (RedisStore) async throws -> Void
        ) async throws {
            let store = try RedisStore(try #require(RedisURL(url)), logger: quiet)
            do {
                try await body(store)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }

        private func write(_ row: [UInt8], expecting: UInt64? = nil) -> SessionWrite {
            SessionWrite(row: row, expecting: expecting, lifetime: 60)
        }

        /// Until it works, at most so long.
        private func recovery(_ store: RedisStore) async throws -> Duration {
            let start = ContinuousClock.now
            while start.duration(to: .now) < .seconds(10) {
                if await failure(store).fault == nil { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            return start.duration(to: .now)
        }

        private func failure(_ store: RedisStore) async -> (fault: StoreFault?, after: Duration) {
            let start = ContinuousClock.now
            do {
                _ = try await store.read(key)
                return (nil, start.duration(to: .now))
            } catch {
                return (error as? StoreFault, start.duration(to: .now))
            }
        }

        @Test func `kill -9 loses nothing acknowledged with appendfsync always; it is back within 2 s`()
            async throws
        {
            let server = try RedisServer(["--appendonly", "yes", "--appendfsync", "always"])
            try await withRedis(server.url) { store in
                var revision = try await store.write(write([0]), for: key)
                for turn in UInt8(1)...20 {
                    revision = try await store.write(write([turn], expecting: revision), for: key)
                }
                server.kill()
                let failed = await failure(store)
                #expect(failed.fault != nil)
                #expect(await failure(store).after < .seconds(2))
                try server.start()
                #expect(try await recovery(store) < .seconds(2))
                #expect(
                    try await store.read(key) == StoredSession(row: [20], revision: try #require(revision)))
            }
        }

        @Test func `one that hangs is given up soon, nobody waits for it twice, and it comes back`()
            async throws
        {
            let server = try RedisServer()
            try await withRedis(server.url) { store in
                _ = try await store.write(write([1]), for: key)
                server.pause()
                let first = await failure(store)
                #expect(first.fault != nil && first.after < .seconds(1.8), "\(first)")
                try await Task.sleep(for: .milliseconds(1_200))
                let second = await failure(store)
                #expect(second.fault != nil && second.after < .milliseconds(300), "\(second)")
                server.resume()
                #expect(try await recovery(store) < .seconds(2))
                #expect(try await store.read(key)?.row == [1])
            }
        }

        @Test func `one that isn't there at the start is found when it is`() async throws {
            let server = try RedisServer()
            server.kill()
            try await withRedis(server.url) { store in
                #expect(await failure(store).fault != nil)
                try server.start()
                #expect(try await recovery(store) < .seconds(2))
            }
        }

        @Test func `scripts that Redis forgot are sent again`() async throws {
            let server = try RedisServer()
            try await withRedis(server.url) { store in
                let first = try await store.write(write([1]), for: key)
                try server.command(["SCRIPT", "FLUSH"])
                #expect(try await store.write(write([2], expecting: first), for: key) != nil)
            }
        }

        @Test func `a password is given, and one that is wrong is said`() async throws {
            let server = try RedisServer(["--requirepass", "s3cret/ü"])
            try await withRedis("redis://:s3cret%2F%C3%BC@127.0.0.1:\(server.port)") { store in
                let revision = try await store.write(write([1]), for: key)
                #expect(revision != nil)
            }
            try await withRedis("redis://default:s3cret%2F%C3%BC@127.0.0.1:\(server.port)/3") { store in
                let elsewhere = try await store.read(key)
                #expect(elsewhere == nil)
            }
            for url in ["redis://:wrong@127.0.0.1:\(server.port)", server.url] {
                try await withRedis(url) { store in
                    let fault = try #require(await failure(store).fault)
                    #expect("\(fault)".contains("WRONGPASS") || "\(fault)".contains("NOAUTH"))
                }
            }
        }

        @Test func `rows of a newer release are refused, not overwritten`() async throws {
            let server = try RedisServer()
            try await withRedis(server.url) { store in
                _ = try await store.write(write([1]), for: key)
                let names = try server.command(["KEYS", "*session*"])
                let name = String(names.prefix { $0 != "\n" }.dropFirst(0))
                try server.command(["SETRANGE", name, "0", "2"])
                await #expect(throws: StoreFault.newerFormat) { _ = try await store.read(key) }
                await #expect(throws: StoreFault.self) { _ = try await store.write(write([2]), for: key) }
            }
        }

        @Test func `with TLS a certificate that nobody vouches for is refused`() async throws {
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("flowc-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let shell = try CommandShell()
            defer { shell.remove() }
            let (certificate, secret) = (folder.path + "/c.pem", folder.path + "/k.pem")
            let made = try shell.run(
                """
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
                -addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout \(secret) -out \(certificate)
                """)
            try #require(made.status == 0, "\(made.output)")
            let port = try freePort()
            let server = try RedisServer([
                "--tls-port", "\(port)", "--tls-cert-file", certificate, "--tls-key-file", secret,
                "--tls-ca-cert-file", certificate, "--tls-auth-clients", "no",
            ])
            for host in ["127.0.0.1", "localhost"] {
                try await withRedis("rediss://\(host):\(port)?ca=\(certificate)") { store in
                    let present = try await store.read(key)
                    #expect(try await store.write(write([1], expecting: present?.revision), for: key) != nil)
                }
            }
            try await withRedis("rediss://127.0.0.1:\(port)") { store in
                #expect(await failure(store).fault != nil)
            }
            withExtendedLifetime(server) {}
        }

        @Test func `a slot that moves takes its sessions along, and no write is lost`() async throws {
            let cluster = try RedisCluster()
            try await withRedis(cluster.url) { store in
                _ = try await store.write(write([1]), for: key)
                let names = try cluster.nodes.map { try $0.command(["KEYS", "*session*"]) }
                let from = try #require(names.firstIndex { $0.contains("session") })
                let to = (from + 1) % 3
                let name = String(names[from].prefix { $0 != "\n" })
                let slot = try cluster.nodes[0].command(["CLUSTER", "KEYSLOT", name])
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                func id(_ node: Int) throws -> String {
                    try cluster.nodes[node].command(["CLUSTER", "MYID"])
                        .trimmingCharacters(in: .whitespacesAndNewlines)
                }
                try cluster.nodes[to].command(["CLUSTER", "SETSLOT", slot, "IMPORTING", try id(from)])
                try cluster.nodes[from].command(["CLUSTER", "SETSLOT", slot, "MIGRATING", try id(to)])
                try cluster.nodes[from].command([
                    "MIGRATE", "127.0.0.1", "\(cluster.nodes[to].port)", name, "0", "1000",
                ])
                // The old owner says ASK for what has gone.
                let asked = try #require(try await store.read(key))
                #expect(asked.row == [1])
                for node in [to, from] {
                    try cluster.nodes[node].command(["CLUSTER", "SETSLOT", slot, "NODE", try id(to)])
                }
                // And MOVED once the slot has.
                let moved = try #require(try await store.read(key))
                _ = try #require(try await store.write(write([2], expecting: moved.revision), for: key))
                #expect(try await store.read(key)?.row == [2])
                #expect(try cluster.nodes[to].command(["GET", name]).hasSuffix("\u{2}\n"))
            }
        }
    }
#endif
