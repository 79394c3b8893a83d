import FlowExport
import FlowRuntime
import FlowTestSupport
import Foundation
import TwiML

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A telephone line to an export that is hosted: a static host has its files, and its bin is rendered here.
struct HostedBundle: Sendable {
    static let base = "https://flows.example.com/static"
    static let bin = "https://flows.example.com/twiml/EH00000000000000000000000000000001"

    /// Answers a request for a path and query, such as `/key-menu/start.xml?CallSid=…`.
    typealias Host = @Sendable (PhoneRequest, _ target: String) async throws -> PhoneResponse

    private let dispatcher: String
    private let host: Host

    init(_ export: Export, host: @escaping Host) {
        let bin = export.documents.first { $0.path == "dispatcher.xml" }
        dispatcher = bin.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        self.host = host
    }

    /// By a web server at a port of loopback.
    static func served(at port: Int) -> Host {
        { request, target in
            guard let url = URL(string: "http://127.0.0.1:\(port)\(target)") else {
                throw URLError(.badURL)
            }
            var call = URLRequest(url: url)
            call.httpMethod = request.method.rawValue
            call.httpBody = request.method == .post ? Data(request.body) : nil
            let (body, response) = try await URLSession.shared.data(for: call)
            let http = response as? HTTPURLResponse
            return PhoneResponse(
                status: http?.statusCode ?? 0,
                contentType: http?.value(forHTTPHeaderField: "Content-Type"), body: Array(body))
        }
    }

    /// By nobody: looked up in the export, as strictly.
    static func inMemory(_ export: Export) -> Host {
        let files = Dictionary(uniqueKeysWithValues: export.documents.map { ("/" + $0.path, $0.bytes) })
        return { request, target in
            let path = String(target.prefix { $0 != "?" })
            guard request.method == .get else {
                return PhoneResponse(status: 405, contentType: nil, body: [])
            }
            guard let body = files[path] else {
                return PhoneResponse(status: 404, contentType: nil, body: [])
            }
            return PhoneResponse(status: 200, contentType: "text/xml", body: body)
        }
    }

    var transport: PhoneTransport {
        { [self] request in
            var request = request
            // A number has its VoiceUrl from the manifest, and no status callback.
            if let flow = request.url.firstMatch(of: /\/voice\/([a-z-]+)$/)?.output.1 {
                request = PhoneRequest(
                    method: .get, url: "\(Self.base)/\(flow)/start.xml", parameters: request.parameters)
            }
            if request.url.hasPrefix(Self.bin) { return filled(request) }
            guard request.requestURL.hasPrefix(Self.base) else {
                return PhoneResponse(status: 502, contentType: nil, body: [])
            }
            return try await host(request, String(request.requestURL.dropFirst(Self.base.utf8.count)))
        }
    }

    /// Query and body are one to a bin.
    private func filled(_ request: PhoneRequest) -> PhoneResponse {
        var values = Dictionary(
            request.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        for item in URLComponents(string: request.url)?.queryItems ?? [] { values[item.name] = item.value }
        return PhoneResponse(
            status: 200, contentType: "text/xml", body: Array(BinTemplate.render(dispatcher, values).utf8))
    }
}
