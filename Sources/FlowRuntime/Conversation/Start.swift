public import FlowProgram

/// Conversations that begin with us: a call is placed, or a text is sent (language.md §4).
extension Conversation {
    /// What somebody outside asks for.
    public struct Start: Sendable, Hashable {
        /// The flow's name as bytes of UTF-8.
        public var flow: [UInt8]
        /// nil: the only one that the flow runs on.
        public var channel: Channel?
        /// The person.
        public var to: String
        /// Our own number.
        public var from: String
        /// The flow's params by name, as texts.
        public var parameters: [(name: String, value: String)]

        public init(
            flow: [UInt8], channel: Channel? = nil, to: String, from: String,
            parameters: [(name: String, value: String)] = []
        ) {
            self.flow = flow
            self.channel = channel
            self.to = to
            self.from = from
            self.parameters = parameters
        }

        public static func == (left: Start, right: Start) -> Bool {
            left.flow == right.flow && left.channel == right.channel && left.to == right.to
                && left.from == right.from && left.parameters.elementsEqual(right.parameters, by: ==)
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(flow)
            hasher.combine(to)
            hasher.combine(from)
        }
    }

    /// What came of it.
    public enum StartAnswer: Sendable, Hashable {
        /// The call was placed.
        case placed(sid: String)
        /// The first text is on its way.
        case begun
        case unknownFlow
        /// What is missing or doesn't fit, a sentence each.
        case invalid([String])
        /// A text conversation with that person is going on.
        case busy
        /// The provider won't: its error's number, if it gave one.
        case refused(code: Int?)
        /// Provider, store or flow failed: why, in a word.
        case failed(String)
    }

    /// Begins a conversation. A call is placed at once; a text leaves by the outbox.
    public func start(_ start: Start) async -> StartAnswer {
        let deployment = deployments.present
        let channels = Channel.allCases.filter {
            deployment.entry(flow: start.flow, channel: $0) != nil && (start.channel ?? $0) == $0
        }
        guard let channel = channels.first, let entry = deployment.entry(flow: start.flow, channel: channel)
        else {
            return .unknownFlow
        }
        var problems = start.problems(for: entry.program, on: channel)
        if channels.count > 1 { problems.insert("channel is missing: voice or sms", at: 0) }
        guard problems.isEmpty else { return .invalid(problems) }
        guard sender != nil else { return .failed("no-credentials") }
        do {
            switch channel {
            case .voice: return try await call(start, entry)
            case .sms: return try await text(start, entry)
            }
        } catch {
            return .failed("store")
        }
    }

    /// The params wait in a row of their own under a name that nobody guesses; the call's first request brings the name.
    private func call(_ start: Start, _ entry: Deployment.Entry) async throws -> StartAnswer {
        guard let sender else { return .failed("no-credentials") }
        let run = Start.prefix + randomName(26)
        let kept = KeptRequest(
            purpose: .turn, parameters: Parameters(start.parameters.map { ($0.name, $0.value) }),
            fingerprint: [], sid: [], now: clock.now())
        let key = Self.startKey(flow: start.flow, run: run)
        // No alarm: nobody but the call's first request looks at it.
        let isKept = try await store.write(
            SessionWrite(
                row: SessionRow(notices: [kept]).encoded, expecting: nil, lifetime: Limits.openCallSeconds),
            for: key)
        guard isKept != nil else { return .failed("store") }
        let path =
            "\(percentEncoded(String(decoding: start.flow, as: UTF8.self)))?run="
            + String(decoding: run, as: UTF8.self)
        let answer = await sender.place(
            OutgoingCall(
                to: start.to, from: start.from, url: "\(base)/voice/\(path)\(fragment)",
                statusCallback: "\(base)/status/\(path)\(fragment)",
                detectsMachines: entry.executable.readsWhoAnswered, timeout: Limits.sendMilliseconds))
        switch answer {
        case .sent(let sid): return .placed(sid: sid)
        case .refused(let code): return .refused(code: code)
        case .failed(let reason): return .failed(reason)
        }
    }

    /// Turn 1 has no document: what it says goes by the outbox.
    private func text(_ start: Start, _ entry: Deployment.Entry) async throws -> StartAnswer {
        let (person, own) = (Array(start.to.utf8), Array(start.from.utf8))
        let request = Request(
            channel: .sms, flow: start.flow, purpose: .start,
            parameters: Parameters(
                [("From", start.to), ("To", start.from)] + start.parameters.map { ($0.name, $0.value) }),
            fingerprint: Array(randomName(16)))
        let visit = Visit(
            request: request, entry: entry,
            key: SessionKey(
                channel: .sms, account: account[...], place: [person[...], own[...]], flow: start.flow,
                run: []),
            sid: Start.prefix + randomName(26), now: clock.now())
        switch await answerClaimed(visit) {
        case .noContent: return .begun
        case .badRequest: return .busy
        case .document, .json, .unknownFlow, .unknownCall: return .failed("flow")
        case .busy: return .failed("store")
        }
    }

    /// Where the params of a call that we placed wait.
    static func startKey(flow: [UInt8], run: [UInt8]) -> SessionKey {
        SessionKey(channel: .voice, account: [], place: [ArraySlice("start".utf8)], flow: flow, run: run)
    }

    /// Whether a request may be the first of a call that we placed.
    func mayBeStarted(_ visit: Visit) -> Bool {
        visit.request.channel == .voice && visit.request.position == nil && visit.request.purpose == .turn
            && visit.request.run.starts(with: Start.prefix)
    }

    /// With the params that wait for it.
    func started(_ visit: Visit, _ stored: StoredSession?) -> Visit {
        guard let stored, let kept = try? SessionRow(decoding: stored.row).notices.first else { return visit }
        var visit = visit
        visit.request.parameters = visit.request.parameters.preceded(by: kept.parameters)
        return visit
    }
}

extension Conversation.Start {
    /// Of the names that we give to runs.
    static let prefix = Array("start-".utf8)

    /// What is wrong with it, for the flow that it names.
    fileprivate func problems(for program: Program, on channel: Channel) -> [String] {
        var problems: [String] = []
        for (name, number) in [("to", to), ("from", from)] {
            if number.isEmpty {
                problems.append("\(name) is missing")
            } else if !isReached(number, on: channel) {
                problems.append("\(name): '\(number.cut(to: 40))' is no phone number such as +15555550123")
            }
        }
        for (name, _) in parameters where !program.parameters.contains(where: { $0.name == name }) {
            problems.append("\(name.cut(to: 40)) is no param of the flow")
        }
        for parameter in program.parameters {
            let given = parameters.filter { $0.name == parameter.name }
            var isOptional = false
            if case .optional = parameter.type { isOptional = true }
            if given.count > 1 { problems.append("\(parameter.name) came twice") }
            guard let text = given.first?.value else {
                if !isOptional { problems.append("\(parameter.name) is missing: \(parameter.type.display)") }
                continue
            }
            if value(of: composed(text), as: parameter.type) == nil {
                problems.append("\(parameter.name) is no \(parameter.type.display)")
            }
        }
        return problems
    }
}

/// A phone number; a call may also go to `client:…` and `sip:…`.
private func isReached(_ number: String, on channel: Channel) -> Bool {
    if value(of: number, as: .phone) != nil { return true }
    return channel == .voice && (number.hasPrefix("client:") || number.hasPrefix("sip:"))
        && value(of: number, as: .address) != nil
}

/// Letters and digits that nobody guesses: 26 of them are more than 130 bits.
private func randomName(_ count: Int) -> [UInt8] {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in letters[Int.random(in: letters.indices, using: &generator)] }
}
