import NIOCore
import NIOPosix

/// One connection on which a test writes bytes and reads answers.
struct TestClient {
    struct Answer: Equatable {
        var status: Int
        var headers: [String]
        var body: String
    }

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = ""

    fileprivate init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// The next answer, or nil if the connection ended before it.
    ///
    /// - Parameter hasBody: false for an answer to HEAD.
    mutating func answer(hasBody: Bool = true) async -> Answer? {
        while true {
            if let (answer, rest) = parse(received, hasBody: hasBody) {
                received = rest
                return answer
            }
            guard let bytes = try? await inbound.next() else { return nil }
            received += String(buffer: bytes)
        }
    }
}

func withClient<Result>(
    _ port: Int, _ body: @Sendable (inout TestClient) async throws -> Result
) async throws -> Result where Result: Sendable {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    return try await channel.executeThenClose { inbound, outbound in
        var client = TestClient(inbound, outbound)
        return try await body(&client)
    }
}

/// A turn of a call, as the provider asks for it.
func post(_ flow: String, digits: String, headers: String = "") -> String {
    let body =
        "CallSid=CA00000000000000000000000000000002&AccountSid=AC00000000000000000000000000000001&Digits=\(digits)"
    return """
        POST /voice/\(flow) HTTP/1.1\r
        Host: flows.example.com\r
        Content-Type: application/x-www-form-urlencoded\r
        Content-Length: \(body.utf8.count)\r
        \(headers)\r
        \(body)
        """
}

private func parse(_ text: String, hasBody: Bool) -> (TestClient.Answer, rest: String)? {
    guard let (head, rest) = halves(text, at: "\r\n\r\n") else { return nil }
    let lines = head.split(separator: "\r\n").map(String.init)
    let words = lines[0].split(separator: " ")
    let length = lines.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
    let count = hasBody ? length : 0
    guard rest.utf8.count >= count else { return nil }
    let answer = TestClient.Answer(
        status: Int(words[1]) ?? 0, headers: Array(lines.dropFirst()),
        body: String(decoding: rest.utf8.prefix(count), as: UTF8.self))
    return (answer, String(decoding: rest.utf8.dropFirst(count), as: UTF8.self))
}

private func halves(_ text: String, at separator: String) -> (String, String)? {
    let parts = text.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
}
