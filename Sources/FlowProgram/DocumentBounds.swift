import TwiML

/// What a document may come to. The machine splits and cuts by these, and the compiler proves that what can't be split fits.
package enum DocumentBounds {
    /// Bytes of a document. The provider refuses "64 kB" (error 11750) and doesn't say which.
    package static let bytes = TwiML.Limits.maxDocumentBytes
    /// Bytes that a URL of the server is reckoned at, so that the split of a document into turns doesn't depend on the server's name.
    package static let slotBytes = 512
    /// Bytes kept for head, tail and a last `<Redirect>` or `<Hangup/>`.
    package static let frameBytes = 1_024
    /// UTF-16 units of a message (the provider's error 21617).
    package static let messageUnits = TwiML.Limits.maxMessageUnits
    /// Bytes of a message's media with their elements: with the text and a redirect a document holds them.
    package static let mediaBytes = 36_000
    /// Bytes of the redirect behind a message.
    package static let redirectBytes = 16_000
}
