import FlowProgram

/// How verbs that take the call over come back. A word that isn't known is a failure: the provider may add some.
extension Dial {
    func way(_ status: ArraySlice<UInt8>?) -> Int {
        switch status.map({ String(decoding: $0, as: UTF8.self) }) {
        case "completed", "answered": answered
        case "busy": busy
        case "no-answer": noAnswer
        case "canceled": canceled
        default: failed
        }
    }
}

extension Enqueue {
    /// Nil where the call is over or elsewhere.
    func way(_ result: ArraySlice<UInt8>?) -> Int? {
        switch result.map({ String(decoding: $0, as: UTF8.self) }) {
        case "bridged", "bridging-in-process": bridged
        case "leave": left
        case "queue-full": full
        case "hangup", "redirected", "redirected-from-bridged": nil
        default: failed
        }
    }
}

extension Walk {
    /// The way of the provider's word; none where the caller is gone.
    mutating func take(outcomeOf connect: Connect) -> Step {
        if let variable = connect.into { set(variable, to: result(connect.form)) }
        let word = event.parameters.text(named: connect.status)
        if word == "caller-hung-up" { return .end(.over) }
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
