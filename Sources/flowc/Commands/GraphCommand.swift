import ArgumentParser
import FlowCompiler
import FlowLang
import Foundation

struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draw flows: states, choices and where they lead.",
        discussion: """
            mermaid is drawn by code hosts within a page, dot is Graphviz' language, svg a picture (it needs Graphviz' `dot`), json is for \
            tools. Silence is dashed. Exit status: 0 all is well, 1 problems in flows, 69 `dot` is missing.

            Example: flowc graph flows/main-menu.yaml --format svg > main-menu.svg
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case mermaid
        case dot
        case svg
        case json
    }

    @ArgumentParser.Argument(
        help: "Flow files or folders, or - for standard input; the present folder if left out.")
    var paths: [String] = []

    @Option(help: "How it is drawn: mermaid, dot, svg or json.")
    var format = Format.mermaid

    @Option(help: "Only this flow of those that the paths hold.")
    var flow: String?

    func run() throws {
        let files = try ProjectFiles.load(paths)
        let compilation = Compiler.compile(files)
        if compilation.hasErrors {
            Compiler.report(compilation.diagnostics, in: files)
            throw Failure(.problems, Compiler.summary(compilation.diagnostics))
        }
        let all = diagrams(of: files)
        let diagrams = all.filter { flow == nil || $0.flow == flow }
        if diagrams.isEmpty {
            throw Failure(
                .wrongUsage, "no flow '\(flow ?? "")': there are \(all.map(\.flow).joined(separator: ", "))")
        }
        switch format {
        case .mermaid: Console.write(Diagram.mermaid(diagrams), to: .standardOutput)
        case .dot: Console.write(Diagram.dot(diagrams), to: .standardOutput)
        case .json: Console.write(Diagram.json(diagrams), to: .standardOutput)
        case .svg: Console.write(try Graphviz.svg(Diagram.dot(diagrams)), to: .standardOutput)
        }
    }
}

/// Graphviz, which draws.
enum Graphviz {
    /// - Throws: `Failure` with status 69 where `dot` isn't there or fails.
    static func svg(_ text: String) throws -> [UInt8] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let program = path.split(separator: ":").map { "\($0)/dot" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let program else {
            throw Failure(
                .unavailable,
                "svg needs the program `dot` of Graphviz: install `graphviz`, or draw with --format mermaid")
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "flowc-\(UUID().uuidString)")
        let (input, output) = (
            folder.appendingPathComponent("in.dot"), folder.appendingPathComponent("out.svg")
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            // By files: a picture may be larger than a pipe takes at once.
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: input)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = ["-Tsvg", "-o", output.path, input.path]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            if process.terminationStatus == 0 { return Array(try Data(contentsOf: output)) }
        } catch {
            throw Failure(.unavailable, "can't run \(program)")
        }
        throw Failure(.unavailable, "\(program) failed; `--format dot` prints what it was given")
    }
}
