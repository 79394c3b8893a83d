import FlowProgram
import FlowRuntime
import Testing

/// Bounds, bad parameters, the error handler, the end of a call, and the log.
@Suite struct FaultTests {
    private let apology = say("Sorry.") + "<Hangup/>"

    private func endless(handler: Bool) -> Program {
        var builder = ProgramBuilder()
        builder.operations = [.emit(builder.say("Before.")), .jump(2), .jump(1)]
        builder.states = [.init(name: "start", entry: 0), .init(name: "loop", entry: 1)]
        if handler {
            builder.states.append(.init(name: "on-error", entry: 3))
            builder.operations += [.emit(builder.say("We are broken.")), .finish(.hangup)]
            builder.errorHandler = 3
        }
        return builder.program()
    }

    @Test func `an endless way ends with the apology, and the log says where`() async {
        let scene = Scene(endless(handler: false))
        #expect(await scene.answer() == apology)
        let fault = scene.logs.last?.fault
        #expect(fault?.reason == "too-many-operations")
        #expect(fault?.state == "loop")
        #expect(fault?.location.map { $0.hasPrefix("flows/test.yaml:1") } == true)
        #expect(await scene.answer() == apology)
        #expect(scene.logs.kinds == [.turn, .repeat])
    }

    @Test func `the error handler is heard instead`() async {
        let scene = Scene(endless(handler: true))
        #expect(await scene.answer() == say("We are broken.") + "<Hangup/>")
        #expect(scene.logs.last?.state == "on-error")
        #expect(scene.logs.last?.fault?.reason == "too-many-operations")
    }

    @Test func `an error handler that fails ends with the apology`() async {
        var builder = ProgramBuilder()
        builder.operations = [.jump(0), .emit(builder.say("Broken.")), .jump(1)]
        builder.errorHandler = 1
        #expect(await Scene(builder.program()).answer() == apology)
    }

    @Test func `the error handler is walked once a session`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            .jump(0),
            .dial(
                Dial(
                    rendering: builder.verb("Dial"), guards: [], answered: 0, busy: 0, noAnswer: 0, failed: 0,
                    canceled: 0)),
        ]
        builder.errorHandler = 1
        let scene = Scene(builder.program())
        #expect(await scene.answer() == verb("Dial", "1.0"))
        #expect(await scene.answer("1.0", ["DialCallStatus": "busy"]) == apology)
    }

    @Test func `a way that leads nowhere is a fault, not a crash`() async {
        var builder = ProgramBuilder()
        builder.operations = [.jump(-7)]
        #expect(await Scene(builder.program()).answer() == apology)
        builder.operations = [.emit(Rendering([.fixed(99), .action])), .finish(.hangup)]
        #expect(await Scene(builder.program()).answer() == "\(url("1.0"))<Hangup/>")
    }

    private func taking(_ type: ValueType) -> Program {
        var builder = ProgramBuilder()
        let number = builder.variable("to", .optional(.phone))
        builder.parameters = [.init(name: "Target", type: type, variable: number)]
        builder.operations = [
            .emit(Rendering([builder.xml("<Say>"), hole(number), builder.xml("</Say>")])), .finish(.hangup),
        ]
        return builder.program()
    }

    @Test(
        arguments: [
            (ValueType.phone, ["Target": "+15555550142"], "<Say>+15555550142</Say><Hangup/>"),
            (.phone, ["Target": "nobody"], "<Say>Sorry.</Say><Hangup/>"),
            (.phone, [:], "<Say>Sorry.</Say><Hangup/>"),
            (.optional(.phone), [:], "<Say></Say><Hangup/>"),
            (.optional(.phone), ["Target": "nobody"], "<Say></Say><Hangup/>"),
        ] as [(ValueType, KeyValuePairs<String, String>, String)])
    func `parameters are taken by their type`(
        type: ValueType, parameters: KeyValuePairs<String, String>, said: String
    ) async {
        let scene = Scene(taking(type))
        #expect(await scene.answer(nil, parameters) == said)
        #expect((scene.logs.last?.fault?.reason == "bad-parameter: Target") == said.contains("Sorry"))
    }

    @Test func `a call has 500 turns`() async {
        var builder = ProgramBuilder()
        builder.operations = [
            builder.gather("Menu", choices: [keys("1", to: 0)], otherwise: 1), .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        for turn in 1..<500 {
            let answer = await scene.answer("\(turn).0", ["Digits": "1"])
            #expect(answer == gather("\(turn + 1).0", "Menu") + "<Hangup/>")
        }
        #expect(await scene.answer("500.0", ["Digits": "1"]) == apology)
        #expect(scene.logs.last?.fault?.reason == "too-many-turns")
    }

    @Test func `variables beyond 16 KiB end the call, and don't reach the store`() async {
        var builder = ProgramBuilder()
        let text = builder.variable("text")
        builder.operations = [
            .set([.init(variable: text, value: .literal(.text(String(repeating: "x", count: 17_000))))]),
            builder.gather("Menu", otherwise: 2), .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == apology)
        #expect(scene.logs.last?.fault?.reason == "variables-too-large")
    }

    @Test func `a caller's text can't change a document`() async {
        var builder = ProgramBuilder()
        let text = builder.variable("text", initial: .text("\"<Dial>&'</Say>"))
        builder.operations = [
            .emit(
                Rendering([
                    builder.xml("<Dial callerId=\""), hole(text, .verbatim), builder.xml("\">"), hole(text),
                    builder.xml("</Dial><Play>https://example.com/"), hole(text, .url),
                    builder.xml("</Play>"),
                ])),
            .finish(.hangup),
        ]
        #expect(
            await Scene(builder.program()).answer()
                == "<Dial callerId=\"&quot;&lt;Dial&gt;&amp;'&lt;/Say&gt;\">\"&lt;Dial&gt;&amp;'&lt;/Say&gt;</Dial>"
                + "<Play>https://example.com/%22%3CDial%3E%26%27%3C%2FSay%3E</Play><Hangup/>")
    }

    @Test func `what a flow logs comes with its turn, secrets withheld`() async {
        var builder = ProgramBuilder()
        builder.config = [.init(name: "token", type: .secret, defaultValue: nil)]
        builder.operations = [
            .log([
                .init(name: "step", value: .literal(.text("begun"))),
                .init(name: "token", value: .concatenation([.literal(.text("t=")), .config(0)])),
            ]),
            .log([.init(name: "n", value: .literal(.integer(3)))]), .finish(.hangup),
        ]
        let scene = Scene(builder.program(), config: [.text("hush")])
        _ = await scene.answer()
        #expect(
            scene.logs.last?.entries.map { $0.fields.map { "\($0.name)=\($0.value)" } } == [
                ["step=begun", "token=(secret)"], ["n=3"],
            ])
    }

    @Test func `the language belongs to the session`() async {
        var builder = ProgramBuilder()
        builder.languages = [.init(tag: "en-US", voice: nil), .init(tag: "es-MX", voice: nil)]
        let english = builder.verb("Gather", "Press nine")
        let spanish = builder.verb("Gather", "Marque uno")
        builder.operations = [
            .gather(
                Gather(
                    prompt: Rendering([english.pieces(in: 0), spanish.pieces(in: 0)]), attempts: 1,
                    noInput: [],
                    noMatch: [],
                    choices: [
                        keys("9", to: 1),
                        ChoicePattern(keys: [], phrases: [["sales"], ["ventas"]], target: 3),
                    ], input: nil, into: nil, next: 0, otherwise: 4)),
            .setLanguage(.literal(.text("es-MX"))), .jump(0),
            .emit(builder.say("Ventas.")), .finish(.hangup),
        ]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        #expect(await scene.answer("1.0", ["Digits": "9"]) == gather("2.0", "Marque uno") + "<Hangup/>")
        #expect(await scene.answer("2.0", ["SpeechResult": "ventas"]) == say("Ventas.") + "<Hangup/>")
    }

    @Test func `select goes the way of the case`() async {
        var builder = ProgramBuilder()
        let kind = builder.variable("kind", initial: .text("b"))
        builder.operations = [
            .select(
                .variable(kind),
                cases: [.init(value: .text("a"), target: 1), .init(value: .text("b"), target: 2)],
                otherwise: 1),
            .finish(.hangup), .emit(builder.say("b")), .finish(.hangup),
        ]
        #expect(await Scene(builder.program()).answer() == say("b") + "<Hangup/>")
    }

    @Test func `a reject and a hand-over are whole documents`() async {
        var builder = ProgramBuilder()
        builder.operations = [.finish(.reject(builder.text("<Reject/>")))]
        #expect(await Scene(builder.program()).answer() == "<Reject/>")
        builder.operations = [.finish(.redirect(builder.text("<Redirect>https://example.com/</Redirect>")))]
        let scene = Scene(builder.program())
        #expect(await scene.answer() == "<Redirect>https://example.com/</Redirect>")
        let status = scene.request(nil, ["CallStatus": "completed"], isStatus: true)
        #expect(await scene.conversation.answer(status) == .noContent)
        #expect(scene.logs.kinds == [.turn, .ended])
    }
}

/// turn.md rule 12.
@Suite struct EndOfCallTests {
    private func voicemail() -> Program {
        var builder = ProgramBuilder()
        let left = builder.variable("left")
        builder.operations = [
            .record(Record(rendering: builder.verb("Record"), into: left, next: 1, otherwise: 3)),
            .log([.init(name: "url", value: .field(.variable(left), 0))]),
            .emit(builder.say("Thanks.")),
            builder.gather("More?", choices: [keys("1", to: 1)], otherwise: 4),
            .finish(.hangup),
        ]
        return builder.program()
    }

    @Test(arguments: ["completed", "busy", "failed", "no-answer", "canceled"])
    func `a recording ended by hanging up is taken, unheard, up to the next wait`(status: String) async {
        let scene = Scene(voicemail())
        _ = await scene.answer()
        let document = await scene.answer(
            "1.0",
            [
                "RecordingUrl": "https://api.example.com/r", "RecordingDuration": "3", "Digits": "hangup",
                "CallStatus": status,
            ])
        #expect(document == "<Response/>")
        #expect(scene.logs.last?.entries.first?.fields.first?.value == "https://api.example.com/r")
        #expect(await scene.answer("2.0", ["Digits": "1"]) == "<Response/>")
        #expect(scene.logs.last?.kind == .late)
    }

    @Test func `the last status closes an open session once`() async {
        let scene = Scene(voicemail())
        let ringing = scene.request(nil, ["CallStatus": "in-progress"], isStatus: true)
        let completed = scene.request(nil, ["CallStatus": "completed"], isStatus: true)
        #expect(await scene.conversation.answer(completed) == .noContent)
        #expect(scene.store.count == 0)
        _ = await scene.answer()
        #expect(await scene.conversation.answer(ringing) == .noContent)
        #expect(await scene.conversation.answer(completed) == .noContent)
        #expect(await scene.conversation.answer(completed) == .noContent)
        #expect(scene.logs.kinds == [.turn, .ended])
        #expect(await scene.answer("1.1") == verb("Record", "1.0") + redirect("1.1"))
        scene.clock.advance(seconds: 3_600)
        #expect(scene.conversation.answerNow(scene.request("1.1")) != nil)
        #expect(scene.logs.last?.kind == .sessionLost)
    }
}

/// turn.md rule 8.
@Suite struct DeterminismTests {
    @Test func `walking again gives equal turns`() async {
        let program = ExecutableProgram(FetchTests.program(), hash: [1])
        let event = Event(
            kind: .start, parameters: Parameters([("From", "+15555550100")]), key: SessionKey(bytes: [1]),
            sid: [2], fingerprint: [3], now: 4, zones: UTC())
        let answers: [FetchAnswer] = [.response(status: 200, body: Array("\"x\"".utf8))]
        let first = walk(program, session: nil, event: event, answers: answers)
        for _ in 0..<3 {
            #expect(walk(program, session: nil, event: event, answers: answers) == first)
            guard case .needs = walk(program, session: nil, event: event) else {
                Issue.record("no need")
                return
            }
        }
    }

    @Test func `a session that went through its row walks on alike`() throws {
        let program = ExecutableProgram(MenuTests.menu(), hash: [1])
        func event(_ kind: Event.Kind) -> Event {
            Event(
                kind: kind, parameters: Parameters([]), key: SessionKey(bytes: [1]), sid: [2], now: 4,
                zones: UTC())
        }
        guard case .done(let first) = walk(program, session: nil, event: event(.start)) else { return }
        let back = try Session(decoding: first.session.encoded)
        for answer in [CallerAnswer.keys("1"), .keys("8"), .speech("support"), .keys("*")] {
            let input = event(.input(wait: 1, answer))
            #expect(
                walk(program, session: first.session, event: input)
                    == walk(program, session: back, event: input))
        }
    }

    @Test func `any row and any event end in a turn`() {
        let program = ExecutableProgram(MenuTests.menu(), hash: [1])
        var random = Generator(state: 7)
        for _ in 0..<2_000 {
            let waits = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                Session.Wait(
                    kind: [.verb, .redirect, .silence].randomElement(using: &random) ?? .verb,
                    operation: Int.random(in: -2...12, using: &random),
                    attempt: Int.random(in: 1...5, using: &random))
            }
            let session = Session(
                status: .open, birth: [], programHash: [1], turn: Int.random(in: 1...600, using: &random),
                language: 9, variables: [], waits: waits, began: 0, moved: 0)
            let wait = Int.random(in: -1...9, using: &random)
            let kinds: [Event.Kind] = [
                .start, .silence(wait: wait), .outcome(wait: wait), .input(wait: wait, .speech("sales")),
            ]
            let event = Event(
                kind: kinds.randomElement(using: &random) ?? .start, parameters: Parameters([]),
                key: SessionKey(bytes: []), sid: [], now: .max, zones: UTC())
            guard case .done(let turn) = walk(program, session: session, event: event) else {
                Issue.record("no turn")
                return
            }
            #expect(turn.session.waits.count <= 8)
        }
    }
}

@Suite struct MemoryStoreTests {
    private let key = SessionKey(bytes: [1])

    @Test func `a write needs the revision that was read`() {
        let store = MemoryStore(clock: TestClock())
        #expect(store.writeNow([1], for: key, expecting: nil, lifetime: 60))
        #expect(!store.writeNow([2], for: key, expecting: nil, lifetime: 60))
        let first = store.readNow(key)
        #expect(first?.row == [1])
        #expect(store.writeNow([2], for: key, expecting: first?.revision, lifetime: 60))
        #expect(!store.writeNow([3], for: key, expecting: first?.revision, lifetime: 60))
        #expect(store.readNow(key)?.row == [2])
    }

    @Test func `a row is gone after its lifetime, and its revision doesn't come back`() {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        #expect(store.writeNow([1], for: key, expecting: nil, lifetime: 60))
        let revision = store.readNow(key)?.revision
        clock.advance(seconds: 60)
        #expect(store.readNow(key) == nil)
        #expect(!store.writeNow([2], for: key, expecting: revision, lifetime: 60))
        #expect(store.writeNow([2], for: key, expecting: nil, lifetime: 60))
        #expect(store.readNow(key)?.revision != revision)
    }

    @Test func `what has expired is tidied while others write`() {
        let clock = TestClock()
        let store = MemoryStore(clock: clock)
        for byte in UInt8.min...UInt8.max {
            #expect(store.writeNow([], for: SessionKey(bytes: [2, byte]), expecting: nil, lifetime: 1))
        }
        #expect(store.count == 256)
        clock.advance(seconds: 1)
        for number in 0..<1_024 {
            let key = SessionKey(bytes: [3, UInt8(number & 255), UInt8(number >> 8)])
            #expect(store.writeNow([], for: key, expecting: nil, lifetime: 60))
        }
        #expect(store.count == 1_024)
    }
}

@Suite struct TurnLogTests {
    @Test func `a turn is logged with the state where the caller is`() async {
        let scene = Scene(MenuTests.menu())
        _ = await scene.answer()
        let line = scene.logs.last
        #expect(line?.flow == "test")
        #expect(line?.channel == .voice)
        #expect(line?.sid == callSid)
        #expect(line?.turn == 1)
        #expect(line?.state == "start")
        #expect(line?.fault == nil)
    }

    @Test func `the state is the one that waits, not the one that a silent caller comes to`() async {
        var builder = ProgramBuilder()
        builder.states = [.init(name: "menu", entry: 0), .init(name: "goodbye", entry: 1)]
        builder.operations = [builder.gather("Menu", otherwise: 1), .finish(.hangup)]
        let scene = Scene(builder.program())
        _ = await scene.answer()
        #expect(scene.logs.last?.state == "menu")
        _ = await scene.answer("1.0", ["Digits": "5"])
        #expect(scene.logs.last?.state == "goodbye")
    }
}
