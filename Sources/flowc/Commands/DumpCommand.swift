import ArgumentParser
import FlowProgram
import Foundation

struct DumpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "Print programs as readable listings.",
        discussion: """
            Of a listing, each operation has its number and the line that it was written in; `!` marks one before which a silent way stops.

            Example: flowc dump flows/main-menu.yaml
            """)

    @Argument(help: "Flow files or folders, or one file that `flowc build` wrote.")
    var paths: [String] = []

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Option(help: "text, a listing for people; or json, what `flowc build` writes, laid out in lines.")
    var format = Format.text

    func run() throws {
        let programs = try Compiler.programs(at: paths)
        switch format {
        case .text:
            let listings = programs.map { $0.program.listing(sourceMap: $0.sourceMap) }
            Console.write(listings.joined(separator: "\n"), to: .standardOutput)
        case .json:
            let data = try ProgramFile(programs: programs).data(inLines: true)
            Console.write(Array(data) + [UInt8(ascii: "\n")], to: .standardOutput)
        }
    }
}
