import FlowLang
import FlowProgram
import FlowRuntime
import Testing

@testable import FlowExport

@Suite(.enabled(if: NodeHost.isWanted, "node is missing: apt-get install nodejs"))
struct `A function's session` {
    private let call: [(String, String)] = [
        ("CallSid", "CA1"), ("AccountSid", "AC1"), ("From", "+15555550123"), ("To", "+15555550100"),
        ("CallStatus", "in-progress"),
    ]
    private let environment = [
        "FLOWC_SECRET": ExportedProject.secret, "SALES_NUMBER": "+15555550111",
        "OPERATOR_NUMBER": "+15555550112",
        "SUPPORT_WORKFLOW": "WW1",
    ]
    private static let lost = "Sorry, something went wrong. Please try again later.</Say><Hangup/></Response>"

    private func project(_ flow: String) throws -> ExportedProject {
        try ExportedProject(twilioFunctions(of: examplePrograms().map(\.program).filter { $0.flow == flow }))
    }

    private func answer(
        _ project: ExportedProject, _ parameters: [(String, String)], environment: [String: String]? = nil,
        path: String = "/voice/main-menu", cookies: [String: String] = [:], now: Int64 = 1_795_618_800_000
    ) async throws -> NodeHost.Answer {
        try await project.host.answer(
            path: path, parameters: parameters, cookies: cookies,
            environment: environment ?? self.environment,
            now: now
        ) { _ in .failure(.unreachable) }
    }

    /// Of the first wait of a document.
    private func session(_ answer: NodeHost.Answer) throws -> String {
        String(try #require(answer.body.firstMatch(of: /flowc=([^#]+)#/)).output.1)
    }

    @Test func `travels in the URL, and a repeated request gets the same bytes`() async throws {
        let project = try project("main-menu")
        let first = try await answer(project, call)
        let sealed = try session(first)
        #expect(sealed.hasPrefix("1.0."))
        #expect(first.contentType == "text/xml; charset=utf-8")
        #expect(try await answer(project, call).body == first.body)
        let second = try await answer(project, call + [("flowc", sealed), ("Digits", "2")])
        #expect(second.body.contains("six digit order number"))
        #expect(try await answer(project, call + [("flowc", sealed), ("Digits", "2")]).body == second.body)
        // A late request goes on from where it was.
        #expect(
            try await answer(project, call + [("flowc", sealed), ("Digits", "1")]).body.contains(
                "+15555550111"))
        await project.remove()
    }

    @Test func `of another call, another secret, or nobody's, is lost`() async throws {
        let project = try project("main-menu")
        let sealed = try session(try await answer(project, call))
        let body = sealed.split(separator: ".")[2]
        let forged = "1.0." + (body.hasPrefix("A") ? "B" : "A") + body.dropFirst()
        for position in [
            forged, "1.0.", "1.0", "2.0.\(body)", "1.9.\(body)", "1.length.\(body)", "", "1.0.%00",
            String(repeating: "a", count: 100_000),
        ] {
            let answer = try await answer(project, call + [("flowc", position)])
            #expect(
                answer.status == 200 && answer.body.hasSuffix(Self.lost),
                "\(position.prefix(20)): \(answer.body)")
        }
        for (name, value) in [("CallSid", "CA2"), ("AccountSid", "AC2")] {
            let other = [(name, value)] + call.filter { $0.0 != name } + [("flowc", sealed)]
            #expect(try await answer(project, other).body.hasSuffix(Self.lost))
        }
        let new = String(repeating: "n", count: 32)
        var rotated = environment
        rotated["FLOWC_SECRET"] = "\(new), \(ExportedProject.secret)"
        #expect(
            try await !answer(project, call + [("flowc", sealed)], environment: rotated).body.hasSuffix(
                Self.lost))
        rotated["FLOWC_SECRET"] = new
        #expect(
            try await answer(project, call + [("flowc", sealed)], environment: rotated).body.hasSuffix(
                Self.lost))
        await project.remove()
    }

    @Test func `needs its secret and its config`() async throws {
        let project = try project("main-menu")
        for (name, value) in [
            ("FLOWC_SECRET", nil), ("FLOWC_SECRET", "short"), ("SALES_NUMBER", nil), ("SALES_NUMBER", "x"),
        ] {
            var changed = environment
            changed[name] = value
            let answer = try await answer(project, call, environment: changed)
            #expect(answer.status == 500 && answer.body.contains(name), "\(answer)")
        }
        await project.remove()
    }

    @Test func `of a text conversation is a cookie, until it ends or expires`() async throws {
        let flow = """
            flow: poll
            channel: sms
            expires: 1h
            steps:
              - ask: Your number?
                as: integer
                into: number
                attempts: 2
                no_match: A number?
                otherwise:
                  - say: Never mind.
                  - end
              - say: You said ${number}.
              - end

            """
        let entries = compiledPrograms([SourceFile(id: 0, name: "a.yaml", text: flow)])
        try #require(!entries.isEmpty)
        let project = try ExportedProject(twilioFunctions(of: entries.map(\.program)))
        var jar: [String: String] = [:]
        func text(_ body: String, after minutes: Int64 = 0, sid: String = "SM1") async throws -> String {
            let parameters = [
                ("MessageSid", sid), ("AccountSid", "AC1"), ("From", "+15555550123"), ("To", "+15555550100"),
                ("Body", body),
            ]
            let answer = try await answer(
                project, parameters, path: "/sms/poll", cookies: jar,
                now: 1_795_618_800_000 + minutes * 60_000)
            for (name, value) in answer.cookies { jar[name] = value }
            return String(
                answer.body.dropFirst(
                    #"<?xml version="1.0" encoding="UTF-8"?><Response><Message>"#.utf8.count
                ).dropLast(21))
        }
        #expect(try await text("Hi") == "Your number?")
        #expect(jar.keys.sorted() == ["flowc-poll"])
        #expect(try await text("hm") == "A number?\nYour number?")
        #expect(try await text("7", after: 59) == "You said 7.")
        #expect(jar.isEmpty)
        #expect(try await text("Hi") == "Your number?")
        #expect(try await text("7", after: 61) == "Your number?")
        await project.remove()
    }

    @Test func `has fetches with deadlines, that lead nowhere else`() async throws {
        let project = try project("main-menu")
        let found = try await project.host.fetched([
            .init(url: "{base}/echo?a=b", headers: ["X-A": "1"]),
            .init(url: "{base}/echo", method: "POST", body: "é"),
            .init(url: "{base}/moved"), .init(url: "{base}/large"),
            .init(url: "{base}/silent", timeout: 100), .init(url: "{base}/slow", timeout: 100),
            .init(url: "{base}/silent", time: 100), .init(url: "{base}/echo", time: 0),
            .init(url: "http://127.0.0.1:1/"), .init(url: "http://１２７.0.0.1/"),
            .init(url: "ftp://example.com/"),
            .init(url: "http://user@127.0.0.1/"), .init(url: "http://127.0.0.1:99999/"),
            .init(url: "{base}/echo", headers: ["X-A": "a\r\nb"]),
        ])
        #expect(
            found == [
                .init(status: 200, body: #"["GET","/echo?a=b","1",""]"#),
                .init(status: 200, body: #"["POST","/echo",null,"é"]"#),
                .init(status: 302, body: ""), .init(failure: "too_large"), .init(failure: "timeout"),
                .init(failure: "timeout"), .init(failure: "timeout"), .init(failure: "timeout"),
                .init(failure: "unreachable"), .init(failure: "refused"), .init(failure: "refused"),
                .init(failure: "refused"), .init(failure: "refused"), .init(failure: "refused"),
            ])
        await project.remove()
    }
}
