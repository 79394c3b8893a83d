import ArgumentParser
import FlowCompiler
import FlowLang

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with flows.",
        discussion: """
            Diagnostics go to standard error as `file:line:column: error[code]: headline` with an excerpt. \
            Exit status: 0 clean, 1 problems, 64 wrong usage, 66 no such file.

            Example: flowc check flows
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @ArgumentParser.Argument(
        help: "Flow files or folders, or - for standard input; the present folder if left out.")
    var paths: [String] = []

    @Option(
        help:
            "How diagnostics are printed: text on standard error, or json, one object a line, on standard output."
    )
    var format = Format.text

    @Flag(help: "Warnings fail, too.")
    var strict = false

    func run() throws {
        let files = try ProjectFiles.load(paths)
        let diagnostics = Compiler.compile(files).diagnostics
        switch format {
        case .text:
            Compiler.report(diagnostics, in: files)
            if !diagnostics.isEmpty { Console.printError("flowc: \(Compiler.summary(diagnostics))") }
        case .json:
            let renderer = DiagnosticRenderer(files: files, isColoured: false)
            for diagnostic in diagnostics { Console.print(renderer.renderJSON(diagnostic)) }
        }
        let fails = diagnostics.contains { $0.severity == .error || strict }
        if fails { throw ExitStatus.problems.exitCode }
    }
}
