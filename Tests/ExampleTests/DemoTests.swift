import FlowTestSupport
import Foundation
import Testing

@Suite("The demonstration")
struct DemoTests {
    @Test("`make demo` shows the conversations of the golden file")
    func demo() throws {
        let flowc = Repository.products.appendingPathComponent("flowc").path
        let shell = try CommandShell(environment: ["FLOWC": flowc])
        defer { shell.remove() }
        let result = try shell.run(Repository.file("Scripts/demo").url.path)
        #expect(result.status == 0)
        let text = result.output
            .replacing(/(CA|SM|RE)[0-9a-f]{32}/) { "\($0.output.1)…" }
            .replacing(/127\.0\.0\.1:[0-9]+/, with: "127.0.0.1:PORT")
        #expect(Repository.file("Tests/Corpus/demo.golden").difference(from: text) == nil)
    }
}
