import FlowRuntime
import FlowTestSupport
import Foundation
import Testing

@testable import FlowWebhook

/// Our check of signatures against the provider's own validator (PyPI `twilio`, which `make setup` installs), both ways.
@Suite struct ValidatorTests {
    @Test(.enabled(if: Validator.isThere || Validator.mustBe, "no twilio in .build/validator: make setup"))
    func `What the official validator signs, we accept, and the other way round`() throws {
        let cases = SignatureCase.random(count: 500, seed: 6)
        let verdicts = try Validator.verdicts(on: cases)
        for (theCase, verdict) in zip(cases, verdicts) {
            // What we sign is valid for them.
            #expect(verdict.isValid, "\(theCase)")
            #expect(theCase.signature == verdict.signature, "\(theCase)")
            var theirs = theCase
            theirs.signature = verdict.signature
            #expect(try theirs.isAccepted, "\(theCase)")
        }
    }

    @Test(.enabled(if: Validator.isThere || Validator.mustBe, "no twilio in .build/validator: make setup"))
    func `What is altered on its way, both judge alike`() throws {
        var random = SeededGenerator(seed: 7)
        let cases = SignatureCase.random(count: 500, seed: 8).map { $0.altered(by: &random) }
        let verdicts = try Validator.verdicts(on: cases)
        var refused = 0
        for (theCase, verdict) in zip(cases, verdicts) {
            #expect(try theCase.isAccepted == verdict.isValid, "\(theCase)")
            if !verdict.isValid { refused += 1 }
        }
        #expect(refused > 400)
    }
}

/// A request as the provider makes it.
private struct SignatureCase: Encodable {
    struct Pair: Encodable {
        var name: String
        var value: String

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(name)
            try list.encode(value)
        }
    }

    var url: String
    var method = "POST"
    var form: [Pair] = []
    var json: String?
    var token: String
    var algorithm: String
    var signature = ""

    enum CodingKeys: CodingKey { case url, form, json, token, algorithm, signature }

    static func random(count: Int, seed: UInt64) -> [SignatureCase] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in SignatureCase(&random) }
    }

    init(_ random: inout SeededGenerator) {
        let scheme = ["https", "https", "http"].randomElement(using: &random) ?? "https"
        let port = ["", "", ":8443", scheme == "https" ? ":443" : ":80"].randomElement(using: &random) ?? ""
        let path = ["/", "/voice/menu", "/voice/menu/1.0", "/a%20b/%C3%A9", "/sms/x/"].randomElement(
            using: &random)
        let query = ["", "", "?run=b", "?x=1&y=%2B&y=", "?a=%E4%BD%A0&b"].randomElement(using: &random) ?? ""
        url = scheme + "://flows.example.com" + port + (path ?? "/") + query
        token = ["12345", "new-token", "é"].randomElement(using: &random) ?? ""
        algorithm = ["HMAC_SHA1", "HMAC_SHA1", "HMAC_SHA256"].randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            method = "GET"
        case 1:
            let body = "{\"\(Self.text(&random).filter { $0 != "\"" && $0 != "\\" && $0 >= " " })\":1}"
            json = body
            let hash = String(decoding: hexadecimal(SHA256Hash.of(body)), as: UTF8.self)
            url += (query.isEmpty ? "?" : "&") + "bodySHA256=" + hash
        default:
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let names = [
                    "CallSid", "Body", "b", "B", "_z", "a", "aa", "Tag", "SipHeader_X-Foo", "é", "e\u{301}",
                ]
                form.append(Pair(name: names.randomElement(using: &random) ?? "", value: Self.text(&random)))
            }
        }
        signature = (try? signed) ?? ""
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let parts = [
            "", "1", "+15555550123", "a b", "100%", "&=?#", "Olá", "你好", "😀", "\r\n", "e\u{301}", "é", " ",
            "\"", "\\",
            "\u{FEFF}", "\u{10FFFF}",
        ]
        return (0..<Int.random(in: 0...3, using: &random))
            .map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    }

    /// One thing is different from what was signed.
    func altered(by random: inout SeededGenerator) -> SignatureCase {
        var altered = self
        switch Int.random(in: 0..<9, using: &random) {
        case 0: altered.url = url.replacing("flows.", with: "flow.", maxReplacements: 1)
        case 1: altered.url += url.contains("?") ? "&z=1" : "?z=1"
        case 2 where !form.isEmpty: altered.form[0].value += "x"
        case 3 where !form.isEmpty: altered.form.removeLast()
        case 4 where json != nil: altered.json = (json ?? "") + " "
        case 5: altered.token += "1"
        case 6: altered.signature = String(signature.reversed())
        case 7: altered.algorithm = algorithm == "HMAC_SHA1" ? "HMAC_SHA256" : "HMAC_SHA1"
        // The port the other way is no alteration.
        case 8 where url.contains(":443/"): altered.url = url.replacing(":443/", with: "/")
        default: altered.form.append(Pair(name: "Extra", value: "x"))
        }
        return altered
    }

    /// As a request over HTTP with this signature, and what we say to it.
    var isAccepted: Bool {
        get throws {
            let isShared = algorithm != "HMAC_SHA1"
            let configuration = try Webhook.Configuration(
                tokens: isShared ? [] : ["another", token],
                sharedKeys: isShared ? [.init(id: "SK1", secret: token)] : [])
            let request = request
            let query = try FormBytes(decoding: RequestTarget(request.target).query)
            let method = try #require(WebhookMethod(request.method))
            let content = RequestContent(request, method: method)
            let form =
                content == .form && method == .post ? try FormBytes(decoding: request.body[...]) : FormBytes()
            return RequestSignature(configuration)
                .accepts(
                    request, method: method, content: content, query: query,
                    parameters: CanonicalParameters(form))
        }
    }

    private var request: WebhookRequest {
        let scheme = String(url.prefix { $0 != ":" })
        let rest = url.dropFirst(scheme.count + 3)
        let host = rest.prefix { $0 != "/" }
        var headers: Headers = [
            ("Host", String(host)), ("X-Twilio-Signature", signature),
            ("Content-Type", json == nil ? "application/x-www-form-urlencoded" : "application/json"),
        ]
        if algorithm != "HMAC_SHA1" {
            headers.append(("X-Twilio-Webhooks-Signature-Settings", "key=SK1,algorithm=\(algorithm)"))
        }
        return WebhookRequest(
            method: form.isEmpty && json == nil ? method : "POST", target: String(rest.dropFirst(host.count)),
            headers: headers, scheme: scheme,
            body: Array((json ?? encodeForm(form.map { ($0.name, $0.value) })).utf8))
    }

    private var signed: String {
        get throws {
            let canonical =
                json == nil
                ? CanonicalParameters(
                    try FormBytes(decoding: Array(encodeForm(form.map { ($0.name, $0.value) }).utf8)[...])
                ).bytes
                : []
            return SignatureCode.of(Array(url.utf8) + canonical, token: token, algorithm: algorithm)
        }
    }
}

private enum Validator {
    struct Verdict: Decodable {
        var signature: String
        var isValid: Bool
    }

    private static let python = Repository.root.appendingPathComponent(".build/validator/bin/python").path
    static let isThere = FileManager.default.isExecutableFile(atPath: python)
    /// In CI a test that can't run has failed.
    static let mustBe = ProcessInfo.processInfo.environment["CI"] != nil

    static func verdicts(on cases: [SignatureCase]) throws -> [Verdict] {
        let shell = try CommandShell()
        defer { shell.remove() }
        let encoder = JSONEncoder()
        try shell.write(
            try cases.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined(),
            to: "cases")
        let script = Repository.file("Tests/Signatures/validate.py").url.path
        let result = try shell.run("exec '\(python)' '\(script)' < cases")
        let verdicts = try result.output.split(separator: "\n").map {
            try JSONDecoder().decode(Verdict.self, from: Data($0.utf8))
        }
        try #require(result.status == 0 && verdicts.count == cases.count, "\(result.output.suffix(2_000))")
        return verdicts
    }
}

/// SplitMix64: the same numbers for the same seed.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
