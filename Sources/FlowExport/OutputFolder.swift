import Foundation

/// A folder that an export is written to, whole or not at all: files are written beside and then renamed, the manifest last. It replaces
/// and deletes only what its own manifest lists.
public struct OutputFolder: Sendable {
    private let url: URL
    /// As messages show it.
    private let name: String

    /// - Parameter path: the folder; it needs not exist, but the one that it lies in.
    public init(_ path: String) {
        url = URL(fileURLWithPath: path, isDirectory: true)
        name = path
    }

    /// Writes an export.
    ///
    /// - Parameter force: takes a folder that isn't empty.
    /// - Throws: `ExportProblem`; then the folder is as it was, unless the disk failed in between.
    public func write(_ export: Export, force: Bool) throws(ExportProblem) {
        let files = try export.files()
        let present = try names()
        guard force || present.isEmpty else { throw .notEmpty(name) }
        let old = try filesToReplace(of: export.kind)
        for file in files where !old.contains(file.path) && exists(file.path) {
            throw .foreignFile(shown(file.path))
        }
        let staging = url.deletingLastPathComponent()
            .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString)", isDirectory: true)
        defer { try? FileManager.default.removeItem(at: staging) }
        do {
            for file in files { try write(file.bytes, to: staging.appendingPathComponent(file.path)) }
        } catch {
            throw .cannotWrite(name)
        }
        try move(files.map(\.path), from: staging)
        for path in old.subtracting(files.map(\.path)).sorted() {
            try? FileManager.default.removeItem(at: url.appendingPathComponent(path))
            removeEmptyFolders(above: path)
        }
    }

    /// A folder that has something in it stays.
    private func removeEmptyFolders(above path: String) {
        var parts = path.split(separator: "/").dropLast()
        while !parts.isEmpty {
            guard rmdir(url.appendingPathComponent(parts.joined(separator: "/")).path) == 0 else { return }
            parts.removeLast()
        }
    }

    /// How the folder differs from an export, a line each, in the order of the paths; none where it is what would be written.
    public func differences(from export: Export) throws(ExportProblem) -> [String] {
        let files = try export.files()
        var differences: [(path: String, line: String)] = []
        for file in files {
            let present = FileManager.default.contents(atPath: url.appendingPathComponent(file.path).path)
            guard let present else {
                differences.append((file.path, "\(shown(file.path)) is missing"))
                continue
            }
            if !present.elementsEqual(file.bytes) {
                differences.append((file.path, "\(shown(file.path)) is out of date"))
            }
        }
        for path in try filesToReplace(of: export.kind).subtracting(files.map(\.path)) where exists(path) {
            differences.append((path, "\(shown(path)) isn't made any more"))
        }
        return differences.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }.map(\.line)
    }

    // MARK: what is there

    private func names() throws(ExportProblem) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { throw .notAFolder(name) }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
            throw .cannotWrite(name)
        }
        return names
    }

    /// What the manifest lists, itself included. A manifest is a file like others: a path that leads out of the folder is none of ours.
    private func filesToReplace(of kind: Export.Kind) throws(ExportProblem) -> Set<String> {
        let path = url.appendingPathComponent(Export.manifestName).path
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        guard let manifest = Manifest(Array(data), of: kind),
            manifest.documents.allSatisfy({ isInside($0.path) })
        else { throw .foreignFile(shown(Export.manifestName)) }
        return Set(manifest.documents.map(\.path) + [Export.manifestName])
    }

    private func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !path.unicodeScalars.contains { $0.value < 0x20 }
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    /// A link counts, wherever it leads.
    private func exists(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: url.appendingPathComponent(path).path)) != nil
    }

    private func shown(_ path: String) -> String { name.hasSuffix("/") ? name + path : "\(name)/\(path)" }

    // MARK: writing

    private func write(_ bytes: [UInt8], to file: URL) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// The manifest comes last: until then the old one lists what is there.
    private func move(_ paths: [String], from staging: URL) throws(ExportProblem) {
        for path in paths {
            let target = url.appendingPathComponent(path)
            do {
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            } catch {
                throw .cannotWrite(shown(path))
            }
            guard rename(staging.appendingPathComponent(path).path, target.path) == 0 else {
                throw .cannotWrite(shown(path))
            }
        }
    }
}
