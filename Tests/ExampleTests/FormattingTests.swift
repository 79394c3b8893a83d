import FlowCompiler
import FlowLang
import FlowProgram
import FlowProperties
import FlowTestSupport
import Foundation
import Testing

/// `flowc fmt` over all flows that there are: what a flow does stays, and there is one form.
@Suite("Formatting")
struct FormattingTests {
    private static let examples = Repository.files(in: "flows", ending: ".yaml")
    private static let accepted = Repository.files(in: "Tests/Corpus/accepted", ending: ".yaml")
    private static let projects = accepted.map { Repository.project(of: $0, in: "Tests/Corpus/accepted") }
    private static let rejected = Repository.files(in: "Tests/Corpus/rejected", ending: ".yaml")

    @Test("The example flows are in the form; `flowc fmt flows` puts them there", arguments: examples)
    func exampleFlows(_ file: TestFile) throws {
        let text = try #require(formatted(file.text))
        #expect(file.difference(from: text) == nil)
    }

    @Test(
        "A flow's program stays the same, and a second time changes nothing", arguments: [examples] + projects
    )
    func sameProgram(_ project: [TestFile]) throws {
        let before = project.map(\.text)
        let after = try before.map { try #require(formatted($0)) }
        #expect(hashes(of: before) == hashes(of: after))
        #expect(!hashes(of: before).isEmpty)
        for text in after { #expect(formatted(text) == text) }
        #expect(before.map(comments) == after.map(comments))
    }

    @Test("So it is for generated flows")
    func generatedFlows() throws {
        for seed in 0..<UInt64(25) {
            var generator = FlowGenerator(Choices(seed: seed, count: 1_200))
            var table = TableFlowGenerator(Choices(seed: seed, count: 1_200), examples: [:])
            for text in [generator.flow(), table.flow().text] {
                let form = try #require(formatted(text), "\(text)")
                #expect(formatted(form) == form)
                #expect(hashes(of: [form]) == hashes(of: [text]), "seed \(seed):\n\(text)")
            }
        }
    }

    @Test("A wrong flow keeps its problems, or is left alone if it can't be read", arguments: rejected)
    func wrongFlows(_ test: TestFile) {
        let file = SourceFile(id: 0, name: test.name, bytes: test.bytes)
        guard case .formatted(let form) = format(file) else { return }
        let again = if case .formatted(let again) = format(form) { again.bytes } else { [UInt8]() }
        #expect(again == form.bytes)
        func headlines(_ file: SourceFile) -> [String] {
            check(file).map { "\($0.code.rawValue): \($0.headline)" }
        }
        // The headline of a cut text shows the source.
        let isQuoting = check(file).contains { $0.code == .cutText || $0.code == .tooManyProblems }
        #expect(isQuoting || headlines(file).sorted() == headlines(form).sorted())
    }

    @Test("However an example's layout is spoilt, it comes back to the one form", arguments: examples)
    func mangled(_ file: TestFile) {
        var changed = 0
        for seed in 0..<12 {
            var mangler = Mangler(seed: UInt64(seed))
            let text = mangler.mangled(file.text)
            if text != file.text { changed += 1 }
            guard formatted(text) != file.text else { continue }
            Issue.record("seed \(seed)\n\(text)\n------\n\(formatted(text) ?? "unreadable")")
            return
        }
        #expect(changed == 12)
    }

    private func formatted(_ text: String) -> String? {
        guard case .formatted(let file) = format(SourceFile(id: 0, name: "a.yaml", text: text)) else {
            return nil
        }
        return String(decoding: file.bytes, as: UTF8.self)
    }

    private func hashes(of texts: [String]) -> [[UInt8]] {
        let files = texts.enumerated().map { SourceFile(id: UInt32($0), name: "\($0).yaml", text: $1) }
        return compile(files, options: options).programs.map(\.program.contentHash)
    }

    private func check(_ file: SourceFile) -> [Diagnostic] {
        compile([file], options: options).diagnostics
    }

    private let options = CompilerOptions(knowsTimezone: { $0 == "UTC" || $0.contains("/") })

    /// What stands behind `#`, in order; texts with `#` count alike before and after.
    private func comments(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            line.firstIndex(of: "#").map { String(line[$0...].trimmingCharacters(in: .whitespaces)) }
        }
    }
}

/// Spoils the layout of a flow that is in the form and has no texts of several lines but blocks.
private struct Mangler {
    private var random: Choices

    init(seed: UInt64) {
        random = Choices(seed: seed, count: 4_096)
    }

    mutating func mangled(_ text: String) -> String {
        let width = 2 + random.pick(4)
        let lineEnd = random.once(in: 3) ? "\r\n" : "\n"
        var lines: [String] = []
        var isInStates = false
        /// The indentation of the line that a block scalar began in.
        var block: Int?
        let written = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for (line, next) in zip(written, written.dropFirst() + [""]) {
            if line.hasPrefix("states:") { isInStates = true }
            if line.isEmpty {
                // One that the form asks for may be missing.
                let isAsked = isInStates && next.prefix { $0 == " " }.count == 2
                lines += Array(repeating: "", count: isAsked ? random.pick(4) : 1 + random.pick(3))
                continue
            }
            let indentation = line.prefix { $0 == " " }.count
            if let start = block, indentation > start {
                // Blanks at an end are words of the text.
                lines.append(
                    String(repeating: " ", count: indentation / 2 * width) + line.dropFirst(indentation))
                continue
            }
            block = line.contains(/[|>][-+]?$/) ? indentation : nil
            lines.append(mangled(line: line, width: width) + (random.once(in: 4) ? "  " : ""))
        }
        return lines.map { $0 + lineEnd }.joined()
    }

    private mutating func mangled(line: Substring, width: Int) -> String {
        let indentation = line.prefix { $0 == " " }.count
        let content = line.dropFirst(indentation)
        if content.hasPrefix("#") { return String(repeating: " ", count: indentation / 2 * width) + content }
        return String(repeating: " ", count: indentation / 2 * width) + spaced(content, width)
    }

    /// More blanks between the words, other quotes.
    private mutating func spaced(_ content: Substring, _ width: Int) -> String {
        var result = ""
        var rest = content
        if rest.hasPrefix("- ") {
            rest = rest.dropFirst(2)
            result = "-" + String(repeating: " ", count: width - 1)
        }
        guard let colon = rest.firstRange(of: ": "), !rest.hasPrefix("\"") else {
            return result + (rest.contains("{") || rest.contains("[") ? brackets(rest) : String(rest))
        }
        result += rest[..<colon.lowerBound] + String(repeating: " ", count: random.pick(2)) + ": "
        result += String(repeating: " ", count: random.pick(3))
        let value = rest[colon.upperBound...]
        let isFlow = value.hasPrefix("{") || value.hasPrefix("[")
        return result + (isFlow || value.hasPrefix("\"") ? brackets(value) : String(value))
    }

    private mutating func brackets(_ value: Substring) -> String {
        var result = ""
        var rest = value
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                let inner = rest.prefix { $0 != "\"" }
                rest = rest.dropFirst(inner.count + 1)
                let isPlain = !inner.contains { $0 == "'" || $0 == "\\" }
                result += isPlain && random.once(in: 2) ? "'\(inner)'" : "\"\(inner)\""
            case "{", "[": result += String(character) + blanks()
            case "}", "]": result += blanks() + String(character)
            case ",": result += blanks() + "," + blanks()
            default: result.append(character)
            }
        }
        return result
    }

    private mutating func blanks() -> String { String(repeating: " ", count: random.pick(3)) }
}
