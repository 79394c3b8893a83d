import FlowCompiler
import FlowLang
import FlowTestSupport
import Testing

@Suite("The corpus")
struct CorpusTests {
    static let rejected = Repository.files(in: "Tests/Corpus/rejected", ending: ".yaml")
    static let accepted = Repository.files(in: "Tests/Corpus/accepted", ending: ".yaml")
    static let examples = Repository.files(in: "flows", ending: ".yaml")

    @Test("A rejected flow gets exactly the problems that it names", arguments: rejected)
    func rejectedFlow(_ file: TestFile) {
        let sources = Self.sources(of: file, in: "Tests/Corpus/rejected")
        let found = compiled(sources).diagnostics.filter { sources[Int($0.span.source)].name == file.name }
        guard let source = sources.first(where: { $0.name == file.name }) else { return }
        var expected = expectations(in: file.bytes)
        #expect(sources.count > 1 || !expected.isEmpty, "\(file.name) expects nothing")
        for diagnostic in found {
            let position = source.position(of: diagnostic.span.lower)
            let index = expected.firstIndex { expectation in
                expectation.code == diagnostic.code.rawValue && expectation.line == position.line
                    && (expectation.column == nil || expectation.column == position.column)
                    && (expectation.text.map { diagnostic.headline.contains($0) } ?? true)
            }
            if let index {
                expected.remove(at: index)
            } else {
                Issue.record(
                    "\(file.name):\(position.line):\(position.column): unexpected \(diagnostic.code.rawValue): \(diagnostic.headline)"
                )
            }
        }
        for missing in expected {
            Issue.record("\(file.name):\(missing.line): missing \(missing.code) \(missing.text ?? "")")
        }
    }

    @Test("An accepted flow has no problems and gives a program for each channel", arguments: accepted)
    func acceptedFlow(_ file: TestFile) {
        let sources = Self.sources(of: file, in: "Tests/Corpus/accepted")
        let compilation = compiled(sources)
        for diagnostic in compilation.diagnostics { Issue.record("\(file.name): \(diagnostic.headline)") }
        #expect(compilation.programs.count >= sources.count { !isSide($0) })
    }

    /// A wait or whisper flow is part of the programs that use it.
    private func isSide(_ source: SourceFile) -> Bool {
        String(decoding: source.bytes, as: UTF8.self).contains("\nruns: ")
    }

    @Test("The example flows have no problems")
    func exampleFlows() {
        let sources = Self.sources(Self.examples)
        let compilation = compiled(sources)
        #expect(compilation.diagnostics.map(\.headline) == [])
        #expect(compilation.programs.count >= sources.count { !isSide($0) })
    }

    static func sources(of file: TestFile, in folder: String) -> [SourceFile] {
        sources(Repository.project(of: file, in: folder))
    }

    static func sources(_ files: [TestFile]) -> [SourceFile] {
        files.enumerated().map { SourceFile(id: UInt32($0), name: $1.name, bytes: $1.bytes) }
    }

    @Test("Every code has a rejected flow")
    func everyCode() {
        let covered = Set(Self.rejected.flatMap { expectations(in: $0.bytes).map(\.code) })
        // The first needs two files, see ProjectTests; the others an export, see FunctionProblemTests and BundleFileTests.
        let elsewhere: Set = ["duplicate-flow", "not-for-function", "not-static"]
        let missing = DiagnosticCode.allCases.map(\.rawValue).filter {
            !covered.contains($0) && !elsewhere.contains($0)
        }
        #expect(missing == [])
    }

    @Test("Checking is deterministic", arguments: rejected.prefix(20))
    func deterministic(_ file: TestFile) {
        let source = SourceFile(id: 0, name: file.name, bytes: file.bytes)
        #expect(compiled([source]).diagnostics == compiled([source]).diagnostics)
    }
}

func compiled(_ files: [SourceFile]) -> Compilation {
    let zones = ["America/New_York", "Europe/Berlin", "UTC"]
    return compile(files, options: CompilerOptions(knowsTimezone: { zones.contains($0) }))
}
