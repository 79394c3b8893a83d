/// How a request says that it is signed: `X-Twilio-Webhooks-Signature-Settings: key=ID,algorithm=HMAC_SHA256`.
enum SignatureSettings: Sendable, Hashable {
    /// No header, or one that names no algorithm: HMAC-SHA1 with the account's auth token.
    case authToken
    case sharedKey(id: [UInt8], Algorithm)

    enum Algorithm: Sendable {
        case sha1
        case sha256
    }

    /// nil for what can't be checked: an unknown algorithm is refused, never ignored.
    init?(_ header: String?) {
        guard let header, !header.isEmpty else {
            self = .authToken
            return
        }
        var key: [UInt8]?
        var algorithm: Algorithm?
        for field in Array(header.utf8).split(separator: UInt8(ascii: ",")) {
            let field = field.drop { $0 == 0x20 }
            if field.starts(with: "key=".utf8) {
                guard key == nil else { return nil }
                key = Array(field.dropFirst(4))
            } else if field.starts(with: "algorithm=".utf8) {
                guard algorithm == nil else { return nil }
                let name = field.dropFirst(10)
                if name.elementsEqual("HMAC_SHA256".utf8) {
                    algorithm = .sha256
                } else if name.elementsEqual("HMAC_SHA1".utf8) {
                    algorithm = .sha1
                } else {
                    return nil
                }
            }
        }
        switch (key, algorithm) {
        case (let key?, let algorithm?): self = .sharedKey(id: key, algorithm)
        case (nil, .sha1): self = .authToken
        case (_, nil): self = .authToken
        case (nil, .sha256): return nil
        }
    }
}
