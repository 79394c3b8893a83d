import ArgumentParser
import FlowProgram
import Foundation

struct DumpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "Print programs as readable listings.",
        discussion: """
            Each operation has its number and the line that it was written in; `!` marks one before which a silent way stops.

            Example: flowc dump flows/main-menu.yaml
            """)

    @Argument(help: "Flow files or folders, or one file that `flowc build` wrote.")
    var paths: [String] = []

    func run() throws {
        let listings = try Compiler.programs(at: paths).map { $0.program.listing(sourceMap: $0.sourceMap) }
        Console.write(listings.joined(separator: "\n"), to: .standardOutput)
    }
}
