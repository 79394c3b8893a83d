import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import Foundation

/// The files of a project: named one by one, a folder with all that it holds, or `-` for standard input.
enum ProjectFiles {
    /// What `-` is called in messages.
    static let standardInput = "<stdin>"

    /// Reads the `.yaml` and `.yml` files of the paths, in the order of the paths and of names in a folder.
    static func load(_ paths: [String]) throws -> [SourceFile] {
        if let built = paths.first(where: { $0.hasSuffix(".flows") }) {
            throw Failure(
                .wrongUsage,
                "\(built) is a file that `flowc build` wrote: it stands alone, for dump, talk and serve")
        }
        var files: [SourceFile] = []
        for path in paths.isEmpty ? ["."] : paths {
            if path == "-" {
                let data = try FileHandle.standardInput.readToEnd() ?? Data()
                files.append(SourceFile(id: UInt32(files.count), name: standardInput, bytes: Array(data)))
                continue
            }
            for name in try names(at: path) {
                files.append(SourceFile(id: UInt32(files.count), name: name, bytes: try bytes(of: name)))
            }
        }
        if files.isEmpty {
            throw Failure(
                .noSuchFile, "no flow files (*.yaml) in \(paths.isEmpty ? "." : paths.joined(separator: " "))"
            )
        }
        return files
    }

    static func bytes(of path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.noSuchFile, "can't read \(path)")
        }
        return Array(data)
    }

    /// Writes files back to where they were read: whole or not at all, a link's target instead of the link.
    static func write(_ files: [SourceFile]) throws {
        for file in files {
            let url = URL(fileURLWithPath: file.name).resolvingSymlinksInPath()
            do {
                try Data(file.bytes).write(to: url, options: .atomic)
            } catch {
                throw Failure(.unavailable, "can't write \(file.name)")
            }
        }
    }

    /// What tells whether files have changed: names, lengths and times.
    static func state(of paths: [String]) -> [String] {
        (paths.isEmpty ? ["."] : paths).flatMap { path in
            let names = (try? names(at: path)) ?? []
            return names.map { name in
                let attributes = try? FileManager.default.attributesOfItem(atPath: name)
                let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
                return "\(name) \(attributes?[.size] as? Int ?? 0) \(time)"
            }
        }
    }

    private static func names(at path: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(.noSuchFile, "no such file or folder: \(path)")
        }
        guard isFolder.boolValue else { return [path] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        let flows = names.filter { name in
            (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
                && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        }
        return flows.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
            path == "." ? $0 : "\(path)/\($0)"
        }
    }
}

/// Compiling the files of a command line.
enum Compiler {
    static var options: CompilerOptions {
        let zones = SystemZoneRules()
        return CompilerOptions(knowsTimezone: { zones.knows($0) }, timezones: { zones.names })
    }

    static func compile(_ files: [SourceFile]) -> Compilation {
        FlowCompiler.compile(files, options: options)
    }

    /// The programs of the paths, which may name one file that `flowc build` wrote.
    ///
    /// - Parameter told: is handed the diagnostics.
    /// - Throws: `Failure` with status 1.
    static func programs(
        at paths: [String], told: ([Diagnostic], [SourceFile]) throws -> Void = report
    ) throws -> [ProgramFile.Entry] {
        if paths.count == 1, paths[0].hasSuffix(".flows") {
            do {
                return try ProgramFile(data: Data(ProjectFiles.bytes(of: paths[0]))).programs
            } catch let error as ProgramFile.LoadError {
                throw Failure(.problems, "\(paths[0]): \(error)")
            }
        }
        let files = try ProjectFiles.load(paths)
        let compilation = compile(files)
        try told(compilation.diagnostics, files)
        if compilation.hasErrors { throw Failure(.problems, summary(compilation.diagnostics)) }
        if compilation.programs.isEmpty {
            throw Failure(
                .noSuchFile,
                "no flow to call or to text: wait and whisper flows are part of those that use them")
        }
        return compilation.programs
    }

    static func report(_ diagnostics: [Diagnostic], in files: [SourceFile]) {
        guard !diagnostics.isEmpty else { return }
        let renderer = DiagnosticRenderer(files: files, isColoured: Console.showsColor)
        Console.printError(renderer.render(diagnostics))
    }

    static func summary(_ diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        func words(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
        return [errors > 0 ? words(errors, "error") : nil, warnings > 0 ? words(warnings, "warning") : nil]
            .compactMap { $0 }.joined(separator: ", ")
    }
}
