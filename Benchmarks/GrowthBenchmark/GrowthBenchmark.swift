import BenchmarkSupport
import FlowCompiler
import FlowLang
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
    }
}
