// The example of the README: a flow in a Swift server, whatever serves HTTP there.

import FlowProgram
import FlowRuntime
import FlowWebhook
import Foundation

// README begins
func makeWebhook(file: URL, token: String, fetcher: any Fetcher) throws -> Webhook {
    let programs = try ProgramFile(data: Data(contentsOf: file)).programs
    let deployment = try Deployment(programs, environment: ProcessInfo.processInfo.environment)
    let url = "https://flows.example.com"
    let conversation = Conversation(
        deployment: deployment, store: MemoryStore(), fetcher: fetcher, baseURL: url)
    return try Webhook(conversation: conversation, configuration: .init(tokens: [token], publicURL: url))
}
// README ends
