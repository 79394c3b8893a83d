import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowTestSupport
import Foundation

@testable import FlowExport

/// A project in a folder of its own, with a Node process that plays the platform.
struct ExportedProject {
    let folder: URL
    let host: NodeHost

    static let secret = "0123456789abcdef0123456789abcdef"

    init(_ export: Export) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("flowc-\(UUID().uuidString)")
        try OutputFolder(folder.path).write(export, force: false)
        host = try NodeHost(project: folder)
    }

    func remove() async {
        await host.end()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// The programs of flows, which must have no errors.
func compiledPrograms(_ files: [SourceFile]) -> [ProgramFile.Entry] {
    let zones = SystemZoneRules()
    return compile(files, options: CompilerOptions(knowsTimezone: { zones.knows($0) })).programs
}

func examplePrograms() -> [ProgramFile.Entry] {
    compiledPrograms(
        Repository.files(in: "flows", ending: ".yaml").enumerated().map {
            SourceFile(id: UInt32($0), name: "flows/\($1.name)", bytes: $1.bytes)
        })
}
