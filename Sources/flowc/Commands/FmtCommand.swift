import ArgumentParser
import FlowLang
import Foundation

struct FmtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Lay flow files out in one form.",
        discussion: """
            Indentation, blanks, blank lines, quotes and line ends; words, comments and their order stay, and so does what a flow does. \
            A file that can't be read as YAML is left alone. Exit status: 0 all is well, 1 a file can't be read or, with --check, \
            isn't in the form.

            Example: flowc fmt flows --check
            """)

    @ArgumentParser.Argument(
        help:
            "Flow files or folders, or - for standard input to standard output; the present folder if left out."
    )
    var paths: [String] = []

    @Flag(help: "Write nothing, name the files that aren't in the form, and fail if there is one.")
    var check = false

    func run() throws {
        let files = try ProjectFiles.load(paths)
        var fails = false
        for file in files {
            switch format(file) {
            case .unreadable(let diagnostics):
                Compiler.report(diagnostics, in: [file])
                fails = true
            case .formatted(let formatted):
                let isChanged = formatted.bytes != file.bytes
                if check {
                    if isChanged { Console.print(file.name) }
                    fails = fails || isChanged
                } else if file.name == ProjectFiles.standardInput {
                    Console.write(formatted.bytes, to: .standardOutput)
                } else if isChanged {
                    try ProjectFiles.write([formatted])
                    Console.printError("flowc: formatted \(file.name)")
                }
            }
        }
        if fails { throw ExitStatus.problems.exitCode }
    }
}
