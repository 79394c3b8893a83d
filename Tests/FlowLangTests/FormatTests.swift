import Foundation
import Testing

@testable import FlowLang

@Suite struct `Diagnostics for machines` {
    private let file = SourceFile(id: 7, name: "flows/día a.yaml", text: "flow: a\nsay: größe: x\n")

    private func problem(_ text: String, line: Int = 2) -> Diagnostic {
        let lower = UInt32(Array(file.bytes).firstRange(of: Array(text.utf8))?.lowerBound ?? 0)
        let span = Span(source: 7, lower: lower, upper: lower + UInt32(text.utf8.count))
        var diagnostic = Diagnostic(
            .unknownKey, "a headline, 100 %: \"x\"\u{1B}", at: span,
            notes: [.init("first", at: Span(source: 7, lower: 0, upper: 4)), .init("nowhere")], help: "Do it."
        )
        diagnostic.fix = Fix(span, from: text, to: "size", isSafe: true)
        return diagnostic
    }

    private var renderer: DiagnosticRenderer { DiagnosticRenderer(files: [file]) }

    @Test func `JSON has the place, the notes and the change`() {
        #expect(
            renderer.renderJSON(problem("größe"))
                == #"{"file":"flows/día a.yaml","line":2,"column":6,"endLine":2,"endColumn":11,"severity":"error","#
                + #""code":"unknown-key","message":"a headline, 100 %: \"x\"\u001B","help":"Do it.","notes":["#
                + #"{"file":"flows/día a.yaml","line":1,"column":1,"endLine":1,"endColumn":5,"message":"first"},"#
                + #"{"message":"nowhere"}],"fix":{"file":"flows/día a.yaml","line":2,"column":6,"endLine":2,"#
                + #""endColumn":11,"replacement":"size","isSafe":true}}"#)
    }

    @Test func `a change of what isn't there is left out`() {
        var diagnostic = problem("größe")
        diagnostic.fix?.old = "grösse"
        #expect(renderer.renderJSON(diagnostic).hasSuffix(#""fix":null}"#))
        #expect(!renderer.renderSARIF([diagnostic], version: "1").contains("fixes"))
        #expect(file.fixed([diagnostic]).count == 0)
    }

    @Test func `a workflow command escapes what would end it`() {
        #expect(
            renderer.renderGitHub(problem("größe"))
                == "::error file=flows/día a.yaml,line=2,col=6,endColumn=10,title=flowc%3A unknown-key"
                + "::a headline, 100 %25: \"x\"\u{1B}%0ADo it.")
        #expect(
            renderer.renderGitHub(problem("a\nsay")).hasPrefix(
                "::error file=flows/día a.yaml,line=1,endLine=2,"))
    }

    @Test func `SARIF names rule, place, related places and change`() throws {
        let log = renderer.renderSARIF([problem("größe")], version: "1.2.3")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(log.utf8)) as? [String: Any])
        #expect(json["version"] as? String == "2.1.0")
        let run = try #require((json["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let index = try #require(result["ruleIndex"] as? Int)
        #expect(rules.count == DiagnosticCode.allCases.count)
        #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        #expect(log.contains(#""uri": "flows/d%C3%ADa%20a.yaml""#))
        #expect((result["relatedLocations"] as? [Any])?.count == 1)
        #expect(log.contains(#""text": "size""#))
    }

    @Test func `fixes that overlap are made one after another`() {
        let file = SourceFile(id: 0, name: "a", text: "abcdef")
        func fix(_ lower: UInt32, _ upper: UInt32, _ new: String) -> Diagnostic {
            let span = Span(source: 0, lower: lower, upper: upper)
            return Diagnostic(.unknownKey, "", at: span).fixed(from: file.text(of: span), to: new)
        }
        let (fixed, count) = file.fixed([fix(3, 5, "X"), fix(1, 3, "YY"), fix(2, 4, "Z")])
        #expect(String(decoding: fixed.bytes, as: UTF8.self) == "aYYXf")
        #expect(count == 2)
    }
}
