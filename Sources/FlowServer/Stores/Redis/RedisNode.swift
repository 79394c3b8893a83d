#if Redis
    import Logging
    import NIOCore
    import NIOPosix
    import Synchronization

    /// One Redis server, over one connection on which commands don't wait for each other's replies. It is opened when
    /// somebody first asks and opened again, in the background, when it was lost; meanwhile nobody waits in vain.
    final class RedisNode: Sendable {
        /// Commands that are sent together; their replies come together.
        struct Request: Sendable {
            var commands: [RedisCommand]
            var deadline: NIODeadline
            /// Is called once, on any thread.
            var completion: @Sendable (Result<[RedisReply], any Error>) -> Void
        }

        private let eventLoop: any EventLoop
        private let inbox = Mutex<[Request]>([])
        private let link: NIOLoopBoundBox<RedisLink>

        init(_ node: RedisURL.Node, access: RedisAccess, on eventLoop: any EventLoop, logger: Logger) {
            self.eventLoop = eventLoop
            link = .makeBoxSendingValue(
                RedisLink(node, access: access, on: eventLoop, logger: logger), eventLoop: eventLoop)
        }

        /// - Throws: `StoreFault` if the replies don't come until `deadline`.
        func send(_ commands: [RedisCommand], until deadline: NIODeadline) async throws -> [RedisReply] {
            try await withCheckedThrowingContinuation { continuation in
                let request = Request(commands: commands, deadline: deadline) {
                    continuation.resume(with: $0)
                }
                let isFirst = inbox.withLock { inbox in
                    inbox.append(request)
                    return inbox.count == 1
                }
                if isFirst { eventLoop.execute { self.link.value.take(self.takeInbox()) } }
            }
        }

        func close() async {
            try? await eventLoop.submit { self.link.value.shutDown() }.get()
        }

        private func takeInbox() -> [Request] {
            inbox.withLock { inbox in
                defer { inbox = [] }
                return inbox
            }
        }
    }
#endif
