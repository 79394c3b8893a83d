import AsyncHTTPClient
import FlowRuntime
import FlowWebhook
import Foundation
import NIOCore
import NIOHTTP1
import TwiML

/// A telephone line to a running server: webhooks over HTTP, signed as the provider signs them.
struct ServerLine: Sendable {
    private let token: String?

    init(server: String) throws {
        guard server.hasPrefix("http://") || server.hasPrefix("https://") else {
            throw Failure(.wrongUsage, "--server '\(server)' is no URL such as http://127.0.0.1:8080")
        }
        let tokens = ProcessInfo.processInfo.environment["TWILIO_AUTH_TOKEN"] ?? ""
        token = tokens.split(separator: ",").first.map(String.init)
    }

    var transport: PhoneTransport {
        { [token] request in
            var call = HTTPClientRequest(url: request.requestURL)
            call.method = .RAW(value: request.method.rawValue)
            if let token {
                call.headers.add(name: "X-Twilio-Signature", value: signature(of: request, token: token))
            }
            if !request.body.isEmpty {
                call.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
                call.body = .bytes(ByteBuffer(bytes: request.body))
            }
            let response = try await HTTPClient.shared.execute(call, timeout: .seconds(15))
            let body = try await response.body.collect(upTo: 1 << 20)
            return PhoneResponse(
                status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type"),
                body: Array(body.readableBytesView))
        }
    }
}
