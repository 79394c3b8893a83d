internal import TwiML

// What the person does, or what happens to them, and what the provider tells the action of it.

extension Phone {
    mutating func press(_ keys: String) -> Reaction {
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
        if !rest.isEmpty {
            lines.append("(nobody takes the last \(rest.count == 1 ? "key" : "\(rest.count) keys"))")
        }
        guard !digits.isEmpty else { return goSilent(past: gather) }
        return act(on: gather, [.init("Digits", digits)])
    }

    mutating func say(_ words: String) -> Reaction {
        guard case .listening(let gather) = state, GatherInput(gather).hearsSpeech else {
            return nobody("nothing listens to speech")
        }
        return act(on: gather, [.init("SpeechResult", words), .init("Confidence", "0.9")])
    }

    mutating func staySilent() -> Reaction {
        switch state {
        case .listening(let gather): goSilent(past: gather)
        case .recording: recordNothing()
        case .idle, .asking, .dialling, .queueing, .connected: nobody("nothing listens")
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

    mutating func record(_ seconds: Int, key: String?) -> Reaction {
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
    mutating func recordNothing() -> Reaction {
        guard case .recording = state else { return nobody("nothing is recorded") }
        return playOn()
    }

    mutating func recording(
        _ seconds: Int, of record: XMLReader.Element, endedBy key: String?
    ) -> [PhoneRequest.Parameter] {
        let longest = record.attribute("maxLength").flatMap { Int($0) } ?? 3_600
        let seconds = min(seconds, max(longest, 1))
        call?.seconds += seconds
        let sid = nextSid("RE")
        lastRecording = sid
        return [
            .init("RecordingUrl", recordingURL(sid)), .init("RecordingSid", sid),
            .init("RecordingDuration", String(seconds)),
        ] + (key.map { [.init("Digits", $0)] } ?? [])
    }

    mutating func finishDial(_ outcome: PhoneInput.DialOutcome, _ seconds: Int?) -> Reaction {
        guard let dial = dialled else { return nobody("nobody is dialled") }
        side = nil
        let isConference = dial.children.contains { $0.name == "Conference" }
        var parameters = [
            PhoneRequest.Parameter("DialCallStatus", outcome.status(isConference: isConference))
        ]
        if !isConference {
            parameters.append(.init("DialCallSid", leg?.sid ?? nextSid("CA")))
            parameters.append(.init("DialBridged", outcome == .answered ? "true" : "false"))
        }
        if outcome == .answered {
            let seconds = seconds ?? 30
            call?.seconds += seconds
            if !isConference { parameters.append(.init("DialCallDuration", String(seconds))) }
        }
        return dial.attribute("action") == nil ? playOn() : act(on: dial, parameters)
    }

    mutating func leaveQueue(_ outcome: PhoneInput.QueueOutcome, _ seconds: Int?) -> Reaction {
        guard let enqueue = queue else { return nobody("nobody waits in a queue") }
        side = nil
        let parameters = queueResult(outcome.result, outcome.wasEnqueued ? seconds ?? 30 : nil)
        return enqueue.attribute("action") == nil ? playOn() : act(on: enqueue, parameters)
    }

    /// What a `<Connect>`, `<Pay>` or `<Refer>` came to, in the provider's parameters.
    mutating func take(_ result: [PhoneRequest.Parameter]) -> Reaction {
        guard case .connected(let verb) = state else { return nobody("nothing is connected") }
        return verb.attribute("action") == nil ? playOn() : act(on: verb, result)
    }

    mutating func queueResult(_ result: String, _ seconds: Int?) -> [PhoneRequest.Parameter] {
        guard let seconds else { return [.init("QueueResult", result)] }
        call?.seconds += seconds
        return [
            .init("QueueResult", result), .init("QueueSid", nextSid("QU")),
            .init("QueueTime", String(seconds)),
        ]
    }
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
