public import FlowWebhook
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import Synchronization

/// Tells whether a server can answer requests now.
public typealias Readiness = @Sendable () async -> Bool

/// The webhook server: SwiftNIO's HTTP/1 decoder, one connection handler, `Webhook`.
public struct Server: Service {
    private let configuration: ServerConfiguration
    private let webhook: Webhook
    private let readiness: Readiness
    private let metrics: ServerMetrics?
    private let leaving = Leaving()
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// - Parameters:
    ///   - readiness: whether requests can be answered, for `/ready`; such as whether the store answers.
    ///   - metrics: counts the requests; nil counts nothing.
    ///   - onListening: is told the port as soon as connections are taken.
    /// - Throws: `ServerError` if an insecure webhook would be reachable from elsewhere.
    public init(
        configuration: ServerConfiguration, webhook: Webhook, readiness: @escaping Readiness = { true },
        metrics: ServerMetrics? = nil, logger: Logger,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws(ServerError) {
        guard !webhook.isInsecure || configuration.isLoopback else {
            throw .insecureOutsideLoopback(host: configuration.host)
        }
        self.configuration = configuration
        self.webhook = webhook
        self.readiness = readiness
        self.metrics = metrics
        self.logger = logger
        self.onListening = onListening
    }

    /// Whether it wants requests, as `/ready` tells it: for an admin address, or a larger application's own page.
    public func isReady() async -> Bool {
        if leaving.isLeaving.load(ordering: .relaxed) { return false }
        return await readiness()
    }

    /// Serves until graceful shutdown, then finishes what is in flight. When cancelled, it stops at once.
    ///
    /// - Throws: when the address can't be listened on.
    public func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        let connections = Connections(
            limit: configuration.maxConnections, turnLimit: configuration.maxWaitingTurns)
        let listener: any Channel
        do {
            listener = try await bind(group, connections)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        let port = listener.localAddress?.port ?? configuration.port
        logger.notice("listening", metadata: ["host": "\(configuration.host)", "port": "\(port)"])
        onListening(port)
        await stopRequested(listener)
        leaving.isLeaving.store(true, ordering: .relaxed)
        connections.leave()
        if configuration.leave > .zero, !Task.isCancelled {
            logger.notice("leaving")
            // Not cancelled by the shutdown that it belongs to.
            await Task { [configuration] in try? await Task.sleep(for: configuration.leave) }.value
        }
        let isDrained = await stop(
            listener, connections, patience: Task.isCancelled ? .zero : configuration.drain)
        // A turn that ignores its cancellation still needs its event loop: leaving the loop is better than crashing.
        guard isDrained else { return }
        try await group.shutdownGracefully()
    }

    private func bind(
        _ group: MultiThreadedEventLoopGroup, _ connections: Connections
    ) async throws -> any Channel {
        let (webhook, readiness, metrics) = (webhook, readiness, metrics)
        let (configuration, logger) = (configuration, logger)
        return try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try addConnectionHandlers(
                        to: channel, webhook: webhook, readiness: readiness, metrics: metrics,
                        configuration: configuration, connections: connections, logger: logger)
                }
            }
            .bind(host: configuration.host, port: configuration.port)
            .get()
    }

    /// Returns at graceful shutdown, at cancellation, or if the listener closes by itself.
    private func stopRequested(_ listener: any Channel) async {
        let stopped = AsyncStream.makeStream(of: Void.self)
        listener.closeFuture.whenComplete { _ in stopped.continuation.finish() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await gracefulShutdown() }
            group.addTask { for await _ in stopped.stream {} }
            await group.next()
            group.cancelAll()
        }
    }

    /// Takes no more connections, lets each finish the request that it is in, and closes it.
    ///
    /// - Returns: whether everything has ended.
    private func stop(
        _ listener: any Channel, _ connections: Connections, patience: Duration
    ) async -> Bool {
        logger.notice("stopping")
        try? await listener.close()
        connections.quiesce()
        let patience = TimeAmount(patience)
        let abort = listener.eventLoop.scheduleTask(in: patience) { connections.abort() }
        let giveUp = listener.eventLoop.scheduleTask(in: patience + .seconds(5)) { connections.giveUp() }
        let isDrained = await connections.drained()
        abort.cancel()
        giveUp.cancel()
        if isDrained {
            logger.notice("stopped")
        } else {
            logger.error("stopped with turns in flight")
        }
        return isDrained
    }
}

/// Outlives `run()`.
private final class Leaving: Sendable {
    let isLeaving = Atomic(false)
}
