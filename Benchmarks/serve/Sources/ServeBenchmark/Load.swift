import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Keeps one request in flight on each connection; counts the answers of 3 seconds, after half a second to warm up.
func requestsPerSecond(port: Int, connections: Int) async throws -> Double {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let answers = Answers()
    var channels: [any Channel] = []
    for _ in 0..<connections {
        let channel = try await ClientBootstrap(group: group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LoadHandler(counting: answers))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .get()
        channels.append(channel)
    }
    try await Task.sleep(for: .milliseconds(500))
    let start = (ContinuousClock.now, answers.count)
    try await Task.sleep(for: .seconds(3))
    let elapsed = start.0.duration(to: .now)
    let count = answers.count - start.1
    for channel in channels { try? await channel.close() }
    try await group.shutdownGracefully()
    guard count > 0 else { throw Refused() }
    return Double(count) / (elapsed / .seconds(1))
}

private final class Answers: Sendable {
    private let number = Atomic(0)

    var count: Int { number.load(ordering: .relaxed) }

    func add() {
        number.wrappingAdd(1, ordering: .relaxed)
    }
}

/// An answer has come when its document has: all answers end with the same bytes.
private final class LoadHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answers: Answers
    private let request = ByteBuffer(bytes: SignedRequest.bytes)
    private let end = Array("</Response>".utf8)
    private var tail: [UInt8] = []

    init(counting answers: Answers) {
        self.answers = answers
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        tail += unwrapInboundIn(data).readableBytesView.suffix(end.count)
        tail = tail.suffix(end.count)
        guard tail == end else { return }
        tail = []
        answers.add()
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }
}
