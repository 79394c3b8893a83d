import NIOCore
import NIOPosix
import Synchronization

/// Sends calls over several connections, one request in flight on each, until `stop`.
final class Load: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let calls = Atomic(0)
    private let answers = Atomic(0)
    private let refusals = Atomic(0)

    /// Answers with status 200.
    var answered: Int { answers.load(ordering: .relaxed) }
    var refused: Int { refusals.load(ordering: .relaxed) }

    func start(port: Int, connections: Int) async throws {
        for _ in 0..<connections {
            _ = try await ClientBootstrap(group: group)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(LoadHandler(self))
                    }
                }
                .connect(host: "127.0.0.1", port: port)
                .get()
        }
    }

    /// Closes the connections too.
    func stop() async throws {
        try await group.shutdownGracefully()
    }

    fileprivate func nextCall() -> SignedCall {
        SignedCall(number: calls.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    fileprivate func count(isGood: Bool) {
        if isGood {
            answers.wrappingAdd(1, ordering: .relaxed)
        } else {
            refusals.wrappingAdd(1, ordering: .relaxed)
        }
    }
}

/// An answer has come when its document has: all documents end with the same bytes. Another answer ends the connection.
private final class LoadHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let load: Load
    private let end = Array("</Response>".utf8)
    private var call: SignedCall
    /// The next request, made while the server is at the last one.
    private var prepared: ByteBuffer
    private var tail: [UInt8] = []

    init(_ load: Load) {
        self.load = load
        call = load.nextCall()
        prepared = ByteBuffer(bytes: call.nextBytes())
    }

    func channelActive(context: ChannelHandlerContext) {
        send(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView
        if tail.isEmpty, !bytes.starts(with: "HTTP/1.1 200".utf8) {
            load.count(isGood: false)
            return context.close(promise: nil)
        }
        tail += bytes.suffix(end.count)
        tail = tail.suffix(end.count)
        guard tail == end else { return }
        tail = []
        load.count(isGood: true)
        send(context)
    }

    private func send(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(prepared), promise: nil)
        if call.isOver { call = load.nextCall() }
        prepared = ByteBuffer(bytes: call.nextBytes())
    }
}
