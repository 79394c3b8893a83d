import ArgumentParser
import FlowProgram
import FlowRuntime
import FlowServer
import FlowWebhook
import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer the provider's webhooks.",
        discussion: """
            Routes: /voice/FLOW, /sms/FLOW, /status/FLOW, /fallback/FLOW and /health; GET and POST. The number's webhook is \
            PUBLIC-URL/voice/FLOW. From the environment: TWILIO_AUTH_TOKEN, several separated by commas while they \
            rotate, and the flows' config, names in capitals. SIGTERM lets turns in flight finish.

            Example: TWILIO_AUTH_TOKEN=… flowc serve flows --public-url https://flows.example.com
            """)

    @Argument(help: "Flow files or folders, or one file that `flowc build` wrote.")
    var paths: [String] = []

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(
        help: "What the provider calls, such as https://flows.example.com: for signatures and action URLs.")
    var publicURL: String?

    @Option(help: "Where sessions live: memory.")
    var store = "memory"

    @Flag(help: "Take requests without a signature; listens on loopback only.")
    var insecure = false

    @Flag(help: "Believe X-Forwarded-Proto and X-Forwarded-Host; only behind a proxy that always sets them.")
    var trustProxy = false

    @Option(help: "Event loops, each on a thread of its own.")
    var threads = 1

    @Option(help: "A file of NAME=value lines with the flows' config; it goes before the environment.")
    var config: String?

    @Option(help: "A JSON file of canned answers to fetches, for demonstrations without a network.")
    var fetches: String?

    @Option(help: "Where the clock starts, for demonstrations.")
    var at: String?

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port goes from 0 to 65535") }
        guard (1...256).contains(threads) else { throw ValidationError("--threads goes from 1 to 256") }
    }

    func run() async throws {
        try checkStore()
        let programs = try Compiler.programs(at: paths)
        let environment = try Environment.load(file: config)
        let configuration = try webhookConfiguration(environment)
        let logger = Logger(label: "flowc")
        let clock = SettableClock()
        if let at {
            guard let instant = readInstant(at) else {
                throw Failure(.wrongUsage, "--at '\(at)' is no time such as 2026-11-23T10:00:00-05:00")
            }
            clock.set(instant)
        }
        let deployment = try deployment(programs, environment)
        let fetcher = try CommandFetcher(file: fetches, logger: logger)
        let conversation = Conversation(
            deployment: deployment, store: MemoryStore(clock: clock), fetcher: fetcher, clock: clock,
            zones: SystemZoneRules(), baseURL: publicURL ?? "", log: { logger.log($0) })
        let server = try self.server(
            Webhook(conversation: conversation, configuration: configuration), logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [server, Attendant(conversation)], gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger))
        do {
            try await group.run()
        } catch {
            try? await fetcher.shutdown()
            throw Failure(.unavailable, "can't listen on \(host):\(port): \(reason(error))")
        }
        try await fetcher.shutdown()
    }

    private func reason(_ error: any Error) -> String {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: "the port is in use"
        case EADDRNOTAVAIL: "no such address on this machine"
        case EACCES: "not allowed"
        default: "\(error)"
        }
    }

    private func checkStore() throws {
        switch store {
        case "memory": return
        case _
        where store.hasPrefix("sqlite:") || store.hasPrefix("redis://") || store.hasPrefix("rediss://"):
            throw Failure(.unavailable, "--store \(store): this version keeps sessions in memory only")
        default:
            throw Failure(.wrongUsage, "unknown --store '\(store)'; there is memory")
        }
    }

    private func webhookConfiguration(_ environment: [String: String]) throws -> Webhook.Configuration {
        let tokens = (environment["TWILIO_AUTH_TOKEN"] ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        do {
            return try Webhook.Configuration(
                tokens: tokens, publicURL: publicURL, isInsecure: insecure, trustsProxy: trustProxy)
        } catch .noToken {
            throw Failure(
                .unavailable,
                "TWILIO_AUTH_TOKEN isn't set, so no signature can be checked; set it, or use --insecure on this machine"
            )
        } catch {
            throw Failure(.wrongUsage, "--public-url: \(error)")
        }
    }

    private func deployment(
        _ programs: [ProgramFile.Entry], _ environment: [String: String]
    ) throws -> Deployment {
        do {
            return try Deployment(programs, environment: environment)
        } catch {
            throw Failure(.unavailable, error.description)
        }
    }

    private func server(_ webhook: Webhook, _ logger: Logger) throws -> Server {
        do {
            return try Server(
                configuration: ServerConfiguration(host: host, port: port, threads: threads),
                webhook: webhook,
                logger: logger, onListening: { port in Console.print("listening on http://\(host):\(port)") })
        } catch {
            throw Failure(.wrongUsage, "--insecure: \(error)")
        }
    }
}
