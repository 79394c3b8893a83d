#if Redis
    import Crypto

    /// A script that Redis runs as one step, by the name that it has there.
    struct RedisScript: Sendable {
        let source: [UInt8]
        /// The hexadecimal SHA-1 of the source.
        let name: [UInt8]

        init(_ source: String) {
            self.source = Array(source.utf8)
            name = Insecure.SHA1.hash(data: self.source).flatMap { byte -> [UInt8] in
                let digits = Array("0123456789abcdef".utf8)
                return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }

        func command(keys: [[UInt8]], arguments: [[UInt8]], withSource: Bool = false) -> RedisCommand {
            [Array((withSource ? "EVAL" : "EVALSHA").utf8), withSource ? source : name, decimal(keys.count)]
                + keys + arguments
        }
    }

    func decimal(_ number: Int) -> [UInt8] { Array(String(number).utf8) }

    extension RedisScript {
        /// Compare-and-set of a row, by Redis's own clock.
        ///
        /// A row is kept as text: `1`, `1` if it has an alarm, else `0`, 16 digits of the revision, 13 of the millisecond
        /// that its lease ends at (0: no lease), then the bytes. The revision is the microsecond of the write, or one more
        /// than the one before: it is never used twice, also after the row was gone.
        ///
        /// Keys: the row, the alarms. Arguments: the expected revision or nothing, milliseconds of lifetime, of the lease
        /// or nothing, to the alarm or nothing, the session's key, the bytes. For the journal two keys more: the list of its
        /// conversation, the shard's conversations; and three arguments: the conversation, the entry, milliseconds of lifetime.
        static let write = RedisScript(
            """
            local head = redis.call('GETRANGE', KEYS[1], 0, 17)
            local present = ''
            if #head > 0 then
              if #head < 18 or string.sub(head, 1, 1) ~= '1' then
                return redis.error_reply('FORMAT a newer release wrote this row')
              end
              present = string.sub(head, 3, 18)
            end
            if present ~= ARGV[1] then return false end
            local time = redis.call('TIME')
            local micros = time[1] * 1000000 + time[2]
            local millis = math.floor(micros / 1000)
            if present ~= '' and tonumber(present) >= micros then micros = tonumber(present) + 1 end
            local revision = string.format('%016.0f', micros)
            local lease = '0000000000000'
            if ARGV[3] ~= '' then lease = string.format('%013.0f', millis + ARGV[3]) end
            local alarm = '0'
            if ARGV[4] ~= '' then
              alarm = '1'
              redis.call('ZADD', KEYS[2], string.format('%.0f', millis + ARGV[4]), ARGV[5])
            elseif string.sub(head, 2, 2) == '1' then
              redis.call('ZREM', KEYS[2], ARGV[5])
            end
            if ARGV[2] == '0' then
              redis.call('DEL', KEYS[1])
            else
              redis.call('SET', KEYS[1], '1' .. alarm .. revision .. lease .. ARGV[6], 'PX', ARGV[2])
            end
            if KEYS[3] then
              if redis.call('LLEN', KEYS[3]) < 4096 then
                redis.call('RPUSH', KEYS[3],
                  string.format('%016.0f', micros) .. string.format('%04d', #ARGV[5]) .. ARGV[5] .. ARGV[8])
                redis.call('PEXPIRE', KEYS[3], ARGV[9])
              end
              redis.call('ZADD', KEYS[4], string.format('%.0f', millis), ARGV[7])
              redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', string.format('%.0f', millis - ARGV[9]))
            end
            return revision
            """)

        /// The alarms of a shard that have passed: session key, millisecond, session key, … Those of rows that are gone are
        /// forgotten.
        ///
        /// Keys: the alarms. Arguments: how many at most, and what stands before a session's key in its row's.
        static let due = RedisScript(
            """
            local time = redis.call('TIME')
            local now = string.format('%.0f', math.floor((time[1] * 1000000 + time[2]) / 1000))
            local found = {}
            for _ = 1, 100 do
              local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, ARGV[1])
              for place = 1, #due, 2 do
                if redis.call('GETRANGE', ARGV[2] .. due[place], 1, 1) == '1' then
                  found[#found + 1] = due[place]
                  found[#found + 1] = due[place + 1]
                else
                  redis.call('ZREM', KEYS[1], due[place])
                end
              end
              if #due == 0 or #found > 0 then break end
            end
            return found
            """)
    }
#endif
