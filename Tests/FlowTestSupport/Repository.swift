public import Foundation

/// The files of the repository, as the tests see them.
public enum Repository {
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The files of a folder with one of the endings, folders below it included, in the order of their names.
    public static func files(in folder: String, ending: String) -> [TestFile] {
        let base = root.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(ending) }.sorted().map { name in
            TestFile(name: name, url: base.appendingPathComponent(name))
        }
    }

    /// The flow files that are checked together with one: those of its folder, and in `folder` itself only it.
    ///
    /// - Parameter file: one of `files(in: folder, …)`.
    public static func project(of file: TestFile, in folder: String) -> [TestFile] {
        guard let slash = file.name.lastIndex(of: "/") else { return [file] }
        let inner = files(in: folder + "/" + file.name[..<slash], ending: ".yaml")
        return inner.map { TestFile(name: file.name[...slash] + $0.name, url: $0.url) }
    }

    public static func file(_ path: String) -> TestFile {
        TestFile(name: path, url: root.appendingPathComponent(path))
    }
}

/// A file that a test is about; the test is named after it.
public struct TestFile: Sendable, CustomStringConvertible {
    public let name: String
    public let url: URL

    public var bytes: [UInt8] { (try? Data(contentsOf: url)).map { Array($0) } ?? [] }
    public var text: String { String(decoding: bytes, as: UTF8.self) }
    public var description: String { name }

    /// Compares a text with the file's. With `FLOWC_RECORD=1` in the environment the file is written instead, and the
    /// run fails all the same: a run that records proves nothing.
    ///
    /// - Returns: nil if they are equal, else what to say.
    public func difference(from text: String) -> String? {
        if text.utf8.elementsEqual(bytes) { return nil }
        if ProcessInfo.processInfo.environment["FLOWC_RECORD"] == "1" {
            do {
                try Data(text.utf8).write(to: url)
            } catch {
                return "\(name) can't be written"
            }
            return "\(name) was recorded; run again without FLOWC_RECORD"
        }
        let old = self.text.split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(old, new).prefix { $0 == $1 }.count
        return """
            \(name):\(line + 1) differs (FLOWC_RECORD=1 writes it anew)
              expected: \(line < old.count ? old[line] : "the end")
              found:    \(line < new.count ? new[line] : "the end")
            """
    }
}
