import FlowCompiler
import FlowLang
import FlowProgram
import FlowTestSupport
import Testing

@Suite("Whatever is compiled")
struct PropertyTests {
    @Test("A flow of random steps gives a program or a problem, the same each time", arguments: 0..<300)
    func randomFlow(_ seed: Int) {
        let source = SourceFile(id: 0, name: "random-\(seed).yaml", text: randomFlowText(seed: seed))
        let first = compiled([source])
        #expect(first.hasErrors == first.programs.isEmpty, "\(source.name)")
        let second = compiled([source])
        #expect(first.diagnostics == second.diagnostics)
        #expect(first.programs.map(\.program) == second.programs.map(\.program))
        #expect(isWithin(source, first.diagnostics))
    }

    @Test("Random flows are of both kinds: some compile, some don't")
    func bothKinds() {
        let compiledOnes = (0..<300).filter { seed in
            !compiled([SourceFile(id: 0, name: "random.yaml", text: randomFlowText(seed: seed))]).hasErrors
        }
        #expect((30...270).contains(compiledOnes.count), "\(compiledOnes.count) of 300 compile")
    }

    @Test(
        "A flow without one of its lines gives a program or a problem",
        arguments: Repository.files(in: "flows", ending: ".yaml"))
    func withoutALine(_ file: TestFile) {
        let lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for index in lines.indices {
            var kept = lines
            kept.remove(at: index)
            expectAnswer(Array(kept.joined(separator: [0x0A])), "\(file.name) without line \(index + 1)")
        }
    }

    @Test(
        "A flow without one of its bytes gives a program or a problem",
        arguments: Repository.files(in: "flows", ending: ".yaml"))
    func withoutAByte(_ file: TestFile) {
        let bytes = file.bytes
        // Every third: neighbours break a flow alike.
        for index in stride(from: 0, to: bytes.count, by: 3) {
            expectAnswer(Array(bytes[..<index] + bytes[(index + 1)...]), "\(file.name) without byte \(index)")
        }
    }

    private func expectAnswer(_ bytes: [UInt8], _ name: String) {
        let source = SourceFile(id: 0, name: name, bytes: bytes)
        let result = compiled([source])
        // A wait or whisper flow is no program by itself.
        let isSide = String(decoding: bytes, as: UTF8.self).contains("\nruns: w")
        #expect(result.hasErrors == result.programs.isEmpty || isSide, "\(name)")
        #expect(isWithin(source, result.diagnostics), "\(name)")
    }

    /// Every place lies in the file, and every problem says something.
    private func isWithin(_ source: SourceFile, _ diagnostics: [Diagnostic]) -> Bool {
        diagnostics.allSatisfy { diagnostic in
            diagnostic.span.lower <= diagnostic.span.upper && Int(diagnostic.span.upper) <= source.bytes.count
                && !diagnostic.headline.isEmpty
        }
    }
}
