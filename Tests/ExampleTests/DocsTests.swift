import FlowTestSupport
import Foundation
import Testing

/// What the docs show is what happens.
@Suite("Docs")
struct DocsTests {
    static let pages =
        [Repository.file("README.md")]
        + ["tutorial", "language", "running", "hosting"].map { Repository.file("docs/\($0).md") }

    @Test("The commands of a page print what it shows", arguments: pages)
    func commands(_ page: TestFile) throws {
        let document = DocumentPage(page.text)
        #expect(document.commandCount > 0)
        let shell = try CommandShell()
        defer { shell.remove() }
        #expect(page.difference(from: try document.played(in: shell)) == nil)
    }

    @Test("A command that prints something else is seen")
    func otherOutput() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let page =
            "`a.txt`:\n\n```text\none\n```\n\n```console\n$ cat a.txt; echo two\n…\ntwo\n$ cat a.txt\ntwo\n```\n"
        let played = try DocumentPage(page).played(in: shell)
        #expect(played == page.replacing("$ cat a.txt\ntwo", with: "$ cat a.txt\none"))
    }

    @Test("The README embeds the very example that is compiled")
    func embedding() {
        let source = Repository.file("Tests/FlowWebhookTests/EmbeddingExample.swift").text
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0 != "// README begins" }.dropFirst().prefix { $0 != "// README ends" }
        #expect(!lines.isEmpty)
        #expect(
            Repository.file("README.md").text.contains("```swift\n" + lines.joined(separator: "\n") + "\n```")
        )
    }

    @Test("Links within the docs lead somewhere", arguments: pages)
    func links(_ page: TestFile) throws {
        for match in page.text.matches(of: /\]\(([^):#]+)(?:#[^)]*)?\)/) {
            let target = page.url.deletingLastPathComponent().appendingPathComponent(String(match.output.1))
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page.name): \(match.output.1)")
        }
    }
}
