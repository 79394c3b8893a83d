#if Redis
    /// Where a cluster keeps a key: CRC-16 (XMODEM) of what stands between its first braces, modulo 16,384 (Redis Cluster
    /// specification, "Hash tags").
    func hashSlot(ofTag tag: some Sequence<UInt8>) -> Int {
        Int(checksum(tag) & 0x3FFF)
    }

    func checksum(_ bytes: some Sequence<UInt8>) -> UInt16 {
        var sum: UInt16 = 0
        for byte in bytes {
            sum ^= UInt16(byte) << 8
            for _ in 0..<8 {
                sum = sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x1021
            }
        }
        return sum
    }

    /// A part of the sessions with its alarms: all keys of a session have the hash tag of its shard, so that one script may
    /// touch them, and there are so few tags that all alarms are found by asking each.
    struct RedisShard: Sendable {
        static let count = 64
        /// Spread evenly over the slots, whatever part of them a node has.
        static let all: [RedisShard] = (0..<count).map { number in
            let width = 16_384 / count
            var suffix = 0
            while true {
                let tag = Array(String(suffix).utf8)
                let slot = hashSlot(ofTag: tag)
                if slot / width == number { return RedisShard(tag: tag, slot: slot) }
                suffix += 1
            }
        }

        let slot: Int
        /// `flowc:{TAG}:session:`, before the session's key.
        let rows: [UInt8]
        /// A sorted set of the sessions' keys, by when their alarms go off.
        let alarms: [UInt8]
        /// `flowc:{TAG}:journal:`, before a conversation.
        let journals: [UInt8]
        /// A sorted set of the conversations in the journals, by when they were written to last.
        let conversations: [UInt8]

        private init(tag: [UInt8], slot: Int) {
            self.slot = slot
            let start = Array("flowc:{".utf8) + tag
            rows = start + Array("}:session:".utf8)
            alarms = start + Array("}:alarms".utf8)
            journals = start + Array("}:journal:".utf8)
            conversations = start + Array("}:conversations".utf8)
        }

        static func of(_ key: [UInt8]) -> RedisShard {
            all[Int(checksum(key)) % count]
        }
    }
#endif
