import FlowProgram
import FlowRuntime
import FlowServer
import FlowWebhook
import Foundation
import Logging
import ServiceLifecycle

/// A shop's application: its own work, and a server that answers its calls, as services of one group.
///
///     flowc build flows -o shop.flows
///     TWILIO_AUTH_TOKEN=… LargerApplication shop.flows 8080 https://flows.example.com
@main
struct LargerApplication {
    static func main() async throws {
        guard CommandLine.arguments.count == 4, let port = Int(CommandLine.arguments[2]) else {
            print("usage: LargerApplication FILE PORT PUBLIC-URL")
            exit(64)
        }
        let file = URL(fileURLWithPath: CommandLine.arguments[1])
        let publicURL = CommandLine.arguments[3]
        let environment = ProcessInfo.processInfo.environment
        let logger = Logger(label: "shop")

        let deployment = try Deployment(
            ProgramFile(data: Data(contentsOf: file)).programs, environment: environment)
        let fetcher = HTTPFetcher(logger: logger)
        let conversation = Conversation(
            deployment: deployment, store: MemoryStore(), fetcher: fetcher, baseURL: publicURL,
            log: { logger.log($0) })
        let webhook = try Webhook(
            conversation: conversation,
            configuration: .init(tokens: [environment["TWILIO_AUTH_TOKEN"] ?? ""], publicURL: publicURL))
        let server = try Server(
            configuration: ServerConfiguration(port: port), webhook: webhook, logger: logger,
            onListening: { say("listening on http://127.0.0.1:\($0)") })

        // They end from the last to the first: calls in flight may still fetch.
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [Stock(logger: logger), fetcher, server, Attendant(conversation)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        say("closed")
    }
}

/// What the application does besides: here it only says when the shop opens and closes.
struct Stock: Service {
    let logger: Logger

    func run() async throws {
        logger.notice("the shop is open")
        try await gracefulShutdown()
        logger.notice("the shop is closed")
    }
}

/// A line on standard output, at once.
func say(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
}
