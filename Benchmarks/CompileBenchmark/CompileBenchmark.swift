import BenchmarkSupport
import CLibYAML
import FlowCompiler
import FlowLang
import FlowProgram
import Foundation
import ProjectGenerator

/// Checking and compiling against libyaml's bare event scan of the same bytes, and the memory that it takes: what a process of
/// its own has at most beyond what it had with the files read, by the bytes of those.
@main
struct CompileBenchmark {
    /// Measures projects of the numbers of steps that are given.
    static func main() throws {
        if CommandLine.arguments.dropFirst().first == "--memory" { return measureMemory() }
        let given = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        print("steps      KiB   scan ms   check and compile ms   ratio   memory")
        for steps in given.isEmpty ? [1_000, 10_000, 100_000] : given {
            let texts = ProjectGenerator.files(steps: steps).map { Array($0.utf8) }
            let kibibytes = texts.reduce(0) { $0 + $1.count } / 1_024
            let rounds = steps > 10_000 ? 5 : 20
            // Rounds alternate, so that a busy machine is unfair to both alike.
            var scan = Double.infinity
            var compile = Double.infinity
            for _ in 0..<rounds {
                scan = min(scan, fastest(of: 1) { for text in texts { scanEvents(text) } })
                compile = min(compile, fastest(of: 1) { _ = compiled(texts) })
            }
            let compilation = compiled(texts)
            // Variables that nothing reads are warned of.
            guard compilation.diagnostics.allSatisfy({ $0.code == .unusedName }),
                compilation.programs.count == texts.count
            else {
                throw Mistaken(first: compilation.diagnostics.first?.headline ?? "")
            }
            print(
                column("\(steps)", 6), column("\(kibibytes)", 7), column(scan * 1_000, 9),
                column(compile * 1_000, 22), column(compile / scan, 7), column(try memory(steps), 8))
        }
    }

    /// Bytes of memory for each byte of the files.
    private static func memory(_ steps: Int) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = ["--memory", "\(steps)"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let printed = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let memory = Double(text) else { throw Mistaken(first: "no figure of memory: \(text)") }
        return memory
    }

    private static func measureMemory() {
        let steps = CommandLine.arguments.last.flatMap { Int($0) } ?? 1_000
        let texts = ProjectGenerator.files(steps: steps).map { Array($0.utf8) }
        let idle = kibibytes("VmRSS")
        _ = compiled(texts)
        let peak = kibibytes("VmHWM")
        print(Double((peak - idle) * 1_024) / Double(texts.reduce(0) { $0 + $1.count }))
    }

    private static func kibibytes(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    private static func compiled(_ texts: [[UInt8]]) -> Compilation {
        let files = texts.enumerated().map { number, text in
            SourceFile(id: UInt32(number), name: "generated-\(number).yaml", bytes: text)
        }
        return FlowCompiler.compile(files, options: CompilerOptions(knowsTimezone: { _ in true }))
    }

    private static func scanEvents(_ bytes: [UInt8]) {
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
}

/// The generated project should have no problem.
struct Mistaken: Error {
    var first: String
}
