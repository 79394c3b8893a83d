import FlowTestSupport
import Testing

/// `flowc serve` as a process: a port, a signature, a signal.
@Suite("Serving")
struct ServeTests {
    private static let call =
        "printf 'call\\npress 4\\n' | flowc talk --server %URL --flow key-menu --webhooks --script -"

    @Test("A signed call is answered, SIGTERM ends the server with status 0")
    func signedCall() throws {
        let shell = try CommandShell(environment: ["TWILIO_AUTH_TOKEN": "a-token"])
        defer { shell.remove() }
        let server = try shell.start("exec flowc serve flows/key-menu.yaml --port 0")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        let talk = try shell.run(Self.call.replacing("%URL", with: url))
        #expect(talk.status == 0)
        #expect(talk.output.contains("<-- 200 text/xml; charset=utf-8\n"))
        #expect(
            talk.output.contains(
                "<Response><Say>Riverside Clinic.</Say><Gather action=\"/voice/key-menu/1.0#rc=2&amp;rp=all&amp;rt=5000\""
            ))
        #expect(talk.output.contains("\n  say We are at 12 River Road"))
        server.terminate()
        #expect(server.wait() == 0, "\(server.output)")
    }

    @Test("A call with another token is refused")
    func otherToken() throws {
        let shell = try CommandShell(environment: ["TWILIO_AUTH_TOKEN": "a-token"])
        defer { shell.remove() }
        let server = try shell.start("exec flowc serve flows/key-menu.yaml --port 0")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        let talk = try shell.run(
            "export TWILIO_AUTH_TOKEN=another; " + Self.call.replacing("%URL", with: url))
        #expect(talk.output.contains("<-- 403 text/plain; charset=utf-8\n    the signature isn't good\n"))
        #expect(!talk.output.contains("Riverside"))
        server.terminate()
        #expect(server.wait() == 0)
    }

    @Test("Each of several tokens is good while they rotate", arguments: ["old", "new"])
    func rotation(token: String) throws {
        let shell = try CommandShell(environment: ["TWILIO_AUTH_TOKEN": "new, old"])
        defer { shell.remove() }
        let server = try shell.start("exec flowc serve flows/key-menu.yaml --port 0")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        let talk = try shell.run(
            "export TWILIO_AUTH_TOKEN=\(token); " + Self.call.replacing("%URL", with: url))
        #expect(talk.output.contains("Riverside Clinic."))
    }

    @Test("A port in use is said in one line, with status 69")
    func portInUse() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let server = try shell.start("exec flowc serve flows/key-menu.yaml --port 0 --insecure")
        let url = try #require(server.line(after: "listening on http://"), "\(server.output)")
        let port = url.split(separator: ":").last ?? ""
        let second = try shell.run("flowc serve flows/key-menu.yaml --insecure --port \(port)")
        #expect(second.status == 69)
        #expect(second.output == "flowc: can't listen on 127.0.0.1:\(port): the port is in use\n")
    }

    @Test("What flows log is a line of JSON each in the file of --log-events")
    func events() throws {
        let shell = try CommandShell(environment: ["TWILIO_AUTH_TOKEN": "a-token"])
        defer { shell.remove() }
        let flow = """
            flow: logged
            channel: voice
            states:
              start:
                - ask: Your number?
                  as: digits(4)
                  into: number
                  sensitive: true
                  otherwise: next
                - ask: How many?
                  as: integer(1..9)
                  into: count
                  otherwise: hangup
                - log: {event: counted, count: "${count}", known: "${number != none}", odd: "a \\"b\\" \\\\ c"}
                - log: {done: "true"}
                - hangup
            """
        try shell.write(flow + "\n", to: "logged.yaml")
        let server = try shell.start(
            "exec flowc serve logged.yaml --port 0 --at 2026-11-23T15:00:00Z --log-events events.jsonl")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        let talk = try shell.run(
            "printf 'call\\npress 1234\\npress 7\\nrepeat\\n' | flowc talk --server \(url) --flow logged --script -"
        )
        #expect(talk.output.contains("same answer"), "\(talk.output)")
        server.terminate()
        #expect(server.wait() == 0)
        let lines = try shell.run("cat events.jsonl").output.split(separator: "\n").map(String.init)
        try #require(lines.count == 2, "\(lines)")
        let pattern =
            #/\{"time":"2026-11-23T15:00:[0-5][0-9].[0-9]{3}Z","flow":"logged","channel":"voice","sid":"CA[0-9a-f]{32}","turn":3,"state":"start","event":(.*)\}/#
        let events = lines.map { line in
            (try? pattern.wholeMatch(in: line)).flatMap { $0 }.map { String($0.1) }
        }
        #expect(
            events == [
                #"{"event":"counted","count":"7","known":"(secret)","odd":"a \"b\" \\ c"}"#,
                #"{"done":"true"}"#,
            ], "\(lines)")
        #expect(try shell.run("stat -c %a events.jsonl").output == "600\n")
    }

    @Test("A built file is served as its flows are")
    func builtFile() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        #expect(try shell.run("flowc build flows/key-menu.yaml -o a.flows").status == 0)
        let server = try shell.start("exec flowc serve a.flows --port 0 --insecure")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        #expect(try shell.run(Self.call.replacing("%URL", with: url)).output.contains("Riverside Clinic."))
    }
}
