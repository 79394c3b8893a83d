#if Redis
    public import FlowRuntime
    public import Logging
    import NIOCore
    import NIOPosix

    /// Sessions in Redis, one server or a cluster: the store of a fleet behind a load balancer. All times run by Redis's
    /// clock.
    ///
    /// What is acknowledged survives what `appendfsync` has written: with `always` a power loss of Redis's machine, with
    /// `everysec` all but its last second.
    public final class RedisStore: SessionStore, ProgramStore {
        private let cluster: RedisCluster

        /// Nothing is connected yet: a Redis that is down shows with the first request.
        ///
        /// - Throws: `StoreFault` if the certificates of the URL can't be used.
        public init(_ url: RedisURL, logger: Logger) throws(StoreFault) {
            cluster = try RedisCluster(url, on: MultiThreadedEventLoopGroup.singleton, logger: logger)
        }

        public func read(_ key: SessionKey) async throws -> StoredSession? {
            let shard = RedisShard.of(key.bytes)
            let deadline = NIODeadline.now() + patience
            let reply = try await cluster.run(
                [Array("GET".utf8), shard.rows + key.bytes], slot: shard.slot, until: deadline)
            switch reply {
            case .none: return nil
            case .text(let value):
                let row = try RedisRow(value)
                guard row.leaseEnds != 0 else {
                    return StoredSession(row: row.bytes, revision: row.revision)
                }
                let now = try await time(slot: shard.slot, until: deadline)
                return StoredSession(
                    row: row.bytes, revision: row.revision, leaseLeft: Int(row.leaseEnds &- now))
            case .integer, .list, .error: throw StoreFault.damaged
            }
        }

        public func write(_ write: SessionWrite, for key: SessionKey) async throws -> UInt64? {
            let shard = RedisShard.of(key.bytes)
            var keys = [shard.rows + key.bytes, shard.alarms]
            var arguments = [
                write.expecting.map(RedisRow.digits) ?? [], decimal(bounded(write.lifetime) * 1_000),
                write.lease.map { decimal(bounded($0)) } ?? [],
                write.alarm.map { decimal(bounded($0)) } ?? [],
                key.bytes, write.row,
            ]
            if let journal = write.journal {
                keys += [shard.journals + journal.conversation, shard.conversations]
                arguments += [
                    journal.conversation, journal.entry, decimal(max(1, bounded(journal.lifetime)) * 1_000),
                ]
            }
            let reply = try await cluster.run(
                .write, keys: keys, arguments: arguments, slot: shard.slot, until: .now() + patience)
            switch reply {
            case .none: return nil
            case .text(let digits):
                guard let revision = number(digits[...]) else { throw StoreFault.damaged }
                return revision
            case .integer, .list, .error: throw StoreFault.damaged
            }
        }

        /// Asks all shards at once.
        public func due(limit: Int) async throws -> [SessionKey] {
            let deadline = NIODeadline.now() + patience
            let found = try await withThrowingTaskGroup(of: [Alarm].self) { group in
                for shard in RedisShard.all {
                    group.addTask { try await self.due(limit: limit, in: shard, until: deadline) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            return found.sorted().prefix(limit).map { SessionKey(bytes: $0.key) }
        }

        public func program(_ hash: [UInt8]) async throws -> [UInt8]? {
            let (key, slot) = programKey(hash)
            let reply = try await cluster.run(
                [Array("GET".utf8), key], slot: slot, until: .now() + patience)
            return if case .text(let program) = reply { program } else { nil }
        }

        public func keep(_ program: [UInt8], hash: [UInt8], lifetime: Int) async throws {
            let (key, slot) = programKey(hash)
            _ = try await cluster.run(
                [Array("SET".utf8), key, program, Array("EX".utf8), decimal(max(1, bounded(lifetime)))],
                slot: slot, until: .now() + patience)
        }

        public func touch(_ hash: [UInt8], lifetime: Int) async throws -> Bool {
            let (key, slot) = programKey(hash)
            let reply = try await cluster.run(
                [Array("EXPIRE".utf8), key, decimal(max(1, bounded(lifetime)))],
                slot: slot, until: .now() + patience)
            return reply == .integer(1)
        }

        /// Ends the connections.
        public func close() async {
            await cluster.close()
        }
    }

    /// For one thing that is asked of Redis, redirections included. A turn asks twice, and must be answered within 3 s.
    private let patience = TimeAmount.milliseconds(1_200)

    extension RedisStore {
        private struct Alarm: Comparable {
            var millisecond: UInt64
            var key: [UInt8]

            static func < (left: Alarm, right: Alarm) -> Bool {
                left.millisecond == right.millisecond
                    ? left.key.lexicographicallyPrecedes(right.key) : left.millisecond < right.millisecond
            }
        }

        private func due(
            limit: Int, in shard: RedisShard, until deadline: NIODeadline
        ) async throws -> [Alarm] {
            let reply = try await cluster.run(
                .due, keys: [shard.alarms], arguments: [decimal(max(1, limit)), shard.rows],
                slot: shard.slot, until: deadline)
            guard case .list(let words) = reply else { throw StoreFault.damaged }
            var alarms: [Alarm] = []
            for place in stride(from: 0, to: words.count - 1, by: 2) {
                guard case .text(let key) = words[place], case .text(let digits) = words[place + 1],
                    let millisecond = number(digits[...])
                else { throw StoreFault.damaged }
                alarms.append(Alarm(millisecond: millisecond, key: key))
            }
            return alarms
        }

        /// Milliseconds since 1970, by the clock of the node that has a slot.
        private func time(slot: Int, until deadline: NIODeadline) async throws -> Int64 {
            let reply = try await cluster.run([Array("TIME".utf8)], slot: slot, until: deadline)
            guard case .list(let words) = reply, words.count == 2, case .text(let seconds) = words[0],
                case .text(let micros) = words[1], let seconds = number(seconds[...]),
                let micros = number(micros[...])
            else { throw StoreFault.damaged }
            return Int64(seconds) &* 1_000 &+ Int64(micros / 1_000)
        }

        /// Asks for a list of texts.
        func texts(
            _ command: RedisCommand, in shard: RedisShard, until deadline: NIODeadline
        ) async throws -> [[UInt8]] {
            guard case .list(let words) = try await cluster.run(command, slot: shard.slot, until: deadline)
            else { throw StoreFault.damaged }
            return try words.map { word in
                guard case .text(let text) = word else { throw StoreFault.damaged }
                return text
            }
        }

        private func programKey(_ hash: [UInt8]) -> (key: [UInt8], slot: Int) {
            let digits = Array("0123456789abcdef".utf8)
            let tag = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
            return (Array("flowc:program:{".utf8) + tag + Array("}".utf8), hashSlot(ofTag: tag))
        }
    }

    /// A row as it lies in Redis; `RedisScript.write` makes it.
    private struct RedisRow {
        static let headBytes = 31

        var revision: UInt64
        /// Milliseconds since 1970; 0: no lease.
        var leaseEnds: Int64
        var bytes: [UInt8]

        init(_ value: [UInt8]) throws(StoreFault) {
            guard value.first == UInt8(ascii: "1") else { throw .newerFormat }
            guard value.count >= Self.headBytes, let revision = number(value[2..<18]),
                let leaseEnds = number(value[18..<Self.headBytes])
            else { throw .damaged }
            self.revision = revision
            self.leaseEnds = Int64(leaseEnds)
            bytes = Array(value[Self.headBytes...])
        }

        /// 16 digits, as the script compares them.
        static func digits(_ revision: UInt64) -> [UInt8] {
            let digits = decimal(Int(truncatingIfNeeded: revision))
            return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 16 - digits.count)) + digits
        }
    }

    /// At most 16 decimal digits.
    func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard (1...16).contains(digits.count) else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// A duration that can be added to any time.
    private func bounded(_ duration: Int) -> Int {
        min(max(duration, 0), Int(Int32.max))
    }
#endif
