import FlowLang
import Foundation
import Fuzzing

/// Bytes → parse → render: never a crash, never a hang.
@main
enum FuzzParse {
    static func main() {
        exit(
            fuzz { data, size in
                let file = SourceFile(id: 0, name: "fuzz.yaml", bytes: input(data, size))
                let parsed = parse(file)
                _ = DiagnosticRenderer(files: [file], isColoured: false).render(parsed.diagnostics.sorted())
                return 0
            })
    }
}
