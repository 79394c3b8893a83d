import FlowTestSupport
import Testing

/// What a script sees of `flowc`: an exit status, and one clear line.
@Suite("Exit statuses")
struct ExitStatusTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var command: String
        var status: Int32
        /// A line of the output.
        var line: String

        var testDescription: String { command }
    }

    static let cases = [
        Case(command: "flowc check flows && echo clean", status: 0, line: "clean"),
        Case(
            command: "printf 'flow: a\\nchannel: sms\\nsteps: [{goto: b}]\\n' | flowc check -", status: 1,
            line: "flowc: 1 error"),
        Case(
            command: "printf 'flow: a\\nchannel: sms\\nsteps: [{goto: b}]\\n' | flowc build - -o a.flows",
            status: 1,
            line: "flowc: 1 error"),
        Case(
            command: "echo '{}' > a.flows; flowc dump a.flows", status: 1,
            line: "flowc: a.flows: not a file that `flowc build` wrote (it doesn't decode)"),
        Case(
            command: "echo '{}' > a.json; flowc talk flows/weather-reply.yaml --fetches a.json", status: 1,
            line: "flowc: a.json: not a list of answers"),
        Case(
            command: "echo dance > a.script; flowc talk flows/weather-reply.yaml --script a.script",
            status: 1,
            line:
                "flowc: a.script:1: unknown input 'dance'; there is call, press, say, silence, record, outcome, queue, wait, answer, result, hang up, text, start, recording, transcription, message, repeat, at, help"
        ),

        Case(command: "flowc chek", status: 64, line: "Error: Unexpected argument 'chek'"),
        Case(command: "flowc check --loud", status: 64, line: "Error: Unknown option '--loud'"),
        Case(
            command: "flowc build flows", status: 64,
            line: "Error: Missing expected argument '--output <output>'"),
        Case(
            command: "touch a.flows; flowc check a.flows", status: 64,
            line:
                "flowc: a.flows is a file that `flowc build` wrote: it stands alone, for dump, talk and serve"
        ),
        Case(
            command: "flowc talk flows --flow nobody", status: 64,
            line:
                "flowc: no flow 'nobody'; there is account-line, after-hours, appointment-reminder, click-to-call, conditional-reply, incoming-to-browser, key-menu, main-menu, pay-a-bill, pin-check, support-queue, survey, weather-reply"
        ),
        Case(
            command: "flowc talk flows", status: 64,
            line:
                "flowc: which flow? Add --flow with one of: account-line, after-hours, appointment-reminder, click-to-call, conditional-reply, incoming-to-browser, key-menu, main-menu, pay-a-bill, pin-check, support-queue, survey, weather-reply"
        ),
        Case(
            command: "flowc talk flows/key-menu.yaml --at noon", status: 64,
            line: "flowc: --at 'noon' is no time such as 2026-11-23T10:00:00-05:00"),
        Case(
            command: "echo SALES > a.env; flowc talk flows/key-menu.yaml --config a.env", status: 64,
            line: "flowc: a.env:1: not a line like SALES_NUMBER=+15555550111"),
        Case(
            command: "flowc talk --server localhost --flow a", status: 64,
            line: "flowc: --server 'localhost' is no URL such as http://127.0.0.1:8080"),
        Case(
            command: "flowc serve flows/key-menu.yaml --store shelf --insecure", status: 64,
            line:
                "flowc: unknown --store 'shelf'; there is memory, sqlite:PATH, redis://HOST:PORT and rediss://HOST:PORT"
        ),
        Case(
            command: "flowc serve flows/key-menu.yaml --insecure --port 99999", status: 64,
            line: "Error: --port goes from 0 to 65535"),
        Case(
            command: "flowc serve flows/key-menu.yaml --insecure --threads 0", status: 64,
            line: "Error: --threads goes from 1 to 256"),
        Case(
            command: "flowc serve flows/key-menu.yaml --insecure --public-url flows", status: 64,
            line: "flowc: --public-url: 'flows' isn't a public URL such as https://flows.example.com"),
        Case(
            command: "flowc serve flows/key-menu.yaml --insecure --host 0.0.0.0", status: 64,
            line:
                "flowc: --insecure: without a check of signatures the server listens on loopback only, not on '0.0.0.0'"
        ),

        Case(command: "flowc check nowhere", status: 66, line: "flowc: no such file or folder: nowhere"),
        Case(command: "mkdir a; flowc check a", status: 66, line: "flowc: no flow files (*.yaml) in a"),
        Case(
            command: "flowc talk flows/key-menu.yaml --script nowhere", status: 66,
            line: "flowc: can't read nowhere"),
        Case(
            command: "flowc serve flows/key-menu.yaml --insecure --config nowhere", status: 66,
            line: "flowc: can't read nowhere"),

        Case(
            command: "flowc build flows -o nowhere/a.flows", status: 69,
            line: "flowc: can't write nowhere/a.flows"),
        Case(
            command: "flowc talk flows/click-to-call.yaml", status: 69,
            line: "flowc: config: OUR_NUMBER isn't set (flow 'click-to-call', config our_number: phone)"),
        Case(
            command: "OUR_NUMBER=5550100 flowc serve flows/click-to-call.yaml --insecure", status: 69,
            line: "flowc: config: OUR_NUMBER: '5550100' is no phone (flow 'click-to-call', config our_number)"
        ),
        Case(
            command: "flowc serve flows/key-menu.yaml", status: 69,
            line:
                "flowc: TWILIO_AUTH_TOKEN isn't set, so no signature can be checked; set it, or use --insecure on this machine"
        ),
        Case(
            command: "flowc serve flows/key-menu.yaml --insecure --store sqlite:nowhere/a.db", status: 69,
            line:
                "flowc: --store sqlite:nowhere/a.db: the store is unavailable: SQLite: unable to open database file (14)"
        ),
        Case(
            command: "FLOWC_STORE_KEY=secret flowc serve flows/key-menu.yaml --insecure", status: 69,
            line:
                "flowc: FLOWC_STORE_KEY: not keys of 32 bytes in base64 as `openssl rand -base64 32` makes them"
        ),
    ]

    @Test("A command ends with its status and says why", arguments: cases)
    func status(_ expected: Case) throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let result = try shell.run(expected.command)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(result.status == expected.status, "\(result.output)")
        #expect(lines.contains(expected.line), "\(result.output)")
    }

    @Test(
        "What the command line can't do is said in one line",
        arguments: cases.filter { [66, 69].contains($0.status) })
    func oneLine(_ expected: Case) throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        #expect(try shell.run(expected.command).output == expected.line + "\n")
    }
}
