import FlowRuntime
import Synchronization
import Testing

@Suite struct `A transcript` {
    @Test func `keeps settings, comments and empty lines and makes the rest anew`() async {
        let old = """
            # Sales is busy.
            flow: main-menu
            from:  +15555550155
            at: 2026-11-23T10:00:00-05:00
            config: sales_number=+15555550111
            config: greeting=Hello = there

            call\u{20}\u{20}
              something old

            # Then they leave.
            hang up

            """
        let new = old.replacing("call  ", with: "call").replacing("something old", with: "listen keys")
        let flow = ScriptedFlow("<Gather/>")
        #expect(await play(old, flow) == new)
        #expect(flow.requests.first?.url == "https://flows.example.com/voice/main-menu")
        #expect(flow.requests.first?.parameter("From") == "+15555550155")
    }

    @Test func `gives its settings as values`() {
        let (script, problems) = TranscriptScript.parse(
            """
            flow: weather-reply
            to: +15555550101
            at: 2026-11-23T10:00:00-05:00
            config: a=1
            config: b = x=y
            fetches: weather.fetches.json
            status: yes
            text Boston
            """)
        #expect(problems == [])
        #expect(script.settings.flow == "weather-reply")
        #expect(script.settings.to == "+15555550101")
        #expect(script.settings.from == nil)
        #expect(script.settings.at == 1_795_446_000_000)
        #expect(script.settings.config.map(\.name) == ["a", "b"])
        #expect(script.settings.config.map(\.value) == ["1", "x=y"])
        #expect(script.settings.fetches == "weather.fetches.json")
        #expect(script.settings.status == true)
        #expect(script.isCall == false)
    }

    @Test func `sets the clock at the start, midway and by steps`() async {
        let times = Mutex<[Int64]>([])
        let (script, _) = TranscriptScript.parse(
            "at: 1970-01-01T00:00:10Z\nat 1970-01-02T00:00:00+00:00\nat +1h\nat +2d")
        _ = await Transcript.play(script, transport: ScriptedFlow([]).transport) { instant in
            times.withLock { $0.append(instant) }
        }
        #expect(times.withLock { $0 } == [10_000, 86_400_000, 90_000_000, 262_800_000])
    }

    @Test func `can't step a clock that isn't set`() async {
        #expect(await play("at +5h", ScriptedFlow([])) == "at +5h\n  (the clock isn't set)\n")
    }

    @Test(arguments: [
        (
            "press 1\ndance",
            "2: unknown input 'dance'; there is call, press, say, silence, record, outcome, queue, wait, answer, result, hang up, text, start, recording, transcription, message, repeat, at, help"
        ),
        ("press", "1: 'press' needs keys: 0-9, * and #"),
        ("press 1a", "1: 'press' needs keys: 0-9, * and #"),
        ("say", "1: 'say' needs what is said; saying nothing is 'silence'"),
        ("silence please", "1: 'silence' stands alone"),
        (
            "record",
            "1: 'record' needs a length and perhaps the key that ends it, as '12s' or '12s #', or 'nothing'"
        ),
        (
            "record 0s",
            "1: 'record' needs a length and perhaps the key that ends it, as '12s' or '12s #', or 'nothing'"
        ),
        (
            "record 99999999999999999999s",
            "1: 'record' needs a length and perhaps the key that ends it, as '12s' or '12s #', or 'nothing'"
        ),
        (
            "record 5\u{301}s",
            "1: 'record' needs a length and perhaps the key that ends it, as '12s' or '12s #', or 'nothing'"
        ),
        ("press 1\u{301}", "1: 'press' needs keys: 0-9, * and #"),
        ("outcome great", "1: 'outcome' needs one of answered, busy, no_answer, failed, canceled"),
        ("outcome answered soon", "1: a length is written as '42s'"),
        ("hang", "1: it is 'hang up', or in a recording 'hang up after 7s'"),
        ("call To", "1: parameters are written as Name=value"),
        ("call Name=\"Ann", "1: the value of Name has no closing quote"),
        ("at noon", "1: a time is written as 2026-11-23T10:00:00-05:00, or as +5h from the present one"),
        (
            "at 2026-02-29T10:00:00Z",
            "1: a time is written as 2026-11-23T10:00:00-05:00, or as +5h from the present one"
        ),
        ("at: 2026-11-23", "1: 'at' needs a time as 2026-11-23T10:00:00-05:00"),
        ("flow:", "1: 'flow' has no value"),
        ("flow: a\nflow: b", "2: 'flow' is set twice"),
        ("config: a=1\nconfig: a=2", "2: config 'a' is set twice"),
        ("config: a", "1: 'config' is written as name=value"),
        ("status: perhaps", "1: 'status' is yes or no"),
        ("colour: red", "1: unknown setting 'colour'; there is flow, from, to, at, config, fetches, status"),
        ("call\nflow: a", "2: settings stand before the first input"),
        ("flow: a\n  say hi", "2: an indented line is what came back, but nothing was done yet"),
    ])
    func `says what can't be played and where`(_ text: String, _ problem: String) {
        #expect(TranscriptScript.parse(text).problems.map(\.description) == [problem])
    }

    @Test func `takes a tab for a blank`() {
        let (script, problems) = TranscriptScript.parse("call\tTo=+15555550142\t\tName=\"a b\"\npress\t1\t2")
        #expect(problems == [])
        #expect(
            script.lines.map(\.input) == [
                .call([.init("To", "+15555550142"), .init("Name", "a b")]), .press("12"),
            ])
    }

    @Test func `reports every line that is wrong`() {
        #expect(TranscriptScript.parse("press\ncall\nfoo: bar\nsay").problems.map(\.line) == [1, 3, 4])
    }

    @Test func `may have the line ends of another system`() {
        let (script, problems) = TranscriptScript.parse("flow: a\r\ncall\r\n  end of call\r\n")
        #expect(problems == [])
        #expect(script.lines.map(\.text) == ["flow: a", "call"])
    }

    @Test func `is refused beyond its limit`() {
        let problems = TranscriptScript.parse(String(repeating: "\n", count: 1_048_577)).problems
        #expect(problems.map(\.description) == ["1: more than 1048576 bytes"])
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-23T10:00:00-05:00", 1_795_446_000_000),
            ("2026-11-23T10:00-05:00", 1_795_446_000_000), ("2024-02-29T23:59:59+05:30", 1_709_231_399_000),
            ("1969-12-31T23:59:59Z", -1_000), ("2000-03-01T00:00:00Z", 951_868_800_000),
        ] as [(String, Int64)])
    func `reads instants`(_ text: String, _ milliseconds: Int64) {
        #expect(TranscriptScript.parse("at: \(text)").script.settings.at == milliseconds)
    }
}

@Suite struct `A session at the terminal` {
    @Test func `takes a line at a time`() async {
        var session = TalkSession(
            PhoneSettings(flow: "menu"), transport: ScriptedFlow("<Gather/>", "<Hangup/>").transport)
        #expect(await session.take("call") == ["listen keys"])
        #expect(session.isInCall)
        #expect(await session.take("") == [])
        #expect(await session.take("dance").first?.hasPrefix("(unknown input 'dance'") == true)
        #expect(await session.take("press 1") == ["end of call"])
        #expect(!session.isInCall)
    }

    @Test(arguments: [
        ("<Gather/>", "press"), (#"<Gather input="speech"/>"#, "say"), ("<Gather/>", "silence"),
        ("<Record/>", "record"), ("<Dial>+15555550111</Dial>", "outcome"), ("<Enqueue>a</Enqueue>", "queue"),
        ("<Gather/>", "hang"), ("<Hangup/>", "call"), ("<Hangup/>", "text"),
    ])
    func `says what can be said now`(_ verb: String, _ word: String) async {
        var session = TalkSession(PhoneSettings(flow: "menu"), transport: ScriptedFlow(verb).transport)
        _ = await session.take("call")
        #expect(await session.take("?").contains { $0.hasPrefix(word + " ") })
    }

    @Test func `doesn't offer speech to what only hears keys`() async {
        var session = TalkSession(PhoneSettings(flow: "menu"), transport: ScriptedFlow("<Gather/>").transport)
        _ = await session.take("call")
        #expect(await !session.take("help").contains { $0.hasPrefix("say ") })
    }
}
