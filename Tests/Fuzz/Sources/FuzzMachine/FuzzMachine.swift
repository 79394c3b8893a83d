import Dispatch
import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import Foundation
import Fuzzing

/// A program and arbitrary events → the conversation. The first byte chooses between the example flows and a generated one.
@main
enum FuzzMachine {
    static func main() {
        exit(
            fuzz { data, size in
                var choices = Choices(input(data, size))
                let example: ProgramFile.Entry?
                let index = choices.pick(examples.count * 2)
                if examples.indices.contains(index) {
                    example = examples[index]
                } else {
                    var generator = FlowGenerator(choices)
                    example = compiled([("generated.yaml", Array(generator.flow().utf8))]).first
                    choices = generator.choices
                }
                guard let program = example else { return 0 }
                let problems = problems(of: program, choices)
                guard problems.isEmpty else {
                    FileHandle.standardError.write(Data((problems.joined(separator: "\n") + "\n").utf8))
                    abort()
                }
                return 0
            })
    }
}

private func problems(of program: ProgramFile.Entry, _ choices: Choices) -> [String] {
    let outcome = Outcome()
    let isDone = DispatchSemaphore(value: 0)
    Task {
        do {
            var check = try ConversationCheck(program, choices: choices)
            await check.run()
            outcome.problems = check.problems
        } catch {
            outcome.problems = ["\(error)"]
        }
        isDone.signal()
    }
    isDone.wait()
    return outcome.problems
}

/// Written before the semaphore is signalled, read after it was waited for.
private final class Outcome: @unchecked Sendable {
    var problems: [String] = []
}

/// The flows in `flows/`, which run each other, in the order of their names.
private let examples: [ProgramFile.Entry] = {
    let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../../flows")
        .standardizedFileURL
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return compiled(
        names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            (name, Array((try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()))
        })
}()

private func compiled(_ files: [(name: String, bytes: [UInt8])]) -> [ProgramFile.Entry] {
    compile(
        files.enumerated().map { SourceFile(id: UInt32($0), name: $1.name, bytes: $1.bytes) },
        options: CompilerOptions(knowsTimezone: { _ in true })
    ).programs
}
