public import FlowServer
import Hummingbird
import NIOCore
public import Logging
public import ServiceLifecycle

/// The pages for those who run a server, on an address of their own: `/metrics` for Prometheus, `/health`, `/ready`.
///
/// Nothing is signed here: the address is for a private network, and only it has these pages.
public struct AdminServer: Service {
    private let host: String
    private let port: Int
    private let metrics: PrometheusMetrics
    private let readiness: Readiness
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - readiness: whether the server can answer requests, for `/ready`.
    ///   - onListening: is told the port as soon as connections are taken.
    public init(
        host: String, port: Int, metrics: PrometheusMetrics, readiness: @escaping Readiness,
        logger: Logger, onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.metrics = metrics
        self.readiness = readiness
        self.logger = logger
        self.onListening = onListening
    }

    /// Why it doesn't answer.
    public struct Failure: Error {
        public let underlying: any Error
    }

    /// Answers until graceful shutdown.
    ///
    /// - Throws: `Failure` when the address can't be listened on.
    public func run() async throws {
        let router = Router()
        router.get("health") { _, _ in page("ok") }
        router.get("ready") { [readiness] _, _ in
            await readiness() ? page("ready") : page("not ready", .serviceUnavailable)
        }
        router.get("metrics") { [metrics] _, _ in
            page(metrics.text() + PrometheusMetrics.processText(), type: PrometheusMetrics.contentType)
        }
        // Hummingbird tells every start and stop at info: what is worth telling of it is told by the server.
        var quiet = logger
        quiet.logLevel = .warning
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { [host, logger, onListening] channel in
                let port = channel.localAddress?.port ?? 0
                logger.notice("admin listening", metadata: ["host": "\(host)", "port": "\(port)"])
                onListening(port)
            },
            logger: quiet)
        do {
            try await application.run()
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Failure(underlying: error)
        }
    }
}

private func page(
    _ text: String, _ status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
) -> Response {
    Response(
        status: status, headers: [.contentType: type],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
}
