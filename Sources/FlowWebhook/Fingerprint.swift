import Crypto

/// Tells a repeat of a request from another one: 16 bytes of a keyed hash over method, path, run and parameters.
struct Fingerprint: Sendable {
    private let prepared: HMAC<SHA256>

    init(key: [UInt8]?) {
        prepared = HMAC(key: key.map { SymmetricKey(data: $0) } ?? SymmetricKey(size: .bits256))
    }

    func of(
        method: WebhookMethod, path: ArraySlice<UInt8>, run: [UInt8], _ parameters: CanonicalParameters
    ) -> [UInt8] {
        let head = [UInt8](capacity: 9 + path.count + run.count) { output in
            output.append(method.rawValue)
            output.append(littleEndian: path.count)
            output.append(littleEndian: run.count)
            output.append(path.span)
            output.append(run.span)
        }
        var code = prepared
        code.update(data: head)
        code.update(data: parameters.described)
        return Array(code.finalize().prefix(16))
    }
}
