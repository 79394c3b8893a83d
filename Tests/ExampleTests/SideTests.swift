import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowWebhook
import Foundation
import Synchronization
import Testing

/// Wait and whisper flows: documents that are heard beside a call, in sessions of their own (turn.md rules 1, 3 and 6).
@Suite("Wait and whisper flows")
struct SideTests {
    // MARK: queues

    private static let queue = """
        flow: entry
        channel: voice
        vars: {round: {type: integer, initial: 7}}
        states:
          start:
            - enqueue: support
              wait: {flow: hold, with: {name: "${first(call.caller_name ?? 'Ann', 20)}", first: "${round}"}}
              message: message
              left: left
              full: full
              otherwise: failed
          message:
            - say: Message.
            - hangup
          left:
            - say: Left.
            - hangup
          full:
            - say: Full.
            - hangup
          failed:
            - say: Failed.
            - hangup
        """

    private static let hold = """
        flow: hold
        runs: wait
        channel: voice
        params: {name: text(20), first: integer}
        steps:
          - say: ${name}, ${queue.position} of ${queue.size}, ${queue.time}, ${queue.average}, ${first}.
          - set: {first: "${first + 1}"}
          - menu: Press a key.
            choices:
              1: leave
              2: [{leave: message}]
              3: hangup
              4: next
            attempts: 2
            otherwise: next
          - say: ${queue.position} again, ${first}.
        """

    @Test(
        "Who waits hears a document whose params come from the caller's turn, and whose queue from the request"
    )
    func waiting() async throws {
        let call = try Call([Self.queue, Self.hold])
        let start = await call.answer("/voice/entry", ["CallerName": "Bob"])
        let wait = "https://example.com/voice/entry/\(call.sid)/1.0.0#rc=2&amp;rp=all"
        #expect(
            start
                == "<Enqueue action=\"https://example.com/voice/entry/1.0#rc=2&amp;rp=all&amp;rt=5000\" waitUrl=\"\(wait)\">support</Enqueue>"
        )
        let heard = await call.answer(call.waits, call.figures(3, of: 5, time: 61, average: 90))
        #expect(heard.hasPrefix("<Say>Bob, 3 of 5, 1 minute 1 second, 1 minute 30 seconds, 7.</Say>"))
        #expect(
            heard.contains(
                "action=\"https://example.com/voice/entry/\(call.sid)/1.0.0/1.0#rc=2&amp;rp=all&amp;rt=5000\""
            ))
        // An answer's request may say nothing of the queue.
        #expect(await call.answer(call.waits + "/1.0", ["Digits": "4"]) == "<Say>3 again, 8.</Say>")
        #expect(call.kinds == [.turn, .turn, .turn])
    }

    @Test(
        "The provider asks again: the flow begins anew, n goes on counting, and older positions get the present document"
    )
    func again() async throws {
        let call = try Call([Self.queue, Self.hold])
        _ = await call.answer("/voice/entry")
        _ = await call.answer(call.waits, call.figures(3))
        let second = await call.answer(call.waits, call.figures(2))
        #expect(second.hasPrefix("<Say>Ann, 2 of 5"))
        #expect(second.contains(", 7.</Say>"))
        #expect(second.contains("/1.0.0/2.0#rc"))
        #expect(await call.answer(call.waits + "/1.0", ["Digits": "3"]) == second)
        let third = await call.answer(call.waits + "/2.0", ["Digits": "4"])
        #expect(third == "<Say>2 again, 8.</Say>")
        #expect(await call.answer(call.waits + "/2.0", ["Digits": "4"]) == third)
        #expect(await call.answer(call.waits, call.figures(1)).contains("/1.0.0/4.0#rc"))
        #expect(call.kinds == [.turn, .turn, .turn, .conflict, .turn, .repeat, .turn])
        // Nothing of it moved the call.
        #expect(
            await call.answer("/voice/entry/1.0", ["QueueResult": "queue-full"])
                == "<Say>Full.</Say><Hangup/>")
    }

    @Test(
        "Once the call has gone on or is over, the session of who waited is closed",
        arguments: [
            ("/voice/entry/1.0", ["QueueResult": "queue-full"]),
            ("/status/entry", ["CallStatus": "completed"]),
            ("/voice/entry/1.0", ["QueueResult": "hangup", "CallStatus": "completed"]),
        ])
    func closing(_ target: String, _ parameters: [String: String]) async throws {
        let call = try Call([Self.queue, Self.hold])
        _ = await call.answer("/voice/entry")
        let heard = await call.answer(call.waits, call.figures(3))
        await call.attend()
        // The caller is still there: the wait goes on.
        let second = await call.answer(call.waits + "/1.0", ["Digits": "4"])
        #expect(second != heard)
        _ = await call.answer(call.waits, call.figures(2))
        _ = await call.answer(target, parameters)
        await call.attend()
        let kinds = call.kinds.count
        let late = await call.answer(call.waits + "/3.0", ["Digits": "4"])
        #expect(late.hasPrefix("<Say>Ann, 2 of 5"))
        #expect(
            call.kinds.dropFirst(kinds) == [.late] || call.kinds.dropFirst(kinds) == [.repeat],
            "\(call.kinds)")
    }

    @Test(
        "Leaving the queue leads the caller by the name that the wait flow gave",
        arguments: [
            ("1", "leave", "Left."), ("2", "leave", "Message."), ("2", "bridged", ""),
            ("2", "error", "Failed."),
            ("", "leave", "Left."), ("3", "leave", "Left."),
        ])
    func leaving(_ keys: String, _ result: String, _ said: String) async throws {
        let call = try Call([Self.queue, Self.hold])
        _ = await call.answer("/voice/entry")
        _ = await call.answer(call.waits, call.figures(1))
        if !keys.isEmpty {
            let document = await call.answer(call.waits + "/1.0", ["Digits": keys])
            #expect(document == (keys == "3" ? "<Hangup/>" : "<Leave/>"))
            #expect(await call.answer(call.waits + "/1.0", ["Digits": keys]) == document)
        }
        let after = await call.answer("/voice/entry/1.0", ["QueueResult": result])
        #expect(after == (said.isEmpty ? "" : "<Say>\(said)</Say>") + "<Hangup/>")
        #expect(await call.answer("/voice/entry/1.0", ["QueueResult": result]) == after)
    }

    @Test("A caller who left and is asked to wait once more hasn't left")
    func leftAndBack() async throws {
        let call = try Call([Self.queue, Self.hold])
        _ = await call.answer("/voice/entry")
        _ = await call.answer(call.waits, call.figures(1))
        _ = await call.answer(call.waits + "/1.0", ["Digits": "2"])
        _ = await call.answer(call.waits, call.figures(1))
        #expect(
            await call.answer("/voice/entry/1.0", ["QueueResult": "leave"]) == "<Say>Left.</Say><Hangup/>")
    }

    @Test("Silence that leaves the queue is told of, or nobody would know by which name")
    func silentLeave() async throws {
        let hold = """
            flow: hold
            runs: wait
            channel: voice
            params: {name: text(20), first: integer}
            steps:
              - menu: Press 1.
                choices: {1: next}
                attempts: 1
                otherwise: [{leave: message}]
              - leave
            """
        let call = try Call([Self.queue, hold])
        _ = await call.answer("/voice/entry")
        let heard = await call.answer(call.waits, call.figures(1))
        #expect(
            heard.hasSuffix(
                "<Redirect>https://example.com/voice/entry/\(call.sid)/1.0.0/1.1#rc=2&amp;rp=all&amp;rt=5000</Redirect>"
            ))
        #expect(await call.answer(call.waits + "/1.1") == "<Leave/>")
        #expect(
            await call.answer("/voice/entry/1.0", ["QueueResult": "leave"]) == "<Say>Message.</Say><Hangup/>")
    }

    @Test("A name of a second entrance stands in the URLs of what is heard beside it")
    func entrances() async throws {
        let call = try Call([Self.queue, Self.hold])
        _ = await call.answer("/voice/entry?run=second")
        let heard = await call.answer(call.waits + "?run=second", call.figures(1))
        #expect(heard.contains("/1.0.0/1.0?run=second#rc"))
        // Without it the parent is another, and isn't there.
        #expect(await call.answer(call.waits, call.figures(1)) == "<Pause length=\"30\"/>")
    }

    // MARK: stale and forged

    @Test("Where the call has gone on nobody waits, and where it isn't known who waits hears silence")
    func stale() async throws {
        let call = try Call([Self.queue, Self.hold])
        #expect(await call.answer(call.waits) == "<Pause length=\"30\"/>")
        #expect(await call.answer(call.waits + "/1.0", ["Digits": "1"]) == "<Pause length=\"30\"/>")
        _ = await call.answer("/voice/entry")
        // No such wait, no such side, and a turn that isn't there yet.
        #expect(await call.answer(call.beside("1.1.0")) == "")
        #expect(await call.answer(call.beside("1.0.1")) == "")
        #expect(await call.answer(call.beside("2.0.0")) == "<Pause length=\"30\"/>")
        #expect(await call.answer(call.beside("1.0.0"), ["CallStatus": "completed"]) == "")
        #expect(
            await call.answer("/voice/entry/1.0", ["QueueResult": "error"]) == "<Say>Failed.</Say><Hangup/>")
        #expect(await call.answer(call.waits, call.figures(1)) == "")
        #expect(
            call.kinds == [
                .sessionLost, .sessionLost, .turn, .late, .late, .sessionLost, .turn, .turn, .late,
            ])
    }

    @Test(
        "Paths that aren't ones are 404",
        arguments: [
            "/voice/entry/CA1/1.0.0", "/voice/entry/\(Call.sid)/1.0", "/voice/entry/\(Call.sid)/1.0.0/1",
            "/voice/entry/\(Call.sid)/1.0.00", "/voice/entry/\(Call.sid)/0.0.0",
            "/voice/entry/\(Call.sid)/1.0.0/",
            "/sms/entry/\(Call.sid)/1.0.0", "/voice/entry/\(Call.sid)/1.0.0/1.0/1.0", "/voice/hold",
            "/voice/entry/\(Call.sid)/1.0.-1", "/voice/entry/\(Call.sid)/1.0.9999999999",
        ])
    func paths(_ path: String) async throws {
        let call = try Call([Self.queue, Self.hold])
        #expect(await call.status(path) == 404)
    }

    // MARK: conferences

    @Test("In a conference the end leads back to the beginning, and what says nothing is a silence")
    func conference() async throws {
        let entry = """
            flow: entry
            channel: voice
            steps:
              - dial: {conference: room, wait: {flow: music, with: {loud: true}}}
                otherwise: hangup
            """
        let music = """
            flow: music
            runs: wait
            channel: voice
            params: {loud: bool}
            steps:
              - if: loud
                then: [{play: "https://example.com/a.mp3"}]
                else: end
            """
        for (loud, heard) in [
            (true, "<Play>https://example.com/a.mp3</Play>"), (false, "<Pause length=\"1\"/>"),
        ] {
            let call = try Call([entry.replacing("loud: true", with: "loud: \(loud)"), music])
            let start = await call.answer("/voice/entry")
            let wait = "https://example.com/voice/entry/\(call.sid)/1.0.0#rc=2&amp;rp=all"
            #expect(start.contains("<Conference waitUrl=\"\(wait)\">room</Conference>"))
            #expect(await call.answer(call.waits) == heard + "<Redirect>\(wait)</Redirect>")
        }
    }

    // MARK: whispers

    private static let dial = """
        flow: entry
        channel: voice
        states:
          start:
            - dial:
                - {number: "+15555550111", whisper: {flow: screen, with: {team: sales}}}
                - {client: ann, whisper: {flow: screen, with: {team: support}}}
              declined: declined
              no_answer: missed
              answered: talked
              otherwise: failed
          declined:
            - say: Declined.
            - hangup
          missed:
            - say: Missed.
            - hangup
          talked:
            - say: Talked.
            - hangup
          failed:
            - say: Failed.
            - hangup
        """

    private static let screen = """
        flow: screen
        runs: whisper
        channel: voice
        params: {team: text(20)}
        steps:
          - menu: For ${team}, press 1.
            choices: {1: accept, 2: decline}
            attempts: 1
            otherwise: decline
        """

    @Test("Each who is called hears the whisper with its own params, in a session of its own")
    func whispers() async throws {
        let call = try Call([Self.dial, Self.screen])
        let start = await call.answer("/voice/entry")
        #expect(
            start.contains(
                "<Number url=\"https://example.com/voice/entry/\(call.sid)/1.0.0#rc=2&amp;rp=all\">"))
        #expect(
            start.contains(
                "<Client url=\"https://example.com/voice/entry/\(call.sid)/1.0.1#rc=2&amp;rp=all\">"))
        let first = await call.answer(call.beside("1.0.0"), leg: "CA\(ones)")
        let second = await call.answer(call.beside("1.0.1"), leg: "CA\(twos)")
        #expect(first.contains("For sales"))
        #expect(second.contains("For support"))
        // Silence is told of, too.
        #expect(first.hasSuffix("/1.0.0/1.1#rc=2&amp;rp=all&amp;rt=5000</Redirect>"))
        #expect(await call.answer(call.beside("1.0.0"), leg: "CA\(ones)") == first)
        #expect(await call.answer(call.beside("1.0.0") + "/1.1", leg: "CA\(ones)") == "<Hangup/>")
        #expect(await call.answer(call.beside("1.0.1") + "/1.0", ["Digits": "1"], leg: "CA\(twos)") == "")
        #expect(await call.answer(call.beside("1.0.1") + "/1.0", ["Digits": "1"], leg: "CA\(twos)") == "")
        #expect(call.kinds == [.turn, .turn, .turn, .repeat, .turn, .turn, .repeat])
    }

    private static let ones = String(repeating: "1", count: 32)
    private static let twos = String(repeating: "2", count: 32)
    private var ones: String { Self.ones }
    private var twos: String { Self.twos }

    struct Outcome: Sendable, CustomTestStringConvertible {
        /// What the called side presses; nil: it doesn't answer, empty: it hangs up.
        var keys: String?
        var status: String
        var leg: String? = "CA\(SideTests.ones)"
        var bridged: String?
        var said: String

        var testDescription: String { "\(keys ?? "-") \(status) \(leg ?? "-") \(bridged ?? "-") → \(said)" }
    }

    @Test(
        "How the dial went is the provider's word, but a whisper that didn't accept is known from its session",
        arguments: [
            Outcome(keys: "1", status: "completed", bridged: "true", said: "Talked."),
            Outcome(keys: "1", status: "completed", said: "Talked."),
            Outcome(keys: "1", status: "completed", bridged: "false", said: "Declined."),
            Outcome(keys: "2", status: "completed", said: "Declined."),
            Outcome(keys: "2", status: "no-answer", bridged: "false", said: "Declined."),
            Outcome(keys: "2", status: "busy", said: "Declined."),
            Outcome(keys: "", status: "completed", said: "Declined."),
            Outcome(keys: "", status: "no-answer", said: "Declined."),
            Outcome(keys: nil, status: "no-answer", said: "Missed."),
            Outcome(keys: nil, status: "completed", bridged: "true", said: "Talked."),
            Outcome(keys: nil, status: "completed", bridged: "false", said: "Declined."),
            Outcome(keys: nil, status: "failed", said: "Failed."),
            // The provider names another leg, or none.
            Outcome(keys: "2", status: "completed", leg: "CA\(twos)", bridged: "true", said: "Talked."),
            Outcome(keys: "2", status: "no-answer", leg: nil, said: "Missed."),
            Outcome(keys: "2", status: "no-answer", leg: "", said: "Missed."),
            Outcome(
                keys: "2", status: "no-answer", leg: String(repeating: "x", count: 10_000), said: "Missed."),
        ])
    func outcomes(_ outcome: Outcome) async throws {
        let call = try Call([Self.dial, Self.screen])
        _ = await call.answer("/voice/entry")
        if let keys = outcome.keys {
            _ = await call.answer(call.beside("1.0.0"), leg: "CA\(ones)")
            if !keys.isEmpty {
                _ = await call.answer(call.beside("1.0.0") + "/1.0", ["Digits": keys], leg: "CA\(ones)")
            }
        }
        var parameters = ["DialCallStatus": outcome.status]
        parameters["DialCallSid"] = outcome.leg
        parameters["DialBridged"] = outcome.bridged
        let said = await call.answer("/voice/entry/1.0", parameters)
        #expect(said == "<Say>\(outcome.said)</Say><Hangup/>")
        #expect(await call.answer("/voice/entry/1.0", parameters) == said)
    }

    @Test("A leg that answers late is hung up; one that nobody knows hears the apology")
    func lateLegs() async throws {
        let call = try Call([Self.dial, Self.screen])
        #expect(await call.answer(call.beside("1.0.0"), leg: "CA\(ones)").hasSuffix("</Say><Hangup/>"))
        _ = await call.answer("/voice/entry")
        _ = await call.answer("/voice/entry/1.0", ["DialCallStatus": "no-answer"])
        #expect(await call.answer(call.beside("1.0.0"), leg: "CA\(ones)") == "<Hangup/>")
        #expect(call.kinds == [.sessionLost, .turn, .turn, .late])
    }

    @Test("One who waited in a queue hears a whisper, is never hung up by it, and is connected at its end")
    func queueWhisper() async throws {
        let entry = """
            flow: entry
            channel: voice
            steps:
              - dial: {queue: support, whisper: chime}
                otherwise: hangup
            """
        let chime =
            "flow: chime\nruns: whisper\nchannel: voice\nsteps:\n  - say: An agent is here.\n  - accept\n"
        let call = try Call([entry, chime])
        let waiting = ["DequeingCallSid": call.sid]
        #expect(await call.answer(call.beside("1.0.0"), waiting, leg: "CA\(ones)") == "")
        let start = await call.answer("/voice/entry")
        #expect(
            start.contains(
                "<Queue url=\"https://example.com/voice/entry/\(call.sid)/1.0.0#rc=2&amp;rp=all\">support"))
        #expect(
            await call.answer(call.beside("1.0.0"), waiting, leg: "CA\(ones)")
                == "<Say>An agent is here.</Say>")
        #expect(await call.answer("/voice/entry/1.0", ["DialCallStatus": "completed"]) == "<Hangup/>")
        #expect(await call.answer(call.beside("1.0.0"), waiting, leg: "CA\(twos)") == "")
    }

    // MARK: what goes wrong

    @Test("A fault leads to the wait flow's own handler, or to silence: never to the call's")
    func faults() async throws {
        let entry = """
            flow: entry
            channel: voice
            on:
              error:
                - say: The call's own.
            steps:
              - enqueue: support
                wait: hold
                otherwise: hangup
            """
        let long = String(repeating: "x", count: 1_500)
        let sets = (1...12).map { "  - set: {v\($0): \(long)}\n" }.joined()
        let hold =
            "flow: hold\nruns: wait\nchannel: voice\nsteps:\n\(sets)  - menu: Press 1.\n    choices: {1: next}\n"
            + "    otherwise: next\n"
        let handler = "on:\n  error:\n    - say: Please hold.\n"
        for (flow, heard) in [(hold, "<Pause length=\"30\"/>"), (hold + handler, "<Say>Please hold.</Say>")] {
            let call = try Call([entry, flow])
            _ = await call.answer("/voice/entry")
            #expect(await call.answer(call.waits) == heard)
            // The next round tries again.
            #expect(await call.answer(call.waits) == heard)
        }
    }

    @Test("Params that would make the row too large are a fault of the call's turn")
    func largeParams() async throws {
        let long = String(repeating: "x", count: 1_590)
        let entry = """
            flow: entry
            channel: voice
            steps:
              - dial: [\((1...10).map { "{number: \"+155555501\($0 + 10)\", whisper: {flow: screen, with: {a: \"\(long)\", b: \"\(long)\"}}}" }.joined(separator: ", "))]
                otherwise: hangup
            """
        let screen =
            "flow: screen\nruns: whisper\nchannel: voice\nparams: {a: text, b: text}\nsteps:\n  - say: ${a} ${b}\n  - accept\n"
        let call = try Call([entry, screen])
        #expect(await call.answer("/voice/entry").hasSuffix("</Say><Hangup/>"))
        #expect(call.faults == ["variables-too-large"])
    }

    // MARK: versions

    @Test(
        "What is heard beside a call is part of its program: the same hash, and the version that the call began with"
    )
    func versions() async throws {
        let changed = Self.hold.replacing("Press a key.", with: "Press any key.")
        let commented = Self.hold.replacing("steps:", with: "# What one hears.\nsteps:")
        let old = try compiled([Self.queue, Self.hold])
        #expect(try compiled([Self.queue, commented])[0].program.contentHash == old[0].program.contentHash)
        let new = try compiled([Self.queue, changed])
        #expect(new[0].program.contentHash != old[0].program.contentHash)
        #expect(old.map(\.program.flow) == ["entry"])

        let call = try Call([Self.queue, Self.hold])
        _ = await call.answer("/voice/entry")
        call.deploy(new + old)
        #expect(await call.answer(call.waits, call.figures(1)).contains("Press a key."))
        call.deploy(new)
        #expect(await call.answer(call.waits, call.figures(1)) == "<Pause length=\"30\"/>")
    }

    @Test("A program with what is heard beside it comes back from its file as it was")
    func files() throws {
        for flows in [[Self.queue, Self.hold], [Self.dial, Self.screen]] {
            let programs = try compiled(flows)
            let data = try ProgramFile(programs: programs).data()
            #expect(try ProgramFile(data: data).programs.map(\.program) == programs.map(\.program))
        }
    }
}

private func compiled(_ flows: [String]) throws -> [ProgramFile.Entry] {
    let files = flows.enumerated().map {
        SourceFile(id: UInt32($0), name: "flow-\($0).yaml", text: $1 + "\n")
    }
    let compilation = compile(files, options: CompilerOptions(knowsTimezone: { _ in true }))
    try #require(compilation.diagnostics.filter { $0.code != .unusedName }.map(\.headline) == [])
    return compilation.programs
}

/// A call of the flow `entry`, as the provider makes its requests.
private final class Call: Sendable {
    static let sid = "CA" + String(repeating: "0", count: 32)

    private let webhook: Mutex<Webhook>
    private let conversation: Mutex<Conversation>
    private let store = MemoryStore()
    private let logs = Logs()

    private final class Logs: Sendable {
        let lines = Mutex<[TurnLog]>([])
    }

    init(_ flows: [String]) throws {
        let conversation = try Self.conversation(compiled(flows), store, logs)
        self.conversation = Mutex(conversation)
        webhook = Mutex(try Self.webhook(conversation))
    }

    private static func conversation(
        _ programs: [ProgramFile.Entry], _ store: MemoryStore, _ logs: Logs
    ) throws -> Conversation {
        Conversation(
            deployment: try Deployment(programs, environment: [:]), store: store, fetcher: NoFetcher(),
            baseURL: "https://example.com", log: { line in logs.lines.withLock { $0.append(line) } })
    }

    private static func webhook(_ conversation: Conversation) throws -> Webhook {
        Webhook(conversation: conversation, configuration: try Webhook.Configuration(isInsecure: true))
    }

    func attend() async { await conversation.withLock { $0 }.attendDue() }

    /// Other programs at the same sessions.
    func deploy(_ programs: [ProgramFile.Entry]) {
        guard let new = try? Self.conversation(programs, store, logs), let hook = try? Self.webhook(new)
        else { return }
        conversation.withLock { $0 = new }
        webhook.withLock { $0 = hook }
    }

    var sid: String { Self.sid }
    var kinds: [TurnLog.Kind] { logs.lines.withLock { $0.map(\.kind) } }
    var faults: [String] { logs.lines.withLock { $0.compactMap(\.fault?.reason) } }

    /// Where the document of the first wait of the first turn begins.
    var waits: String { beside("1.0.0") }

    func beside(_ place: String) -> String { "/voice/entry/\(sid)/\(place)" }

    /// What the provider says of a queue.
    func figures(_ position: Int, of size: Int = 5, time: Int = 0, average: Int = 0) -> [String: String] {
        [
            "QueuePosition": "\(position)", "CurrentQueueSize": "\(size)", "QueueTime": "\(time)",
            "AvgQueueTime": "\(average)", "MaxQueueSize": "1000",
        ]
    }

    func status(_ target: String) async -> Int { await request(target, [:], leg: nil).status }

    /// What the document says between `<Response>` and its end.
    func answer(_ target: String, _ parameters: [String: String] = [:], leg: String? = nil) async -> String {
        let answer = await request(target, parameters, leg: leg)
        let document = String(decoding: answer.body, as: UTF8.self)
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response"
        guard answer.status == 200, document.hasPrefix(head) else { return "\(answer.status) \(document)" }
        let rest = document.dropFirst(head.count)
        return rest == "/>" ? "" : String(rest.dropFirst().dropLast("</Response>".count))
    }

    private func request(_ target: String, _ parameters: [String: String], leg: String?) async
        -> WebhookAnswer
    {
        let standard = [
            "CallSid": leg ?? sid, "AccountSid": "AC" + String(repeating: "0", count: 32),
            "From": "+15555550123", "To": "+15555550100", "CallStatus": "in-progress",
        ]
        let form = standard.merging(parameters) { $1 }.sorted { $0.key < $1.key }.map { name, value in
            name + "=" + (value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }
        let request = WebhookRequest(
            method: "POST", target: target,
            headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
            body: Array(form.joined(separator: "&").utf8))
        let webhook = webhook.withLock { $0 }
        return await webhook.answer(request)
    }
}

private struct NoFetcher: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}
