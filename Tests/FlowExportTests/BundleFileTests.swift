import FlowLang
import FlowProgram
import FlowTestSupport
import Foundation
import TwiML
import Testing

@testable import FlowExport

@Suite struct `A bundle of files` {
    private static let base = "https://cdn.example.com/flows"
    private static let bin = "https://handler.twilio.com/twiml/EH1"

    private func made(
        _ texts: String..., environment: [String: String] = [:], base: String? = base, bin: String? = bin,
        maxDocuments: Int = StaticHosting.usualBound
    ) throws -> StaticExport {
        let files = texts.enumerated().map {
            SourceFile(id: UInt32($0), name: "\($1.prefix(9)).yaml", text: $1)
        }
        let programs = compiledPrograms(files)
        try #require(!programs.isEmpty)
        return try staticDocuments(
            of: programs, environment: environment,
            hosting: StaticHosting(baseURL: base, binURL: bin, maxDocuments: maxDocuments))
    }

    private let menu = """
        flow: desk
        channel: voice
        states:
          start:
            - menu: Press 1 or 2.
              choices: {1: ring, 2: bye}
              attempts: 2
              no_match: No.
              otherwise: bye
          ring:
            - dial: "+15555550111"
              otherwise: bye
          bye:
            - say: Goodbye.
            - hangup

        """

    private func text(_ export: Export, _ path: String) -> String? {
        export.documents.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func `names its folders by flow, state, attempt and language`() throws {
        let export = try made(menu).export
        #expect(
            text(export, "desk/start.1/en-US/on-7.xml")
                == ##"<?xml version="1.0" encoding="UTF-8"?><Response><Say>No.</Say><Gather action="https://handler.twilio.com/twiml/EH1?p=desk/start.2/en-US#rc=2&amp;rp=all" input="dtmf" finishOnKey="#" numDigits="1"><Say>Press 1 or 2.</Say></Gather><Say>Goodbye.</Say><Hangup/></Response>"##
        )
        #expect(
            text(export, "desk/ring.1/en-US/on-busy.xml")?.contains("<Say>Goodbye.</Say><Hangup/>") == true)
        #expect(
            text(export, "dispatcher.xml")
                == ##"<?xml version="1.0" encoding="UTF-8"?><Response><Redirect method="GET">https://cdn.example.com/flows/{{p}}/on-{{DialCallStatus}}{{^DialCallStatus}}{{QueueResult}}{{^QueueResult}}{{Digits}}{{/QueueResult}}{{/DialCallStatus}}.xml#rc=2&amp;rp=all</Redirect></Response>"##
        )
        let start = try #require(export.documents.first { $0.setting == "VoiceUrl" })
        #expect(start.url == "https://cdn.example.com/flows/desk/start.xml" && start.method == "GET")
        #expect(
            export.documents.contains { $0.setting == "VoiceFallbackUrl" && $0.path == "desk/fallback.xml" })
    }

    @Test(arguments: Repository.files(in: "Tests/Corpus/bundles", ending: ".yaml"))
    func `has a file for whatever its verbs can be asked with`(_ file: TestFile) throws {
        let all = Repository.files(in: "Tests/Corpus/bundles", ending: ".yaml")
        let programs = compiledPrograms(
            all.enumerated().map { SourceFile(id: UInt32($0), name: $1.name, bytes: $1.bytes) }
        ).filter { $0.program.flow + ".yaml" == file.name }
        try #require(!programs.isEmpty)
        let export = try staticDocuments(
            of: programs, environment: [:], hosting: StaticHosting(baseURL: Self.base, binURL: Self.bin)
        ).export
        let paths = Set(export.documents.map(\.path))
        var asked = 0
        for document in export.documents where document.host == .file {
            let root = try XMLReader.read(document.bytes)
            for verb in root.children {
                let url = verb.attribute("action") ?? (verb.name == "Redirect" ? verb.text : nil)
                guard let url = url?.split(separator: "#").first.map(String.init) else { continue }
                asked += 1
                guard url.hasPrefix(Self.bin + "?p=") else {
                    #expect(url.hasPrefix(Self.base + "/") && verb.attribute("method") == "GET", "\(verb)")
                    #expect(paths.contains(String(url.dropFirst(Self.base.count + 1))), "\(url)")
                    continue
                }
                let folder = url.dropFirst(Self.bin.count + 3)
                for value in try values(verb) {
                    #expect(paths.contains("\(folder)/on-\(value).xml"), "\(value)")
                }
            }
        }
        #expect(asked > 0 && export.documents.allSatisfy { $0.bytes.count < 64_000 })
    }

    /// By the provider's words, not by those of the export.
    private func values(_ verb: XMLReader.Element) throws -> [String] {
        switch verb.name {
        case "Gather":
            #expect(verb.attribute("input") == "dtmf" && verb.attribute("finishOnKey") ?? "#" == "#")
            let length = try #require(verb.attribute("numDigits").flatMap { Int($0) })
            return (0..<length).reduce([""]) { all, _ in
                all + all.flatMap { start in "0123456789*".map { start + String($0) } }
            }
        case "Dial": return ["", "completed", "answered", "busy", "no-answer", "failed", "canceled"]
        case "Enqueue":
            return [
                "", "bridged", "bridging-in-process", "error", "hangup", "leave", "redirected",
                "redirected-from-bridged", "queue-full", "system-error",
            ]
        default:
            Issue.record("\(verb.name) has a dispatcher")
            return []
        }
    }

    @Test func `is the same each time, and no two of its names differ by case alone`() throws {
        let (first, second) = (try made(menu).export, try made(menu).export)
        #expect(first.documents.map(\.path) == second.documents.map(\.path))
        #expect(first.documents.map(\.bytes) == second.documents.map(\.bytes))
        #expect(Set(first.documents.map { $0.path.lowercased() }).count == first.documents.count)
        #expect(try first.files().count == first.documents.count + 1)
    }

    @Test func `remembers what is read later, and nothing else`() throws {
        let flow = """
            flow: colours
            channel: voice
            states:
              start:
                - ask: Which?
                  as: red | green
                  into: colour
                  phrases: {red: [red], green: [green]}
                  otherwise: hangup
                - menu: Again?
                  choices: {1: say, 2: hangup}
                  otherwise: hangup
              say:
                - say: READ
                - hangup

            """
        let kept = try made(flow.replacing("READ", with: "\"${colour ?? 'none'}\"")).export.documents.map(
            \.path)
        #expect(kept.contains("colours/start-2.1/en-US.2/on-1.xml"))
        let dropped = try made(flow.replacing("READ", with: "Yes.")).export.documents.map(\.path)
        #expect(!dropped.contains { $0.contains("en-US.2") })
    }

    @Test func `listens to keys only, and says so`() throws {
        let flow = menu.replacing("choices: {1: ring, 2: bye}", with: "choices: {\"1, ring\": ring, 2: bye}")
        let made = try made(flow)
        #expect(made.keysOnly.map(\.operations.count) == [1])
        let start = text(made.export, "desk/start.xml") ?? ""
        #expect(start.contains("input=\"dtmf\"") && !start.contains("speech") && !start.contains("hints"))
    }

    @Test func `needs to know where it will be, and its bin`() throws {
        #expect(try made(menu, base: nil, bin: nil).problems.map(\.reason) == [.nowhere])
        let missing = try made(menu, bin: nil)
        #expect(missing.problems == [] && missing.missingBin?.contains("{{p}}") == true)
        let recorded = """
            flow: machine
            channel: voice
            steps:
              - record: Speak.
                otherwise: next
              - say: Thanks.
              - hangup

            """
        let made = try made(recorded, bin: nil)
        #expect(made.missingBin == nil && made.problems == [])
        #expect(
            text(made.export, "machine/start.xml")?.contains(
                #"<Record action="https://cdn.example.com/flows/machine/start.1/en-US/next.xml#rc=2&amp;rp=all" method="GET""#
            ) == true)
    }

    @Test(arguments: [
        "http://cdn.example.com", "cdn.example.com", "/flows", "https://", "https://a.example/?x=1",
        "https://a.example/#x", "https://a.example/{{p}}", "https://user@a.example/", "https://a b.example/",
        "https://a.example/" + String(repeating: "a", count: 200), "",
    ])
    func `is refused at a place that is no absolute https address`(_ url: String) {
        #expect(throws: StaticURLProblem(option: "--base-url", url: url)) { try StaticHosting(baseURL: url) }
        #expect(throws: StaticURLProblem.self) { try StaticHosting(binURL: url) }
    }

    @Test(arguments: [
        ("  - menu: Press.\n    choices: {pound: next}\n    otherwise: next\n", [StaticReason.pound]),
        ("  - menu: Press.\n    choices: {1: next, 42: next}\n    otherwise: next\n", [.openAnswer(nil)]),
        ("  - menu: Say yes.\n    choices: {\"yes\": next}\n    otherwise: next\n", [.speech]),
        (
            "  - ask: Two?\n    as: digits(2)\n    finish_on: \"*\"\n    into: n\n    otherwise: next\n",
            [.notPound]
        ),
        ("  - ask: How many?\n    as: integer\n    into: n\n    otherwise: next\n", [.openAnswer(nil)]),
        (
            "  - menu: 1?\n    choices: {1: next}\n    otherwise: next\n  - say: \"${call.from}\"\n",
            [.shown(.request)]
        ),
        (
            "  - record: Speak.\n    into: r\n    otherwise: hangup\n  - play: ${r.url}\n",
            [.carried(variable: "r", .recording)]
        ),
        (
            "  - dial: \"+15555550111\"\n    into: d\n    answered: next\n    otherwise: hangup\n  - if: (d.seconds ?? 0) > 9\n    then: hangup\n",
            [.depends(.outcome)]
        ),
        (
            "  - menu: 1?\n    choices: {1: next}\n    otherwise: next\n  - fetch: https://example.com/\n    returns: T\n    into: t\n    failed: hangup\n  - if: t.open\n    then: hangup\n",
            [.fetch, .depends(.fetch)]
        ),
        ("  - menu: 1?\n    choices: {1: next}\n    otherwise: next\n  - log: {a: b}\n", [.log]),
        (
            "  - menu: 1?\n    choices: {1: next}\n    otherwise: next\n  - if: today > date('2026-01-01')\n    then: hangup\n",
            [.clock]
        ),
    ])
    func `can't do what nobody knows when it is exported`(_ steps: String, _ reasons: [StaticReason]) throws {
        let flow =
            "flow: a\nchannel: voice\ntimezone: UTC\ntypes: {T: {open: bool}}\nsteps:\n\(steps)  - hangup\n"
        let made = try made(flow)
        #expect(made.problems.map(\.reason) == reasons)
        #expect(
            made.problems.allSatisfy {
                $0.help.contains("flowc export function") || $0.help.contains("serve")
            })
    }

    @Test func `goes only where config lets it`() throws {
        let flow = """
            flow: a
            channel: voice
            config: {asks: bool}
            states:
              start:
                - menu: 1?
                  choices: {1: hangup}
                  otherwise: hangup

            """.replacing(
                "    - menu",
                with: "    - if: config.asks\n      then: fetches\n    - menu")
            + "  fetches:\n    - fetch: https://example.com/\n      failed: hangup\n    - hangup\n"
        #expect(try made(flow, environment: ["ASKS": "true"]).problems.map(\.reason) == [.fetch])
        #expect(try made(flow, environment: ["ASKS": "false"]).problems == [])
    }

    @Test func `tells what multiplies where there are too many`() throws {
        let flow = """
            flow: a
            channel: voice
            vars: {n: {type: integer, initial: 0}}
            states:
              start:
                - set: {n: "${n + 1}"}
                - menu: Once more, press 1.
                  choices: {1: start}
                  attempts: 3
                  no_match: No.
                  otherwise: bye
              bye:
                - say: "${n} times."
                - hangup

            """
        let problem = try #require(try made(flow).problems.first)
        guard case .tooMany(1_000, let multipliers) = problem.reason else {
            Issue.record("\(problem.reason)")
            return
        }
        #expect(multipliers.map(\.kind).first == .values(of: "n"))
        #expect(multipliers.contains { $0.kind == .attempts && $0.count == 3 })
        #expect(problem.headline.hasPrefix("more than 1,000 documents: "))
        #expect(try made(menu, maxDocuments: 20).problems.count == 1)
        #expect(try made(menu, maxDocuments: 200).problems.isEmpty)
    }

    @Test func `shows no param and nothing of the call`() throws {
        let flow = menu.replacing("states:", with: "params: {Guest: text(80)?}\nstates:").replacing(
            "- say: Goodbye.", with: "- say: \"Goodbye, ${Guest ?? 'you'}.\"")
        #expect(try made(flow).problems.map(\.reason) == [.shown(.parameter("Guest"))])
        // Nothing else is wrong with braces in files.
        let braces = try made(menu.replacing("Goodbye.", with: "\"{{Bye}}\"")).export
        #expect(text(braces, "desk/start.1/en-US/on-2.xml")?.contains("<Say>{{Bye}}</Say>") == true)
    }

    @Test func `main-menu is refused for its three reasons`() throws {
        let programs = examplePrograms().filter { $0.program.flow == "main-menu" }
        let config = [
            "SALES_NUMBER": "+15555550111", "OPERATOR_NUMBER": "+15555550112", "SUPPORT_WORKFLOW": "WW1",
        ]
        let made = try staticDocuments(
            of: programs, environment: config, hosting: StaticHosting(baseURL: Self.base, binURL: Self.bin))
        #expect(
            made.problems.map(\.reason) == [
                .clock, .openAnswer(1_948_717), .carried(variable: "order", .answer),
            ])
        #expect(
            made.problems.map { programs[0].sourceMap.location(of: $0.operation) ?? "" } == [
                "flows/main-menu.yaml:20:7", "flows/main-menu.yaml:51:7", "flows/main-menu.yaml:56:7",
            ])
        #expect(made.problems.allSatisfy { $0.canBeFunction })
    }

    @Test func `the page shows what the command prints`() throws {
        let page = Repository.file("docs/diagnostics.md").text
        let section = try #require(
            page.components(separatedBy: "\n### not-static\n").last?.components(separatedBy: "\n## ").first)
        let flow = try #require(
            section.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```")
                .first)
        let found = try made(flow).problems
        #expect(found.count == 1)
        #expect(section.contains("error[not-static]: \(found.first?.headline ?? "?")"))
        #expect(section.contains("help: \(found.first?.help ?? "?")"))
    }
}
