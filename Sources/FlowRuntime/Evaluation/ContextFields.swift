import FlowProgram

extension EvaluationContext {
    /// What the webhook says; `none` for what it leaves out, an empty text for what is always there.
    func value(of field: ContextField) -> Value {
        switch field {
        case .callSid: required("CallSid")
        case .callFrom, .messageFrom: address("From")
        case .callTo, .messageTo: address("To")
        case .callDirection: required("Direction")
        case .callCallerName: optional("CallerName")
        case .callForwardedFrom: optional("ForwardedFrom")
        case .callAnsweredBy: .text(answeredBy)
        case .messageSid: required("MessageSid")
        case .messageBody: required("Body")
        case .messageMedia: .list(media)
        case .contactCity: contact("FromCity", "ToCity")
        case .contactState: contact("FromState", "ToState")
        case .contactCountry: contact("FromCountry", "ToCountry")
        case .contactZip: contact("FromZip", "ToZip")
        case .person: address(isOutbound ? "To" : "From")
        case .queuePosition: .integer(queue?.position ?? 0)
        case .queueSize: .integer(queue?.size ?? 0)
        case .queueTime: .duration((queue?.time ?? 0) * 1000)
        case .queueAverage: .duration((queue?.average ?? 0) * 1000)
        case .failureReason: .text(failure?.reason ?? "")
        case .failureStatus: failure?.status.map { .integer(clamped(Int64($0))) } ?? .none
        }
    }

    /// The number that the conversation is held with.
    var ownNumber: String { text(isOutbound ? "From" : "To") ?? "" }

    var otherNumber: String { text(isOutbound ? "To" : "From") ?? "" }

    /// We rang the person: `To` is the other side.
    private var isOutbound: Bool {
        parameters.value("Direction")?.starts(with: "outbound".utf8) ?? false
    }

    /// The provider tells several ways in which a machine answers.
    private var answeredBy: String {
        let word = parameters.text("AnsweredBy") ?? ""
        if word.hasPrefix("machine") { return "machine" }
        return ContextField.whoAnswers.contains(word) ? word : "unknown"
    }

    private func contact(_ inbound: StaticString, _ outbound: StaticString) -> Value {
        optional(isOutbound ? outbound : inbound)
    }

    private func required(_ name: StaticString) -> Value {
        .text(text(name) ?? "")
    }

    /// No address has control characters in it.
    private func address(_ name: StaticString) -> Value {
        var scalars = String.UnicodeScalarView()
        scalars.append(
            contentsOf: (text(name) ?? "").unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
        return .text(String(scalars))
    }

    private func optional(_ name: StaticString) -> Value {
        guard let text = text(name), !text.isEmpty else { return .none }
        return .text(text)
    }

    /// The provider sends at most 1,600 characters; what is longer isn't its doing.
    private func text(_ name: StaticString) -> String? {
        parameters.text(name).map { composed($0).cut(to: ValueType.defaultTextLimit) }
    }

    /// `MediaUrl0`, `MediaUrl1` … as many as `NumMedia` says, at most 10.
    private var media: [Value] {
        let count = writtenInteger(Array(parameters.value("NumMedia") ?? [])) ?? 0
        let urls = (0..<min(max(count, 0), 10)).map { parameters.text(named: "MediaUrl\($0)") ?? "" }
        return urls.filter { isWebAddress(Array($0.utf8)) }.map(Value.text)
    }
}
