import FlowCompiler
import FlowLang
import FlowTestSupport
import Foundation
import Testing

/// docs/diagnostics.md is run: each section's flow is compiled, and what it shows is compared.
@Suite("The page of diagnostics")
struct DiagnosticsPageTests {
    @Test("Every code has a section, in the order of the codes")
    func sections() {
        let anchors = DiagnosticsPage.sections.map(\.code)
        #expect(anchors == DiagnosticCode.allCases.map(\.rawValue))
    }

    /// What only an export finds is compared where exports are: FunctionProblemTests.
    @Test(
        "A section shows what its flow gives",
        arguments: DiagnosticCode.allCases.filter { $0 != .notForFunction && $0 != .notStatic })
    func output(_ code: DiagnosticCode) throws {
        let section = try #require(DiagnosticsPage.sections.first { $0.code == code.rawValue })
        let files =
            section.flows.isEmpty ? Self.files(of: code) : Self.files(section.flows)
        let found = compiled(files).diagnostics
        #expect(found.contains { $0.code == code })
        let isAlone = Set(found.map(\.code)).count == 1
        // A hundred others stand before the one that counts the rest.
        let counts = [.tooManyProblems, .tooManyWarnings].contains(code)
        #expect(isAlone || counts, "other problems than \(code.rawValue)")
        let shown = counts ? found.filter { $0.code == code } : found
        let output = DiagnosticRenderer(files: files).render(shown)
        if section.output != output { DiagnosticsPage.record(output, of: section) }
        #expect(section.output == output, "FLOWC_RECORD=1 writes the page anew")
    }

    /// A flow alone is `flow.yaml`; of several each is called as its file.
    private static func files(_ flows: [String]) -> [SourceFile] {
        flows.enumerated().map { id, text in
            let name = text.split(separator: "\n").first?.replacing("flow: ", with: "") ?? ""
            return SourceFile(
                id: UInt32(id), name: flows.count == 1 ? "flow.yaml" : "\(name).yaml", text: text)
        }
    }

    /// What can't be shown as a text.
    private static func files(of code: DiagnosticCode) -> [SourceFile] {
        let flow = "flow: help-desk\nchannel: voice\nsteps:\n  - say: Welcome"
        let end = ".\n  - hangup\n"
        let texts: [[UInt8]] =
            switch code {
            case .fileTooLarge: [Array(flow.utf8) + Array(repeating: 0x2E, count: 1 << 20) + Array(end.utf8)]
            case .invalidUTF8: [Array(flow.utf8) + [0xE9] + Array(end.utf8)]
            case .invalidCharacter: [Array("\(flow)\u{2028}\(end)".utf8)]
            case .duplicateFlow: [Array("\(flow)\(end)".utf8), Array("\(flow)\(end)".utf8)]
            case .tooManyProblems:
                [Array((flow + ".\n" + (1...120).map { "    key\($0): 1\n" }.joined() + "  - hangup\n").utf8)]
            case .tooManyWarnings:
                [
                    Array(
                        (flow.replacing(
                            "steps:",
                            with: "config:\n" + (1...120).map { "  number\($0): phone\n" }.joined() + "steps:"
                        )
                            + end).utf8)
                ]
            default: []
            }
        let names = texts.count == 1 ? ["flow.yaml"] : ["day.yaml", "night.yaml"]
        return zip(names, texts).enumerated().map { id, file in
            SourceFile(id: UInt32(id), name: file.0, bytes: file.1)
        }
    }
}

private enum DiagnosticsPage {
    static let file = Repository.file("docs/diagnostics.md")
    static let sections = file.text.split(separator: "\n### ").dropFirst().map { Section(String($0)) }

    struct Section {
        let code: String
        /// What stands in its `yaml` blocks.
        let flows: [String]
        /// What stands in its `text` block.
        let output: String?

        init(_ text: String) {
            code = String(text.prefix { $0 != "\n" })
            flows = blocks("yaml", in: text)
            output = blocks("text", in: text).first
        }
    }

    private static func blocks(_ language: String, in text: String) -> [String] {
        var blocks: [String] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "```\(language)\n"),
            let close = rest[open.upperBound...].firstRange(of: "```\n")
        {
            blocks.append(String(rest[open.upperBound..<close.lowerBound]))
            rest = rest[close.upperBound...]
        }
        return blocks
    }

    private static let recording = NSLock()

    /// With `FLOWC_RECORD=1` in the environment the section's block is written anew; the test fails all the same.
    static func record(_ output: String, of section: Section) {
        guard ProcessInfo.processInfo.environment["FLOWC_RECORD"] == "1" else { return }
        recording.withLock {
            let page = file.text
            guard let start = page.firstRange(of: "\n### \(section.code)\n"),
                let open = page[start.upperBound...].firstRange(of: "```text\n"),
                let close = page[open.upperBound...].firstRange(of: "```\n")
            else { return }
            let written = page[..<open.upperBound] + output + page[close.lowerBound...]
            try? Data(String(written).utf8).write(to: file.url)
        }
    }
}
