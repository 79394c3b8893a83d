import AsyncHTTPClient
import Dispatch
public import FlowRuntime
public import Logging
import NIOCore
import NIOHTTP1
public import ServiceLifecycle

/// Performs the fetches of flows over HTTP. Redirects aren't followed: a 3xx is a status like any other.
public struct HTTPFetcher: Fetcher, Service {
    private let owned: OwnedClient
    private let logger: Logger

    /// Its connections end with `run()` in a service group before the server, with `shutdown()`, or when nobody holds it any more.
    public init(logger: Logger) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // A refused connection is an answer; whether to try again says the flow.
        configuration.connectionPool.retryConnectionEstablishment = false
        owned = OwnedClient(
            HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration))
        self.logger = logger
    }

    /// Waits for graceful shutdown, then ends the client's connections.
    public func run() async throws {
        try? await gracefulShutdown()
        try await shutdown()
    }

    public func shutdown() async throws {
        try await owned.client.shutdown()
    }

    public func fetch(_ request: FetchRequest) async -> FetchAnswer {
        guard let prepared = prepare(request) else {
            logger.warning("fetch refused")
            return .failure(.refused)
        }
        let timeout = Duration.milliseconds(min(max(request.timeout, 1), maxTimeout))
        let answer = await answer(prepared, timeout: timeout, maxBodyBytes: max(0, request.maxBodyBytes))
        log(answer)
        return answer
    }

    /// The deadline is for everything: name, connection, head and body.
    private func answer(
        _ request: HTTPClientRequest, timeout: Duration, maxBodyBytes: Int
    ) async -> FetchAnswer {
        await withTaskGroup(of: FetchAnswer.self) { group in
            group.addTask { await perform(request, timeout: timeout, maxBodyBytes: maxBodyBytes) }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return .failure(.timeout)
            }
            let first = await group.next() ?? .failure(.timeout)
            group.cancelAll()
            return first
        }
    }

    private func perform(
        _ request: HTTPClientRequest, timeout: Duration, maxBodyBytes: Int
    ) async -> FetchAnswer {
        do {
            let response = try await owned.client.execute(
                request, timeout: TimeAmount(timeout), logger: logger)
            let body = try await response.body.collect(upTo: maxBodyBytes)
            return .response(status: Int(response.status.code), body: Array(body.readableBytesView))
        } catch {
            return .failure(reason(error))
        }
    }

    /// Without URL and body: they may hold what callers said.
    private func log(_ answer: FetchAnswer) {
        switch answer {
        case .response(let status, _):
            logger.debug("fetch answered", metadata: ["status": "\(status)"])
        case .failure(let reason):
            logger.warning("fetch failed", metadata: ["reason": "\(reason.rawValue)"])
        }
    }
}

/// Milliseconds. No turn lasts that long; it keeps arithmetic on times from overflowing.
private let maxTimeout = 60_000

private func prepare(_ request: FetchRequest) -> HTTPClientRequest? {
    guard isFetchable(request.url), isMethod(request.method) else { return nil }
    var prepared = HTTPClientRequest(url: request.url)
    prepared.method = HTTPMethod(rawValue: request.method)
    for header in request.headers {
        guard isToken(header.name), isFieldValue(header.value) else { return nil }
        prepared.headers.add(name: header.name, value: header.value)
    }
    if !request.body.isEmpty {
        prepared.body = .bytes(ByteBuffer(bytes: request.body))
    }
    return prepared
}

/// Capital letters, as all methods of flows are.
private func isMethod(_ method: String) -> Bool {
    (1...16).contains(method.utf8.count) && method.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
}

/// What HTTP lets a field be called.
private func isToken(_ name: String) -> Bool {
    let separators = Array("\"(),/:;<=>?@[\\]{}".utf8)
    return !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !separators.contains($0) }
}

/// No line ends and other controls, with which a value could become another header.
private func isFieldValue(_ value: String) -> Bool {
    value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
}

private func reason(_ error: any Error) -> FetchAnswer.Reason {
    if error is NIOTooManyBytesError { return .tooLarge }
    if error is CancellationError { return .timeout }
    guard let error = error as? HTTPClientError else { return .unreachable }
    let timeouts: [HTTPClientError] = [
        .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout, .cancelled,
    ]
    return timeouts.contains(error) ? .timeout : .unreachable
}

/// A client that is left behind ends its connections: the library traps if nobody does.
private final class OwnedClient: Sendable {
    let client: HTTPClient

    init(_ client: HTTPClient) {
        self.client = client
    }

    deinit {
        let client = client
        client.shutdown(queue: .global()) { _ in withExtendedLifetime(client) {} }
    }
}
