public import FlowRuntime
import NIOCore
public import Tracing

/// Fetches that are counted by host, and traced: each is a span, and what it asks for carries the trace's context.
public struct ObservedFetcher: Fetcher {
    private let fetcher: any Fetcher
    private let metrics: ServerMetrics?
    private let tracer: (any Tracer)?
    private let deployments: Deployments

    /// - Parameters:
    ///   - fetcher: performs the fetches.
    ///   - deployments: their flows and config name the hosts that are shown; others are `other`, for callers may have a part in
    ///     them.
    public init(
        _ fetcher: any Fetcher, deployments: Deployments, metrics: ServerMetrics? = nil,
        tracer: (any Tracer)? = nil
    ) {
        self.fetcher = fetcher
        self.metrics = metrics
        self.tracer = tracer
        self.deployments = deployments
    }

    public func fetch(_ request: FetchRequest) async -> FetchAnswer {
        let host = namedHost(of: request.url)
        guard let tracer else { return await counted(request, host) }
        return await tracer.withSpan("fetch", ofKind: .client) { span in
            span.attributes["http.request.method"] = request.method
            span.attributes["server.address"] = host ?? "other"
            var request = request
            tracer.inject(span.context, into: &request.headers, using: HeaderInjector())
            let answer = await counted(request, host)
            switch answer {
            case .response(let status, _):
                span.attributes["http.response.status_code"] = status
            case .failure(let reason):
                span.attributes["error.type"] = reason.rawValue
                span.setStatus(SpanStatus(code: .error))
            }
            return answer
        }
    }

    /// One that the present flows and their config name.
    private func namedHost(of url: String) -> String? {
        guard let host = fetchHost(url) else { return nil }
        return deployments.present.entries.contains { $0.fetchHosts.contains(host) } ? host : nil
    }

    private func counted(_ request: FetchRequest, _ host: String?) async -> FetchAnswer {
        guard let metrics else { return await fetcher.fetch(request) }
        let start = NIODeadline.now()
        let answer = await fetcher.fetch(request)
        metrics.fetched(host, answer, nanoseconds: (NIODeadline.now() - start).nanoseconds)
        return answer
    }
}

/// Writes a trace's context as headers; one that the flow sets itself stays.
private struct HeaderInjector: Injector {
    func inject(_ value: String, forKey key: String, into headers: inout [FetchRequest.Header]) {
        guard !headers.contains(where: { $0.name.lowercased() == key.lowercased() }) else { return }
        headers.append(FetchRequest.Header(key, value))
    }
}
