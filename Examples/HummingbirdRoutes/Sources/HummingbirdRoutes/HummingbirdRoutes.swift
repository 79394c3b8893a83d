import FlowProgram
import FlowRuntime
import FlowWebhook
import Foundation
import Hummingbird

/// A Hummingbird server with pages of its own, and flows behind `/voice`, `/sms` and the other routes of the provider.
///
///     flowc build flows -o shop.flows
///     TWILIO_AUTH_TOKEN=… HummingbirdRoutes shop.flows 8080 https://flows.example.com
@main
struct HummingbirdRoutes {
    static func main() async throws {
        guard CommandLine.arguments.count == 4, let port = Int(CommandLine.arguments[2]) else {
            print("usage: HummingbirdRoutes FILE PORT PUBLIC-URL")
            exit(64)
        }
        let webhook = try makeWebhook(
            file: URL(fileURLWithPath: CommandLine.arguments[1]), publicURL: CommandLine.arguments[3])

        let router = Router()
        router.get("/") { _, _ in "The shop's own page.\n" }
        router.addFlows(webhook)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { say("listening on http://127.0.0.1:\($0.localAddress?.port ?? port)") })
        try await application.runService()
    }

    static func makeWebhook(file: URL, publicURL: String) throws -> Webhook {
        let environment = ProcessInfo.processInfo.environment
        let deployment = try Deployment(
            ProgramFile(data: Data(contentsOf: file)).programs, environment: environment)
        let conversation = Conversation(
            deployment: deployment, store: MemoryStore(), fetcher: NoFetcher(), baseURL: publicURL)
        return try Webhook(
            conversation: conversation,
            configuration: .init(tokens: [environment["TWILIO_AUTH_TOKEN"] ?? ""], publicURL: publicURL))
    }
}

extension Router {
    /// The provider's routes, GET and POST.
    func addFlows(_ webhook: Webhook) {
        for route in ["voice", "sms", "status", "fallback", "recording", "transcription", "message"] {
            for method in [HTTPRequest.Method.get, .post] {
                on("\(route)/**", method: method) { request, _ in
                    // More than the webhook takes is answered with 413.
                    let body = try await request.body.collect(upTo: 256 * 1024)
                    let answer = await webhook.answer(WebhookRequest(request, body: body))
                    return Response(answer)
                }
            }
        }
    }
}

extension WebhookRequest {
    init(_ request: Request, body: ByteBuffer) {
        // Hummingbird keeps `Host` apart from the other headers.
        let host = request.head.authority.map { [(name: "Host", value: $0)] } ?? []
        self.init(
            method: request.method.rawValue, target: request.uri.string,
            headers: host + request.headers.map { (name: $0.name.rawName, value: $0.value) },
            body: Array(buffer: body))
    }
}

extension Response {
    init(_ answer: WebhookAnswer) {
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPFields.Element.Name(name) { headers[name] = value }
        }
        self.init(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}

/// The flows of this sample fetch nothing; `HTTPFetcher` of FlowServer does it with AsyncHTTPClient.
struct NoFetcher: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}

/// A line on standard output, at once.
func say(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
}
