import FlowRuntime
import Testing

@testable import FlowWebhook

/// The provider's own published example data, and what its official validator computes for it.
struct SignatureVector: Sendable, CustomTestStringConvertible {
    var name: String
    var method = "POST"
    var signed: String
    /// What the server sees, where it isn't what was signed.
    var received: String?
    var form: [(String, String)] = []
    var json: String?
    var settings: String?
    var signature: String

    var testDescription: String { name }
}

private let call = "CA1234567890ABCDE"
private let caller = "+14158675310"
private let parameters = [
    ("CallSid", call), ("Caller", caller), ("Digits", "1234"), ("From", caller), ("To", "+18005551212"),
]
private let hash = "5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9"
private let json = #"{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}"#

let vectors = [
    SignatureVector(
        name: "a form with a query", signed: "https://example.com/myapp.php?foo=1&bar=2", form: parameters,
        signature: "L/OH5YylLD5NRKLltdqwSvS0BnU="),
    SignatureVector(
        name: "a form", signed: "https://example.com/myapp",
        form: [
            ("CallSid", call), ("Caller", "+12349013030"), ("Digits", "1234"), ("From", "+12349013030"),
            ("To", "+18005551212"),
        ], signature: "NGAgWNhdnsLF8j385frvrQoi9sg="),
    SignatureVector(
        name: "a GET", method: "GET",
        signed: "https://example.com/myapp?CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234"
            + "&From=%2B14158675310&To=%2B18005551212", signature: "clPnZSnl6WTpXcVbcMdxgSbvrXQ="),
    SignatureVector(
        name: "JSON", signed: "https://example.com/myapp?bodySHA256=\(hash)", json: json,
        signature: "hPXmLwIy3Fgqv1i9KPmH/HhQ6zo="),
    SignatureVector(
        name: "JSON behind another query", signed: "https://example.com/myapp?foo=1&bodySHA256=\(hash)",
        json: json, signature: "ip58QOVlb0IzKzkvaJsq8v+Nn4g="),
    SignatureVector(
        name: "a port of its own", signed: "https://example.com:8443/sms?x=1",
        form: [
            ("Body", "Hi"), ("From", "+15005550006"), ("MessageSid", "SM00000000000000000000000000000001"),
        ], signature: "zVI10sr72fg4gTlaHrdNRrsjiEE="),
    SignatureVector(
        name: "signed without the default port, received with it", signed: "https://example.com/voice",
        received: "https://example.com:443/voice", form: [("CallSid", "CA1"), ("From", "+15005550006")],
        signature: "aA+TV0QRnyEgN+5CWEbxSwsjcns="),
    SignatureVector(
        name: "signed with the default port, received without it", signed: "https://example.com:443/voice",
        received: "https://example.com/voice", form: [("CallSid", "CA1"), ("From", "+15005550006")],
        signature: "5+kyhTqUAJ0La4X6ZevLQIKn2nQ="),
    SignatureVector(
        name: "all kinds of characters and an empty value", signed: "https://example.com/sms",
        form: [
            ("Body", "Olá & 100% + ünï 你好 😀"), ("From", "+5511999999999"), ("MediaUrl0", ""),
            ("NumMedia", "0"),
        ], signature: "8tD0k4eN5QjV/n8nKbQ6Q9zq5Wc="),
    SignatureVector(
        name: "the order of bytes", signed: "https://example.com/voice",
        form: [
            ("b", "2"), ("B", "1"), ("SipHeader_X-Foo", "bar"), ("SipDomain", "d"), ("a", "3"), ("_z", "4"),
        ], signature: "wuMc+T/bM2LY7ESflNAU6gSdiGI="),
    SignatureVector(
        name: "a repeated name", signed: "https://example.com/voice",
        form: [("Tag", "b"), ("Tag", "a"), ("Tag", "a"), ("CallSid", "CA1")],
        signature: "9p37H9CBE2t36odBqc6oMKm0LAc="),
    SignatureVector(
        name: "an encoded query", signed: "https://example.com/v?step=main%20menu&path=%2Fa%2Fb",
        form: [("CallSid", "CA1")], signature: "rE/LROdbluE6DgCbistTPSMD52Y="),
    SignatureVector(
        name: "a shared key", signed: "https://example.com/myapp.php?foo=1&bar=2", form: parameters,
        settings: "key=SK1,algorithm=HMAC_SHA256", signature: "UkFyCDI6ghDlcCHETT3NhJp6jnxriOmWbzd0LSMp5es="),
    SignatureVector(
        name: "the bare root", signed: "https://example.com/", signature: "TXuZJhjWZUJzE+PO8qGu+QD2va0="),
    SignatureVector(
        name: "line ends and a trailing blank", signed: "https://example.com/sms",
        form: [("Body", "line1\r\nline2 "), ("From", "+15005550006")],
        signature: "ErkczNoB1AfM7+RPh7WK1L6XTFo="),
]

struct SignatureTests {
    @Test(arguments: vectors)
    func `The provider's signature is accepted`(vector: SignatureVector) throws {
        #expect(try accepts(vector))
    }

    @Test(arguments: vectors)
    func `One other byte in the signature is refused`(vector: SignatureVector) throws {
        var vector = vector
        vector.signature = (vector.signature.first == "A" ? "B" : "A") + vector.signature.dropFirst()
        #expect(try !accepts(vector))
    }

    @Test(arguments: vectors)
    func `Another path is refused`(vector: SignatureVector) throws {
        var vector = vector
        let url = vector.received ?? vector.signed
        let (path, query) = halves(url, at: "?")
        vector.received = path + "/" + (query.isEmpty ? "" : "?" + query)
        #expect(try !accepts(vector))
    }

    @Test(arguments: vectors)
    func `Another token is refused`(vector: SignatureVector) throws {
        #expect(try !accepts(vector, tokens: ["12346"], secret: "Secret"))
    }

    @Test(arguments: vectors)
    func `Any of several tokens is accepted`(vector: SignatureVector) throws {
        #expect(try accepts(vector, tokens: ["new", "12345"]))
        #expect(try accepts(vector, tokens: ["12345", "new"]))
    }

    @Test(arguments: vectors.filter { !$0.form.isEmpty })
    func `The order of arrival doesn't matter`(vector: SignatureVector) throws {
        var vector = vector
        vector.form.reverse()
        #expect(try accepts(vector))
    }

    @Test(arguments: vectors.filter { !$0.form.isEmpty })
    func `One more parameter is refused`(vector: SignatureVector) throws {
        var vector = vector
        vector.form.append(("Extra", "x"))
        #expect(try !accepts(vector))
    }

    @Test
    func `A body that isn't the one of its hash is refused`() throws {
        var vector = vectors[3]
        vector.json = json + " "
        #expect(try !accepts(vector))
    }

    @Test
    func `JSON without a hash is refused, not a crash`() throws {
        var vector = vectors[13]
        vector.json = "{}"
        #expect(try !accepts(vector))
    }

    @Test
    func `A signature over the connection overrides is refused`() throws {
        var vector = SignatureVector(
            name: "overrides", signed: "https://example.com/voice", form: [("CallSid", "CA1")],
            signature: "7kudyaTQh+NyYH/ui/OOeke6ryw=")
        #expect(try accepts(vector))
        vector.signature = "tY6v1rPwJGTHKO0QIGNUjdRoftw="
        #expect(try !accepts(vector))
    }

    @Test(arguments: [
        "key=SK1,algorithm=HMAC_SHA512", "key=SK2,algorithm=HMAC_SHA256", "algorithm=HMAC_SHA256",
        "key=SK1,algorithm=", "key=SK1,algorithm=HMAC_SHA1", "key=SK1,key=SK1,algorithm=HMAC_SHA256",
        "key=SK1",
    ])
    func `Settings that can't be checked are refused`(settings: String) throws {
        var vector = vectors[12]
        vector.settings = settings
        #expect(try !accepts(vector))
    }

    @Test(arguments: ["algorithm=HMAC_SHA1", "", "version=1"])
    func `Settings without a key mean the auth token`(settings: String) throws {
        var vector = vectors[0]
        vector.settings = settings
        #expect(try accepts(vector))
    }

    @Test
    func `A signature by a token isn't one by a shared key`() throws {
        var vector = vectors[0]
        vector.settings = "key=SK1,algorithm=HMAC_SHA1"
        #expect(try !accepts(vector))
    }

    @Test(arguments: [
        "https://example.com", "https://example.com/", "HTTPS://example.com", "https://user:pass@example.com",
    ])
    func `The public URL stands for what the server sees`(publicURL: String) throws {
        let vector = vectors[0]
        var request = request(vector)
        request.take(name: "Host", value: "10.0.0.1:8080")
        #expect(try accepts(request, publicURL: publicURL))
    }

    @Test
    func `A prefix that the proxy takes away is signed too`() throws {
        let vector = vectors[11]
        let request = WebhookRequest(
            method: "POST", target: "?step=main%20menu&path=%2Fa%2Fb",
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("X-Twilio-Signature", vector.signature),
            ] as Headers, body: Array("CallSid=CA1".utf8))
        #expect(try accepts(request, publicURL: "https://example.com/v"))
    }

    @Test
    func `Forwarded headers count only when the proxy is trusted`() throws {
        var request = WebhookRequest(
            method: "POST", target: "/voice",
            headers: [("Host", "10.0.0.1"), ("X-Twilio-Signature", "7kudyaTQh+NyYH/ui/OOeke6ryw=")]
                as Headers,
            body: Array("CallSid=CA1".utf8))
        request.take(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.take(name: "X-Forwarded-Proto", value: "https,http")
        request.take(name: "X-Forwarded-Host", value: "example.com")
        #expect(try !accepts(request))
        #expect(try accepts(request, trustsProxy: true))
        request.scheme = "https"
        #expect(try !accepts(request))
    }

    @Test(arguments: [
        "example.com", "ftp://example.com", "https://", "https://exa mple.com", "https://example.com:99999",
        "https://example.com:", "https://example.com?x=1", "https://example.com/#x", "https://exämple.com",
        "https:example.com", "",
    ])
    func `What isn't a public URL is refused at the start`(url: String) {
        #expect(throws: Webhook.ConfigurationError.publicURL(url)) {
            try Webhook.Configuration(tokens: ["12345"], publicURL: url)
        }
    }

    @Test(arguments: [[], [""]])
    func `Without a token there is no webhook`(tokens: [String]) {
        #expect(throws: Webhook.ConfigurationError.noToken) { try Webhook.Configuration(tokens: tokens) }
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
    func `Base64 is padded`(text: String, encoded: String) {
        #expect(base64(Array(text.utf8)) == Array(encoded.utf8))
    }
}

private func accepts(
    _ vector: SignatureVector, tokens: [String] = ["12345"], secret: String = "secret"
) throws -> Bool {
    try accepts(request(vector), tokens: tokens, secret: secret)
}

private func accepts(
    _ request: WebhookRequest, tokens: [String] = ["12345"], secret: String = "secret",
    publicURL: String? = nil, trustsProxy: Bool = false
) throws -> Bool {
    let configuration = try Webhook.Configuration(
        tokens: tokens, sharedKeys: [.init(id: "SK1", secret: secret)], publicURL: publicURL,
        trustsProxy: trustsProxy)
    let method = try #require(WebhookMethod(request.method))
    let content = RequestContent(request, method: method)
    let query = try FormBytes(decoding: RequestTarget(request.target).query)
    let form = content == .form ? try FormBytes(decoding: request.body[...]) : FormBytes()
    return RequestSignature(configuration)
        .accepts(
            request, method: method, content: content, query: query, parameters: CanonicalParameters(form))
}

private func request(_ vector: SignatureVector) -> WebhookRequest {
    let (scheme, rest) = halves(vector.received ?? vector.signed, at: "://")
    let (host, path) = halves(rest, at: "/")
    var headers: Headers = [
        (name: "Host", value: host), (name: "X-Twilio-Signature", value: vector.signature),
        (
            name: "Content-Type",
            value: vector.json == nil
                ? "application/x-www-form-urlencoded; charset=UTF-8" : "application/json"
        ),
    ]
    if let settings = vector.settings {
        headers.append((name: "X-Twilio-Webhooks-Signature-Settings", value: settings))
    }
    return WebhookRequest(
        method: vector.method, target: "/" + path, headers: headers, scheme: scheme,
        body: Array((vector.json ?? encodeForm(vector.form)).utf8))
}

private func halves(_ text: String, at separator: String) -> (String, String) {
    let parts = text.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
}
