import FlowLang
import FlowTestSupport
import Foundation
import Testing

@Suite struct `Rejected flows` {
    /// The codes that reading a file alone can find.
    static let codes: [DiagnosticCode] = [
        .fileTooLarge, .invalidUTF8, .invalidCharacter, .yamlSyntax, .tabIndent, .unclosedQuote,
        .unquotedColon,
        .unquotedHole, .cutText, .tooDeep, .tooManyNodes, .severalDocuments, .yamlDirective, .yamlTag,
        .mergeKey,
        .unknownAlias, .duplicateKey, .complexKey, .missingValue, .unknownKey, .missingKey, .unknownVerb,
        .missingVerb,
        .severalVerbs, .unexpectedShape, .invalidName, .reservedName, .invalidValue, .unexpectedHole,
        .invalidChoiceKey, .invalidLanguage, .expressionSyntax, .typeSyntax, .hoursSyntax,
        .tooManyProblems,
    ]

    /// Files of those codes with a problem that only the compiler sees.
    static let beyondReading: Set = [
        "invalid-name-homoglyph.yaml",
        "invalid-value-allow.yaml",
        "invalid-value-ask.yaml",
        "invalid-value-input.yaml",
        "invalid-value-instruction.yaml",
        "invalid-value-units.yaml",
        "missing-key-returns.yaml",
        "reserved-name-param.yaml",
        "reserved-name-params.yaml",
        "reserved-name-variable.yaml",
        "type-syntax-forms.yaml",
        "unexpected-hole-fallback.yaml",
        "unexpected-hole-options.yaml",
        "unexpected-hole.yaml",
    ]

    @Test(arguments: corpusFiles(of: codes))
    func `have exactly the problems that they say`(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: corpus.appending(path: name)))
        let file = SourceFile(id: 0, name: name, bytes: bytes)
        var found = parse(file).diagnostics.sorted()
        let expected = expectations(in: bytes)
        #expect(!expected.isEmpty)
        for expectation in expected {
            let index = found.firstIndex { matches($0, expectation, in: file) }
            #expect(index != nil || Self.beyondReading.contains(name), "missing: \(expectation)")
            if let index { found.remove(at: index) }
        }
        let unexpected = DiagnosticRenderer(files: [file]).render(found)
        #expect(found.isEmpty, "not expected:\n\(unexpected)")
    }

    @Test(arguments: codes)
    func `are there for every code that reading reports`(code: DiagnosticCode) {
        #expect(!corpusFiles(of: [code]).isEmpty)
    }

    private func matches(
        _ problem: Diagnostic, _ expectation: FlowTestSupport.Expectation, in file: SourceFile
    ) -> Bool {
        let position = file.position(of: problem.span.lower)
        return problem.code.rawValue == expectation.code && position.line == expectation.line
            && (expectation.column == nil || expectation.column == position.column)
            && (expectation.text.map { problem.headline.contains($0) } ?? true)
    }
}

private let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Corpus/rejected")

/// The files `CODE.yaml` and `CODE-what.yaml`; a file belongs to the longest code that its name begins with.
private func corpusFiles(of codes: [DiagnosticCode]) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: corpus.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted().filter { file in
        let owner = DiagnosticCode.allCases.map(\.rawValue)
            .filter { file == "\($0).yaml" || file.hasPrefix("\($0)-") }
            .max { $0.count < $1.count }
        return codes.contains { $0.rawValue == owner }
    }
}
