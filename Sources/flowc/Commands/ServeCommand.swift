import ArgumentParser
import FlowAdmin
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
            rotate, and the flows' config, names in capitals. To send messages and to place calls: TWILIO_ACCOUNT_SID with \
            TWILIO_API_KEY and TWILIO_API_SECRET. With FLOWC_START_TOKEN, POST /start/FLOW begins a conversation. \
            SIGTERM lets turns in flight finish.

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

    @Option(
        help: """
            Where sessions live: memory, sqlite:PATH, redis://HOST:PORT or rediss://HOST:PORT. Left out, it is \
            sqlite:flowc.db; memory with --insecure or --at.
            """)
    var store: String?

    @Flag(help: "Take requests without a signature; listens on loopback only.")
    var insecure = false

    @Flag(help: "Believe X-Forwarded-Proto and X-Forwarded-Host; only behind a proxy that always sets them.")
    var trustProxy = false

    @Option(help: "Event loops, each on a thread of its own.")
    var threads = 1

    @Option(
        help:
            "Seconds that requests are still answered after SIGTERM, while /ready tells load balancers to go elsewhere."
    )
    var leave = 0

    @Option(
        help: """
            What is answered where too many wait already: refuse, with 503, or apology, which a call's first request hears.
            """)
    var shed = ShedForm.refuse

    @Option(help: "text, or json: an object a line, for what collects logs.")
    var logFormat = LogFormat.text

    @Option(help: "A file of NAME=value lines with the flows' config; it goes before the environment.")
    var config: String?

    @Option(
        help: """
            A host in this machine's or a private network that flows may fetch from; several, with the option again.
            """)
    var allowFetch: [String] = []

    @Option(help: "A JSON file of canned answers to fetches, for demonstrations without a network.")
    var fetches: String?

    @Option(
        help: "HOST:PORT for the pages /metrics, /health and /ready, which nobody signs: a private address.")
    var admin: AdminAddress?

    @Option(
        help:
            "An OpenTelemetry collector that gets the traces, by OTLP over HTTP, such as http://127.0.0.1:4318."
    )
    var traces: String?

    @Option(help: "A file that gets what the flows log, a JSON object a line.")
    var logEvents: String?

    @Flag(help: "Log people's numbers as they are; else what flows log has them masked.")
    var showNumbers = false

    @Option(
        help: """
            Days that conversations are kept for `flowc calls` and `flowc replay`, sealed: in a durable store with \
            FLOWC_STORE_KEY 7 if left out. 0 keeps none.
            """)
    var journal: Int?

    @Option(help: "The provider's REST API, for tests.")
    var apiURL = ProviderAPI.standardURL

    @Option(help: "Where the clock starts, for demonstrations.")
    var at: String?

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port goes from 0 to 65535") }
        guard (0...3_600).contains(leave) else { throw ValidationError("--leave goes from 0 to 3600") }
        guard (0...3_650).contains(journal ?? 0) else {
            throw ValidationError("--journal goes from 0 to 3650")
        }
        guard (1...256).contains(threads) else { throw ValidationError("--threads goes from 1 to 256") }
    }

    func run() async throws {
        let address = try storeAddress()
        let programs = try Compiler.programs(at: paths)
        let environment = try Environment.load(file: config)
        let keys = try storeKeys(environment)
        let configuration = try webhookConfiguration(environment, keys: keys)
        if logFormat == .json { LoggingSystem.bootstrap { _ in JSONLog() } }
        let logger = Logger(label: "flowc")
        let clock = SettableClock()
        if let at {
            guard let instant = readInstant(at) else {
                throw Failure(.wrongUsage, "--at '\(at)' is no time such as 2026-11-23T10:00:00-05:00")
            }
            clock.set(instant)
        }
        let deployment = try deployment(programs, environment)
        try Self.checkSecrets(of: deployment, in: address, keys: keys)
        let store = try openStore(address, keys: keys, clock: clock, logger: logger)
        let client = HTTPFetcher(logger: logger, privateHosts: .all)
        let observing = try Observing(isCounted: admin != nil, collector: traces, client: client)
        let fetcher = try CommandFetcher(
            file: fetches, privateHosts: .named(Set(allowFetch)), logger: logger)
        let source = FolderSource(paths: paths, config: config) { deployment in
            try Self.checkSecrets(of: deployment, in: address, keys: keys)
        }
        let journalLifetime = try self.journalLifetime(store)
        let versions = Versions(
            deployment, from: source, keptIn: store.programs, journalLifetime: journalLifetime, logger: logger
        )
        await versions.keep()
        let events = try eventLog(clock)
        var conversation = Conversation(
            deployments: versions.deployments,
            store: observing.observed(store.sessions),
            fetcher: observing.observed(fetcher, of: versions.deployments),
            sender: try sender(for: programs, environment, client, logger), clock: clock,
            zones: SystemZoneRules(), baseURL: publicURL ?? "",
            account: environment["TWILIO_ACCOUNT_SID"] ?? "",
            log: { turn in
                logger.log(turn)
                observing.count(turn)
                if events?.log(turn) == false { logger.error("event not written") }
            })
        conversation.showsNumbers = showNumbers
        conversation.journalLifetime = journalLifetime
        let server = try self.server(
            Webhook(conversation: observing.observed(conversation), configuration: configuration), store,
            observing, logger)
        // They are stopped from the last to the first.
        let admins = observing.services(at: admin, readiness: server.isReady, logger: logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: admins + [server, Attendant(conversation), versions],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch {
            try? await client.shutdown()
            try? await fetcher.shutdown()
            try? await store.close()
            throw cantListen(error)
        }
        try await client.shutdown()
        try await fetcher.shutdown()
        try await store.close()
    }

    private func eventLog(_ clock: any WallClock) throws -> EventLog? {
        guard let logEvents else { return nil }
        do {
            return try EventLog(path: logEvents, clock: clock)
        } catch {
            throw Failure(.unavailable, "--log-events: \(error)")
        }
    }

    /// What sends and places calls; nil if nothing does, and then nothing is needed for it.
    private func sender(
        for programs: [ProgramFile.Entry], _ environment: [String: String], _ client: HTTPFetcher,
        _ logger: Logger
    ) throws -> ProviderAPI? {
        if !(environment["FLOWC_START_TOKEN"] ?? "").isEmpty, publicURL == nil {
            throw Failure(
                .wrongUsage, "FLOWC_START_TOKEN needs --public-url, which the provider is told to call")
        }
        if let credentials = ProviderAPI.Credentials(environment: environment) {
            return ProviderAPI(credentials: credentials, url: apiURL, client: client, logger: logger)
        }
        let need = "set TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET"
        if let sending = programs.first(where: { $0.program.sendsMessages }) {
            throw Failure(.unavailable, "flow '\(sending.program.flow)' sends messages: \(need)")
        }
        if !(environment["FLOWC_START_TOKEN"] ?? "").isEmpty {
            throw Failure(.unavailable, "FLOWC_START_TOKEN lets flows be started: \(need)")
        }
        return nil
    }

    private func cantListen(_ error: any Error) -> Failure {
        if let error = error as? AdminServer.Failure, let admin {
            return Failure(.unavailable, "can't listen on \(admin): \(reason(error.underlying))")
        }
        return Failure(.unavailable, "can't listen on \(host):\(port): \(reason(error))")
    }

    private func reason(_ error: any Error) -> String {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: "the port is in use"
        case EADDRNOTAVAIL: "no such address on this machine"
        case EACCES: "not allowed"
        default: "\(error)"
        }
    }

    private func webhookConfiguration(
        _ environment: [String: String], keys: StoreKeys?
    ) throws -> Webhook.Configuration {
        let tokens = (environment["TWILIO_AUTH_TOKEN"] ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        do {
            return try Webhook.Configuration(
                tokens: tokens, sharedKeys: try sharedKeys(environment), publicURL: publicURL,
                isInsecure: insecure, trustsProxy: trustProxy,
                fingerprintKey: keys?.fingerprintKey, startToken: environment["FLOWC_START_TOKEN"])
        } catch Webhook.ConfigurationError.noToken {
            throw Failure(
                .unavailable,
                "TWILIO_AUTH_TOKEN isn't set, so no signature can be checked; set it, or use --insecure on this machine"
            )
        } catch let error as Webhook.ConfigurationError {
            throw Failure(.wrongUsage, "--public-url: \(error)")
        }
    }

    /// `ID:SECRET`, several with commas between them.
    private func sharedKeys(
        _ environment: [String: String]
    ) throws -> [Webhook.Configuration.SharedKey] {
        try (environment["TWILIO_SHARED_KEYS"] ?? "").split(separator: ",").map { pair in
            let parts = pair.split(separator: ":", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
                throw Failure(
                    .unavailable, "TWILIO_SHARED_KEYS isn't ID:SECRET, several with commas between them")
            }
            return Webhook.Configuration.SharedKey(id: parts[0], secret: parts[1])
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

    private func server(
        _ webhook: Webhook, _ store: OpenStore, _ observing: Observing, _ logger: Logger
    ) throws -> Server {
        do {
            return try Server(
                configuration: ServerConfiguration(
                    host: host, port: port, threads: threads,
                    shed: shed == .apology ? .apologize : .refuse, leave: .seconds(leave)),
                webhook: webhook, readiness: { await store.isThere }, metrics: observing.metrics,
                logger: logger,
                onListening: { port in Console.print("listening on http://\(host):\(port)") })
        } catch {
            throw Failure(.wrongUsage, "--insecure: \(error)")
        }
    }
}

enum ShedForm: String, ExpressibleByArgument, CaseIterable {
    case refuse
    case apology
}

enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
