/// A phone with somebody at it: takes inputs one at a time, makes the requests that follow, and gives the lines that come back.
///
/// `flowc talk` reads inputs from a terminal, `Transcript.play` from a script.
package struct TalkSession: Sendable {
    private var phone: Phone
    private let transport: PhoneTransport
    private let setClock: @Sendable (Int64) async -> Void
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
    package init(
        _ settings: PhoneSettings, transport: @escaping PhoneTransport,
        setClock: @escaping @Sendable (Int64) async -> Void = { _ in }
    ) {
        phone = Phone(settings)
        self.transport = transport
        self.setClock = setClock
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

    /// Takes an input.
    package mutating func take(_ input: PhoneInput) async -> [String] {
        switch input {
        case .help: return phone.help
        case .clock(let change): return await turnClock(change)
        case .repeatLast: return await repeatLast()
        case .call, .press, .say, .silence, .record, .recordNothing, .outcome, .queue, .wait, .answer,
            .result,
            .hangUp,
            .text:
            return await perform(phone.take(input))
        }
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
