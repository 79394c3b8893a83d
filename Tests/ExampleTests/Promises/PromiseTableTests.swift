import FlowLang
import FlowTestSupport
import Foundation
import Testing

/// Each promise of language.md is one file, one section, has flows that break it, and a suite that tries to refute it.
@Suite("The promises")
struct PromiseTableTests {
    struct Promise: CustomTestStringConvertible {
        var file: String
        var section: String
        var codes: [DiagnosticCode]
        /// Where it isn't that of the file.
        var suite: String?

        var testDescription: String { section }
    }

    static let promises = [
        Promise(file: "NoDeadEnd", section: "No dead end", codes: [.deadEnd, .missingEnd]),
        Promise(file: "NoSilentLoop", section: "No silent loop", codes: [.silentLoop]),
        Promise(
            file: "EveryInputAnswered", section: "Every input answered",
            codes: [.unhandledOutcome, .missingOtherwise, .nonExhaustiveSwitch]),
        Promise(
            file: "Types", section: "Types",
            codes: [.typeMismatch, .optionalUsed, .wrongArguments, .wrongReturn]),
        Promise(file: "DefiniteAssignment", section: "Definite assignment", codes: [.unassignedVariable]),
        Promise(file: "ValidTwiML", section: "Valid TwiML", codes: [.invalidTwiML, .wrongVoice]),
        Promise(file: "InTime", section: "In time", codes: [.tooSlow]),
        Promise(
            file: "EveryLanguageComplete", section: "Every language complete",
            codes: [.missingLanguage, .missingPhrase, .missingVoice]),
        Promise(
            file: "VerbsWhereTheyRun", section: "Verbs where they run",
            codes: [.wrongChannel, .wrongPlace, .handlerStep]),
        Promise(file: "SafeNumbers", section: "Safe numbers", codes: [.unsafeNumber]),
        Promise(
            file: "QuietSecrets", section: "Quiet secrets", codes: [.secretExposed], suite: "SafeNumbers"),
        Promise(file: "ClearMenus", section: "Clear menus", codes: [.ambiguousChoice]),
        Promise(file: "MessageCost", section: "Cost of messages", codes: [.longMessage, .costlyCharacter]),
    ]

    @Test("A promise has its file, its section, flows that break it, and a suite", arguments: promises)
    func promise(_ promise: Promise) {
        func exists(_ path: String) -> Bool {
            FileManager.default.fileExists(atPath: Repository.file(path).url.path)
        }
        #expect(exists("Sources/FlowCompiler/Guarantees/\(promise.file).swift"))
        #expect(exists("Tests/ExampleTests/Promises/\(promise.suite ?? promise.file)Tests.swift"))
        for code in promise.codes {
            #expect(Self.broken[code.rawValue, default: 0] > 0, "no rejected flow shows \(code.rawValue)")
        }
    }

    @Test("The sections stand in the order of the promises")
    func sections() throws {
        let page = Repository.file("docs/language.md").text
        let start = try #require(page.firstRange(of: "\n## What is checked\n"))
        let titles = page[start.upperBound...].split(separator: "\n").filter { $0.hasPrefix("### ") }.map {
            $0.dropFirst(4)
        }
        #expect(titles == Self.promises.map { $0.section[...] } + ["Warnings"])
    }

    /// How many flows of the corpus show each code.
    private static let broken: [String: Int] = {
        var counts: [String: Int] = [:]
        for file in Repository.files(in: "Tests/Corpus/rejected", ending: ".yaml") {
            for code in Set(expectations(in: file.bytes).map(\.code)) { counts[code, default: 0] += 1 }
        }
        return counts
    }()
}
