import ArgumentParser

/// The command line: words in, a library's call, lines out.
@main
struct Flowc: AsyncParsableCommand {
    /// As in CHANGELOG.md.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "flowc",
        abstract: "The compiler for phone conversations.",
        discussion: """
            Flows are written in YAML. `check` says what is wrong with them, `talk` is a phone in the terminal, \
            `serve` answers the provider's webhooks.

            Example: flowc check flows && flowc serve flows --insecure
            """,
        version: version,
        subcommands: [
            CheckCommand.self, ExplainCommand.self, FmtCommand.self, BuildCommand.self, DumpCommand.self,
            GraphCommand.self, ExportCommand.self, SchemaCommand.self, TalkCommand.self, ServeCommand.self,
            CallsCommand.self, ReplayCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            Console.printError("flowc: \(failure.message)")
            exit(withError: failure.status.exitCode)
        } catch {
            exit(withError: error)
        }
    }
}
