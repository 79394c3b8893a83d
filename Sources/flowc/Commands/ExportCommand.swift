import ArgumentParser
import FlowExport
import FlowProgram
import FlowRuntime

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what runs without flowc.",
        subcommands: [ExportTwiMLCommand.self, ExportFunctionCommand.self, ExportFallbackCommand.self])
}

struct ExportFallbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fallback",
        abstract: "Static documents for a number's fallback URL.",
        discussion: """
            One document for each flow, channel and language: it says sorry, rings the flow's `fallback` if `defaults` has one, and ends. \
            Hosted anywhere but on the server, it is heard instead of the provider's error message while the server is down. \
            Exit status: 0 all is well, 1 problems in flows or an export that is out of date, 69 a setting is missing or it can't be \
            written.

            Example: flowc export fallback flows -o fallback
            """)

    @OptionGroup var options: ExportOptions

    func run() throws {
        let programs = try options.programs().map(\.program)
        try options.put(
            try options.export { environment in
                try outageDocuments(of: programs, environment: environment)
            })
    }
}

/// What all exports take.
struct ExportOptions: ParsableArguments {
    @Argument(
        help: "Flow files or folders, or one file that `flowc build` wrote; the present folder if left out.")
    var paths: [String] = []

    @Option(help: "Only this flow of those that the paths hold.")
    var flow: String?

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

    func programs() throws -> [ProgramFile.Entry] {
        let all = try Compiler.programs(at: paths)
        let programs = all.filter { flow == nil || $0.program.flow == flow }
        guard programs.isEmpty, let flow else { return programs }
        throw Failure(
            .wrongUsage, "no flow '\(flow)': there are \(all.map(\.program.flow).joined(separator: ", "))")
    }

    func export<Result>(_ make: ([String: String]) throws -> Result) throws -> Result {
        do {
            return try make(Environment.load(file: config))
        } catch let problems as ConfigurationProblems {
            throw Failure(.unavailable, "\(problems)")
        }
    }

    /// Writes, compares or prints the export.
    func put(_ export: Export) throws {
        guard let output else {
            for document in export.documents {
                if export.documents.count > 1 { Console.print("\(document.path):") }
                Console.print(String(decoding: document.bytes, as: UTF8.self))
            }
            return
        }
        let folder = OutputFolder(output)
        do {
            if check {
                let differences = try folder.differences(from: export)
                for line in differences { Console.print(line) }
                if !differences.isEmpty { throw ExitStatus.problems.exitCode }
            } else {
                try folder.write(export, force: force)
                let count = export.documents.count
                let noun = export.kind == .function ? "file" : "document"
                Console.print("\(count) \(noun)\(count == 1 ? "" : "s") in \(output)")
            }
        } catch let problem as ExportProblem {
            throw Failure(.unavailable, "\(problem)")
        }
    }
}
