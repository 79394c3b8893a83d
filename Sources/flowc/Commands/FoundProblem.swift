import FlowExport
import FlowLang
import FlowProgram

/// What an export found at a place of a flow's file.
struct FoundProblem {
    var code: DiagnosticCode
    var headline: String
    var help: String
    /// nil where the program came without its places.
    var place: (file: String, line: Int, column: Int)?

    init(_ problem: FunctionProblem, in map: SourceMap) {
        code = .notForFunction
        headline = problem.headline
        help = problem.help
        place = map.place(of: problem.operation)
    }

    init(_ problem: StaticProblem, in map: SourceMap) {
        code = .notStatic
        headline = problem.headline
        help = problem.help
        place = map.place(of: problem.operation)
    }
}

extension SourceMap {
    fileprivate func place(of operation: Int) -> (file: String, line: Int, column: Int)? {
        guard places.indices.contains(operation), files.indices.contains(places[operation].file) else {
            return nil
        }
        let place = places[operation]
        return (files[place.file], place.line, place.column)
    }
}

extension Compiler {
    /// Shows problems at their places in the files of a command line; without the files, such as for what `flowc build` wrote, each is a
    /// line.
    static func report(_ problems: [FoundProblem], _ paths: [String]) throws {
        let isBuilt = paths.count == 1 && paths[0].hasSuffix(".flows")
        let files = isBuilt ? [] : try ProjectFiles.load(paths)
        var diagnostics: [Diagnostic] = []
        for problem in problems {
            if let place = problem.place, let file = files.first(where: { $0.name == place.file }) {
                let span = file.word(atLine: place.line, column: place.column)
                diagnostics.append(Diagnostic(problem.code, problem.headline, at: span, help: problem.help))
            } else {
                let place = problem.place.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
                Console.printError(
                    "\(place)error[\(problem.code.rawValue)]: \(problem.headline)\nhelp: \(problem.help)\n")
            }
        }
        report(diagnostics, in: files)
    }

    static func summary(errors: Int) -> String { "\(errors) error\(errors == 1 ? "" : "s")" }
}

extension SourceFile {
    /// The word that begins at a place as people count it.
    fileprivate func word(atLine line: Int, column: Int) -> Span {
        var start = start(ofLine: line)
        var left = column - 1
        while left > 0, start < bytes.count {
            start += 1
            if start >= bytes.count || bytes[start] & 0xC0 != 0x80 { left -= 1 }
        }
        var end = start
        while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
        return Span(source: id, lower: UInt32(clamping: start), upper: UInt32(clamping: max(end, start + 1)))
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
