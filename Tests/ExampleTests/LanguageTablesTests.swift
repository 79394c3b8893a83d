import FlowLang
import FlowProperties
import FlowTestSupport
import Foundation
import Testing

@Suite("Tables of the language")
struct LanguageTablesTests {
    let page = Repository.file("docs/language.md")

    @Test("The tables of the reference are those of the code")
    func tables() {
        let regions = MarkedRegions(page.text)
        #expect(page.difference(from: regions.text(with: LanguageTables.table)) == nil)
        for name in regions.names { #expect(LanguageTables.table(name) != nil, "no table '\(name)'") }
    }

    @Test("The reference has every table")
    func everyTable() {
        let names = MarkedRegions(page.text).names
        #expect(LanguageTables.required.filter { !names.contains($0) } == [])
    }

    @Test("What an option stands for is there in TwiML", arguments: OptionOfTwiML.all)
    func source(_ option: OptionOfTwiML) {
        guard let source = option.row.source else {
            let unnamed = option.elements.first { $0.attributes[option.attribute] != nil }
            if let unnamed { Issue.record("it has no source: \(unnamed.tag) \(option.attribute)?") }
            return
        }
        let words = source.split(separator: " ").map(String.init)
        let elements = TwiMLFacts.elements.filter { $0.tag == words.first }
        guard let name = words.dropFirst().first else {
            #expect(!elements.isEmpty, "TwiML has no \(source)")
            return
        }
        let attributes = elements.compactMap { $0.attributes[name] }
        #expect(!attributes.isEmpty, "TwiML has no \(source)")
        let isUnverified =
            attributes.allSatisfy(\.isUnverified) || elements.allSatisfy { $0.isUnverified }
        #expect(option.isUnverified == isUnverified, "\(source) is\(isUnverified ? "n't" : "") verified")
    }

    @Test("A region is replaced up to its end")
    func region() {
        let text = "a\n<!-- table: x -->\nold\nolder\n<!-- end -->\nb\n"
        let written = MarkedRegions(text).text { $0 == "x" ? "new" : nil }
        #expect(written == "a\n<!-- table: x -->\nnew\n<!-- end -->\nb\n")
    }
}
