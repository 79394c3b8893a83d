import Testing

@testable import FlowLang

/// Files that nobody writes by accident: each is answered, with a bounded number of problems.
@Suite struct `Hostile files` {
    static let size = YAMLLimits.maxFileBytes

    @Test(arguments: [
        ("open brackets", "["), ("open pairs", "[{"), ("open braces on lines", "{\n"), ("block lists", "- "),
        ("anchors before brackets", "&a ["), ("directives", "%TAG ! tag:x\n"), ("explicit keys", "? "),
        ("quotes", "\"x\" "), ("single quotes", "'\n"), ("stars", "*a "), ("documents", "---\n"),
        ("colons", ": "),
        ("keys", "a: "), ("commas", ","), ("holes", "${"), ("line ends", "\n"), ("carriage returns", "\r"),
        ("tabs", "\t"), ("dollars", "$"), ("hashes", "# "), ("ampersands", "&a "), ("tags", "!a "),
        ("bangs", "!"),
    ])
    func `of one thing over and over are answered`(name: String, unit: String) {
        for head in ["", "steps:\n  - say: ", "x: \""] {
            let count = (64 << 10) / unit.utf8.count
            let text = head + String(repeating: unit, count: count)
            let found = parse(SourceFile(id: 0, name: "test.yaml", text: text)).diagnostics
            #expect(!found.items.isEmpty)
            #expect(found.items.count <= YAMLLimits.maxProblems + 1)
        }
    }

    @Test(arguments: [
        "[", "[{", "%TAG ! tag:x\n", "\"\n", "- ", "a: b: c\n", "{menu: x, choices: {1: next}}, ",
    ])
    func `of a megabyte are answered too`(unit: String) {
        let head = "steps: ["
        let text = head + String(repeating: unit, count: (Self.size - head.utf8.count) / unit.utf8.count)
        let found = parse(SourceFile(id: 0, name: "test.yaml", text: text)).diagnostics
        #expect(!found.items.isEmpty)
    }

    @Test func `of one byte too many are refused`() {
        let bytes = [UInt8](repeating: 0x20, count: Self.size + 1)
        #expect(
            parse(SourceFile(id: 0, name: "test.yaml", bytes: bytes)).diagnostics.items.first?.code
                == .fileTooLarge)
    }

    @Test func `that are cut anywhere are answered`() {
        let bytes = Array(ExampleFlows.mainMenu.text.utf8)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            let file = SourceFile(id: 0, name: "test.yaml", bytes: Array(bytes.prefix(length)))
            check(parse(file), in: file)
        }
    }

    @Test func `with any one byte changed are answered`() {
        let bytes = Array(ExampleFlows.weatherReply.text.utf8)
        let changes = Array("[]{}:#'\"&*!|>%@`-,?$ \t\n\u{0}".utf8) + [0x80, 0xC3, 0xFF]
        for offset in stride(from: 0, to: bytes.count, by: 5) {
            var changed = bytes
            changed[offset] = changes[offset / 5 % changes.count]
            let file = SourceFile(id: 0, name: "test.yaml", bytes: changed)
            check(parse(file), in: file)
        }
    }

    /// Spans lie in the file, and everything can be printed.
    private func check(_ parsed: ParsedFlow, in file: SourceFile) {
        let renderer = DiagnosticRenderer(files: [file])
        for diagnostic in parsed.diagnostics.sorted() {
            #expect(Int(diagnostic.span.upper) <= file.bytes.count)
            #expect(renderer.render(diagnostic).hasPrefix("test.yaml:"))
        }
    }
}
