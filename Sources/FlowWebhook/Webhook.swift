import FlowProgram
package import FlowRuntime

/// The webhook routes of all flows: request bytes in, answer bytes out, for any HTTP server.
///
///     let webhook = Webhook(conversation: conversation, configuration: configuration)
///     let answer = await webhook.answer(request)
///
/// A request is taken in this order: route and method, signature, content, shape, turn. Until the signature is found
/// good, nothing happens.
public struct Webhook: Sendable {
    private let conversation: any ConversationAnswering
    /// nil: insecure, every request is taken for the provider's.
    private let signatures: RequestSignature?
    /// nil: nobody starts conversations from outside.
    private let startToken: StartToken?
    private let fingerprints: Fingerprint

    /// - Parameter conversation: takes the requests that the webhook has read.
    public init(conversation: any ConversationAnswering, configuration: Configuration) {
        self.conversation = conversation
        signatures = configuration.isInsecure ? nil : RequestSignature(configuration)
        startToken = configuration.startToken.map(StartToken.init)
        fingerprints = Fingerprint(key: configuration.fingerprintKey)
    }

    /// Whether requests are taken without a signature.
    public var isInsecure: Bool { signatures == nil }

    /// Answers a request, after the turn's fetches and the store.
    public func answer(_ request: WebhookRequest) async -> WebhookAnswer {
        switch read(request) {
        case .answered(let answer): answer
        case .turn(let turn): await answer(turn)
        case .start(let start): await answer(start)
        }
    }

    /// Answers a request if that needs no waiting.
    ///
    /// - Returns: nil if it does: then call `answer`.
    public func answerNow(_ request: WebhookRequest) -> WebhookAnswer? {
        switch read(request) {
        case .answered(let answer): answer
        case .turn(let turn): answerNow(turn)
        case .start: nil
        }
    }
}

extension Webhook {
    /// What a request comes to before any conversation is asked.
    package enum Reading: Sendable {
        case answered(WebhookAnswer)
        case turn(Conversation.Request)
        case start(Conversation.Start)
    }

    /// Reads and judges a request. With `answerNow` and `answer` of a turn, a server reads each request once.
    package func read(_ request: WebhookRequest) -> Reading {
        do throws(Refusal) {
            let target = RequestTarget(request.target)
            guard let route = Route(path: target.path) else { throw .notFound }
            guard let method = WebhookMethod(request.method) else { throw .methodNotAllowed }
            if case .health = route { return .answered(.text(200, "ok")) }
            if case .start(let flow) = route {
                guard let startToken else { throw .notFound }
                guard startToken.accepts(request) else { throw .unauthorized }
                return .start(try startRequest(request, flow: flow, method: method))
            }
            return .turn(try turn(request, route: route, method: method, target: target))
        } catch {
            return .answered(WebhookAnswer(error))
        }
    }

    package func answer(_ turn: Conversation.Request) async -> WebhookAnswer {
        WebhookAnswer(await conversation.answer(turn))
    }

    /// What is answered where nobody has time for a turn.
    package func excuse(for turn: Conversation.Request) -> WebhookAnswer? {
        conversation.excuse(for: turn).map(WebhookAnswer.init)
    }

    package func answer(_ start: Conversation.Start) async -> WebhookAnswer {
        WebhookAnswer(await conversation.start(start))
    }

    package func answerNow(_ turn: Conversation.Request) -> WebhookAnswer? {
        conversation.answerNow(turn).map(WebhookAnswer.init)
    }

    private func turn(
        _ request: WebhookRequest, route: Route, method: WebhookMethod, target: RequestTarget
    ) throws(Refusal) -> Conversation.Request {
        guard !request.repeatsHeader else { throw .malformed("repeated header") }
        guard request.body.count <= RequestLimits.bodyBytes else { throw .tooLarge }
        let content = RequestContent(request, method: method)
        let query = try FormBytes(decoding: target.query)
        // What a POST's query holds is configured with the URL and never stands for a parameter of the body.
        let form =
            switch (method, content) {
            case (.get, _): query
            case (.post, .form): try FormBytes(decoding: request.body[...])
            case (.post, .json), (.post, .other): FormBytes()
            }
        let canonical = CanonicalParameters(form)
        if let signatures {
            let isSigned = signatures.accepts(
                request, method: method, content: content, query: query, parameters: canonical)
            guard isSigned else { throw .forbidden }
        }
        guard method == .get || content == .form else { throw .unsupportedType }
        var run = try runName(query)
        var parameters = try form.parameters()
        if route.purpose == .assignment { parameters = try callParameters(ofTask: parameters) }
        var channel = route.channel(parameters)
        try checkShape(parameters, channel: channel)
        var place: [[UInt8]]?
        if route.purpose == .messageStatus, let sender = try sendingPlace(query) {
            (channel, place) = (sender.channel, sender.place)
        }
        var position = route.position
        if route.purpose == .fallback, let url = parameters.value("ErrorUrl"),
            let failed = failedPlace(url, flow: route.flow)
        {
            (position, run) = (failed.position, failed.run)
        }
        return Conversation.Request(
            channel: channel, flow: Array(route.flow), position: position, side: route.side, run: run,
            place: place,
            purpose: route.purpose, parameters: parameters,
            fingerprint: fingerprints.of(method: method, path: target.path, run: run, canonical))
    }
}
