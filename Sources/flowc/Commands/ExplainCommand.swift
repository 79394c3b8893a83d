import ArgumentParser
import FlowLang
import Foundation

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a diagnostic's code means: an example, why it matters to a caller, what to do.",
        discussion: "Example: flowc explain unhandled-outcome")

    @ArgumentParser.Argument(help: "The word in brackets of a diagnostic; without one, all codes are listed.")
    var code: String?

    func run() throws {
        guard let code else {
            for code in DiagnosticCode.allCases {
                Console.print("\(code.rawValue) (\(code.severity.rawValue))")
            }
            return
        }
        // The code as it is printed may have its brackets and its severity.
        let word = code.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
        let name = word.isEmpty ? code : String(word)
        let page = DiagnosticsPage(String(decoding: PackageResources.diagnostics_md, as: UTF8.self))
        guard let section = page.section(name) else {
            let near = nearest(name, in: DiagnosticCode.allCases.map(\.rawValue))
            throw Failure(
                .wrongUsage,
                "no code '\(name)'; "
                    + (near.map { "did you mean '\($0)'?" } ?? "`flowc explain` alone lists them"))
        }
        Console.print(section)
    }
}

/// docs/diagnostics.md, which has a section for each code.
struct DiagnosticsPage {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The section as it is written, without the blank lines around it; nil if there is none of that name.
    func section(_ code: String) -> String? {
        guard let start = text.firstRange(of: "\n### \(code)\n")?.lowerBound else { return nil }
        let section = text[text.index(after: start)...]
        let body = section.dropFirst(4)
        let ends = ["\n## ", "\n### "].compactMap { body.firstRange(of: $0)?.lowerBound }
        let end = ends.min() ?? body.endIndex
        return section[..<end].trimmingCharacters(in: .newlines)
    }
}
