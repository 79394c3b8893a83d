import FlowProgram

/// How verbs that take the call over come back. A word that isn't known is a failure: the provider may add some.
extension Dial {
    func way(_ event: Event) -> Int {
        if let declined, wasDeclined(event) { return declined }
        switch event.parameters.text("DialCallStatus") {
        case "completed", "answered": return answered
        case "busy": return busy
        case "no-answer": return noAnswer
        case "canceled": return canceled
        default: return failed
        }
    }

    /// The provider's word for a leg that answered, heard its whisper and wasn't connected isn't documented: the whisper's session, found
    /// by the `DialCallSid`, knows it better. One that was hung up before it came to an end hasn't accepted. Where no session is
    /// found, `DialBridged` tells a talk that never was.
    private func wasDeclined(_ event: Event) -> Bool {
        if let result = event.sideResult { return result != .accepted || !wasBridged(event) }
        return ["completed", "answered"].contains(event.parameters.text("DialCallStatus"))
            && !wasBridged(event)
    }

    private func wasBridged(_ event: Event) -> Bool {
        event.parameters.text("DialBridged") != "false"
    }
}

extension Enqueue {
    /// Nil where the call is over or elsewhere.
    func way(_ event: Event) -> Int? {
        switch event.parameters.text("QueueResult") {
        case "bridged", "bridging-in-process": return bridged
        case "leave":
            // The provider doesn't know by which name.
            guard case .left(let name?)?? = event.sideResult else { return left }
            return leaves?.first { $0.name == name }?.target ?? left
        case "queue-full": return full
        case "hangup", "redirected", "redirected-from-bridged": return nil
        default: return failed
        }
    }
}

extension Walk {
    /// The way of the provider's word; none where the caller is gone.
    mutating func take(outcomeOf connect: Connect) -> Step {
        if let variable = connect.into { set(variable, to: result(connect.form)) }
        let word = event.parameters.text(named: connect.status)
        if word == "caller-hung-up" { return .end(.hungUp) }
        return .go(connect.ways.first { $0.word == word }?.target ?? connect.otherwise)
    }

    /// The record of what came back; a parameter that is missing or doesn't fit is `none`.
    func result(_ form: ResultForm) -> Value {
        .record(
            form.fields.map { field in
                guard let text = event.parameters.text(named: field.parameter), !text.isEmpty else {
                    return .none
                }
                return value(of: composed(text), as: field.type) ?? .none
            })
    }

    /// A recording ended by hanging up is a recording; one without a second of sound is none.
    mutating func take(outcomeOf record: Record) -> Step {
        guard let url = event.parameters.text("RecordingUrl"), !url.isEmpty,
            let seconds = event.parameters.seconds("RecordingDuration"), seconds > 0
        else { return .go(record.otherwise) }
        if let variable = record.into {
            set(variable, to: .record([.text(url), .integer(seconds), endingKey]))
        }
        return .go(record.next)
    }

    /// The key that ended a recording; the provider says `hangup` where there was none.
    private var endingKey: Value {
        guard let keys = event.parameters.value("Digits"), keys.count == 1, let key = keys.first,
            (0x30...0x39).contains(key) || key == UInt8(ascii: "*") || key == UInt8(ascii: "#")
        else { return .none }
        return .text(String(decoding: keys, as: UTF8.self))
    }
}
