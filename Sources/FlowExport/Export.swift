import FoundationEssentials

/// What an export makes: documents, and a manifest that lists them. Equal flows give equal bytes.
public struct Export: Sendable {
    /// What was exported.
    public enum Kind: String, Codable, Sendable {
        case fallback
        case twiml
        case function

        /// The provider's error 11750 for documents; what its platform takes for functions.
        var maxFileBytes: Int {
            switch self {
            case .fallback, .twiml: Export.maxDocumentBytes
            case .function: 5_000_000
            }
        }
    }

    /// What serves a document: the file's own URL, or a bin that its text is pasted into.
    public enum Host: String, Codable, Sendable {
        case file
        case bin
    }

    /// One file.
    public struct Document: Sendable {
        /// Within the folder, with `/` between its parts.
        public var path: String
        public var bytes: [UInt8]
        /// nil where the kind of the export says it.
        public var host: Host?
        public var flow: String?
        public var channel: String?
        /// A BCP-47 tag.
        public var language: String?
        /// What of the number (or of the provider's application) its URL is set as, with the method.
        public var setting: String?
        public var method: String?
        /// Its own, where it is known.
        public var url: String?
        /// The webhook's parameters that it reads, in the order of their names.
        public var parameters: [String] = []

        /// A file that belongs to all of them.
        static func file(_ path: String, _ bytes: [UInt8]) -> Document {
            Document(path: path, bytes: bytes)
        }
    }

    public var kind: Kind
    /// In the order of the flows.
    public var documents: [Document]

    /// In bytes, as everywhere where documents are made.
    static let maxDocumentBytes = 64_000

    /// The name of the manifest within the folder.
    public static let manifestName = "manifest.json"

    /// The files of the folder: the documents in the order of their paths, then the manifest.
    ///
    /// - Throws: `ExportProblem` where a document can't be hosted.
    func files() throws(ExportProblem) -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = []
        var folded: [String: String] = [Self.manifestName: Self.manifestName]
        for document in documents {
            if document.bytes.count > kind.maxFileBytes {
                throw .fileTooLarge(document.path, document.bytes.count, most: kind.maxFileBytes)
            }
            if let other = folded.updateValue(document.path, forKey: document.path.lowercased()) {
                throw .sameName(other, document.path)
            }
            files.append((document.path, document.bytes))
        }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        files.append((Self.manifestName, Manifest(of: self).bytes))
        return files
    }
}

/// The list of an export's files, beside them: what to set on the number, and what a later export may replace.
struct Manifest: Codable {
    struct Document: Codable {
        var path: String
        var bytes: Int
        var host: Export.Host?
        var flow: String?
        var channel: String?
        var language: String?
        var setting: String?
        var method: String?
        var url: String?
        /// Left out where there are none.
        var parameters: [String]?
    }

    static let currentFormat = 1

    /// Says whose file it is.
    var flowc: Export.Kind
    var format: Int
    var documents: [Document]

    init(of export: Export) {
        flowc = export.kind
        format = Self.currentFormat
        documents = export.documents.map {
            Document(
                path: $0.path, bytes: $0.bytes.count, host: $0.host, flow: $0.flow, channel: $0.channel,
                language: $0.language, setting: $0.setting, method: $0.method, url: $0.url,
                parameters: $0.parameters.isEmpty ? nil : $0.parameters)
        }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// nil where the bytes aren't a manifest of such an export.
    init?(_ bytes: [UInt8], of kind: Export.Kind) {
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)),
            manifest.flowc == kind, manifest.format <= Self.currentFormat
        else { return nil }
        self = manifest
    }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array((try? encoder.encode(self)) ?? Data()) + [UInt8(ascii: "\n")]
    }
}

/// Why an export can't be written. Nothing was.
public enum ExportProblem: Error, Sendable, Equatable, CustomStringConvertible {
    case fileTooLarge(String, Int, most: Int)
    case sameName(String, String)
    case notAFolder(String)
    /// Without `--force`.
    case notEmpty(String)
    /// It would be replaced, and no manifest says that an export wrote it.
    case foreignFile(String)
    case cannotWrite(String)

    public var description: String {
        switch self {
        case .fileTooLarge(let path, let bytes, let most):
            "\(path) has \(bytes) bytes; the provider takes \(most)"
        case .sameName(let first, let second):
            "\(first) and \(second) would be one file where upper and lower case are the same: rename a flow"
        case .notAFolder(let path): "\(path) is no folder"
        case .notEmpty(let path):
            "\(path) isn't empty; --force replaces the files that its \(Export.manifestName) lists"
        case .foreignFile(let path): "\(path) wasn't written by this export, so that it isn't replaced"
        case .cannotWrite(let path): "can't write \(path)"
        }
    }
}
