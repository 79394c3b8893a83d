import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowWebhook
import Synchronization
import Testing

/// A flow behind a webhook that takes what is unsigned, as a provider meets it: bytes in, bytes out.
final class CompiledFlow: Sendable {
    private let webhook: Webhook
    private let fetcher = RecordingFetcher()
    private let path: String
    private let sid: String

    init(_ text: String, environment: [String: String] = [:]) throws {
        let source = SourceFile(id: 0, name: "flow.yaml", bytes: Array(text.utf8))
        let compilation = compile([source], options: CompilerOptions(knowsTimezone: { _ in true }))
        let problems = DiagnosticRenderer(files: [source]).render(compilation.diagnostics)
        let program = try #require(compilation.programs.first, "\(problems)")
        let conversation = Conversation(
            deployment: try Deployment([program], environment: environment), store: MemoryStore(),
            fetcher: fetcher, baseURL: "https://flows.example.com")
        webhook = Webhook(
            conversation: conversation, configuration: try Webhook.Configuration(isInsecure: true))
        path = "/\(program.program.channel.rawValue)/\(program.program.flow)"
        sid = program.program.channel == .voice ? "CallSid=CA" : "MessageSid=SM"
    }

    /// What was fetched until now.
    var fetched: [FetchRequest] { fetcher.requests.withLock { $0 } }

    /// - Parameters:
    ///   - form: what the provider sends besides the ids and numbers, percent-encoded already.
    ///   - position: such as `1.0`; the entry if left out.
    func answer(_ form: String, at position: String? = nil) async -> WebhookAnswer {
        let id = String(repeating: "0", count: 32)
        let head = "\(sid)\(id)&AccountSid=AC00000000000000000000000000000001&To=%2B15555550100"
        let from = form.hasPrefix("From=") || form.contains("&From=") ? "" : "&From=%2B15555550123"
        return await send(path + (position.map { "/" + $0 } ?? ""), "\(head)\(from)&\(form)")
    }

    /// - Parameters:
    ///   - target: such as `/assignment/NAME`.
    ///   - form: what the provider sends besides the account.
    func post(_ target: String, _ form: String) async -> WebhookAnswer {
        await send(target, "AccountSid=AC00000000000000000000000000000001&\(form)")
    }

    private func send(_ target: String, _ body: String) async -> WebhookAnswer {
        await webhook.answer(
            WebhookRequest(
                method: "POST", target: target,
                headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                body: Array(body.utf8)))
    }
}

/// Answers `{}` to everything.
private final class RecordingFetcher: Fetcher {
    let requests = Mutex<[FetchRequest]>([])

    func fetch(_ request: FetchRequest) async -> FetchAnswer {
        requests.withLock { $0.append(request) }
        return .response(status: 200, body: Array("{}".utf8))
    }
}
