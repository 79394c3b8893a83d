import AsyncHTTPClient
import Dispatch
public import FlowRuntime
public import Logging
import NIOCore
import NIOHTTP1
public import ServiceLifecycle
import Synchronization

/// Performs the fetches of flows over HTTP. Redirects aren't followed: a 3xx is a status like any other.
///
/// A fetch goes to the public internet only, unless its host is among `PrivateHosts`. The address is judged when the
/// connection is made, before a byte of the request is sent.
public struct HTTPFetcher: Fetcher, Service {
    /// Fetches at a time; one more fails at once.
    private static let maxFetches = 512

    private let guarded: OwnedClient
    private let unguarded: OwnedClient
    private let privateHosts: PrivateHosts
    private let breakers: Breakers
    private let inFlight = InFlight()
    private let logger: Logger

    /// Its connections end with `run()` in a service group before the server, with `shutdown()`, or when nobody holds it any more.
    ///
    /// - Parameter privateHosts: hosts outside the public internet that a fetch may reach.
    public init(logger: Logger, privateHosts: PrivateHosts = .none) {
        self.init(logger: logger, privateHosts: privateHosts, breakers: Breakers())
    }

    init(logger: Logger, privateHosts: PrivateHosts, breakers: Breakers) {
        guarded = OwnedClient(isGuarded: true)
        unguarded = OwnedClient(isGuarded: false)
        self.privateHosts = privateHosts
        self.breakers = breakers
        self.logger = logger
    }

    /// Waits for graceful shutdown, then ends the client's connections.
    public func run() async throws {
        try? await gracefulShutdown()
        try await shutdown()
    }

    public func shutdown() async throws {
        try await guarded.client.shutdown()
        try await unguarded.client.shutdown()
    }

    public func fetch(_ request: FetchRequest) async -> FetchAnswer {
        guard let host = fetchHost(request.url), let prepared = prepare(request) else {
            logger.warning("fetch refused", metadata: ["reason": "the request isn't plain HTTP"])
            return .failure(.refused)
        }
        let client = privateHosts.contains(host) ? unguarded.client : guarded.client
        // An address needs no connection to be judged.
        if client === guarded.client, let address = try? SocketAddress(ipAddress: host, port: 0),
            !isPublic(address)
        {
            logger.warning("fetch refused", metadata: ["host": "\(host)", "reason": "a private address"])
            return .failure(.refused)
        }
        guard inFlight.enter(limit: Self.maxFetches) else {
            logger.warning(
                "fetch failed", metadata: ["host": "\(host)", "reason": "too many fetches at a time"])
            return .failure(.unreachable)
        }
        defer { inFlight.leave() }
        guard breakers.admits(host) else {
            logger.debug("fetch failed", metadata: ["host": "\(host)", "reason": "the host rests"])
            return .failure(.unreachable)
        }
        let timeout = Duration.milliseconds(min(max(request.timeout, 1), maxTimeout))
        let answer = await answer(
            prepared, by: client, timeout: timeout, maxBodyBytes: max(0, request.maxBodyBytes))
        breakers.record(host, isFailure: answer == .failure(.timeout) || answer == .failure(.unreachable))
        log(answer, of: host)
        return answer
    }

    /// The deadline is for everything: name, connection, head and body.
    private func answer(
        _ request: HTTPClientRequest, by client: HTTPClient, timeout: Duration, maxBodyBytes: Int
    ) async -> FetchAnswer {
        await withTaskGroup(of: FetchAnswer.self) { group in
            group.addTask { await perform(request, by: client, timeout: timeout, maxBodyBytes: maxBodyBytes) }
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
        _ request: HTTPClientRequest, by client: HTTPClient, timeout: Duration, maxBodyBytes: Int
    ) async -> FetchAnswer {
        do {
            let response = try await client.execute(
                request, timeout: TimeAmount(timeout), logger: logger)
            let body = try await response.body.collect(upTo: maxBodyBytes)
            return .response(status: Int(response.status.code), body: Array(body.readableBytesView))
        } catch {
            return .failure(reason(error))
        }
    }

    /// Without URL and body: they may hold what callers said.
    private func log(_ answer: FetchAnswer, of host: String) {
        switch answer {
        case .response(let status, _):
            logger.debug("fetch answered", metadata: ["host": "\(host)", "status": "\(status)"])
        case .failure(let reason):
            logger.warning("fetch failed", metadata: ["host": "\(host)", "reason": "\(reason.rawValue)"])
        }
    }
}

/// Milliseconds. No turn lasts that long; it keeps arithmetic on times from overflowing.
private let maxTimeout = 60_000

private func prepare(_ request: FetchRequest) -> HTTPClientRequest? {
    guard isMethod(request.method) else { return nil }
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
    if error is PrivateAddress { return .refused }
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

    init(isGuarded: Bool) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // A refused connection is an answer; whether to try again says the flow.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        if isGuarded {
            // Called once a connection stands, before it is used: the address is the one that the name led to just now.
            configuration.http1_1ConnectionDebugInitializer = judged
            configuration.http2ConnectionDebugInitializer = judged
        }
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }

    deinit {
        let client = client
        client.shutdown(queue: .global()) { _ in withExtendedLifetime(client) {} }
    }
}

@Sendable func judged(_ channel: any Channel) -> EventLoopFuture<Void> {
    guard let address = channel.remoteAddress, isPublic(address) else {
        channel.close(promise: nil)
        return channel.eventLoop.makeFailedFuture(PrivateAddress())
    }
    return channel.eventLoop.makeSucceededVoidFuture()
}

/// Fetches that aren't answered yet.
private final class InFlight: Sendable {
    private let count = Mutex(0)

    func enter(limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}
