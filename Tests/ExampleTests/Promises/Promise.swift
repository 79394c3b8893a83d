import FlowCompiler
import FlowLang
import FlowProgram
import FlowTestSupport

/// What the tests of promises share. Each of them makes flows from seeds, keeps what the checker accepts, and tries on the running
/// machine to show that it shouldn't have; what it refuses is counted, so that no generator makes good flows only.
enum Promise {
    static func compilation(of texts: String...) -> Compilation {
        let sources = texts.enumerated().map {
            SourceFile(id: UInt32($0), name: "generated-\($0).yaml", text: $1)
        }
        return compile(sources, options: CompilerOptions(knowsTimezone: { _ in true }))
    }

    static func errors(of compilation: Compilation) -> Set<DiagnosticCode> {
        Set(compilation.diagnostics.filter { $0.severity == .error }.map(\.code))
    }

    /// All flows that stand by themselves: the examples and the corpus.
    static let soundFlows: [(name: String, program: ProgramFile.Entry)] = {
        let files =
            Repository.files(in: "flows", ending: ".yaml")
            + Repository.files(in: "Tests/Corpus/accepted", ending: ".yaml")
        return files.flatMap { file in
            let found = compilation(of: String(decoding: file.bytes, as: UTF8.self))
            return found.programs.map { (file.name, $0) }
        }
    }()
}
