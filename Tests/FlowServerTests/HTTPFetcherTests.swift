import FlowRuntime
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import FlowServer

@Suite(.timeLimit(.minutes(1)))
struct HTTPFetcherTests {
    @Test
    func `An answer is its status and body`() async throws {
        let answer = try await fetch(answering: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        #expect(answer == .response(status: 200, body: Array("hi".utf8)))
    }

    @Test(arguments: [301, 302, 307, 308, 404, 500])
    func `Every status is an answer, and redirects aren't followed`(status: Int) async throws {
        let answer = try await fetch(
            answering: "HTTP/1.1 \(status) X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
        #expect(answer == .response(status: status, body: []))
    }

    @Test
    func `What the flow asks for is sent`() async throws {
        let server = try await CannedServer.start(answering: "HTTP/1.1 204 No Content\r\n\r\n")
        let answer = await fetch(
            FetchRequest(
                method: "POST", url: "http://127.0.0.1:\(server.port)/a%20b?c=d",
                headers: [.init("Idempotency-Key", "abc"), .init("Content-Type", "application/json")],
                body: Array("{}".utf8), timeout: 5_000))
        try await server.stop()
        #expect(answer == .response(status: 204, body: []))
        let sent = server.received
        #expect(sent.hasPrefix("POST /a%20b?c=d HTTP/1.1\r\n"))
        #expect(sent.contains("Idempotency-Key: abc\r\n"))
        #expect(sent.contains("Content-Type: application/json\r\n"))
        #expect(sent.contains("Content-Length: 2\r\n") || sent.contains("content-length: 2\r\n"))
    }

    @Test(arguments: ["Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nb\r\n"])
    func `A body beyond the bound is too large`(framing: String) async throws {
        let end = framing.hasPrefix("T") ? "\r\n0\r\n\r\n" : ""
        let answer = try await fetch(
            answering: "HTTP/1.1 200 OK\r\n\(framing)hello world\(end)", maxBodyBytes: 10)
        #expect(answer == .failure(.tooLarge))
    }

    @Test
    func `A body at the bound is taken`() async throws {
        let answer = try await fetch(
            answering: "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world", maxBodyBytes: 11)
        #expect(answer == .response(status: 200, body: Array("hello world".utf8)))
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"])
    func `An answer that doesn't come in time is a timeout`(begun: String) async throws {
        let answer = try await fetch(answering: begun, timeout: 100)
        #expect(answer == .failure(.timeout))
    }

    @Test
    func `A port that nobody listens on is unreachable`() async throws {
        let server = try await CannedServer.start(answering: "")
        try await server.stop()
        let answer = await fetch(
            FetchRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/", timeout: 5_000))
        #expect(answer == .failure(.unreachable))
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", "nonsense", "HTTP/1.1 200 OK\r\n",
    ])
    func `An answer that breaks off is unreachable`(begun: String) async throws {
        let answer = try await fetch(answering: begun, thenClose: true)
        #expect(answer == .failure(.unreachable))
    }

    @Test(arguments: [
        "", "/relative", "ftp://example.com/", "file:///etc/passwd", "http://", "http:///x", "http://a b/",
        "http://user:pass@example.com/", "http://api.example.com\\@127.0.0.1/", "http://example.com:65616/",
        "http://example.com:0/", "http://example.com:/", "http://example.com:8x/", "http://[::1/",
        "http://\u{FF11}\u{FF12}\u{FF17}.0.0.1/", "http://\u{24DB}ocalhost/", "http://exa\u{0}mple.com/",
        "http://example.com/\r\nX: y",
    ])
    func `A URL that could mean another host is refused`(url: String) async {
        #expect(await fetch(FetchRequest(method: "GET", url: url, timeout: 100)) == .failure(.refused))
    }

    @Test(arguments: [
        "http://example.com", "https://example.com/", "https://example.com:8443/a?b=c#d",
        "http://127.0.0.1:80/",
        "http://[::1]:8080/", "https://a-b.example_c.com?x",
    ])
    func `A plain URL may be fetched`(url: String) {
        #expect(fetchHost(url) != nil)
    }

    @Test(arguments: [("A", "b\r\nC: d"), ("A b", "c"), ("", "c"), ("A", "b\0"), ("A:", "b")])
    func `A header that could become another is refused`(name: String, value: String) async {
        let request = FetchRequest(
            method: "GET", url: "http://127.0.0.1:1/", headers: [.init(name, value)], timeout: 100)
        #expect(await fetch(request) == .failure(.refused))
    }

    @Test(arguments: ["", "GET /x", "get", "G\r\nT"])
    func `A method that isn't one is refused`(method: String) async {
        let request = FetchRequest(method: method, url: "http://127.0.0.1:1/", timeout: 100)
        #expect(await fetch(request) == .failure(.refused))
    }

    @Test(arguments: [Int.min, -1, 0, Int.max])
    func `No timeout overflows`(timeout: Int) async throws {
        let server = try await CannedServer.start(answering: "")
        try await server.stop()
        let request = FetchRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/", timeout: timeout)
        let answer = await fetch(request)
        #expect(answer == .failure(.unreachable) || answer == .failure(.timeout))
    }
}

private func fetch(_ request: FetchRequest) async -> FetchAnswer {
    let fetcher = HTTPFetcher(logger: quiet, privateHosts: .named(["127.0.0.1"]))
    let answer = await fetcher.fetch(request)
    try? await fetcher.shutdown()
    return answer
}

private func fetch(
    answering bytes: String, thenClose: Bool = false, timeout: Int = 5_000, maxBodyBytes: Int = 1_000
) async throws -> FetchAnswer {
    let server = try await CannedServer.start(answering: bytes, thenClose: thenClose)
    let answer = await fetch(
        FetchRequest(
            method: "GET", url: "http://127.0.0.1:\(server.port)/", timeout: timeout,
            maxBodyBytes: maxBodyBytes))
    try await server.stop()
    return answer
}

/// Answers whatever comes with the same bytes.
final class CannedServer: Sendable {
    private let channel: any Channel
    private let text: SharedText
    let port: Int

    static func start(answering: String, thenClose: Bool = false) async throws -> CannedServer {
        let received = SharedText()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        CannedHandler(answering: answering, thenClose: thenClose, received: received))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        return CannedServer(channel, received)
    }

    private init(_ channel: any Channel, _ text: SharedText) {
        self.channel = channel
        self.text = text
        port = channel.localAddress?.port ?? 0
    }

    var received: String { text.value.withLock { $0 } }

    func stop() async throws {
        try await channel.close()
    }
}

private final class SharedText: Sendable {
    let value = Mutex("")
}

private final class CannedHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: String
    private let thenClose: Bool
    private let received: SharedText
    private var isAnswered = false

    init(answering answer: String, thenClose: Bool, received: SharedText) {
        self.answer = answer
        self.thenClose = thenClose
        self.received = received
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        let isWhole = received.value.withLock { text in
            text += String(buffer: bytes)
            return text.contains("\r\n\r\n")
        }
        guard isWhole, !isAnswered else { return }
        isAnswered = true
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        if thenClose { context.close(promise: nil) }
    }
}
