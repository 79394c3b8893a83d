import ArgumentParser
import CoreMetrics
import FlowAdmin
import FlowRuntime
import FlowServer
import FlowWebhook
import Logging
import ServiceLifecycle

/// What is counted and traced of a server, if anybody wants to see it.
struct Observing {
    private let page: PrometheusMetrics?
    let metrics: ServerMetrics?
    private let tracer: TraceExporter?

    /// - Parameter collector: the URL that traces go to.
    init(isCounted: Bool, collector: String?, client: HTTPFetcher) throws {
        if let collector, !collector.hasPrefix("http://"), !collector.hasPrefix("https://") {
            throw Failure(.wrongUsage, "--traces '\(collector)' is no URL such as http://127.0.0.1:4318")
        }
        tracer = collector.map { TraceExporter(collector: $0, fetcher: client) }
        guard isCounted else {
            (page, metrics) = (nil, nil)
            return
        }
        let page = PrometheusMetrics()
        MetricsSystem.bootstrap(page)
        self.page = page
        metrics = ServerMetrics(factory: page)
    }

    /// One in memory answers at once: it isn't timed.
    func observed(_ store: any SessionStore) -> any SessionStore {
        guard let metrics, !(store is any ImmediateSessionStore) else { return store }
        return MeteredStore(store, metrics: metrics)
    }

    func observed(_ fetcher: any Fetcher, of deployments: Deployments) -> any Fetcher {
        guard metrics != nil || tracer != nil else { return fetcher }
        return ObservedFetcher(fetcher, deployments: deployments, metrics: metrics, tracer: tracer)
    }

    func observed(_ conversation: Conversation) -> any ConversationAnswering {
        guard let tracer else { return conversation }
        return TracedConversation(conversation, tracer: tracer)
    }

    func count(_ turn: TurnLog) {
        metrics?.count(turn)
        if tracer != nil { TracedConversation.note(turn) }
    }

    func services(
        at address: AdminAddress?, readiness: @escaping Readiness, logger: Logger
    ) -> [any Service] {
        var services: [any Service] = tracer.map { [$0] } ?? []
        if let address, let page {
            services.append(
                AdminServer(
                    host: address.host, port: address.port, metrics: page, readiness: readiness,
                    logger: logger
                ) { port in Console.print("admin on http://\(address.host):\(port)") })
        }
        return services
    }
}

/// `127.0.0.1:9090`, `[::1]:9090`
struct AdminAddress: ExpressibleByArgument, CustomStringConvertible {
    let host: String
    let port: Int

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"),
            let port = Int(argument[argument.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = String(argument[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        (self.host, self.port) = (host, port)
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
