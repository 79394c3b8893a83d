import FlowCompiler
import FlowLang
import FlowTestSupport
import Testing

@Suite("Diagrams")
struct DiagramTests {
    private static let drawn = ["main-menu", "key-menu", "account-line", "weather-reply", "support-queue"]

    @Test("An example is drawn as its picture shows", arguments: drawn)
    func example(_ name: String) {
        let flow = Repository.file("flows/\(name).yaml")
        let diagrams = diagrams(of: [SourceFile(id: 0, name: flow.name, bytes: flow.bytes)])
        let folder = "Tests/Corpus/diagrams/\(name)"
        #expect(Repository.file("\(folder).mmd").difference(from: Diagram.mermaid(diagrams)) == nil)
        #expect(Repository.file("\(folder).dot").difference(from: Diagram.dot(diagrams)) == nil)
        #expect(Repository.file("\(folder).json").difference(from: Diagram.json(diagrams)) == nil)
    }

    @Test("What an author writes can't leave its place in a picture")
    func escapes() {
        let text = """
            flow: hostile
            channel: sms
            description: "</TD> & \\"quotes\\" --> |x| %% <script>"
            steps:
              - say: "\\"]; A[<b>&amp;</b> `x` #35; --> B \\\\ \\u001F"
              - if: message.body == '"]--> <x>'
                then: [{say: "| }"}]
              - end
            """
        let diagrams = diagrams(of: [SourceFile(id: 0, name: "a.yaml", text: text)])
        let mermaid = Diagram.mermaid(diagrams)
        #expect(mermaid.contains("say: #34;]; A[#60;b#62;#38;amp;#60;/b#62; #96;x#96; #35;35; --#62; B #92;"))
        let dot = Diagram.dot(diagrams)
        #expect(dot.contains("&lt;/TD&gt; &amp; &quot;quotes&quot; --&gt; |x| %% &lt;script&gt;"))
        #expect(!dot.contains("<script") && !dot.contains("\u{1F}"))
        let opened = dot.split(separator: "<TD", omittingEmptySubsequences: false).count
        #expect(opened == dot.split(separator: "</TD>", omittingEmptySubsequences: false).count)
    }

    @Test("Every way that a step has is drawn", arguments: CorpusTests.accepted)
    func everyTarget(_ file: TestFile) {
        let source = SourceFile(id: 0, name: file.name, bytes: file.bytes)
        for diagram in diagrams(of: [source]) {
            let names = Set(diagram.cards.map(\.name))
            for arrow in diagram.arrows {
                if case .state(let name) = arrow.way.target { #expect(names.contains(name)) }
            }
            // A state's name that follows `goto:`.
            let gotos = file.text.split(separator: "\n").count { $0.contains("goto: ") }
            let drawn = diagram.cards.flatMap(\.rows).count { $0.title == "goto" }
            #expect(gotos <= drawn)
        }
        #expect(Diagram.dot(diagrams(of: [source])) == Diagram.dot(diagrams(of: [source])))
    }

    @Test("A draft with mistakes is drawn as far as it goes")
    func draft() {
        let text =
            "flow: a\nstates:\n  b:\n    - menu: Hello\n      choices: {1: nowhere, 2: b}\n    - nonsense: 1\n"
        let diagrams = diagrams(of: [SourceFile(id: 0, name: "a.yaml", text: text)])
        #expect(Diagram.mermaid(diagrams).contains("f0s0 -->|\"2\"| f0s0"))
    }
}
