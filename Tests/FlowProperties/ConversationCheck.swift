public import FlowProgram
import FlowRuntime

/// What holds of every conversation, whatever the flow and its caller do:
///
/// - a document is well-formed, within 64,000 bytes, and within TwiML's nesting and attributes;
/// - a repeated request gets the same bytes;
/// - a session comes back from its row as it was, and its variables hold values of their types;
/// - the provider is answered in time, however slow the services are;
/// - a fault is one of those that a flow or a caller can cause.
public struct ConversationCheck {
    /// How many requests were answered by a turn.
    public private(set) var turns = 0
    /// What the fetches of one answer may have taken at most, if each took as long as it may.
    public private(set) var slowestMilliseconds = 0
    /// What didn't hold; empty if all did.
    public private(set) var problems: [String] = []

    /// Variables that held something, counted after each turn.
    public var values: Int { store.values }

    private let conversation: Conversation
    private let clock = StandingClock()
    private let store: RereadingStore
    private let fetcher: ArbitraryFetcher
    private let journal = Journal()
    private let flow: String
    private var callers: CallerGenerator
    /// Of the last document.
    private var places: [Place] = []
    /// Where documents are played that are heard beside a call.
    private var contexts: [String: TwiMLFacts.Context] = [:]
    /// The request that made the present turn of a call, and its answer.
    private var made: [String: (request: Conversation.Request, answer: Conversation.Answer)] = [:]

    public init(_ program: ProgramFile.Entry, choices: Choices) throws {
        var choices = choices
        flow = program.program.flow
        let store = RereadingStore(of: program.program, clock: clock)
        let journal = journal
        self.store = store
        fetcher = ArbitraryFetcher(Choices(choices.take(24)))
        conversation = Conversation(
            deployment: try Deployment(
                [program], environment: OneCaller.environment(of: program.program)), store: store,
            fetcher: fetcher, sender: WillingSender(), clock: clock, zones: OneZone(),
            baseURL: choices.pick(from: ["https://example.com", "https://example.com/a%20b/"]),
            log: { journal.append($0) })
        callers = CallerGenerator(choices, channel: program.program.channel, flow: flow)
    }

    /// Takes the conversation through requests until the choices are used up.
    public mutating func run(requests: Int = 60) async {
        for _ in 0..<requests {
            await answer(callers.request(places: places))
            if callers.choices.once(in: 3) { await repeatLast() }
            if callers.choices.once(in: 20) { pass() }
            if callers.choices.once(in: 4) {
                await conversation.attendDue()
                check(journal.drain())
                // Nobody waits for what is done then.
                _ = fetcher.drainMilliseconds()
            }
            if !problems.isEmpty || callers.choices.isEmpty { break }
        }
        problems += store.problems
    }

    private mutating func answer(_ request: Conversation.Request) async {
        let answer: Conversation.Answer
        if callers.choices.once(in: 2), let now = conversation.answerNow(request) {
            answer = now
        } else {
            answer = await conversation.answer(request)
        }
        let lines = journal.drain()
        slowestMilliseconds = max(slowestMilliseconds, fetcher.drainMilliseconds())
        check(answer, to: request)
        check(lines)
        let key = self.key(of: request)
        if lines.contains(where: { $0.kind == .turn }), request.purpose == .turn {
            turns += 1
            made[key] = (request, answer)
        }
        // Who waits hears a document anew.
        if isStartOfWait(request) {
            made[key] = nil
            return
        }
        let again = await conversation.answer(request)
        if again != answer { report("another answer for the same request", request, answer, again) }
        if journal.drain().contains(where: { $0.kind == .turn }) { report("a repeat moved", request) }
    }

    /// The request that made a turn gets the same bytes as long as that is the last one, also after others.
    private mutating func repeatLast() async {
        for key in made.keys.sorted() {
            guard let (request, answer) = made[key] else { continue }
            let again = await conversation.answer(request)
            if again != answer { report("another answer for an earlier request", request, answer, again) }
        }
        check(journal.drain())
    }

    private mutating func pass() {
        clock.advance(seconds: callers.choices.pick(from: [1, 60, 3_599, 3_600, 14_400, 90_000]))
        made = [:]
    }

    private mutating func check(_ answer: Conversation.Answer, to request: Conversation.Request) {
        switch answer {
        case .document(let bytes):
            // Who waits in a conference is the call itself: another leg is told to hang up.
            let isStranger =
                request.side.map {
                    request.parameters.text("CallSid") != String(decoding: $0.call, as: UTF8.self)
                }
                ?? false
            var context = contexts[request.side.map(name) ?? ""]
            if context == .conferenceWait, isStranger { context = nil }
            if let problem = DocumentRules.problem(in: bytes, of: request.channel, in: context) {
                report("\(problem) in \(String(decoding: bytes.prefix(1_000), as: UTF8.self))", request)
            }
            // A document that is heard beside a call takes nothing from that.
            let others = request.side == nil ? [] : places.filter { $0.side == nil || $0.position == nil }
            places = self.places(in: bytes) + others
        case .noContent: if request.purpose.notice == nil { report("no document", request) }
        case .badRequest: break
        case .json, .unknownFlow, .unknownCall, .busy: report("\(answer)", request)
        }
    }

    private mutating func check(_ lines: [TurnLog]) {
        if slowestMilliseconds > 11_000 { report("fetches of \(slowestMilliseconds) ms in one answer") }
        for line in lines {
            if line.kind == .busy || line.kind == .storeFailed { report(line.kind.rawValue) }
            guard let fault = line.fault else { continue }
            let isKnown = ["too-many-", "variables-too-large", "bad-parameter: "].contains {
                fault.reason.hasPrefix($0)
            }
            if !isKnown { report("fault \(fault.reason) in \(fault.state ?? "?"), \(fault.location ?? "?")") }
        }
    }

    private mutating func places(in document: [UInt8]) -> [Place] {
        guard let root = try? XMLElement.read(document) else { return [] }
        var found: [Place] = []
        for verb in root.children {
            let url = verb.attribute("action") ?? (verb.name == "Redirect" ? verb.text : "")
            if let place = place(url, verb.name) { found.append(place) }
            for element in [verb] + verb.children {
                for (key, value) in element.attributes {
                    guard let context = TwiMLFacts.Context(element: element.name, attribute: key),
                        let place = place(value, "\(context)"), let side = place.side
                    else { continue }
                    contexts[name(side)] = context
                    found.append(place)
                }
            }
        }
        return found
    }

    /// `n.w`, `CallSid/n.w.i` or `CallSid/n.w.i/n.w` of a URL.
    private func place(_ url: String, _ verb: String) -> Place? {
        guard let start = url.firstRange(of: "/voice/\(flow)/") else { return nil }
        let parts = url[start.upperBound...].prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        switch parts.count {
        case 1: return Position(parts[0].utf8).map { Place(verb: verb, position: $0) }
        case 2, 3:
            let side = SideAddress(call: Array(parts[0].utf8)[...], Array(parts[1].utf8)[...])
            return side.map {
                Place(verb: verb, side: $0, position: parts.count == 3 ? Position(parts[2].utf8) : nil)
            }
        default: return nil
        }
    }

    private func isStartOfWait(_ request: Conversation.Request) -> Bool {
        guard let side = request.side, request.position == nil else { return false }
        switch contexts[name(side)] {
        case .queueWait, .conferenceWait: return true
        case .screening, .queueWhisper, nil: return false
        }
    }

    private func name(_ side: SideAddress) -> String {
        String(decoding: side.call, as: UTF8.self)
            + " \(side.position.turn).\(side.position.wait).\(side.index)"
    }

    private func key(of request: Conversation.Request) -> String {
        let names: [StaticString] = request.channel == .voice ? ["CallSid"] : ["From", "To"]
        return names.map { request.parameters.text($0) ?? "" }.joined(separator: " ")
            + String(decoding: request.run, as: UTF8.self) + (request.side.map(name) ?? "")
    }

    private mutating func report(
        _ problem: String, _ request: Conversation.Request? = nil, _ answers: Conversation.Answer...
    ) {
        var lines = [problem]
        if let request {
            let place = request.position.map { "\($0.turn).\($0.wait)" } ?? "entry"
            let shown = request.parameters.bytes.prefix(400)
            lines.append("at \(place): \(String(decoding: shown, as: UTF8.self))")
        }
        for case .document(let bytes) in answers {
            lines.append(String(decoding: bytes.prefix(2_000), as: UTF8.self))
        }
        problems.append(lines.joined(separator: "\n  "))
    }
}

/// Where a document wants somebody back, and by which verb; or where one begins that is heard beside it.
struct Place {
    var verb: String
    var side: SideAddress?
    var position: Position?
}
