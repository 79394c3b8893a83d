import ArgumentParser
import FlowProgram
import FlowRuntime
import FlowServer
import FlowWebhook
import Foundation
import Logging
import TwiML

struct TalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "talk",
        abstract: "A phone in the terminal.",
        discussion: """
            Shows what is said and sent, who is dialled and what is listened for; takes keys, speech, silence, \
            hang-up, texts and outcomes, a line each: call, press 1, say sales, silence, hang up, text Boston, \
            outcome busy, start order=12, recording ready, message delivered. `help` lists what can be done now.

            Example: flowc talk flows/main-menu.yaml --at 2026-11-23T10:00:00-05:00 --config flows/demo.env
            """)

    @Argument(help: "Flow files or folders, or one file that `flowc build` wrote.")
    var paths: [String] = []

    @Option(help: "The flow to call or text; needed where the paths hold several.")
    var flow: String?

    @Option(help: "A file of inputs, or - for standard input; settings at its top go before the options.")
    var script: String?

    @Option(help: "Where the clock starts, such as 2026-11-23T10:00:00-05:00.")
    var at: String?

    @Option(help: "A file of NAME=value lines with the flows' config; it goes before the environment.")
    var config: String?

    @Option(help: "A JSON file of canned answers to fetches, so that no network is needed.")
    var fetches: String?

    @Option(
        help:
            "Call a running server at this URL instead; requests are signed with TWILIO_AUTH_TOKEN if it is set."
    )
    var server: String?

    @Flag(help: "Print each webhook and what came back.")
    var webhooks = false

    @Flag(
        help:
            "Print what answers a sensitive question, too, instead of ****: a transcript that is played again needs it."
    )
    var showSensitive = false

    @Option(help: "The person's number.")
    var from = "+15555550123"

    @Option(help: "The flow's number.")
    var to = "+15555550100"

    func run() async throws {
        let (script, folder) = try loadScript()
        var settings = PhoneSettings(
            base: server ?? PhoneSettings().base, from: from, to: to, identity: identity)
        settings.flow = try script?.settings.flow ?? flow ?? onlyFlow()
        let line = try connect(settings, script: script, folder: folder)
        let transport = webhooks ? traced(line) : line.transport
        if let script {
            await Transcript.play(
                script, phone: settings, transport: transport, setClock: { line.setClock($0) },
                besides: line.besides, masks: !showSensitive,
                show: { Console.print($0) })
        } else {
            await converse(settings, transport: transport, line)
        }
        try await line.fetcher?.shutdown()
    }

    /// Two phones at one server are two callers.
    private var identity: UInt64 { server == nil ? 0 : UInt64.random(in: 1 ... .max) }

    private struct Line {
        var transport: PhoneTransport
        var setClock: @Sendable (Int64) -> Void
        var besides = TalkBesides()
        /// Ended when the talk is over.
        var fetcher: CommandFetcher?
    }

    private func connect(_ settings: PhoneSettings, script: TranscriptScript?, folder: String) throws -> Line
    {
        if let server {
            return Line(transport: try ServerLine(server: server).transport, setClock: { _ in })
        }
        let programs = try Compiler.programs(at: paths)
        guard programs.contains(where: { $0.program.flow == settings.flow }) else {
            throw Failure(.wrongUsage, "no flow '\(settings.flow)'; there is \(names(programs))")
        }
        var environment = try Environment.load(file: config)
        for item in script?.settings.config ?? [] { environment[item.name.uppercased()] = item.value }
        let canned = script?.settings.fetches.map { $0.hasPrefix("/") ? $0 : folder + $0 } ?? fetches
        let start = try at.map { try instant($0) }
        do {
            let deployment = try Deployment(
                programs.filter { $0.program.flow == settings.flow }, environment: environment)
            let fetcher = try CommandFetcher(
                file: canned, privateHosts: .all, logger: Logger(label: "flowc"))
            let line = try LocalLine(deployment, fetcher: fetcher, log: { entry in Self.show(entry) })
            if let start { line.setClock(to: start) }
            return Line(
                transport: line.transport, setClock: { line.setClock(to: $0) }, besides: line.besides,
                fetcher: fetcher)
        } catch let problems as ConfigurationProblems {
            throw Failure(.unavailable, problems.description)
        }
    }

    /// Faults are for the author who talks, not for the caller.
    private static func show(_ entry: TurnLog) {
        for fetch in entry.failedFetches {
            let words = [fetch.reason, fetch.status.map { "status \($0)" }, fetch.detail].compactMap { $0 }
            Console.printError(
                "fetch failed: \(words.joined(separator: ", ")) at \(fetch.location ?? entry.flow)")
        }
        guard let fault = entry.fault else { return }
        let place = fault.location ?? fault.state ?? "operation \(fault.operation)"
        Console.printError("fault: \(fault.reason) at \(place)")
    }

    private func converse(
        _ settings: PhoneSettings, transport: @escaping PhoneTransport, _ line: Line
    ) async {
        var session = TalkSession(
            settings, transport: transport, setClock: { line.setClock($0) }, besides: line.besides)
        if Console.isInteractive {
            Console.print("flow \(settings.flow). Type call or text …, help for more, quit to leave.")
        }
        while true {
            if Console.isInteractive { Console.write("> ", to: .standardOutput) }
            guard let line = readLine(), line != "quit" else { return }
            for answer in await session.take(line) { Console.print("  " + answer) }
        }
    }

    private func traced(_ line: Line) -> PhoneTransport {
        { [showSensitive] request in
            Console.print("--> \(request.method.rawValue) \(request.url)")
            let isMasked = showSensitive ? false : await line.besides.isSensitive(request)
            for parameter in request.parameters {
                let isAnswer = ["Digits", "SpeechResult", "Body"].contains(parameter.name)
                Console.print("    \(parameter.name)=\(isMasked && isAnswer ? "****" : parameter.value)")
            }
            let response = try await line.transport(request)
            Console.print("<-- \(response.status) \(response.contentType ?? "")")
            if !response.body.isEmpty {
                Console.print("    " + String(decoding: response.body, as: UTF8.self))
            }
            return response
        }
    }

    private func loadScript() throws -> (TranscriptScript?, folder: String) {
        guard let script else { return (nil, "") }
        let bytes =
            script == "-"
            ? Array(try FileHandle.standardInput.readToEnd() ?? Data()) : try ProjectFiles.bytes(of: script)
        let (parsed, problems) = TranscriptScript.parse(String(decoding: bytes, as: UTF8.self))
        if !problems.isEmpty {
            throw Failure(.problems, problems.map { "\(script):\($0)" }.joined(separator: "\n"))
        }
        let folder = script.lastIndex(of: "/").map { String(script[...$0]) } ?? ""
        return (parsed, folder)
    }

    private func onlyFlow() throws -> String {
        if server != nil { throw Failure(.wrongUsage, "--server needs --flow") }
        let programs = try Compiler.programs(at: paths)
        let flows = Set(programs.map(\.program.flow))
        guard flows.count == 1, let only = flows.first else {
            throw Failure(.wrongUsage, "which flow? Add --flow with one of: \(names(programs))")
        }
        return only
    }

    private func names(_ programs: [ProgramFile.Entry]) -> String {
        Set(programs.map(\.program.flow)).sorted().joined(separator: ", ")
    }

    private func instant(_ text: String) throws -> Int64 {
        guard let instant = readInstant(text) else {
            throw Failure(.wrongUsage, "--at '\(text)' is no time such as 2026-11-23T10:00:00-05:00")
        }
        return instant
    }
}
