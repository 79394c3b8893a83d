import FlowProgram
import FlowProperties
import FlowRuntime
import FlowWebhook
import Foundation
import Testing

/// A caller's value comes out of every place as it went in, and nothing beside it changes.
@Suite("Escaping")
struct EscapingTests {
    static let values = [
        "</Say><Hangup/>", "\"'><&]]>&#65;&amp;", "a&b=c#d?e/f%41+ ä;@:", "{\"a\":[1]}\\\\\"",
        "${config.host} $${x}",
        "line\r\nX-Evil: 1\r\n\r\nbody", "\t tab ", "😀é\u{202E}", "x\u{0}\u{8}\u{FFFE}\u{7F}y",
        "<!--<![CDATA[", "../../etc",
        "<\u{338}", "'; drop", "a\u{85}b\u{2028}c",
    ]

    @Test("In what is said", arguments: values)
    func said(_ value: String) async throws {
        let root = try await document("say: \"Hi ${Value}!\"", value)
        #expect(root.children.map(\.name) == ["Say", "Hangup"])
        #expect(root.text == "Hi \(seen(value))!")
    }

    @Test("In the parts of a prompt", arguments: values)
    func parts(_ value: String) async throws {
        let root = try await document(
            "say: [{emphasis: \"${Value}\"}, {in: es-MX, say: \"${Value}\"}]", value,
            head:
                "voices: {en-US: Google.en-US-Standard-C, es-MX: Google.es-US-Standard-A}\nlanguages: [en-US, es-MX]"
        )
        #expect(root.children.last?.name == "Hangup")
        #expect(
            root.text.unicodeScalars.filter { $0 == "<" }.count == 2
                * seen(value).unicodeScalars.filter { $0 == "<" }.count)
    }

    @Test("In a URL that is played or led to", arguments: values)
    func url(_ value: String) async throws {
        let root = try await document("play: \"https://example.com/${Value}/x?a=${Value}&b=1#c\"", value)
        let url = try #require(root.children.first?.text)
        let encoded = try #require(
            url.firstMatch(of: #/^https:\/\/example\.com\/([^\/?#]*)\/x\?a=([^&#]*)&b=1#c$/#))
        #expect(encoded.1.removingPercentEncoding == value.composed)
        #expect(encoded.2.removingPercentEncoding == value.composed)
        let other = try await document("redirect: \"https://example.com/x?a=${Value}&b=1\"", value)
        #expect(other.children.first?.text.hasSuffix("&b=1") == true)
    }

    @Test("In names that are dialled and waited in", arguments: values)
    func names(_ value: String) async throws {
        for noun in ["client", "conference", "queue"] {
            let root = try await document(
                "dial: {\(noun): \"${first(Value, 64)}\"}\n    allow: any\n    otherwise: hangup", value)
            let dial = try #require(root.children.first)
            #expect(dial.children.map(\.name) == [noun.capitalized])
            #expect(dial.text == seen(value), "\(noun)")
        }
    }

    /// JSON holds every character but what XML can't.
    static let writable = values.filter { !$0.unicodeScalars.contains("\u{FFFE}") }

    @Test("In a task", arguments: writable)
    func task(_ value: String) async throws {
        let root = try await document(
            "enqueue: {workflow: WW0123456789abcdef0123456789abcdef, task: {a: \"${Value}\", b: [\"x ${Value} y\", 1]}}\n    otherwise: hangup",
            value)
        let task = try #require(root.children.first?.children.first)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(task.text.utf8)) as? [String: Any])
        #expect((json["a"] as? String)?.unicodeScalars.elementsEqual(value.composed.unicodeScalars) == true)
        #expect((json["b"] as? [Any])?.first as? String == "x \(value.composed) y")
        #expect(json.count == 2)
    }

    @Test("In every part of a fetch", arguments: values)
    func fetch(_ value: String) async throws {
        let flow = try flow(
            """
            fetch: "https://api.example.com/${Value}/x"
                query: {q: "${Value}", "n&": "a${Value}"}
                headers: {X-Value: "a${Value}b"}
                json: {a: "${Value}", b: {c: "x ${Value}"}}
                failed: hangup
              - fetch: "https://api.example.com/form"
                form: {f: "${Value}", g: 1}
                auth: {user: "${Value}", password: x}
                failed: hangup
            """)
        _ = await flow.answer(form(value))
        let composed = value.composed
        let requests = flow.fetched
        try #require(requests.count == 2)
        let parts = try #require(
            requests[0].url.firstMatch(
                of: #/^https:\/\/api\.example\.com\/([^\/?#]*)\/x\?q=([^&#]*)&n%26=a([^&#]*)$/#))
        for part in [parts.1, parts.2, parts.3] { #expect(part.removingPercentEncoding == composed) }
        let header = try #require(requests[0].headers.first { $0.name == "X-Value" })
        #expect(!header.value.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(requests[0].body)) as? [String: Any])
        #expect(json["a"] as? String == composed)
        #expect((json["b"] as? [String: Any])?["c"] as? String == "x \(composed)")
        let fields = String(decoding: requests[1].body, as: UTF8.self).split(separator: "&")
        #expect(fields.count == 2 && fields.last == "g=1")
        #expect(fields.first?.dropFirst(2).replacing("+", with: "%20").removingPercentEncoding == composed)
        let credentials = try #require(requests[1].headers.first { $0.name == "Authorization" })
        #expect(credentials.value.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    }

    // MARK: scenes

    private func flow(_ step: String, head: String = "languages: en-US") throws -> CompiledFlow {
        try CompiledFlow(
            """
            flow: places
            channel: voice
            \(head)
            params: {Value: text}
            steps:
              - \(step)
            \(step.hasPrefix("redirect") || step.hasPrefix("dial") || step.hasPrefix("enqueue") ? "" : "  - hangup")
            """)
    }

    private func document(
        _ step: String, _ value: String, head: String = "languages: en-US"
    ) async throws -> XMLElement {
        let answer = try await flow(step, head: head).answer(form(value))
        try #require(answer.status == 200)
        #expect(DocumentRules.problem(in: answer.body, of: .voice) == nil)
        return try XMLElement.read(answer.body)
    }

    private func form(_ value: String) -> String { encodeForm([("Value", value)]) }

    /// What XML can hold of a value.
    private func seen(_ value: String) -> String {
        String(
            String.UnicodeScalarView(
                value.composed.unicodeScalars.filter { scalar in
                    scalar.value >= 0x20 && scalar.value != 0xFFFE || "\t\n\r".unicodeScalars.contains(scalar)
                }))
    }
}

extension String {
    fileprivate var composed: String { precomposedStringWithCanonicalMapping }
}
