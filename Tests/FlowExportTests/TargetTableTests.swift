import FlowProgram
import FlowTestSupport
import Foundation
import Testing

@testable import FlowExport

@Suite struct `The table of targets` {
    @Test func `says where each example flow goes`() throws {
        let page = Repository.file("docs/hosting.md").text
        let rows =
            page.components(separatedBy: "| flow | goes to |\n|---|---|\n").last?
            .components(separatedBy: "\n\n").first ?? ""
        var said: [String: String] = [:]
        for row in rows.split(separator: "\n") {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            try #require(cells.count == 2)
            for flow in cells[0].components(separatedBy: ", ") { said[flow] = cells[1] }
        }
        var found: [String: Target] = [:]
        for entry in examplePrograms() {
            let target = try target(of: entry)
            found[entry.program.flow] = max(target, found[entry.program.flow] ?? .bin)
        }
        #expect(said == found.mapValues(\.name))
    }

    /// The first that fits.
    private enum Target: Int, Comparable {
        case bin, files, function, serve

        static func < (left: Target, right: Target) -> Bool { left.rawValue < right.rawValue }

        var name: String { ["a bin", "files", "a Function", "`serve`"][rawValue] }
    }

    private func target(of entry: ProgramFile.Entry) throws -> Target {
        var environment: [String: String] = [:]
        for item in entry.program.config {
            environment[item.name.uppercased()] =
                if case .url = item.type { "https://example.com" } else { "+15555550111" }
        }
        let hosting = try StaticHosting(
            baseURL: "https://cdn.example.com", binURL: "https://handler.twilio.com/twiml/EH1")
        let made = try staticDocuments(of: [entry], environment: environment, hosting: hosting)
        if made.problems.isEmpty {
            return made.export.documents.contains { $0.host == .file } ? .files : .bin
        }
        let program = entry.program
        return functionProblems(of: program, at: 0, LiveVariables(program)).isEmpty ? .function : .serve
    }
}
