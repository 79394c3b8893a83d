import Crypto
import FlowRuntime

/// Checks that a request comes from the provider. Keys are prepared once; what is signed is built once a request.
struct RequestSignature: Sendable {
    private let tokens: [HMAC<Insecure.SHA1>]
    private let sharedKeys: [SharedKey]
    private let origin: PublicOrigin?
    private let trustsProxy: Bool

    private struct SharedKey: Sendable {
        var id: [UInt8]
        var sha1: HMAC<Insecure.SHA1>
        var sha256: HMAC<SHA256>
    }

    init(_ configuration: Webhook.Configuration) {
        tokens = configuration.tokens.map { HMAC(key: SymmetricKey(data: Array($0.utf8))) }
        sharedKeys = configuration.sharedKeys.map { shared in
            let key = SymmetricKey(data: Array(shared.secret.utf8))
            return SharedKey(id: Array(shared.id.utf8), sha1: HMAC(key: key), sha256: HMAC(key: key))
        }
        origin = configuration.publicOrigin
        trustsProxy = configuration.trustsProxy
    }

    /// The URL is signed as it was requested; a form's parameters are signed with it; another body by its hash, which
    /// is part of the URL.
    func accepts(
        _ request: WebhookRequest, method: WebhookMethod, content: RequestContent, query: FormBytes,
        parameters: CanonicalParameters
    ) -> Bool {
        guard let signature = request.signature.map({ Array($0.utf8) }),
            let settings = SignatureSettings(request.signatureSettings),
            let origin = origin ?? requestOrigin(request)
        else { return false }
        if method == .post, content != .form {
            guard let hash = query.value("bodySHA256"),
                equalInConstantTime(hash, hexadecimal(SHA256.hash(data: request.body)))
            else { return false }
        }
        let isFormSigned = method == .post && content == .form
        for start in origin.variants {
            var signed: [UInt8] = []
            signed.reserveCapacity(start.count + request.target.count + parameters.bytes.count)
            signed.append(contentsOf: start)
            signed.append(contentsOf: request.target)
            if isFormSigned { signed.append(contentsOf: parameters.bytes) }
            if matches(signature, signed, settings) { return true }
        }
        return false
    }

    private func matches(_ signature: [UInt8], _ signed: [UInt8], _ settings: SignatureSettings) -> Bool {
        switch settings {
        case .authToken:
            return tokens.contains { equalInConstantTime(signature[...], code($0, signed)) }
        case .sharedKey(let id, let algorithm):
            guard let key = sharedKeys.first(where: { $0.id == id }) else { return false }
            return switch algorithm {
            case .sha1: equalInConstantTime(signature[...], code(key.sha1, signed))
            case .sha256: equalInConstantTime(signature[...], code(key.sha256, signed))
            }
        }
    }

    private func code<Hash: HashFunction>(_ prepared: HMAC<Hash>, _ signed: [UInt8]) -> [UInt8] {
        var code = prepared
        code.update(data: signed)
        return base64(Array(code.finalize()))
    }

    private func requestOrigin(_ request: WebhookRequest) -> PublicOrigin? {
        let scheme = trustsProxy ? first(of: request.forwardedProto) ?? request.scheme : request.scheme
        guard let host = trustsProxy ? first(of: request.forwardedHost) ?? request.host : request.host
        else { return nil }
        return PublicOrigin(scheme: scheme.utf8, authority: Array(host.utf8)[...])
    }

    /// The first of a list with commas, which is what the caller called.
    private func first(of list: String?) -> String? {
        guard let list else { return nil }
        let end = list.utf8.firstIndex(of: UInt8(ascii: ",")) ?? list.utf8.endIndex
        return String(list[..<end])
    }
}

/// Takes the same time for all codes of the expected length.
func equalInConstantTime(_ given: ArraySlice<UInt8>, _ expected: [UInt8]) -> Bool {
    guard given.count == expected.count else { return false }
    let (left, right) = (given.span, expected.span)
    var difference: UInt8 = 0
    for index in left.indices {
        difference |= left[index] ^ right[index]
    }
    return difference == 0
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
}
