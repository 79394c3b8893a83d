import CYAMLScan
import FlowCompiler
import FlowLang
import FlowProgram
import ProjectGenerator

/// Checking and compiling against libyaml's bare event scan of the same bytes, in one run.
@main
struct CompileBenchmark {
    static func main() {
        print("steps     bytes      scan ms   compile ms   ratio")
        for steps in [1_000, 10_000, 100_000] {
            let texts = ProjectGenerator.files(steps: steps).map { Array($0.utf8) }
            let bytes = texts.reduce(0) { $0 + $1.count }
            let scan = fastest { for text in texts { scanEvents(text) } }
            let compile = fastest {
                let files = texts.enumerated().map {
                    SourceFile(id: UInt32($0.offset), name: "generated-\($0.offset).yaml", bytes: $0.element)
                }
                let compilation = FlowCompiler.compile(
                    files, options: CompilerOptions(knowsTimezone: { _ in true }))
                if compilation.hasErrors || compilation.programs.count != texts.count {
                    let first = compilation.diagnostics.first { $0.severity == .error }
                    print("the generated project has errors: \(first?.headline ?? "")")
                }
            }
            print(
                padded(steps, 9), padded(bytes, 10), padded(milliseconds(scan), 9),
                padded(milliseconds(compile), 12),
                " \(tenths(compile / scan))")
        }
    }

    /// Of five runs.
    static func fastest(_ work: () -> Void) -> Double {
        var best = Double.infinity
        for _ in 0..<5 {
            let clock = ContinuousClock()
            let duration = clock.measure(work)
            let (seconds, attoseconds) = duration.components
            best = min(best, Double(seconds) + Double(attoseconds) / 1e18)
        }
        return best
    }

    static func scanEvents(_ bytes: [UInt8]) {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else { return }
        defer { yaml_parser_delete(&parser) }
        bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            var event = yaml_event_t()
            var isDone = false
            while !isDone, yaml_parser_parse(&parser, &event) == 1 {
                isDone = event.type == YAML_STREAM_END_EVENT
                yaml_event_delete(&event)
            }
        }
    }

    static func milliseconds(_ seconds: Double) -> String { tenths(seconds * 1000) }

    static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    static func padded(_ value: some CustomStringConvertible, _ width: Int) -> String {
        let text = value.description
        return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}
