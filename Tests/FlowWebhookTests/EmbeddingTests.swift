import Crypto
import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowTestSupport
import FlowWebhook
import Foundation
import Testing

@Suite("Embedding")
struct EmbeddingTests {
    @Test("A server that embeds a built flow answers what is signed, and nothing else")
    func embedded() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).flows")
        defer { try? FileManager.default.removeItem(at: file) }
        try builtFlow("flows/key-menu.yaml").write(to: file)
        let webhook = try makeWebhook(file: file, token: "12345", fetcher: NoFetcher())

        let form = [
            ("AccountSid", "AC00000000000000000000000000000001"),
            ("CallSid", "CA00000000000000000000000000000002"), ("CallStatus", "ringing"),
            ("From", "+15555550123"), ("To", "+15555550100"),
        ]
        let answer = await webhook.answer(request("/voice/key-menu", form, token: "12345"))
        let document = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.status == 200)
        #expect(answer.headers.contains { $0.name == "Content-Type" && $0.value.hasPrefix("text/xml") })
        #expect(document.contains("<Say>Riverside Clinic.</Say>"))
        #expect(document.contains("action=\"https://flows.example.com/voice/key-menu/1.0"))

        let announced = await webhook.answer(
            request("/voice/key-menu/1.0", form + [("Digits", "4")], token: "12345"))
        #expect(String(decoding: announced.body, as: UTF8.self).contains("12 River Road"))

        #expect(await webhook.answer(request("/voice/key-menu", form, token: "other")).status == 403)
    }

    private func builtFlow(_ path: String) throws -> Data {
        let source = Repository.file(path)
        let compilation = compile(
            [SourceFile(id: 0, name: source.name, bytes: source.bytes)],
            options: CompilerOptions(knowsTimezone: { _ in true }))
        #expect(!compilation.hasErrors)
        return try ProgramFile(programs: compilation.programs).data()
    }

    /// As any HTTP server hands it over.
    private func request(_ path: String, _ form: [(String, String)], token: String) -> WebhookRequest {
        let text =
            "https://flows.example.com" + path
            + form.sorted { $0.0 < $1.0 }.map { $0.0 + $0.1 }.joined()
        let code = HMAC<Insecure.SHA1>.authenticationCode(
            for: Data(text.utf8), using: SymmetricKey(data: Data(token.utf8)))
        return WebhookRequest(
            method: "POST", target: path,
            headers: [
                (name: "Content-Type", value: "application/x-www-form-urlencoded"),
                (name: "X-Twilio-Signature", value: Data(code).base64EncodedString()),
            ], body: Array(encodeForm(form).utf8))
    }
}

/// The flow of this test fetches nothing.
private struct NoFetcher: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}
