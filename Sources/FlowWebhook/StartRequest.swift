import FlowProgram
import FlowRuntime

/// `POST /start/{flow}`: not the provider's, but of the server's own users, who bring a token instead of a signature.
struct StartToken: Sendable {
    private let token: [UInt8]

    init(_ token: String) {
        self.token = Array("Bearer \(token)".utf8)
    }

    /// Takes the same time for all tokens of the right length.
    func accepts(_ request: WebhookRequest) -> Bool {
        guard let given = request.authorization, !request.repeatsHeader else { return false }
        return equalInConstantTime(Array(given.utf8)[...], token)
    }
}

/// A form, or a JSON object of scalars: `to`, `from`, perhaps `channel`, and the flow's params.
func startRequest(
    _ request: WebhookRequest, flow: ArraySlice<UInt8>, method: WebhookMethod
) throws(Refusal) -> Conversation.Start {
    guard method == .post else { throw .methodNotAllowed }
    guard request.body.count <= RequestLimits.bodyBytes else { throw .tooLarge }
    let fields: [(name: String, value: String)]
    switch RequestContent(request, method: method) {
    case .form: fields = try FormBytes(decoding: request.body[...]).fields()
    case .json:
        guard let scalars = jsonScalars(request.body) else {
            throw .malformed("the body is no JSON object of texts, numbers and booleans")
        }
        fields = scalars
    case .other: throw .unsupportedType
    }
    var start = Conversation.Start(flow: Array(flow), to: "", from: "")
    var seen: Set<String> = []
    for (name, value) in fields {
        guard seen.insert(name).inserted else { throw .malformed("a name came twice") }
        switch name {
        case "to": start.to = value
        case "from": start.from = value
        case "channel":
            guard let channel = Channel(rawValue: value) else { throw .malformed("channel is voice or sms") }
            start.channel = channel
        default: start.parameters.append((name: name, value: value))
        }
    }
    return start
}

extension FormBytes {
    fileprivate func fields() throws(Refusal) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for entry in entries {
            guard let name = String(validating: bytes[entry.name], as: UTF8.self),
                let value = String(validating: bytes[entry.value], as: UTF8.self)
            else { throw .malformed("the body isn't UTF-8") }
            fields.append((name: name, value: value))
        }
        return fields
    }
}

extension WebhookAnswer {
    /// What came of a start, as JSON.
    init(_ answer: Conversation.StartAnswer) {
        switch answer {
        case .placed(let sid): self = .json(201, "{\"call\":\"\(jsonEscaped(sid))\"}")
        case .begun: self = .json(202, "{\"message\":\"queued\"}")
        case .unknownFlow: self = .json(404, "{\"problems\":[\"no such flow\"]}")
        case .invalid(let problems):
            let list = problems.map { "\"\(jsonEscaped($0))\"" }.joined(separator: ",")
            self = .json(400, "{\"problems\":[\(list)]}")
        case .busy: self = .json(409, "{\"problems\":[\"a conversation with that number is going on\"]}")
        case .refused(let code):
            self = .json(
                502, "{\"problems\":[\"the provider refused\"],\"code\":\(code.map(String.init) ?? "null")}")
        case .failed(let reason): self = .json(503, "{\"problems\":[\"it failed: \(jsonEscaped(reason))\"]}")
        }
    }
}
