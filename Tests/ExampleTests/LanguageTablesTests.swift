import FlowTestSupport
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

    @Test("A region is replaced up to its end")
    func region() {
        let text = "a\n<!-- table: x -->\nold\nolder\n<!-- end -->\nb\n"
        let written = MarkedRegions(text).text { $0 == "x" ? "new" : nil }
        #expect(written == "a\n<!-- table: x -->\nnew\n<!-- end -->\nb\n")
    }
}
