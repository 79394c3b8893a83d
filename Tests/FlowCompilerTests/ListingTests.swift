import FlowCompiler
import FlowLang
import FlowProgram
import FlowTestSupport
import Testing

@Suite("Listings")
struct ListingTests {
    @Test(
        "A flow lowers to its listing",
        arguments: Repository.files(in: "flows", ending: ".yaml")
            + Repository.files(in: "Tests/Corpus/accepted", ending: ".yaml"))
    func listing(_ file: TestFile) {
        let programs = compiled([SourceFile(id: 0, name: file.name, bytes: file.bytes)]).programs
        let listing = programs.map { $0.program.listing(sourceMap: $0.sourceMap) }.joined(separator: "\n")
        let name = file.name.replacing(".yaml", with: ".listing")
        #expect(Repository.file("Tests/Corpus/listings/\(name)").difference(from: listing) == nil)
    }
}
