import ArgumentParser
import FlowProgram
import FlowRuntime
import FlowServer
import Foundation

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Make a conversation of the journal again, and compare each document to the byte.",
        discussion: """
            Without paths on the version that it ran on, with the settings that it ran with; with paths on the flows there, \
            and on the settings of now. It ends at the first difference, with status 1. Services aren't asked: they answer \
            what they answered. Secret settings come from the environment.

            Example: flowc replay CA0000000000000000000000000000000a flows
            """)

    @Argument(
        help: "The CallSid, or the MessageSid of a text conversation's first message: see `flowc calls`.")
    var conversation: String

    @Argument(
        help: "Flow files or folders, or one file that `flowc build` wrote: the version to compare with.")
    var paths: [String] = []

    @OptionGroup var journal: JournalOptions

    @Option(help: "A file of NAME=value lines with the flows' config; it goes before the environment.")
    var config: String?

    func run() async throws {
        let environment = try Environment.load(file: config)
        let other = try paths.isEmpty ? nil : deployment(environment)
        try await journal.withJournal { store, programs in
            let entries = try await store.recorded(Array(conversation.utf8))
            guard !entries.isEmpty else {
                throw Failure(.noSuchFile, "no conversation \(conversation) in the journal")
            }
            let replay = Replay { key, entry in
                if let other {
                    guard let parts = key.parts else { return nil }
                    return other.entry(flow: parts.flow, channel: parts.channel)
                }
                guard let bytes = try await programs.program(entry.programHash),
                    let file = try? ProgramFile(data: Data(bytes)), let program = file.programs.first
                else { return nil }
                return Deployment.Entry(program, recorded: entry.config, environment: environment)
            }
            let steps: [Replay.Step]
            do {
                steps = try await replay.play(entries)
            } catch ReplayFault.noProgram {
                throw Failure(
                    .unavailable,
                    other == nil
                        ? "the version that it ran on isn't kept any more; name flows to replay it on"
                        : "there is no such flow in \(paths.joined(separator: " "))")
            }
            let report = ReplayReport(steps, showsNumbers: journal.showNumbers)
            for line in report.lines { Console.print(line) }
            if !report.isSame { throw Failure(.problems, "not the same") }
        }
    }

    private func deployment(_ environment: [String: String]) throws -> Deployment {
        do {
            return try Deployment(Compiler.programs(at: paths), environment: environment)
        } catch let problems as ConfigurationProblems {
            throw Failure(.unavailable, problems.description)
        }
    }
}
