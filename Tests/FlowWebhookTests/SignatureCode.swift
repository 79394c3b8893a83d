import Crypto
import FlowRuntime

enum SignatureCode {
    static func of(_ signed: [UInt8], token: String, algorithm: String) -> String {
        let key = SymmetricKey(data: Array(token.utf8))
        let code: [UInt8] =
            algorithm == "HMAC_SHA256"
            ? Array(HMAC<SHA256>.authenticationCode(for: signed, using: key))
            : Array(HMAC<Insecure.SHA1>.authenticationCode(for: signed, using: key))
        return String(decoding: base64(code), as: UTF8.self)
    }
}

enum SHA256Hash {
    static func of(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
