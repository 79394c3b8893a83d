import FlowProgram

/// A phone with somebody at it: takes inputs one at a time, makes the requests that follow, and gives the lines that come back.
///
/// `flowc talk` reads inputs from a terminal, `Transcript.play` from a script.
package struct TalkSession: Sendable {
    private var phone: Phone
    private let transport: PhoneTransport
    private let setClock: @Sendable (Int64) async -> Void
    private let besides: TalkBesides
    /// Milliseconds since 1970, once it was set.
    private var now: Int64?
    private var last: Exchange?

    /// The last request for a document, with what came back and the phone before it did.
    private struct Exchange: Sendable {
        let request: PhoneRequest
        let response: PhoneResponse
        let phone: Phone
    }

    /// - Parameters:
    ///   - transport: takes the requests to the flow.
    ///   - setClock: sets the flow's clock, in milliseconds since 1970.
    ///   - besides: what the flow does besides answering.
    package init(
        _ settings: PhoneSettings, transport: @escaping PhoneTransport,
        setClock: @escaping @Sendable (Int64) async -> Void = { _ in }, besides: TalkBesides = TalkBesides()
    ) {
        phone = Phone(settings)
        self.transport = transport
        self.setClock = setClock
        self.besides = besides
    }

    /// Whether a call is on.
    package var isInCall: Bool { phone.isInCall }

    /// Takes a line that somebody typed. A line that isn't an input gives a line that says so; an empty one gives nothing.
    package mutating func take(_ line: String) async -> [String] {
        guard !withoutOuterBlanks(line).isEmpty else { return [] }
        do throws(PhoneInputFault) {
            return await take(try PhoneInput(line: line))
        } catch {
            return ["(\(error.description))"]
        }
    }

    /// A line that is about to be taken, as others may see it: an answer to a sensitive question is masked.
    package func masked(_ line: String) async -> String {
        guard let input = try? PhoneInput(line: line) else { return line }
        switch input {
        case .press, .say, .text: break
        default: return line
        }
        var phone = phone
        guard let request = phone.take(input).request, await besides.isSensitive(request) else { return line }
        return line.prefix { $0 != " " } + " ****"
    }

    /// Takes an input.
    package mutating func take(_ input: PhoneInput) async -> [String] {
        switch input {
        case .help: return phone.help
        case .clock(let change): return await turnClock(change) + sent()
        case .repeatLast: return await repeatLast()
        case .start(let parameters): return await start(parameters) + sent()
        case .call, .press, .say, .silence, .record, .recordNothing, .outcome, .queue, .wait, .answer,
            .result, .hangUp,
            .text, .recording, .transcription, .message:
            return await perform(phone.take(input)) + sent()
        }
    }

    private mutating func sent() async -> [String] {
        var lines: [String] = []
        for message in await besides.sent() {
            phone.noteSent(message)
            lines += sentLines(message)
        }
        return lines
    }

    /// Parameters of the call, such as `AnsweredBy`, come with its requests; all others are the flow's params.
    private mutating func start(_ parameters: [PhoneRequest.Parameter]) async -> [String] {
        guard !phone.isInCall else { return ["(the call is still on; hang up first)"] }
        let settings = phone.settings
        let channel = parameters.last { $0.name == "channel" }.flatMap { Channel(rawValue: $0.value) }
        let parameters = parameters.filter { $0.name != "channel" }
        let (answer, call) = await besides.start(
            Conversation.Start(
                flow: Array(settings.flow.utf8), channel: channel, to: settings.from, from: settings.to,
                parameters: parameters.filter { !isAboutTheCall($0.name) }.map { ($0.name, $0.value) }))
        if let fault = startFault(answer) { return [fault] }
        guard let call else { return [] }
        return await perform(phone.answer(call, parameters.filter { isAboutTheCall($0.name) }))
    }

    /// Sets the clock before the first input.
    package mutating func setClock(to instant: Int64) async {
        now = instant
        await setClock(instant)
    }

    private mutating func perform(_ first: Phone.Reaction) async -> [String] {
        var reaction = first
        var lines = reaction.lines
        var requests = 0
        while let request = reaction.request {
            requests += 1
            if requests > PhoneLimits.maxRequestsPerInput {
                reaction = phone.fail("more than \(PhoneLimits.maxRequestsPerInput) requests at one input")
                lines += reaction.lines
                break
            }
            do {
                let response = try await transport(request)
                if reaction.expectsDocument {
                    last = Exchange(request: request, response: response, phone: phone)
                }
                reaction = phone.receive(response)
            } catch {
                reaction = phone.fail("no answer from \(request.url): \(error)")
            }
            lines += reaction.lines
        }
        return lines
    }

    private mutating func repeatLast() async -> [String] {
        guard let last else { return ["(there is nothing to repeat)"] }
        do {
            let response = try await transport(last.request)
            guard response != last.response else { return ["same answer"] }
            var phone = last.phone
            return ["another answer"] + phone.receive(response).lines.map { "  " + $0 }
        } catch {
            return ["error 11200: no answer from \(oneLine(last.request.url)): \(oneLine("\(error)"))"]
        }
    }

    private mutating func turnClock(_ change: PhoneInput.ClockChange) async -> [String] {
        switch change {
        case .to(let instant):
            await setClock(to: instant)
        case .by(let step):
            guard let now else { return ["(the clock isn't set)"] }
            let (instant, overflow) = now.addingReportingOverflow(step)
            guard !overflow else { return ["(the clock can't go there)"] }
            await setClock(to: instant)
        }
        return []
    }
}
