import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import Foundation
import Fuzzing

/// A flow → compile: the bytes as they are, and a mostly valid flow made from them.
@main
enum FuzzCompile {
    static func main() {
        exit(
            fuzz { data, size in
                let bytes = input(data, size)
                var generator = FlowGenerator(Choices(bytes))
                for text in [bytes, Array(generator.flow().utf8)] {
                    let file = SourceFile(id: 0, name: "fuzz.yaml", bytes: text)
                    let compilation = compile([file], options: CompilerOptions(knowsTimezone: { _ in true }))
                    _ = DiagnosticRenderer(files: [file], isColoured: false).render(compilation.diagnostics)
                    for entry in compilation.programs {
                        _ = entry.program.listing(sourceMap: entry.sourceMap)
                    }
                }
                return 0
            })
    }
}
