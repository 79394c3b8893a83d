public import FlowRuntime

/// What a server sends back: status, headers and body as they are, `Content-Length` among them.
public struct WebhookAnswer: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    /// What came of a turn.
    public init(_ answer: Conversation.Answer) {
        switch answer {
        case .document(let bytes):
            self.init(status: 200, contentType: "text/xml; charset=utf-8", body: bytes)
        case .noContent:
            self.init(status: 204)
        case .json(let bytes):
            self.init(status: 200, contentType: "application/json", body: bytes)
        case .unknownCall:
            self = .text(404, "no such call in a queue")
        case .unknownFlow:
            self = .text(404, "no such flow")
        case .badRequest(let reason):
            self = .text(400, reason)
        case .busy:
            self = .text(503, "busy", header: ("Retry-After", "1"))
        }
    }

    init(_ refusal: Refusal) {
        switch refusal {
        case .notFound: self = .text(404, "no such page")
        case .methodNotAllowed: self = .text(405, "GET or POST", header: ("Allow", "GET, POST"))
        case .tooLarge: self = .text(413, "the body is too large")
        case .unsupportedType: self = .text(415, "the body isn't a form")
        case .malformed(let reason): self = .text(400, reason)
        case .unauthorized:
            self = .text(401, "the token isn't good", header: ("WWW-Authenticate", "Bearer"))
        case .forbidden: self = .text(403, "the signature isn't good")
        }
    }

    /// A few words for people who look at a log.
    package static func text(
        _ status: Int, _ text: String, header: (name: String, value: String)? = nil
    ) -> WebhookAnswer {
        var answer = WebhookAnswer(
            status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
        if let header { answer.headers.append(header) }
        return answer
    }

    static func json(_ status: Int, _ text: String) -> WebhookAnswer {
        WebhookAnswer(status: status, contentType: "application/json", body: Array(text.utf8))
    }

    private init(status: Int, contentType: String, body: [UInt8]) {
        self.status = status
        self.body = body
        headers = [("Content-Type", contentType), ("Content-Length", String(body.count))]
    }

    private init(status: Int) {
        self.status = status
        headers = []
        body = []
    }
}

/// Why a request is answered without a turn.
enum Refusal: Error {
    case notFound
    case methodNotAllowed
    case tooLarge
    case unsupportedType
    case malformed(String)
    case forbidden
    case unauthorized
}
