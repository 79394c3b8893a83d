import ArgumentParser
import FlowProgram
import Foundation

struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compile flows into one file that `serve` and an embedder load.",
        discussion: "Example: flowc build flows -o acme.flows")

    @Argument(help: "Flow files or folders, or - for standard input; the present folder if left out.")
    var paths: [String] = []

    @Option(name: [.short, .long], help: "The file to write; its name should end in .flows.")
    var output: String

    func run() throws {
        let programs = try Compiler.programs(at: paths)
        let data = try ProgramFile(programs: programs).data()
        do {
            try data.write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw Failure(.unavailable, "can't write \(output)")
        }
        for entry in programs {
            let hash = entry.program.contentHash.prefix(6).map { byte in
                let digits = String(byte, radix: 16)
                return digits.utf8.count == 1 ? "0" + digits : digits
            }.joined()
            Console.print("\(entry.program.flow) (\(entry.program.channel.rawValue)) \(hash)")
        }
    }
}
