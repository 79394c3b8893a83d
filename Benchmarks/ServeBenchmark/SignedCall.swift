import BenchmarkSupport
import Crypto
import Foundation

/// A call as the provider sends it: it comes in and asks for the menu again and again. Every request is signed.
struct SignedCall {
    static let token = "12345"
    static let requestsPerCall = 4

    private let sid: String
    /// The requests that were sent.
    private var sent = 0

    init(number: Int) {
        let digits = String(number, radix: 16)
        sid = "CA" + String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }

    var isOver: Bool { sent == Self.requestsPerCall }

    /// The next request's target, headers and body.
    mutating func next() -> (target: String, headers: [(name: String, value: String)], body: [UInt8]) {
        let isFirst = sent == 0
        let target = isFirst ? "/voice/main-menu" : "/voice/main-menu/\(sent).0"
        let pairs = MenuFlow.pairs(sid: sid, key: isFirst ? "" : "*")
        sent += 1
        var signed = Array((MenuFlow.baseURL + target).utf8)
        var body: [UInt8] = []
        for (name, value) in pairs {
            signed += name.utf8
            signed += value.utf8
            if !body.isEmpty { body.append(UInt8(ascii: "&")) }
            body += name.utf8
            body.append(UInt8(ascii: "="))
            for byte in value.utf8 {
                switch byte {
                case UInt8(ascii: "+"): body += "%2B".utf8
                case UInt8(ascii: "*"): body += "%2A".utf8
                default: body.append(byte)
                }
            }
        }
        let code = HMAC<Insecure.SHA1>.authenticationCode(for: signed, using: Self.key)
        let headers = [
            ("Host", "flows.example.com"), ("User-Agent", "TwilioProxy/1.1"),
            ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
            ("Content-Length", String(body.count)),
            ("X-Twilio-Signature", Data(code).base64EncodedString()), ("Accept", "*/*"),
            ("I-Twilio-Idempotency-Token", "00000000-0000-0000-0000-000000000000"),
            ("X-Home-Region", "us1"),
        ]
        return (target, headers, body)
    }

    /// The next request's bytes.
    mutating func nextBytes() -> [UInt8] {
        let (target, headers, body) = next()
        var bytes = Array("POST \(target) HTTP/1.1\r\n".utf8)
        for (name, value) in headers { bytes += "\(name): \(value)\r\n".utf8 }
        bytes += "\r\n".utf8
        return bytes + body
    }

    private static let key = SymmetricKey(data: Data(token.utf8))
}
