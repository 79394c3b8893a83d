internal import TwiML

/// A phone as the provider treats it: it plays documents and makes the webhook requests that follow from what the person does.
///
/// It is a pure state machine. `take` and `receive` give what is heard and, perhaps, a request; whoever drives it performs the
/// request and hands the response to `receive`. `TalkSession` does that.
package struct Phone: Sendable {
    package let settings: PhoneSettings
    private(set) var state = State.idle
    private var call: Call?
    /// The verbs that are left of the document.
    private var verbs: ArraySlice<XMLReader.Element> = []
    /// The lines of the reaction that is being made.
    private var lines: [String] = []
    /// Counts what gets a sid.
    private var serial: UInt64 = 0

    /// What a phone does in answer to something.
    package struct Reaction: Sendable, Hashable {
        /// What is heard, read or worth knowing.
        package var lines: [String]
        /// What has to be asked before it goes on.
        package var request: PhoneRequest?
        /// Whether the request's answer is a document that is played.
        package var expectsDocument = false
    }

    enum State: Sendable, Hashable {
        case idle
        case asking(Purpose)
        case listening(XMLReader.Element)
        case recording(XMLReader.Element)
        case dialling(XMLReader.Element)
        case queueing(XMLReader.Element)
    }

    /// What becomes of a response.
    enum Purpose: Sendable, Hashable {
        /// It is played.
        case document
        /// The call is over: nobody hears it.
        case farewell
        case status
        case message(PhoneRequest)
    }

    struct Call: Sendable, Hashable {
        let sid: String
        /// Standard parameters that were given with the call; they come with every request.
        let given: [PhoneRequest.Parameter]
        var status = "ringing"
        /// Where the document came from: relative URLs are resolved against it.
        var documentURL: String
        /// Seconds that it lasted, as far as something says how long it takes.
        var seconds = 1
    }

    package init(_ settings: PhoneSettings) {
        self.settings = settings
    }

    /// Whether a call is on.
    package var isInCall: Bool { call != nil }

    /// Reacts to the person. `repeat`, `at` and `help` aren't the phone's: they do nothing here.
    package mutating func take(_ input: PhoneInput) -> Reaction {
        lines = []
        switch input {
        case .call(let parameters): return place(parameters)
        case .text(let body): return send(body)
        case .press(let keys): return press(keys)
        case .say(let words): return say(words)
        case .silence: return staySilent()
        case .record(let seconds, let key): return record(seconds, key: key)
        case .recordNothing: return recordNothing()
        case .outcome(let outcome, let seconds): return finishDial(outcome, seconds)
        case .queue(let outcome, let seconds): return leaveQueue(outcome, seconds)
        case .hangUp(let seconds): return hangUp(after: seconds)
        case .repeatLast, .clock, .help: return finish()
        }
    }

    /// Reacts to the response of the request that it asked for.
    package mutating func receive(_ response: PhoneResponse) -> Reaction {
        lines = []
        guard case .asking(let purpose) = state else { return finish() }
        switch purpose {
        case .document:
            return play(response)
        case .farewell:
            return reportEnd()
        case .status:
            if response.status >= 400 { lines.append("status callback: answered \(response.status)") }
            return beIdle()
        case .message(let request):
            return show(response, to: request)
        }
    }

    /// Reacts to a request that wasn't answered at all.
    package mutating func fail(_ reason: String) -> Reaction {
        lines = []
        guard case .asking(let purpose) = state else { return finish() }
        lines.append("error 11200: \(oneLine(reason))")
        switch purpose {
        case .document: return end()
        case .farewell: return reportEnd()
        case .status, .message: return beIdle()
        }
    }
}

// MARK: a call

extension Phone {
    private mutating func place(_ parameters: [PhoneRequest.Parameter]) -> Reaction {
        guard call == nil else { return nobody("the call is still on; hang up first") }
        let given = parameters.filter { isStandard($0.name) }
        call = Call(sid: nextSid("CA"), given: given, documentURL: settings.voiceURL)
        return ask(
            settings.voiceURL, .post, parameters.filter { !isStandard($0.name) }, for: .document)
    }

    private mutating func play(_ response: PhoneResponse) -> Reaction {
        switch receivedDocument(response) {
        case .failure(let fault):
            lines.append(fault.description)
            return end()
        case .success(let root):
            call?.status = "in-progress"
            verbs = root.children[...]
            return playOn()
        }
    }

    /// Plays until something must be waited for.
    private mutating func playOn() -> Reaction {
        while let verb = verbs.popFirst() {
            switch verb.name {
            case "Gather":
                lines += heardLines(verb)
                return wait(.listening(verb))
            case "Record":
                lines += heardLines(verb)
                return wait(.recording(verb))
            case "Dial":
                lines += heardLines(verb)
                return wait(.dialling(verb))
            case "Enqueue":
                lines += heardLines(verb)
                return wait(.queueing(verb))
            case "Redirect":
                return follow(verb.text, verb, [])
            case "Hangup":
                return end()
            case "Reject":
                lines += heardLines(verb)
                return end(verb.attribute("reason") == "busy" ? "busy" : "no-answer")
            default:
                lines += heardLines(verb)
            }
        }
        return end()
    }

    /// Requests a verb's action. A `<Dial>` or `<Enqueue>` without one just goes on.
    private mutating func act(
        on verb: XMLReader.Element, _ parameters: [PhoneRequest.Parameter], for purpose: Purpose = .document
    ) -> Reaction {
        follow(verb.attribute("action") ?? "", verb, parameters, for: purpose)
    }

    private mutating func follow(
        _ reference: String, _ verb: XMLReader.Element, _ parameters: [PhoneRequest.Parameter],
        for purpose: Purpose = .document
    ) -> Reaction {
        guard let call, let url = resolve(reference, against: call.documentURL) else {
            lines.append("error 11100: \(oneLine(reference))")
            return end()
        }
        guard haveSameOrigin(settings.base, url) else {
            lines.append("goes on at \(oneLine(url))")
            return beIdle()
        }
        self.call?.documentURL = url
        return ask(url, verb.attribute("method") == "GET" ? .get : .post, parameters, for: purpose)
    }

    private mutating func hangUp(after seconds: Int?) -> Reaction {
        guard call != nil else { return nobody("there is no call") }
        call?.status = "completed"
        switch state {
        case .recording(let record):
            let parameters = recording(seconds ?? 5, of: record, endedBy: "hangup")
            return act(on: record, parameters, for: .farewell)
        case .queueing(let enqueue) where enqueue.attribute("action") != nil:
            return act(on: enqueue, queueResult("hangup", seconds ?? 30), for: .farewell)
        case .idle, .asking, .listening, .dialling, .queueing:
            return reportEnd()
        }
    }

    /// The call ends from the flow's side.
    private mutating func end(_ status: String = "completed") -> Reaction {
        lines.append("end of call")
        call?.status = status
        return reportEnd()
    }

    private mutating func reportEnd() -> Reaction {
        guard settings.sendsStatus, let call else { return beIdle() }
        return ask(
            settings.statusURL, .post,
            [
                .init("CallDuration", String(call.seconds)), .init("CallbackSource", "call-progress-events"),
                .init("SequenceNumber", "0"),
            ], for: .status)
    }

    private mutating func beIdle() -> Reaction {
        call = nil
        verbs = []
        state = .idle
        return finish()
    }
}

// MARK: what the person does

extension Phone {
    private mutating func press(_ keys: String) -> Reaction {
        guard case .listening(let gather) = state, GatherInput(gather).hearsKeys else {
            return nobody("nothing listens to keys")
        }
        let input = GatherInput(gather)
        var digits = ""
        var rest = keys.unicodeScalars[...]
        while let key = rest.popFirst() {
            if String(key) == input.finishKey {
                // The provider lets the key finish something only; pressed first it is lost.
                if digits.isEmpty { continue } else { break }
            }
            digits.unicodeScalars.append(key)
            if digits.unicodeScalars.count == input.numDigits { break }
        }
        if !rest.isEmpty { lines.append("(nobody takes the keys \(String(rest)))") }
        guard !digits.isEmpty else { return goSilent(past: gather) }
        return act(on: gather, [.init("Digits", digits)])
    }

    private mutating func say(_ words: String) -> Reaction {
        guard case .listening(let gather) = state, GatherInput(gather).hearsSpeech else {
            return nobody("nothing listens to speech")
        }
        return act(on: gather, [.init("SpeechResult", words), .init("Confidence", "0.9")])
    }

    private mutating func staySilent() -> Reaction {
        switch state {
        case .listening(let gather): goSilent(past: gather)
        case .recording: recordNothing()
        case .idle, .asking, .dialling, .queueing: nobody("nothing listens")
        }
    }

    private mutating func goSilent(past gather: XMLReader.Element) -> Reaction {
        let input = GatherInput(gather)
        guard input.requestsWhenEmpty else { return playOn() }
        var parameters: [PhoneRequest.Parameter] = []
        if input.hearsKeys { parameters.append(.init("Digits", "")) }
        if input.hearsSpeech { parameters.append(.init("SpeechResult", "")) }
        return act(on: gather, parameters)
    }

    private mutating func record(_ seconds: Int, key: String?) -> Reaction {
        guard case .recording(let record) = state else { return nobody("nothing is recorded") }
        let finishKeys = record.attribute("finishOnKey") ?? "1234567890*#"
        var ending = key
        if let key, !finishKeys.unicodeScalars.contains(where: { String($0) == key }) {
            lines.append("(\(key) doesn't end the recording)")
            ending = nil
        }
        return act(on: record, recording(seconds, of: record, endedBy: ending))
    }

    /// Older documentation and practice: a silent recording is none, and the next verb runs.
    private mutating func recordNothing() -> Reaction {
        guard case .recording = state else { return nobody("nothing is recorded") }
        return playOn()
    }

    private mutating func recording(
        _ seconds: Int, of record: XMLReader.Element, endedBy key: String?
    ) -> [PhoneRequest.Parameter] {
        let longest = record.attribute("maxLength").flatMap { Int($0) } ?? 3_600
        let seconds = min(seconds, max(longest, 1))
        call?.seconds += seconds
        let sid = nextSid("RE")
        let url = "https://api.twilio.com/2010-04-01/Accounts/\(settings.accountSid)/Recordings/\(sid)"
        return [
            .init("RecordingUrl", url), .init("RecordingSid", sid),
            .init("RecordingDuration", String(seconds)),
        ] + (key.map { [.init("Digits", $0)] } ?? [])
    }

    private mutating func finishDial(_ outcome: PhoneInput.DialOutcome, _ seconds: Int?) -> Reaction {
        guard case .dialling(let dial) = state else { return nobody("nobody is dialled") }
        let isConference = dial.children.contains { $0.name == "Conference" }
        var parameters = [
            PhoneRequest.Parameter("DialCallStatus", outcome.status(isConference: isConference))
        ]
        if !isConference {
            parameters.append(.init("DialCallSid", nextSid("CA")))
            parameters.append(.init("DialBridged", outcome == .answered ? "true" : "false"))
        }
        if outcome == .answered {
            let seconds = seconds ?? 30
            call?.seconds += seconds
            if !isConference { parameters.append(.init("DialCallDuration", String(seconds))) }
        }
        return dial.attribute("action") == nil ? playOn() : act(on: dial, parameters)
    }

    private mutating func leaveQueue(_ outcome: PhoneInput.QueueOutcome, _ seconds: Int?) -> Reaction {
        guard case .queueing(let enqueue) = state else { return nobody("nobody waits in a queue") }
        let parameters = queueResult(outcome.result, outcome.wasEnqueued ? seconds ?? 30 : nil)
        return enqueue.attribute("action") == nil ? playOn() : act(on: enqueue, parameters)
    }

    private mutating func queueResult(_ result: String, _ seconds: Int?) -> [PhoneRequest.Parameter] {
        guard let seconds else { return [.init("QueueResult", result)] }
        call?.seconds += seconds
        return [
            .init("QueueResult", result), .init("QueueSid", nextSid("QU")),
            .init("QueueTime", String(seconds)),
        ]
    }
}

// MARK: texts

extension Phone {
    private mutating func send(_ body: String) -> Reaction {
        guard call == nil else { return nobody("the call is still on; hang up first") }
        let sid = nextSid("SM")
        let request = PhoneRequest(
            method: .post, url: settings.smsURL,
            parameters: [
                .init("MessageSid", sid), .init("SmsSid", sid), .init("SmsMessageSid", sid),
                .init("SmsStatus", "received"), .init("AccountSid", settings.accountSid),
                .init("From", settings.from), .init("To", settings.to), .init("Body", body),
                .init("NumMedia", "0"), .init("NumSegments", "1"), .init("ApiVersion", "2010-04-01"),
            ] + countries(["From": settings.from, "To": settings.to]))
        return ask(request, for: .message(request))
    }

    private mutating func show(_ response: PhoneResponse, to request: PhoneRequest) -> Reaction {
        if response.status == 204 {
            lines.append("(no reply)")
            return beIdle()
        }
        switch receivedDocument(response) {
        case .failure(let fault):
            lines.append(fault.description)
            return beIdle()
        case .success(let root):
            return show(root, to: request)
        }
    }

    private mutating func show(_ root: XMLReader.Element, to request: PhoneRequest) -> Reaction {
        for verb in root.children {
            switch verb.name {
            case "Redirect":
                guard let url = resolve(verb.text, against: request.url), haveSameOrigin(settings.base, url)
                else {
                    lines.append("goes on at \(oneLine(verb.text))")
                    return beIdle()
                }
                var next = request
                next.url = url
                next.method = verb.attribute("method") == "GET" ? .get : .post
                return ask(next, for: .message(next))
            case "Message":
                lines += heardLines(verb)
            default:
                lines.append("warning 14110: no verb <\(verb.name)> in a reply")
            }
        }
        if lines.isEmpty { lines.append("(no reply)") }
        return beIdle()
    }
}

// MARK: requests

extension Phone {
    private mutating func ask(
        _ url: String, _ method: HTTPMethod, _ parameters: [PhoneRequest.Parameter], for purpose: Purpose
    ) -> Reaction {
        let request = PhoneRequest(method: method, url: url, parameters: standardParameters + parameters)
        return ask(request, for: purpose)
    }

    private mutating func ask(_ request: PhoneRequest, for purpose: Purpose) -> Reaction {
        state = .asking(purpose)
        let expectsDocument =
            switch purpose {
            case .document, .farewell, .message: true
            case .status: false
            }
        return Reaction(lines: lines, request: request, expectsDocument: expectsDocument)
    }

    private mutating func wait(_ wait: State) -> Reaction {
        state = wait
        return finish()
    }

    private func finish() -> Reaction {
        Reaction(lines: lines, request: nil)
    }

    private func nobody(_ reason: String) -> Reaction {
        Reaction(lines: ["(\(reason))"], request: nil)
    }

    /// What comes with every request of a call, in the provider's words.
    private var standardParameters: [PhoneRequest.Parameter] {
        guard let call else { return [] }
        func value(_ name: String, _ standard: String) -> String {
            call.given.last { $0.name == name }?.value ?? standard
        }
        let from = value("From", settings.from)
        let to = value("To", settings.to)
        let standard: [PhoneRequest.Parameter] =
            [
                .init("CallSid", call.sid), .init("AccountSid", settings.accountSid), .init("From", from),
                .init("To", to), .init("CallStatus", call.status), .init("ApiVersion", "2010-04-01"),
                .init("Direction", value("Direction", "inbound")), .init("Caller", value("Caller", from)),
                .init("Called", value("Called", to)),
            ] + countries(["From": from, "To": to, "Caller": from, "Called": to])
        let names = Set(call.given.map(\.name))
        let placed = ["From", "To", "Direction", "Caller", "Called"]
        return standard.filter { !names.contains($0.name) || placed.contains($0.name) }
            + call.given.filter { !placed.contains($0.name) }
    }

    private mutating func nextSid(_ prefix: String) -> String {
        serial += 1
        return prefix + sixteenDigits(settings.identity) + sixteenDigits(serial)
    }
}

/// The look-up of places, as far as a number says it: the country of a number that begins with +1.
private func countries(_ numbers: KeyValuePairs<String, String>) -> [PhoneRequest.Parameter] {
    numbers.filter { $0.value.hasPrefix("+1") }.map { .init($0.key + "Country", "US") }
}

/// Whether a parameter is about the call, and therefore comes with every request. What an app adds comes with the first only.
private func isStandard(_ name: String) -> Bool {
    let names = [
        "From", "To", "Caller", "Called", "Direction", "ForwardedFrom", "CallerName", "ParentCallSid",
        "CallToken",
        "StirVerstat", "AnsweredBy",
    ]
    let places = ["City", "State", "Zip", "Country"]
    return names.contains(name)
        || ["From", "To", "Caller", "Called"].contains { side in places.contains { side + $0 == name } }
}

private func sixteenDigits(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}

extension PhoneInput.DialOutcome {
    fileprivate func status(isConference: Bool) -> String {
        switch self {
        case .answered: isConference ? "answered" : "completed"
        case .busy: "busy"
        case .noAnswer: "no-answer"
        case .failed: "failed"
        case .canceled: "canceled"
        }
    }
}

extension PhoneInput.QueueOutcome {
    fileprivate var result: String {
        switch self {
        case .left: "leave"
        case .full: "queue-full"
        case .failed: "error"
        case .bridged, .hangup, .redirected, .systemError, .bridgingInProcess, .redirectedFromBridged:
            rawValue
        }
    }

    fileprivate var wasEnqueued: Bool {
        switch self {
        case .full, .failed, .systemError: false
        case .bridged, .left, .hangup, .redirected, .bridgingInProcess, .redirectedFromBridged: true
        }
    }
}
