#if Redis
    import FlowRuntime
    import NIOCore

    /// The journal in Redis: a list for each conversation in the shard of each of its sessions, and for each shard a sorted set
    /// of its conversations by when they were written to last.
    extension RedisStore: JournalStore {
        public func conversations(limit: Int) async throws -> [[UInt8]] {
            let found = try await ofAllShards { shard, deadline in
                try await self.texts(
                    [
                        Array("ZREVRANGE".utf8), shard.conversations, decimal(0),
                        decimal(max(1, limit) - 1), Array("WITHSCORES".utf8),
                    ], in: shard, until: deadline)
            }
            var latest: [[UInt8]: UInt64] = [:]
            for words in found {
                for place in stride(from: 0, to: words.count - 1, by: 2) {
                    guard let time = number(words[place + 1][...]) else { throw StoreFault.damaged }
                    latest[words[place]] = max(time, latest[words[place]] ?? 0)
                }
            }
            let sorted = latest.sorted {
                $0.value == $1.value ? $0.key.lexicographicallyPrecedes($1.key) : $0.value > $1.value
            }
            return sorted.prefix(limit).map(\.key)
        }

        public func journal(of conversation: [UInt8]) async throws -> [JournalLine] {
            let found = try await ofAllShards { shard, deadline in
                try await self.texts(
                    [Array("LRANGE".utf8), shard.journals + conversation, decimal(0), decimal(-1)],
                    in: shard, until: deadline)
            }
            return try found.joined().map { try RedisJournalLine($0) }
                .sorted { ($0.micros, $0.line.entry.count) < ($1.micros, $1.line.entry.count) }.map(\.line)
        }

        private func ofAllShards(
            _ ask: @escaping @Sendable (RedisShard, NIODeadline) async throws -> [[UInt8]]
        ) async throws -> [[[UInt8]]] {
            let deadline = NIODeadline.now() + .seconds(10)
            return try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
                for shard in RedisShard.all { group.addTask { try await ask(shard, deadline) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
    }

    /// 16 digits of the microsecond that it was written at, 4 of the length of the session's key, the key, the entry.
    private struct RedisJournalLine {
        var micros: UInt64
        var line: JournalLine

        init(_ bytes: [UInt8]) throws(StoreFault) {
            guard bytes.count >= 20, let micros = number(bytes[..<16]), let length = number(bytes[16..<20]),
                bytes.count >= 20 + Int(length)
            else { throw .damaged }
            let end = 20 + Int(length)
            self.micros = micros
            line = JournalLine(key: SessionKey(bytes: Array(bytes[20..<end])), entry: Array(bytes[end...]))
        }
    }
#endif
