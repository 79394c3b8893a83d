import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The provider's REST API as far as flows use it: `POST …/Messages.json` and `…/Calls.json` with Basic credentials, forms in,
/// JSON out, and the failures that it is told to have.
final class ProviderServer: Sendable {
    struct Request: Equatable {
        var path: String
        var authorization: String?
        /// In the order of the form.
        var fields: [String]
    }

    private struct State {
        var requests: [Request] = []
        /// Answers before the usual ones.
        var failures: [(status: Int, body: String)] = []
        var sids = 0
    }

    private let state = Mutex(State())
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    var requests: [Request] { state.withLock { $0.requests } }

    func fail(_ status: Int, code: Int? = nil) {
        let body = code.map { "{\"code\": \($0), \"message\": \"no\", \"status\": \(status)}" } ?? "<html>"
        state.withLock { $0.failures.append((status, body)) }
    }

    func start() async throws -> Int {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(self))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        channel.withLock { $0 = listener }
        return listener.localAddress?.port ?? 0
    }

    func stop() async throws {
        try await channel.withLock { $0 }?.close()
    }

    /// Judges a request as the provider does.
    fileprivate func answer(_ head: HTTPRequestHead, _ body: String) -> (status: Int, body: String) {
        let fields = body.split(separator: "&").map(String.init)
        return state.withLock { state in
            state.requests.append(
                Request(
                    path: head.uri, authorization: head.headers.first(name: "Authorization"), fields: fields))
            if !state.failures.isEmpty { return state.failures.removeFirst() }
            guard head.headers.first(name: "Authorization") == "Basic U0sxOnNlY3JldA==" else {
                return (401, "{\"code\": 20003}")
            }
            let account = "/2010-04-01/Accounts/AC00000000000000000000000000000001/"
            guard head.method == .POST, head.uri.hasPrefix(account) else { return (404, "{\"code\": 20404}") }
            state.sids += 1
            switch head.uri.dropFirst(account.count) {
            case "Messages.json":
                guard fields.contains(where: { $0.hasPrefix("Body=") || $0.hasPrefix("MediaUrl=") }) else {
                    return (400, "{\"code\": 21602}")
                }
                return (201, "{\"sid\": \"SM\(state.sids)\", \"status\": \"queued\"}")
            case "Calls.json":
                guard fields.contains(where: { $0.hasPrefix("Url=") }) else {
                    return (400, "{\"code\": 21205}")
                }
                return (201, "{\"sid\": \"CA\(state.sids)\", \"status\": \"queued\"}")
            default: return (404, "{\"code\": 20404}")
            }
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let server: ProviderServer
        private var head: HTTPRequestHead?
        private var body = ""

        init(_ server: ProviderServer) {
            self.server = server
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (self.head, body) = (head, "")
            case .body(let bytes): body += String(buffer: bytes)
            case .end:
                guard let head else { return }
                let answer = server.answer(head, body)
                var headers = HTTPHeaders([("Content-Type", "application/json")])
                headers.add(name: "Content-Length", value: String(answer.body.utf8.count))
                context.write(
                    wrapOutboundOut(
                        .head(
                            HTTPResponseHead(
                                version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
                        )),
                    promise: nil)
                context.write(
                    wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
