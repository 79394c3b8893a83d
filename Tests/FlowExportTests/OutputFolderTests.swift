import Foundation
import Testing

@testable import FlowExport

@Suite struct `The folder of an export` {
    private let base: URL
    private var path: String { base.appendingPathComponent("out").path }

    init() throws {
        base = FileManager.default.temporaryDirectory.appendingPathComponent("flowc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
    }

    @Test func `is made, with a manifest; the same export gives the same bytes`() throws {
        defer { remove() }
        let folder = OutputFolder(path)
        try folder.write(export(["b.xml": "2", "a.xml": "1"]), force: false)
        #expect(files() == ["a.xml": "1", "b.xml": "2", "manifest.json": files()["manifest.json"] ?? ""])
        #expect(
            files()["manifest.json"]?.hasPrefix(
                "{\n  \"documents\" : [\n    {\n      \"bytes\" : 1,\n      \"channel\" : \"voice\",\n")
                == true)
        let before = files()
        try folder.write(export(["a.xml": "1", "b.xml": "2"]), force: true)
        #expect(files() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: base.path) == ["out"])
    }

    @Test func `that isn't empty is left alone`() throws {
        defer { remove() }
        try write("mine", to: "notes.txt")
        #expect(throws: ExportProblem.notEmpty(path)) {
            try OutputFolder(path).write(export(["a.xml": "1"]), force: false)
        }
        #expect(files() == ["notes.txt": "mine"])
    }

    @Test func `with force loses what its manifest lists and nothing else`() throws {
        defer { remove() }
        let folder = OutputFolder(path)
        try folder.write(export(["a.xml": "1", "old.xml": "2"]), force: false)
        try write("mine", to: "notes.txt")
        try folder.write(export(["a.xml": "3", "new.xml": "4"]), force: true)
        #expect(
            files().filter { $0.key != "manifest.json" } == [
                "a.xml": "3", "new.xml": "4", "notes.txt": "mine",
            ])
        try write("mine", to: "b.xml")
        let before = files()
        #expect(throws: ExportProblem.foreignFile(path + "/b.xml")) {
            try folder.write(export(["a.xml": "5", "b.xml": "6"]), force: true)
        }
        #expect(files() == before)
    }

    @Test func `with force loses folders that nothing is left in`() throws {
        defer { remove() }
        let folder = OutputFolder(path)
        try folder.write(export(["a/b/c.xml": "1", "a/d.xml": "2", "e/f.xml": "3"]), force: false)
        try write("mine", to: "e/notes.txt")
        try folder.write(export(["a/d.xml": "2"]), force: true)
        let left = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        #expect(left == ["a", "a/d.xml", "e", "e/notes.txt", "manifest.json"])
    }

    @Test(arguments: ["not JSON", "{}", #"{"flowc":"other","format":1,"documents":[]}"#])
    func `with a manifest of somebody else's is left alone`(_ manifest: String) throws {
        defer { remove() }
        try write(manifest, to: "manifest.json")
        #expect(throws: ExportProblem.foreignFile(path + "/manifest.json")) {
            try OutputFolder(path).write(export(["a.xml": "1"]), force: true)
        }
        #expect(files() == ["manifest.json": manifest])
    }

    @Test(arguments: ["../victim.txt", "/etc/hostname", "a/../../victim.txt", ""])
    func `with a manifest that points out of it is left alone`(_ listed: String) throws {
        defer { remove() }
        try OutputFolder(path).write(export(["a.xml": "1"]), force: false)
        try Data("mine".utf8).write(to: base.appendingPathComponent("victim.txt"))
        let manifest = try #require(files()["manifest.json"]).replacing("a.xml", with: listed)
        try write(manifest, to: "manifest.json")
        #expect(throws: ExportProblem.foreignFile(path + "/manifest.json")) {
            try OutputFolder(path).write(export(["b.xml": "1"]), force: true)
        }
        #expect(FileManager.default.fileExists(atPath: base.appendingPathComponent("victim.txt").path))
    }

    @Test func `doesn't follow a link out of itself`() throws {
        defer { remove() }
        let victim = base.appendingPathComponent("victim.txt")
        try Data("mine".utf8).write(to: victim)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: path + "/a.xml", withDestinationPath: victim.path)
        #expect(throws: ExportProblem.foreignFile(path + "/a.xml")) {
            try OutputFolder(path).write(export(["a.xml": "1"]), force: true)
        }
        #expect(try String(contentsOf: victim, encoding: .utf8) == "mine")
    }

    @Test func `is told apart from what would be written`() throws {
        defer { remove() }
        let folder = OutputFolder(path)
        let first = export(["a.xml": "1", "b.xml": "2", "c.xml": "3"])
        #expect(try folder.differences(from: first).count == 4)
        try folder.write(first, force: false)
        #expect(try folder.differences(from: first) == [])
        try FileManager.default.removeItem(atPath: path + "/b.xml")
        let before = files()
        #expect(
            try folder.differences(from: export(["a.xml": "9", "b.xml": "2"])) == [
                "\(path)/a.xml is out of date", "\(path)/b.xml is missing",
                "\(path)/c.xml isn't made any more",
                "\(path)/manifest.json is out of date",
            ])
        #expect(files() == before)
    }

    @Test func `takes no names that differ by case only, and no large document`() {
        defer { remove() }
        #expect(throws: ExportProblem.sameName("A.xml", "a.xml")) {
            try OutputFolder(path).write(export(["A.xml": "1", "a.xml": "1"]), force: false)
        }
        #expect(throws: ExportProblem.sameName("manifest.json", "Manifest.JSON")) {
            try OutputFolder(path).write(export(["Manifest.JSON": "1"]), force: false)
        }
        #expect(throws: ExportProblem.fileTooLarge("a.xml", 64_001, most: 64_000)) {
            try OutputFolder(path).write(
                export(["a.xml": String(repeating: "x", count: 64_001)]), force: false)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `can't be a file, or lie where nothing can be written`() throws {
        defer { remove() }
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: ExportProblem.notAFolder(path)) {
            try OutputFolder(path).write(export(["a.xml": "1"]), force: true)
        }
        let inFile = path + "/deeper"
        #expect(throws: ExportProblem.self) {
            try OutputFolder(inFile).write(export(["a.xml": "1"]), force: false)
        }
    }

    private func export(_ files: [String: String]) -> Export {
        Export(
            kind: .fallback,
            documents: files.sorted { $0.key < $1.key }.map {
                Export.Document(
                    path: $0.key, bytes: Array($0.value.utf8), flow: "a", channel: "voice", language: "en-US",
                    setting: "VoiceFallbackUrl", method: "GET")
            })
    }

    private func files() -> [String: String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, (try? String(contentsOfFile: path + "/" + $0, encoding: .utf8)) ?? "?")
            })
    }

    private func write(_ text: String, to name: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    private func remove() { try? FileManager.default.removeItem(at: base) }
}
