/// What one request may bring.
package enum RequestLimits {
    /// Bytes of a body. The provider's largest, an MMS with all its media, stay under 20 KiB.
    package static let bodyBytes = 256 * 1024
    /// Parameters of a query or a body. SIP headers come as one each.
    static let parameters = 1_000
    /// Bytes of `run=NAME`.
    static let runNameBytes = 32
}
