import FlowRuntime
import FlowWebhook
import Logging
import NIOCore
import NIOHTTP1

/// Adds to a new connection what it takes to answer its requests.
func addConnectionHandlers(
    to channel: any Channel, webhook: Webhook, readiness: @escaping Readiness, metrics: ServerMetrics?,
    configuration: ServerConfiguration, connections: Connections, logger: Logger
) throws {
    let handler = ConnectionHandler(
        webhook: webhook, readiness: readiness, metrics: metrics, configuration: configuration,
        connections: connections, logger: logger)
    var limits = NIOHTTPDecoderLimitConfiguration()
    // A GET carries its parameters in the target, a message of 1,600 characters percent-encoded among them.
    limits.maxHeaderFieldSize = 64 * 1024
    limits.maxHeaderListSize = 128 * 1024
    limits.maxHeaderFieldCount = 100
    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
    try channel.pipeline.syncOperations.addHandlers([
        ArrivalHandler(tells: handler), ByteToMessageHandler(decoder), handler,
    ])
}

/// Tells the connection that bytes came, before they are decoded: a request begins with its first byte.
private final class ArrivalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: ConnectionHandler

    init(tells connection: ConnectionHandler) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.bytesArrived()
        context.fireChannelRead(data)
    }
}

/// One connection: collects a request, has it answered, and takes the next. Requests that come before the answer wait in
/// order, and nothing more is read meanwhile.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Between two requests, or within the head of one.
        case waiting
        case receiving(HTTPRequestHead)
        /// A turn waits for a fetch or the store.
        case answering(HTTPRequestHead)
        /// Answered for the last time: what still comes is dropped, so that the answer gets through.
        case refusing
        case closed
    }

    /// Parts of requests that may wait for the answer to the one before them.
    private static let maxWaitingParts = 256

    private let webhook: Webhook
    private let readiness: Readiness
    private let metrics: ServerMetrics?
    private let timeouts: ServerConfiguration.Timeouts
    private let shed: ServerConfiguration.Shed
    private let connections: Connections
    private let logger: Logger
    private var context: ChannelHandlerContext?
    private var phase = Phase.waiting
    /// Of the request that is being received.
    private var body: [UInt8] = []
    private var waitingParts = CircularBuffer<HTTPServerRequestPart>(initialCapacity: 0)
    private var isHeadBegun = false
    private var isQuiescing = false
    private var isBroken = false
    private var isReadWanted = false
    private var isFlushDue = false
    /// When bytes last came; one look at the clock serves a whole request.
    private var arrival = NIODeadline.now()
    private var deadline = NIODeadline.distantFuture
    /// What is being answered, and since when; for `metrics`.
    private var metered = (request: RequestClass.other, since: NIODeadline.now())
    private var timer: Scheduled<Void>?

    init(
        webhook: Webhook, readiness: @escaping Readiness, metrics: ServerMetrics?,
        configuration: ServerConfiguration, connections: Connections, logger: Logger
    ) {
        self.webhook = webhook
        self.readiness = readiness
        self.metrics = metrics
        timeouts = configuration.timeouts
        shed = configuration.shed
        self.connections = connections
        self.logger = logger
    }
}

// MARK: What comes in

extension ConnectionHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        guard connections.add(context.channel) else {
            logger.warning("connection refused")
            phase = .closed
            context.close(promise: nil)
            return
        }
        deadline = .now() + TimeAmount(timeouts.head)
        watchDeadline(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closed
        waitingParts.removeAll()
        timer?.cancel()
        connections.remove(context.channel)
        context.fireChannelInactive()
    }

    func bytesArrived() {
        arrival = .now()
        if case .waiting = phase, !isHeadBegun {
            isHeadBegun = true
            deadline = arrival + TimeAmount(timeouts.head)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .answering = phase {
            guard waitingParts.count < Self.maxWaitingParts else { return close() }
            waitingParts.append(part)
        } else {
            take(part)
        }
    }

    /// Nothing is read while a turn waits, nor while the other side doesn't take its answers.
    func read(context: ChannelHandlerContext) {
        if case .answering = phase {
            isReadWanted = true
        } else if !context.channel.isWritable {
            isReadWanted = true
        } else {
            context.read()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        readIfWanted()
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isQuiescing = true
        if case .waiting = phase { close() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return close() }
        isBroken = true
        if case .answering = phase { return }
        refuseBroken()
    }
}

// MARK: A request

extension ConnectionHandler {
    private func take(_ part: HTTPServerRequestPart) {
        switch (part, phase) {
        case (.head(let head), .waiting):
            isHeadBegun = false
            phase = .receiving(head)
            body = []
            deadline = arrival + TimeAmount(timeouts.body)
        case (.body(let bytes), .receiving(let head)):
            guard body.count + bytes.readableBytes <= RequestLimits.bodyBytes else {
                return refuse(head, .text(413, "the body is too large"))
            }
            body.append(contentsOf: bytes.readableBytesView)
        case (.end, .receiving(let head)):
            answer(head)
        case (.end, .refusing):
            close()
        case (_, .waiting), (_, .receiving), (_, .answering), (_, .refusing), (_, .closed):
            break
        }
    }

    private func answer(_ head: HTTPRequestHead) {
        metered = (.other, arrival)
        if head.uri == "/ready" { return tellReadiness(head) }
        let request = WebhookRequest(
            method: head.method.rawValue, target: head.uri, headers: head.headers, body: body)
        body = []
        switch webhook.read(request) {
        case .answered(let answer):
            respond(head, answer)
        case .turn(let turn):
            metered.request = RequestClass(turn)
            if let answer = webhook.answerNow(turn) {
                respond(head, answer)
            } else {
                wait(head, turn) { [webhook] in await webhook.answer(turn) }
            }
        case .start(let start):
            metered.request = .start
            wait(head) { [webhook] in await webhook.answer(start) }
        }
    }

    private func tellReadiness(_ head: HTTPRequestHead) {
        body = []
        guard !connections.isLeaving else { return respond(head, .unready("stopping")) }
        wait(head) { [readiness] in
            await readiness() ? .text(200, "ready") : .unready("the store is away")
        }
    }

    /// - Parameter turn: what is asked for, if it is a turn.
    private func wait(
        _ head: HTTPRequestHead, _ turn: Conversation.Request? = nil,
        _ work: @escaping @Sendable () async -> WebhookAnswer
    ) {
        guard let context else { return }
        phase = .answering(head)
        deadline = arrival + TimeAmount(timeouts.answer)
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        let isStarted = connections.start {
            let answer = await work()
            connection.eventLoop.execute { connection.value.turnAnswered(answer) }
        }
        // More than can be answered in time: the provider asks again, or elsewhere.
        if !isStarted { respond(head, turnedAway(turn)) }
    }

    private func turnedAway(_ turn: Conversation.Request?) -> WebhookAnswer {
        guard case .apologize = shed, let turn else { return WebhookAnswer(.busy) }
        return webhook.excuse(for: turn) ?? WebhookAnswer(.busy)
    }

    private func turnAnswered(_ answer: WebhookAnswer) {
        // Whoever asked may be gone, or was told that it takes too long.
        guard case .answering(let head) = phase else { return }
        arrival = .now()
        respond(head, answer)
        takeWaitingParts()
        readIfWanted()
    }

    /// In a loop, not by recursion: a client may have sent many requests at once.
    private func takeWaitingParts() {
        while let part = waitingParts.first {
            if case .answering = phase { return }
            waitingParts.removeFirst()
            take(part)
        }
        if isBroken { refuseBroken() }
    }

    private func readIfWanted() {
        guard isReadWanted, let context, context.channel.isWritable else { return }
        if case .answering = phase { return }
        isReadWanted = false
        context.read()
    }
}

// MARK: An answer

extension ConnectionHandler {
    private func respond(_ head: HTTPRequestHead, _ answer: WebhookAnswer) {
        if answer.status >= 400 { logRefusal(answer) }
        guard head.isKeepAlive, head.version == .http1_1, !head.endsDecoding, !isQuiescing else {
            return respondForTheLastTime(head, answer, thenClose: true)
        }
        phase = .waiting
        isHeadBegun = false
        deadline = arrival + TimeAmount(timeouts.idle)
        guard let context else { return }
        context.write(wrapOutboundOut(bytes(of: answer, to: head, isLast: false)), promise: nil)
        flushSoon(context)
    }

    /// After what else the event loop has read by now is answered: answers that leave together cost the kernel and who reads
    /// them fewer wake-ups.
    private func flushSoon(_ context: ChannelHandlerContext) {
        guard !isFlushDue else { return }
        isFlushDue = true
        context.eventLoop.assumeIsolated().execute {
            self.isFlushDue = false
            self.context?.flush()
        }
    }

    /// Answers before the request has ended.
    private func refuse(_ head: HTTPRequestHead, _ answer: WebhookAnswer) {
        metered = (.other, arrival)
        logRefusal(answer)
        respondForTheLastTime(head, answer, thenClose: false)
    }

    private func refuseBroken() {
        switch phase {
        case .waiting, .receiving:
            let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
            metered = (.other, arrival)
            logRefusal(.text(400, "the request isn't HTTP"))
            respondForTheLastTime(head, .text(400, "the request isn't HTTP"), thenClose: true)
        case .answering, .refusing, .closed: break
        }
    }

    private func respondForTheLastTime(_ head: HTTPRequestHead, _ answer: WebhookAnswer, thenClose: Bool) {
        phase = .refusing
        deadline = .now() + .seconds(2)
        guard let context else { return }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(bytes(of: answer, to: head, isLast: true)), promise: written)
        guard thenClose else { return }
        written.futureResult.assumeIsolated().whenComplete { _ in self.close() }
    }

    private func bytes(of answer: WebhookAnswer, to head: HTTPRequestHead, isLast: Bool) -> ByteBuffer {
        if let metrics {
            let duration = NIODeadline.now() - metered.since
            metrics.answered(
                metered.request, status: answer.status, nanoseconds: duration.nanoseconds)
        }
        var bytes = context?.channel.allocator.buffer(capacity: answer.body.count + 160) ?? ByteBuffer()
        bytes.writeStaticString("HTTP/1.1 ")
        bytes.writeString(String(answer.status))
        bytes.writeStaticString(" ")
        bytes.writeString(HTTPResponseStatus(statusCode: answer.status).reasonPhrase)
        bytes.writeStaticString("\r\n")
        for (name, value) in answer.headers {
            bytes.writeString(name)
            bytes.writeStaticString(": ")
            bytes.writeString(value)
            bytes.writeStaticString("\r\n")
        }
        if isLast { bytes.writeStaticString("Connection: close\r\n") }
        bytes.writeStaticString("\r\n")
        if head.method != .HEAD { bytes.writeBytes(answer.body) }
        return bytes
    }

    private func close() {
        phase = .closed
        waitingParts.removeAll()
        context?.close(promise: nil)
    }

    /// The reasons are our own words; nothing of the request is in them.
    private func logRefusal(_ answer: WebhookAnswer) {
        logger.info(
            "request refused",
            metadata: [
                "status": "\(answer.status)", "reason": "\(String(decoding: answer.body, as: UTF8.self))",
            ])
    }
}

extension WebhookAnswer {
    fileprivate static func unready(_ reason: String) -> WebhookAnswer {
        .text(503, reason, header: ("Retry-After", "1"))
    }
}

extension HTTPRequestHead {
    /// Behind a request for another protocol or a tunnel the decoder takes nothing more.
    fileprivate var endsDecoding: Bool { method == .CONNECT || headers.contains(name: "Upgrade") }
}

// MARK: Time

extension ConnectionHandler {
    /// Looks now and then whether the deadline has passed: cheaper than a timer for each request.
    private func watchDeadline(_ context: ChannelHandlerContext) {
        let shortest = min(timeouts.head, timeouts.body, timeouts.answer, timeouts.idle)
        let interval = min(TimeAmount.seconds(1), max(.milliseconds(10), TimeAmount(shortest / 4)))
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: interval) {
            guard let context = self.context else { return }
            self.checkDeadline()
            if case .closed = self.phase { return }
            self.watchDeadline(context)
        }
    }

    private func checkDeadline() {
        guard deadline < .now() else { return }
        switch phase {
        case .waiting where !isHeadBegun:
            close()
        case .waiting, .receiving, .refusing, .closed:
            logger.info("connection timed out")
            close()
        case .answering(let head):
            logger.warning("turn timed out")
            waitingParts.removeAll()
            respondForTheLastTime(head, WebhookAnswer(.busy), thenClose: true)
        }
    }
}
