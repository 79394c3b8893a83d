import FlowCompiler
import FlowLang
import FlowProgram
import FlowTestSupport
import Foundation
import Testing

@Suite("Listings")
struct ListingTests {
    @Test(
        "A flow lowers to its listing",
        arguments: CorpusTests.accepted + CorpusTests.examples)
    func listing(_ file: TestFile) {
        let isExample = file.url.deletingLastPathComponent().lastPathComponent == "flows"
        let sources =
            isExample
            ? CorpusTests.sources(CorpusTests.examples)
            : CorpusTests.sources(of: file, in: "Tests/Corpus/accepted")
        let programs = compiled(sources).programs.filter { $0.sourceMap.files.first == file.name }
        let listing = programs.map { $0.program.listing(sourceMap: $0.sourceMap) }.joined(separator: "\n")
        // A wait or whisper flow is in the listings of those that use it.
        if listing.isEmpty { return }
        let name = file.name.replacing(".yaml", with: ".listing").replacing("/", with: "-")
        #expect(Repository.file("Tests/Corpus/listings/\(name)").difference(from: listing) == nil)
    }
}
