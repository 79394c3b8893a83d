import Crypto
import Foundation

/// A turn as the provider sends it, with its usual 28 parameters.
enum SignedRequest {
    static let token = "12345"
    static let publicURL = "https://flows.example.com"
    static let target = "/voice/main-menu/3.1"

    static let parameters: [(String, String)] = [
        ("AccountSid", "AC00000000000000000000000000000001"), ("ApiVersion", "2010-04-01"),
        ("CallSid", "CA00000000000000000000000000000002"), ("CallStatus", "in-progress"),
        ("CallToken", "eyJwYXJlbnRDYWxsSW5mb1Rva2VuIjoiZXlKaGJHY2lPaUpGVXpJMU5pSjkifQ"),
        ("Called", "+15555550101"), ("CalledCity", "SPRINGFIELD"), ("CalledCountry", "US"),
        ("CalledState", "IL"), ("CalledZip", "62701"), ("Caller", "+15555550100"),
        ("CallerCity", "SPRINGFIELD"), ("CallerCountry", "US"), ("CallerState", "IL"), ("CallerZip", "62702"),
        ("Digits", "1"), ("Direction", "inbound"), ("FinishedOnKey", ""), ("From", "+15555550100"),
        ("FromCity", "SPRINGFIELD"), ("FromCountry", "US"), ("FromState", "IL"), ("FromZip", "62702"),
        ("To", "+15555550101"), ("ToCity", "SPRINGFIELD"), ("ToCountry", "US"), ("ToState", "IL"),
        ("ToZip", "62701"),
    ]

    static let body = Array(
        parameters.map { "\($0)=\($1.replacingOccurrences(of: "+", with: "%2B"))" }.joined(separator: "&")
            .utf8)

    static let headers: [(name: String, value: String)] = [
        ("Host", "flows.example.com"), ("User-Agent", "TwilioProxy/1.1"),
        ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
        ("Content-Length", String(body.count)), ("X-Twilio-Signature", signature), ("Accept", "*/*"),
        ("I-Twilio-Idempotency-Token", "00000000-0000-0000-0000-000000000000"), ("X-Home-Region", "us1"),
    ]

    static let bytes: [UInt8] = {
        let lines = ["POST \(target) HTTP/1.1"] + headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }()

    private static var signature: String {
        let sorted = parameters.sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }
        let signed = publicURL + target + sorted.map { $0.0 + $0.1 }.joined()
        let code = HMAC<Insecure.SHA1>
            .authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: Data(token.utf8)))
        return Data(code).base64EncodedString()
    }
}
