import ArgumentParser
import FlowCompiler
import FlowLang

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with flows.",
        discussion: """
            Diagnostics go to standard error as `file:line:column: error[code]: headline` with an excerpt; \
            `flowc explain CODE` says more. Exit status: 0 clean, 1 problems, 64 wrong usage, 66 no such file.

            Example: flowc check flows
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case sarif
        case github
    }

    @ArgumentParser.Argument(
        help: "Flow files or folders, or - for standard input; the present folder if left out.")
    var paths: [String] = []

    @Option(
        help: """
            How diagnostics are printed: text on standard error; or, on standard output, json (one object a line), \
            sarif (a SARIF 2.1.0 log) or github (workflow commands).
            """)
    var format = Format.text

    @Flag(help: "Warnings fail, too.")
    var strict = false

    @Flag(help: "Write the fixes that are safe into the files, then say what is left.")
    var fix = false

    func run() throws {
        var files = try ProjectFiles.load(paths)
        let diagnostics: [Diagnostic]
        if fix {
            if paths.contains("-") {
                throw Failure(.wrongUsage, "--fix writes files: give their paths, not -")
            }
            let fixed = FlowCompiler.fix(files, options: Compiler.options)
            try ProjectFiles.write(fixed.files.filter { fixed.counts[$0.id] != nil })
            files = fixed.files
            for file in files {
                guard let count = fixed.counts[file.id] else { continue }
                Console.printError(
                    "flowc: fixed \(count) \(count == 1 ? "problem" : "problems") in \(file.name)")
            }
            diagnostics = fixed.diagnostics
        } else {
            diagnostics = Compiler.compile(files).diagnostics
        }
        report(diagnostics, in: files)
        let fails = diagnostics.contains { $0.severity == .error || strict }
        if fails { throw ExitStatus.problems.exitCode }
    }

    private func report(_ diagnostics: [Diagnostic], in files: [SourceFile]) {
        let renderer = DiagnosticRenderer(files: files)
        switch format {
        case .text:
            Compiler.report(diagnostics, in: files)
            if !diagnostics.isEmpty { Console.printError("flowc: \(Compiler.summary(diagnostics))") }
        case .json:
            for diagnostic in diagnostics { Console.print(renderer.renderJSON(diagnostic)) }
        case .sarif:
            Console.print(renderer.renderSARIF(diagnostics, version: Flowc.version))
        case .github:
            for diagnostic in diagnostics { Console.print(renderer.renderGitHub(diagnostic)) }
        }
    }
}
