extension Webhook {
    /// Whose requests are taken, and at which address.
    public struct Configuration: Sendable {
        /// The account's auth tokens: several while they rotate. A request signed with any of them is taken.
        public var tokens: [String]
        /// Keys of the provider's shared-key signatures.
        public var sharedKeys: [SharedKey]
        /// What the provider calls; nil takes scheme and host from each request.
        public var publicOrigin: PublicOrigin?
        /// Takes every request, signed or not. For development only.
        public var isInsecure: Bool
        /// Believes `X-Forwarded-Proto` and `X-Forwarded-Host`. Only behind a proxy that always sets them.
        public var trustsProxy: Bool
        /// Of the keyed hash that tells repeats of a request from others; the same for all processes that share a store.
        /// Left out, it is made at random.
        public var fingerprintKey: [UInt8]?
        /// What `POST /start/{flow}` must bring as `Authorization: Bearer …`; nil: there is no such page.
        public var startToken: String?

        /// A shared key as the provider's console shows it.
        public struct SharedKey: Sendable {
            /// What requests name it by.
            public var id: String
            public var secret: String

            public init(id: String, secret: String) {
                self.id = id
                self.secret = secret
            }
        }

        /// - Throws: `ConfigurationError` if nothing could be verified, or the public URL isn't one.
        public init(
            tokens: [String] = [], sharedKeys: [SharedKey] = [], publicURL: String? = nil,
            isInsecure: Bool = false, trustsProxy: Bool = false, fingerprintKey: [UInt8]? = nil,
            startToken: String? = nil
        ) throws(ConfigurationError) {
            self.tokens = tokens.filter { !$0.isEmpty }
            self.sharedKeys = sharedKeys.filter { !$0.id.isEmpty && !$0.secret.isEmpty }
            self.isInsecure = isInsecure
            self.trustsProxy = trustsProxy
            self.fingerprintKey = fingerprintKey
            self.startToken = startToken.flatMap { $0.isEmpty ? nil : $0 }
            if let publicURL {
                guard let origin = PublicOrigin(publicURL) else { throw .publicURL(publicURL) }
                publicOrigin = origin
            }
            guard isInsecure || !self.tokens.isEmpty || !self.sharedKeys.isEmpty else { throw .noToken }
        }
    }

    /// Why a webhook can't be set up.
    public enum ConfigurationError: Error, Hashable, CustomStringConvertible {
        /// No auth token, and the check of signatures isn't switched off.
        case noToken
        /// Not `http` or `https`, a host, perhaps a port and a path.
        case publicURL(String)

        public var description: String {
            switch self {
            case .noToken: "there is no auth token to check signatures with"
            case .publicURL(let url): "'\(url)' isn't a public URL such as https://flows.example.com"
            }
        }
    }
}
