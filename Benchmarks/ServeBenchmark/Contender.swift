import BenchmarkSupport
import FlowRuntime
import FlowServer
import FlowWebhook
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Who serves the same document.
enum Contender: String, CaseIterable {
    /// A route that reads nothing and checks nothing.
    case hummingbird
    /// A handler that reads nothing and checks nothing.
    case nio
    /// Our server, as `flowc serve` runs it: signature, form, the menu flow, memory sessions.
    case flowc

    func serve(onListening: @escaping @Sendable (Int) -> Void) async throws {
        switch self {
        case .hummingbird: try await serveHummingbird(onListening)
        case .nio: try await serveNIO(onListening)
        case .flowc: try await serveFlowc(onListening)
        }
    }
}

func makeWebhook() throws -> Webhook {
    Webhook(
        conversation: MenuFlow.conversation(try MenuFlow.deployment()),
        configuration: try Webhook.Configuration(tokens: [SignedCall.token], publicURL: MenuFlow.baseURL))
}

/// What the flow answers to a key that asks for the menu again.
func menuDocument() throws -> [UInt8] {
    var call = SignedCall(number: 0)
    let webhook = try makeWebhook()
    var document: [UInt8] = []
    for _ in 0..<2 {
        let (target, headers, body) = call.next()
        let request = WebhookRequest(method: "POST", target: target, headers: headers, body: body)
        guard let answer = webhook.answerNow(request), answer.status == 200 else { throw Refused() }
        document = answer.body
    }
    return document
}

private let quiet = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }

private func serveFlowc(_ onListening: @escaping @Sendable (Int) -> Void) async throws {
    let server = try Server(
        configuration: ServerConfiguration(port: 0, threads: 1), webhook: try makeWebhook(), logger: quiet,
        onListening: onListening)
    try await server.run()
}

private func serveHummingbird(_ onListening: @escaping @Sendable (Int) -> Void) async throws {
    let router = Router()
    let body = ByteBuffer(bytes: try menuDocument())
    for path: RouterPath in ["/voice/:flow", "/voice/:flow/:position"] {
        router.post(path) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/xml; charset=utf-8"],
                body: ResponseBody(byteBuffer: body))
        }
    }
    let application = Application(
        router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { onListening($0.localAddress?.port ?? 0) },
        eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)), logger: quiet)
    try await application.run()
}

private func serveNIO(_ onListening: @escaping @Sendable (Int) -> Void) async throws {
    let body = ByteBuffer(bytes: try menuDocument())
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                try channel.pipeline.syncOperations.addHandler(ConstantHandler(body))
            }
        }
        .bind(host: "127.0.0.1", port: 0)
        .get()
    onListening(channel.localAddress?.port ?? 0)
    try await channel.closeFuture.get()
}

private final class ConstantHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let body: ByteBuffer

    init(_ body: ByteBuffer) {
        self.body = body
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        let headers: HTTPHeaders = [
            "Content-Type": "text/xml; charset=utf-8", "Content-Length": String(body.readableBytes),
        ]
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
