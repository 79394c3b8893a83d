import BenchmarkSupport
import FlowCompiler
import FlowLang
import Foundation
import ProjectGenerator

/// How checking grows where a project has one thing very often: with twice as many, twice the time and a fifth.
@main
struct GrowthBenchmark {
    static func main() {
        print("thing                  number   KiB      ms   problems   per doubling")
        for family in HostileProjects.all {
            var before: Double?
            for size in [family.size, family.size * 2, family.size * 4] {
                let text = family.make(size)
                let file = SourceFile(id: 0, name: "hostile.yaml", text: text)
                var problems = 0
                let time = fastest(of: 5) {
                    problems =
                        compile([file], options: CompilerOptions(knowsTimezone: { _ in true })).diagnostics
                        .count
                }
                print(
                    family.name + column("", 22 - family.name.utf8.count), column("\(size)", 6),
                    column("\(text.utf8.count / 1_024)", 5), column(time * 1_000, 7),
                    column("\(problems)", 10),
                    before.map { column(time / $0, 14) } ?? "")
                before = time
            }
        }
        printSlowest()
    }

    /// Whatever a file holds, it ends in diagnostics within 100 ms: those of the corpus, and a megabyte of one thing.
    private static func printSlowest() {
        let folder = "Tests/Corpus/rejected"
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let corpus = paths.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { path in
            FileManager.default.contents(atPath: "\(folder)/\(path)").map { (name: path, bytes: Array($0)) }
        }
        let files = corpus + HostileProjects.megabytes.map { (name: $0.name, bytes: Array($0.text.utf8)) }
        let times = files.map { file in
            let source = SourceFile(id: 0, name: file.name, bytes: file.bytes)
            let options = CompilerOptions(knowsTimezone: { _ in true })
            return (
                file.name, bytes: file.bytes.count,
                seconds: fastest(of: 3) { _ = compile([source], options: options) }
            )
        }
        print("the slowest of \(files.count) hostile files               KiB      ms")
        for (name, bytes, seconds) in times.sorted(by: { $0.seconds > $1.seconds }).prefix(8) {
            print(
                name + column("", max(1, 40 - name.utf8.count)), column("\(bytes / 1_024)", 6),
                column(seconds * 1_000, 7))
        }
    }
}
