import Crypto
package import FlowRuntime
import TwiML

/// Signs a phone's request as the provider signs its own, for calls to a running server.
///
/// - Parameter token: the account's auth token.
package func signature(of request: PhoneRequest, token: String) -> String {
    var signed = Array(request.requestURL.utf8)
    if request.method == .post, let form = try? FormBytes(decoding: request.body[...]) {
        signed += CanonicalParameters(form).bytes
    }
    let code = HMAC<Insecure.SHA1>.authenticationCode(
        for: signed, using: SymmetricKey(data: Array(token.utf8)))
    return String(decoding: base64(Array(code)), as: UTF8.self)
}
