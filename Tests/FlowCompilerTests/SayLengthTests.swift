import FlowCompiler
import FlowLang
import FlowProgram
import Testing

@Suite("How much one Say holds")
struct SayLengthTests {
    @Test("Values of bounded types are said in one breath")
    func bounded() {
        let says = says("On ${today} ${person_number} asked for ${order}, at ${now}.", as: "digits(6)")
        #expect(says == 1)
    }

    @Test("Texts that may be long are said in several")
    func unbounded() {
        #expect(says("${order} ${order} ${order}", as: "text") == 3)
    }

    /// How many `<Say>` a prompt becomes, in which `order` has the type.
    private func says(_ prompt: String, as type: String) -> Int {
        let text = """
            flow: a
            channel: voice
            timezone: UTC
            params: {order: \(type), person_number: phone}
            steps:
              - say: "\(prompt)"
              - hangup

            """
        let compilation = compile(
            [SourceFile(id: 0, name: "a.yaml", text: text)],
            options: CompilerOptions(knowsTimezone: { _ in true }))
        let listing = compilation.programs.map { $0.program.listing(sourceMap: $0.sourceMap) }.joined()
        #expect(compilation.diagnostics.isEmpty)
        // Behind the hangup stands the apology.
        let state = listing.split(separator: "start:").last?.split(separator: "hangup").first ?? ""
        return state.matches(of: /<Say>/).count
    }
}
