/// An HTTP request as a server received it, with what webhooks need of its headers.
public struct WebhookRequest: Sendable {
    /// In capitals, as on the wire.
    public var method: String
    /// Path and query as on the wire: `/voice/main-menu?run=second`.
    public var target: [UInt8]
    public var body: [UInt8]
    /// `https` if the server itself speaks TLS.
    public var scheme: String
    public private(set) var host: String?
    public private(set) var contentType: String?
    public private(set) var authorization: String?
    public private(set) var signature: String?
    public private(set) var signatureSettings: String?
    public private(set) var forwardedProto: String?
    public private(set) var forwardedHost: String?
    /// A header that decides what is trusted came twice.
    public private(set) var repeatsHeader = false

    /// - Parameters:
    ///   - method: in capitals, as on the wire.
    ///   - target: path and query, as on the wire.
    ///   - headers: all of them, in any order and case.
    ///   - scheme: `https` if the server itself speaks TLS.
    ///   - body: as received, not decoded.
    @inlinable
    public init(
        method: String, target: String, headers: some Sequence<(name: String, value: String)>,
        scheme: String = "http", body: [UInt8]
    ) {
        self.init(method: method, target: Array(target.utf8), scheme: scheme, body: body)
        for (name, value) in headers {
            take(name: name, value: value)
        }
    }

    @usableFromInline
    init(method: String, target: [UInt8], scheme: String, body: [UInt8]) {
        self.method = method
        self.target = target
        self.scheme = scheme
        self.body = body
    }

    /// The length of a name tells most headers apart, so that few are compared.
    @usableFromInline
    mutating func take(name: String, value: String) {
        switch name.utf8.count {
        case 4 where equalsIgnoringCase(name.utf8, "host"):
            host = once(host, value)
        case 12 where equalsIgnoringCase(name.utf8, "content-type"):
            contentType = once(contentType, value)
        case 13 where equalsIgnoringCase(name.utf8, "authorization"):
            authorization = once(authorization, value)
        case 16 where equalsIgnoringCase(name.utf8, "x-forwarded-host"):
            // Each proxy appends its own; the first is what the caller called.
            forwardedHost = forwardedHost ?? value
        case 17 where equalsIgnoringCase(name.utf8, "x-forwarded-proto"):
            forwardedProto = forwardedProto ?? value
        case 18 where equalsIgnoringCase(name.utf8, "x-twilio-signature"):
            signature = once(signature, value)
        case 36 where equalsIgnoringCase(name.utf8, "x-twilio-webhooks-signature-settings"):
            signatureSettings = once(signatureSettings, value)
        default: break
        }
    }

    private mutating func once(_ present: String?, _ value: String) -> String {
        if present != nil { repeatsHeader = true }
        return value
    }
}

/// The methods that the provider uses.
enum WebhookMethod: UInt8, Sendable {
    case get
    case post

    init?(_ name: String) {
        switch name {
        case "GET": self = .get
        case "POST": self = .post
        default: return nil
        }
    }
}

/// What a body is, by its header.
enum RequestContent: Sendable {
    case form
    case json
    case other

    init(_ request: WebhookRequest, method: WebhookMethod) {
        guard let header = request.contentType else {
            // A POST without parameters may come without a type.
            self = method == .post && request.body.isEmpty ? .form : .other
            return
        }
        let end = header.utf8.firstIndex { $0 == UInt8(ascii: ";") || $0 == 0x20 } ?? header.utf8.endIndex
        let type = header.utf8[..<end]
        if equalsIgnoringCase(type, "application/x-www-form-urlencoded") {
            self = .form
        } else if equalsIgnoringCase(type, "application/json") {
            self = .json
        } else {
            self = .other
        }
    }
}

/// A request's target, taken apart.
struct RequestTarget: Sendable {
    var path: ArraySlice<UInt8>
    /// Without the `?`; empty if there is none.
    var query: ArraySlice<UInt8>

    init(_ target: [UInt8]) {
        let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        path = target[..<mark]
        query = target[mark...].dropFirst()
    }
}
