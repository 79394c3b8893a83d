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
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            9 + path.count + run.count + parameters.lengths.count + parameters.bytes.count)
        bytes.append(method.rawValue)
        appendLittleEndian(path.count, to: &bytes)
        appendLittleEndian(run.count, to: &bytes)
        bytes.append(contentsOf: path)
        bytes.append(contentsOf: run)
        bytes.append(contentsOf: parameters.lengths)
        bytes.append(contentsOf: parameters.bytes)
        var code = prepared
        code.update(data: bytes)
        return Array(code.finalize().prefix(16))
    }
}
