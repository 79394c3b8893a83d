import Crypto

/// What `FLOWC_STORE_KEY` holds: the keys that rows are sealed with, and that the hashes of requests are made with.
public struct StoreKeys: Sendable {
    /// Why the setting can't be used; its value isn't in the words.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        public let description: String
    }

    private let sealing: [Seal]
    /// Rows that were written before there was a key are read, too.
    let readsUnsealed: Bool
    /// Of the keyed hash that tells repeats of a request from others.
    public let fingerprintKey: [UInt8]

    private struct Seal: Sendable {
        /// Tells which key a row was sealed with, and nothing about it.
        var name: [UInt8]
        var key: SymmetricKey
    }

    /// - Parameter text: keys of 32 bytes in base64, with commas between them: the first seals, all open. The word
    ///   `unsealed` among them lets rows be read that aren't sealed.
    public init(_ text: String) throws(Problem) {
        var seals: [Seal] = []
        var first: SymmetricKey?
        var readsUnsealed = false
        for word in text.split(separator: ",") {
            let word = word.filter { $0 != " " }
            if word == "unsealed" {
                readsUnsealed = true
                continue
            }
            guard let bytes = bytes(ofBase64: word), bytes.count == 32 else {
                throw Problem(
                    description: "not keys of 32 bytes in base64 as `openssl rand -base64 32` makes them")
            }
            let key = SymmetricKey(data: bytes)
            first = first ?? key
            seals.append(
                Seal(
                    name: derived(from: key, for: "flowc seal name", bytes: 4).bytes,
                    key: derived(from: key, for: "flowc seal", bytes: 32)))
        }
        guard let first else { throw Problem(description: "there is no key in it") }
        sealing = seals
        self.readsUnsealed = readsUnsealed
        fingerprintKey = derived(from: first, for: "flowc fingerprint", bytes: 32).bytes
    }

    /// `0xFE`, the key's name, nonce, sealed bytes, tag. What it belongs to is sealed with it: a row under another
    /// session's key doesn't open.
    func sealed(_ bytes: [UInt8], for owner: [UInt8]) throws -> [UInt8] {
        let seal = sealing[0]
        let box = try AES.GCM.seal(bytes, using: seal.key, authenticating: owner)
        return [Self.mark] + seal.name + box.nonce + box.ciphertext + box.tag
    }

    /// - Throws: `StoreFault.damaged` for what isn't sealed, was changed, or was sealed with another key.
    func opened(_ bytes: [UInt8], for owner: [UInt8]) throws(StoreFault) -> [UInt8] {
        guard bytes.first == Self.mark else {
            guard readsUnsealed else { throw .damaged }
            return bytes
        }
        guard bytes.count >= 5 + 12 + 16 else { throw .damaged }
        let name = bytes[1..<5]
        for seal in sealing where seal.name.elementsEqual(name) {
            guard let box = try? AES.GCM.SealedBox(combined: bytes[5...]),
                let opened = try? AES.GCM.open(box, using: seal.key, authenticating: owner)
            else { continue }
            return Array(opened)
        }
        throw .damaged
    }

    /// Rows begin with their format, which counts up from 1 and never comes to this.
    private static let mark: UInt8 = 0xFE
}

private func derived(from key: SymmetricKey, for purpose: String, bytes: Int) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array(purpose.utf8), outputByteCount: bytes)
}

extension SymmetricKey {
    fileprivate var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}

private func bytes(ofBase64 text: String) -> [UInt8]? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    var rest = Array(text.utf8)[...]
    while rest.last == UInt8(ascii: "=") { rest.removeLast() }
    for character in rest {
        guard let value = alphabet.firstIndex(of: character) else { return nil }
        bits = (bits << 6 | value) & 0xFFFF
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        }
    }
    return bytes
}
