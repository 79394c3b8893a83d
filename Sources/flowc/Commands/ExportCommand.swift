import ArgumentParser
import FlowExport
import FlowProgram
import FlowRuntime

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what runs without flowc.",
        subcommands: [ExportFallbackCommand.self])
}

struct ExportFallbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fallback",
        abstract: "Static documents for a number's fallback URL.",
        discussion: """
            One document for each flow, channel and language: it says sorry, rings the flow's `fallback` if `defaults` has one, and ends. \
            Hosted anywhere but on the server, it is heard instead of the provider's error message while the server is down. \
            Exit status: 0 all is well, 1 problems in flows or an export that is out of date, 69 it can't be written.

            Example: flowc export fallback flows -o fallback
            """)

    @Argument(
        help: "Flow files or folders, or one file that `flowc build` wrote; the present folder if left out.")
    var paths: [String] = []

    @Option(name: [.short, .long], help: "The folder to write; without it the documents are printed.")
    var output: String?

    @Option(help: "A file of settings, NAME=value a line, that go before the environment.")
    var config: String?

    @Flag(help: "Write into a folder that isn't empty: files that its own manifest lists are replaced.")
    var force = false

    @Flag(help: "Write nothing; fail if the folder isn't what would be written.")
    var check = false

    func validate() throws {
        if check, output == nil { throw ValidationError("--check needs the folder: -o DIR") }
    }

    func run() throws {
        let programs = try Compiler.programs(at: paths).map(\.program)
        let export: Export
        do {
            export = try outageDocuments(of: programs, environment: Environment.load(file: config))
        } catch let problems as ConfigurationProblems {
            throw Failure(.unavailable, "\(problems)")
        }
        try export.put(output, force: force, check: check)
    }
}

extension Export {
    /// Writes, compares or prints the export, as the options of the command line say.
    fileprivate func put(_ output: String?, force: Bool, check: Bool) throws {
        guard let output else {
            for document in documents {
                if documents.count > 1 { Console.print("\(document.path):") }
                Console.print(String(decoding: document.bytes, as: UTF8.self))
            }
            return
        }
        let folder = OutputFolder(output)
        do {
            if check {
                let differences = try folder.differences(from: self)
                for line in differences { Console.print(line) }
                if !differences.isEmpty { throw ExitStatus.problems.exitCode }
            } else {
                try folder.write(self, force: force)
                let count = documents.count
                Console.print("\(count) \(count == 1 ? "document" : "documents") in \(output)")
            }
        } catch let problem as ExportProblem {
            throw Failure(.unavailable, "\(problem)")
        }
    }
}
