public import FoundationEssentials
import Crypto

/// The file that `flowc build` writes and `serve` and an embedder load: programs with their source maps, as JSON with
/// sorted keys, so that equal programs give equal bytes.
public struct ProgramFile: Codable, Sendable {
    public var programs: [Entry]

    public struct Entry: Codable, Sendable {
        public var program: Program
        public var sourceMap: SourceMap

        public init(program: Program, sourceMap: SourceMap) {
            self.program = program
            self.sourceMap = sourceMap
        }
    }

    public init(programs: [Entry]) {
        self.programs = programs
    }

    /// What can't be loaded, in words for the one who called.
    public enum LoadError: Error, Sendable, CustomStringConvertible {
        case notAProgramFile(String)
        case newerFormat(flow: String, format: Int)

        public var description: String {
            switch self {
            case .notAProgramFile(let reason): "not a file that `flowc build` wrote (\(reason))"
            case .newerFormat(let flow, let format):
                "flow '\(flow)' has format \(format); this flowc reads up to \(Program.currentFormat)"
            }
        }
    }

    /// Reads what `data` wrote.
    ///
    /// - Throws: `LoadError` if the bytes aren't a program file, or one of a newer format.
    public init(data: Data) throws {
        let decoder = JSONDecoder()
        do {
            let formats = try decoder.decode(Formats.self, from: data)
            if let newer = formats.programs.first(where: { $0.program.format > Program.currentFormat }) {
                throw LoadError.newerFormat(flow: newer.program.flow, format: newer.program.format)
            }
            self = try decoder.decode(ProgramFile.self, from: data)
        } catch let error as LoadError {
            throw error
        } catch {
            throw LoadError.notAProgramFile("it doesn't decode")
        }
        for entry in programs {
            if let problem = entry.program.inconsistency { throw LoadError.notAProgramFile(problem) }
        }
    }

    /// The bytes of the file.
    ///
    /// - Parameter inLines: each member on a line of its own, for people and comparisons; it loads the same.
    /// - Throws: never for programs that the compiler made; a number that JSON can't hold otherwise.
    public func data(inLines: Bool = false) throws -> Data {
        let encoder = Self.encoder
        if inLines { encoder.outputFormatting.insert(.prettyPrinted) }
        return try encoder.encode(self)
    }

    private struct Formats: Decodable {
        var programs: [Entry]

        struct Entry: Decodable { var program: Header }
        struct Header: Decodable {
            var format: Int
            var flow: String
        }
    }

    fileprivate static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

extension Program {
    /// SHA-256 of the program's canonical bytes: operations, pieces, names and types; no spans, no config values.
    ///
    /// - Complexity: O(size of the program); made once when a program is deployed, not when it is checked.
    public var contentHash: [UInt8] {
        guard let data = try? ProgramFile.encoder.encode(self) else { return [] }
        return Array(SHA256.hash(data: data))
    }

    /// What makes a program from a file unusable: an index that leads out of it. The compiler makes none.
    package var inconsistency: String? {
        let count = operations.count
        guard !languages.isEmpty else { return "flow '\(flow)' has no language" }
        guard stopsSilentWay.count == count else { return "flow '\(flow)' lacks its marks" }
        guard operations.indices.contains(entry), errorHandler.map(operations.indices.contains) ?? true,
            handlers.allSatisfy({ operations.indices.contains($0.entry) }),
            states.allSatisfy({ operations.indices.contains($0.entry) }),
            subflows.allSatisfy({ operations.indices.contains($0.entry) }),
            subflows.allSatisfy({ $0.errorHandler.map(operations.indices.contains) ?? true }),
            ([interrupts] + subflows.map(\.interrupts)).compactMap(\.self).allSatisfy({ interrupts in
                interrupts.choices.allSatisfy { operations.indices.contains($0.target) }
                    && interrupts.waits.allSatisfy {
                        operations.indices.contains($0) && operations[$0].isGather
                    }
            })
        else { return "flow '\(flow)' has an entry outside its operations" }
        for (index, operation) in operations.enumerated() {
            guard operation.targets.allSatisfy(operations.indices.contains),
                operation.sides.allSatisfy({ operations.indices.contains($0.entry) }),
                !operation.goesOn || index + 1 < count
            else { return "operation \(index) of flow '\(flow)' leads out of it" }
            if case .again(let target) = operation, !operations[target].isWait {
                return "operation \(index) of flow '\(flow)' repeats what is no wait"
            }
        }
        return nil
    }
}
