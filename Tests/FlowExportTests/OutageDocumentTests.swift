import FlowCompiler
import FlowExport
import FlowLang
import FlowProgram
import FlowRuntime
import Testing

@Suite struct `Documents for an outage` {
    private let bilingual = """
        flow: help-desk
        channel: [voice, sms]
        languages: [en-US, es-MX]
        voices: {en-US: Polly.Joanna-Neural, es-MX: Polly.Mia-Neural}
        config:
          desk: phone
          other: url
        defaults:
          fallback: ${config.desk}
        steps:
          - say: {en-US: Hello., es-MX: Hola.}
          - end
        """

    @Test func `say sorry in each language, ring the fallback and hang up`() throws {
        let export = try outageDocuments(of: programs(bilingual), environment: ["DESK": "+15555550123"])
        #expect(
            export.documents.map(\.path) == [
                "help-desk.voice.en-US.xml", "help-desk.voice.es-MX.xml", "help-desk.sms.en-US.xml",
                "help-desk.sms.es-MX.xml",
            ])
        #expect(
            export.documents.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                #"<?xml version="1.0" encoding="UTF-8"?><Response><Say voice="Polly.Joanna-Neural" language="en-US">Sorry, something went wrong. Please try again later.</Say><Dial>+15555550123</Dial><Hangup/></Response>"#,
                #"<?xml version="1.0" encoding="UTF-8"?><Response><Say voice="Polly.Mia-Neural" language="es-MX">Lo sentimos, algo salió mal. Inténtelo de nuevo más tarde.</Say><Dial>+15555550123</Dial><Hangup/></Response>"#,
                #"<?xml version="1.0" encoding="UTF-8"?><Response><Message>Sorry, something went wrong. Please try again later.</Message></Response>"#,
                #"<?xml version="1.0" encoding="UTF-8"?><Response><Message>Lo sentimos, algo salió mal. Inténtelo de nuevo más tarde.</Message></Response>"#,
            ])
        #expect(
            export.documents.map(\.setting) == [
                "VoiceFallbackUrl", "VoiceFallbackUrl", "SmsFallbackUrl", "SmsFallbackUrl",
            ])
    }

    @Test func `ring a number that stands in the flow, or nobody`() throws {
        let flow = "flow: a\nchannel: voice\n%steps:\n  - hangup\n"
        func dials(_ defaults: String) throws -> Bool {
            let export = try outageDocuments(
                of: programs(flow.replacing("%", with: defaults)), environment: [:])
            return String(decoding: export.documents[0].bytes, as: UTF8.self)
                .contains("<Dial>+15555550123</Dial><Hangup/>")
        }
        #expect(try dials("defaults: {fallback: \"+15555550123\"}\n"))
        #expect(try !dials(""))
    }

    @Test func `name the setting that is missing or no number, and need no other`() {
        let programs = programs(bilingual)
        #expect(throws: ConfigurationProblems.self) { try outageDocuments(of: programs, environment: [:]) }
        #expect {
            try outageDocuments(of: programs, environment: ["DESK": "<Dial>"])
        } throws: {
            "\($0)".contains("DESK: '<Dial>' is no phone")
        }
    }

    private func programs(_ text: String) -> [Program] {
        let compilation = compile(
            [SourceFile(id: 0, name: "a.yaml", text: text)],
            options: CompilerOptions(knowsTimezone: { _ in true }))
        #expect(compilation.diagnostics.filter { $0.code != .unusedName }.map(\.headline) == [])
        return compilation.programs.map(\.program)
    }
}
