import FlowRuntime
import FlowTestSupport
import Foundation
import Synchronization

/// A telephone line to functions: takes a phone's requests as the platform does, with cookies and a clock that can be set.
final class FunctionLine: Sendable {
    private let host: NodeHost
    private let environment: [String: String]
    private let fetcher: any Fetcher
    private let state = Mutex(State())

    private struct State {
        var now: Int64?
        /// Of each function and pair of numbers.
        var cookies: [String: [String: String]] = [:]
    }

    init(_ host: NodeHost, environment: [String: String], fetcher: any Fetcher) {
        self.host = host
        self.environment = environment
        self.fetcher = fetcher
    }

    func setClock(to instant: Int64) { state.withLock { $0.now = instant } }

    var transport: PhoneTransport { { [self] in try await answer($0) } }

    private func answer(_ request: PhoneRequest) async throws -> PhoneResponse {
        guard let url = URLComponents(string: request.url) else {
            throw NodeHost.Fault(description: request.url)
        }
        // Nothing has to be told of a call's end.
        if url.path.hasPrefix("/status/") { return PhoneResponse(status: 204, contentType: nil, body: []) }
        let query = (url.queryItems ?? []).map { ($0.name, $0.value ?? "") }
        let body = request.parameters.map { ($0.name, $0.value) }
        let numbers = body.filter { $0.0 == "From" || $0.0 == "To" }.map(\.1).joined(separator: " ")
        let jar = "\(url.path) \(numbers)"
        let (now, cookies) = state.withLock { ($0.now, $0.cookies[jar] ?? [:]) }
        let answer = try await host.answer(
            path: url.path, parameters: query + body, cookies: cookies, environment: environment, now: now
        ) { [fetcher] in await fetcher.fetch($0) }
        state.withLock { state in
            for (name, value) in answer.cookies { state.cookies[jar, default: [:]][name] = value }
        }
        return PhoneResponse(
            status: answer.status, contentType: answer.contentType, body: Array(answer.body.utf8))
    }
}
