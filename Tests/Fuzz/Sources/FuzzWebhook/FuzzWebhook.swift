import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowRuntime
import FlowWebhook
import Foundation
import Fuzzing

/// Request bytes → signature → form → event → answer. The first line is the target, the second the type of the body, the
/// rest the body.
@main
enum FuzzWebhook {
    static func main() {
        exit(
            fuzz { data, size in
                let parts = input(data, size).split(
                    separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
                let request = WebhookRequest(
                    method: size % 4 == 0 ? "GET" : "POST", target: text(parts.first ?? []),
                    headers: [
                        (name: "Content-Type", value: text(parts.count > 1 ? parts[1] : [])),
                        (name: "Host", value: "example.com"),
                        (name: "X-Twilio-Signature", value: "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
                    ], body: parts.count > 2 ? Array(parts[2]) : [])
                for webhook in webhooks {
                    guard let answer = webhook.answerNow(request) else { continue }
                    check(answer)
                    guard webhook.isInsecure, let again = webhook.answerNow(request) else { continue }
                    if again.status != answer.status || again.body != answer.body { stop("another answer") }
                }
                return 0
            })
    }
}

private func check(_ answer: WebhookAnswer) {
    guard answer.status == 200, answer.headers.contains(where: { $0.value.hasPrefix("text/xml") }) else {
        if !(200...499).contains(answer.status) { stop("status \(answer.status)") }
        return
    }
    let problem = DocumentRules.problem(in: answer.body, of: .voice)
    if problem != nil, DocumentRules.problem(in: answer.body, of: .sms) != nil { stop(problem ?? "") }
}

private func stop(_ reason: String) {
    FileHandle.standardError.write(Data((reason + "\n").utf8))
    abort()
}

private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// One that takes every request, and one that takes none.
private let webhooks: [Webhook] = {
    let flow = """
        flow: test
        channel: [voice, sms]
        params: {Greeting: text?}
        steps:
          - say: Hello ${Greeting ?? 'you'}.
          - ask: What is it?
            as: text
            into: it
            otherwise: end
          - say: It is ${it}.
          - end
        """
    let programs = compile(
        [SourceFile(id: 0, name: "test.yaml", bytes: Array(flow.utf8))],
        options: CompilerOptions(knowsTimezone: { _ in true })
    ).programs
    guard let deployment = try? Deployment(programs, environment: [:]),
        let open = try? Webhook.Configuration(isInsecure: true, fingerprintKey: [1, 2, 3]),
        let closed = try? Webhook.Configuration(tokens: ["12345"])
    else { return [] }
    return [open, closed].map { configuration in
        Webhook(
            conversation: Conversation(
                deployment: deployment, store: MemoryStore(), fetcher: NoFetcher(), clock: SystemWallClock(),
                zones: SystemZoneRules(), baseURL: "https://example.com", log: { _ in }),
            configuration: configuration)
    }
}()

private struct NoFetcher: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}
