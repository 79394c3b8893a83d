#if Redis
    import Logging
    import NIOCore
    import NIOPosix

    /// The connection of a node, and what to do without one. On one event loop.
    final class RedisLink {
        private enum Phase {
            /// Nobody has asked yet.
            case idle
            /// The first try, or the first after a good connection: who asks waits for it.
            case connecting
            case ready(any Channel)
            /// The last try failed: who asks is told so at once, while the next tries go on.
            case down(String)
            case closed
        }

        /// What was sent and isn't answered yet.
        private struct InFlight {
            var request: RedisNode.Request
            var replies: [RedisReply] = []
        }

        private static let connectPatience = TimeAmount.seconds(1)
        private static let backoff = (first: TimeAmount.milliseconds(50), last: TimeAmount.milliseconds(500))
        /// Requests that may wait for the connection or for replies.
        private static let maxRequests = 16_384

        private let node: RedisURL.Node
        private let access: RedisAccess
        private let eventLoop: any EventLoop
        private let logger: Logger
        private var phase = Phase.idle
        private var waiting: [RedisNode.Request] = []
        private var inFlight = CircularBuffer<InFlight>()
        private var backoff = RedisLink.backoff.first
        /// Counts connections: what an old one still tells is no matter.
        private var generation = 0
        private var isWatching = false

        init(_ node: RedisURL.Node, access: RedisAccess, on eventLoop: any EventLoop, logger: Logger) {
            self.node = node
            self.access = access
            self.eventLoop = eventLoop
            self.logger = logger
        }

        func take(_ requests: [RedisNode.Request]) {
            for request in requests { take(request) }
            if case .ready(let channel) = phase { channel.flush() }
        }

        private func take(_ request: RedisNode.Request) {
            switch phase {
            case .idle:
                waiting.append(request)
                connect()
            case .connecting:
                guard waiting.count < Self.maxRequests else { return fail(request, .overloaded) }
                waiting.append(request)
                watchDeadlines()
            case .ready(let channel):
                guard inFlight.count < Self.maxRequests else { return fail(request, .overloaded) }
                send(request, on: channel)
                watchDeadlines()
            case .down(let reason): fail(request, .unavailable(reason))
            case .closed: fail(request, .unavailable("the store was closed"))
            }
        }

        private func fail(_ request: RedisNode.Request, _ fault: StoreFault) {
            request.completion(.failure(fault))
        }

        private func send(_ request: RedisNode.Request, on channel: any Channel) {
            var bytes = channel.allocator.buffer(capacity: 512)
            do throws(StoreFault) {
                for command in request.commands { try write(command, to: &bytes) }
            } catch {
                return fail(request, error)
            }
            inFlight.append(InFlight(request: request))
            channel.write(bytes, promise: nil)
        }
    }

    // MARK: The connection

    extension RedisLink {
        private func connect() {
            if case .down = phase {} else { phase = .connecting }
            generation += 1
            let generation = generation
            let link = NIOLoopBound(self, eventLoop: eventLoop)
            watchDeadlines()
            ClientBootstrap(group: eventLoop)
                .connectTimeout(Self.connectPatience)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { [access, node] channel in
                    channel.eventLoop.makeCompletedFuture {
                        try access.addTLS(to: channel, host: node.host)
                        try channel.pipeline.syncOperations.addHandler(
                            RedisReplyHandler(link: link.value, generation: generation))
                    }
                }
                .connect(host: node.host, port: node.port)
                .assumeIsolated()
                .whenComplete { result in
                    switch result {
                    case .success(let channel): self.greet(channel, generation)
                    case .failure(let error): self.lost(generation, "\(self.node): \(error)")
                    }
                }
        }

        /// The greeting goes the way of all requests, before those that wait.
        private func greet(_ channel: any Channel, _ generation: Int) {
            guard generation == self.generation, !isClosed else { return channel.close(promise: nil) }
            let link = NIOLoopBound(self, eventLoop: eventLoop)
            let request = RedisNode.Request(
                commands: access.greeting, deadline: .now() + Self.connectPatience
            ) { outcome in
                link.value.greeted(channel, generation, outcome)
            }
            send(request, on: channel)
            channel.flush()
            watchDeadlines()
        }

        private func greeted(
            _ channel: any Channel, _ generation: Int, _ outcome: Result<[RedisReply], any Error>
        ) {
            guard generation == self.generation, !isClosed else { return channel.close(promise: nil) }
            switch outcome {
            case .failure(let error):
                lost(generation, "\(node): \(error)")
                channel.close(promise: nil)
            case .success(let replies):
                for case .error(let words) in replies {
                    lost(generation, "\(node): \(words)")
                    return channel.close(promise: nil)
                }
                if case .down = phase { logger.notice("store is back", metadata: ["node": "\(node)"]) }
                phase = .ready(channel)
                backoff = Self.backoff.first
                let requests = waiting
                waiting = []
                take(requests)
            }
        }

        /// The connection of a generation ended, or never came to be.
        func lost(_ generation: Int, _ reason: String) {
            guard generation == self.generation, !isClosed else { return }
            self.generation += 1
            if case .down = phase {
            } else {
                logger.error("store is unavailable", metadata: ["node": "\(node)", "reason": "\(reason)"])
            }
            if case .ready(let channel) = phase {
                channel.close(promise: nil)
                failAll(.unavailable(reason))
                return connect()
            }
            phase = .down(reason)
            failAll(.unavailable(reason))
            let wait = backoff
            backoff = min(backoff * 2, Self.backoff.last)
            eventLoop.assumeIsolated().scheduleTask(in: wait) {
                if case .down = self.phase { self.connect() }
            }
        }

        func shutDown() {
            let channel: (any Channel)? = if case .ready(let channel) = phase { channel } else { nil }
            phase = .closed
            generation += 1
            channel?.close(promise: nil)
            failAll(.unavailable("the store was closed"))
        }

        private var isClosed: Bool { if case .closed = phase { true } else { false } }

        private func failAll(_ fault: StoreFault) {
            let requests = inFlight.map(\.request) + waiting
            inFlight.removeAll()
            waiting = []
            for request in requests { fail(request, fault) }
        }
    }

    // MARK: Replies

    extension RedisLink {
        func received(_ reply: RedisReply, _ generation: Int) {
            guard generation == self.generation, !inFlight.isEmpty else { return }
            inFlight[inFlight.startIndex].replies.append(reply)
            guard let first = inFlight.first, first.replies.count == first.request.commands.count else {
                return
            }
            inFlight.removeFirst()
            first.request.completion(.success(first.replies))
        }

        /// A reply that is late means that the connection is no good: nobody else waits for it.
        private func watchDeadlines() {
            guard !isWatching else { return }
            isWatching = true
            eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(50)) {
                self.isWatching = false
                let now = NIODeadline.now()
                if let first = self.inFlight.first, first.request.deadline < now {
                    self.lost(self.generation, "\(self.node) doesn't answer")
                }
                while let first = self.waiting.first, first.deadline < now {
                    self.waiting.removeFirst()
                    self.fail(first, .unavailable("\(self.node) can't be reached"))
                }
                if !self.inFlight.isEmpty || !self.waiting.isEmpty { self.watchDeadlines() }
            }
        }
    }

    /// Hands the replies of one connection to its link.
    private final class RedisReplyHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let link: RedisLink
        private let generation: Int
        private let reader = RedisReplyReader()

        init(link: RedisLink, generation: Int) {
            self.link = link
            self.generation = generation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            do throws(StoreFault) {
                try reader.feed(unwrapInboundIn(data))
                while let reply = try reader.next() { link.received(reply, generation) }
            } catch {
                link.lost(generation, "\(error)")
                context.close(promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            link.lost(generation, "the connection ended")
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            link.lost(generation, "\(error)")
            context.close(promise: nil)
        }
    }

    extension RedisURL.Node: CustomStringConvertible {
        public var description: String { "\(host):\(port)" }
    }
#endif
