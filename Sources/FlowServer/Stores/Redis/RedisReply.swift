#if Redis
    import CHiredis
    import NIOCore

    /// What Redis answers.
    enum RedisReply: Hashable, Sendable {
        case none
        case integer(Int64)
        case text([UInt8])
        case list([RedisReply])
        /// `MOVED 3999 127.0.0.1:6381` and the like.
        case error(String)

        var text: String? {
            if case .text(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
        }
    }

    /// A command: its name and its arguments.
    typealias RedisCommand = [[UInt8]]

    /// Writes a command as the protocol wants it.
    func write(_ command: RedisCommand, to buffer: inout ByteBuffer) throws(StoreFault) {
        let bytes = command.flatMap { $0 }
        let lengths = command.map(\.count)
        let isWritten = bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return false }
            var start = 0
            var words: [UnsafePointer<CChar>?] = lengths.map { length in
                defer { start += length }
                return base + start
            }
            var formatted: UnsafeMutablePointer<CChar>?
            let count = redisFormatCommandArgv(&formatted, Int32(command.count), &words, lengths)
            defer { redisFreeCommand(formatted) }
            guard count > 0, let formatted else { return false }
            buffer.writeBytes(UnsafeRawBufferPointer(start: formatted, count: Int(count)))
            return true
        }
        guard isWritten else { throw .unavailable("no memory for a command") }
    }

    /// Reads replies out of the bytes of a connection.
    final class RedisReplyReader {
        /// More than any reply that we ask for.
        private static let maxReplyBytes = 16 * 1024 * 1024
        private let reader: UnsafeMutablePointer<redisReader>?

        init() { reader = redisReaderCreate() }

        deinit { if let reader { redisReaderFree(reader) } }

        func feed(_ bytes: ByteBuffer) throws(StoreFault) {
            guard let reader, reader.pointee.len - reader.pointee.pos <= Self.maxReplyBytes else {
                throw .unavailable("a reply is too long")
            }
            let status = bytes.withUnsafeReadableBytes {
                redisReaderFeed(reader, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
            }
            guard status == REDIS_OK else { throw .unavailable("no memory for a reply") }
        }

        /// The next whole reply, or nil if more bytes must come.
        func next() throws(StoreFault) -> RedisReply? {
            var object: UnsafeMutableRawPointer?
            guard redisReaderGetReply(reader, &object) == REDIS_OK else {
                throw .unavailable("a reply isn't Redis's protocol")
            }
            guard let object else { return nil }
            defer { freeReplyObject(object) }
            return RedisReply(object.assumingMemoryBound(to: redisReply.self).pointee)
        }
    }

    extension RedisReply {
        /// hiredis refuses replies of more than seven levels.
        fileprivate init(_ reply: redisReply) {
            let bytes = [UInt8](
                UnsafeRawBufferPointer(start: reply.str, count: reply.str == nil ? 0 : reply.len))
            switch reply.type {
            case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: self = .text(bytes)
            case REDIS_REPLY_ERROR: self = .error(String(decoding: bytes, as: UTF8.self))
            case REDIS_REPLY_INTEGER: self = .integer(reply.integer)
            case REDIS_REPLY_ARRAY:
                let elements = UnsafeBufferPointer(start: reply.element, count: reply.elements)
                self = .list(elements.map { element in element.map { RedisReply($0.pointee) } ?? .none })
            default: self = .none
            }
        }
    }
#endif
