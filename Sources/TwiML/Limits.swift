/// What the provider allows, with units and the code of the error that follows. Read 2026-11.
public enum Limits {
    /// Bytes of a response body. The provider says 64 kB and not whether k is 1000 or 1024; this is below both (11750).
    public static let maxDocumentBytes = 64_000
    /// Bytes of a response body that the phone and the reader still take: the generous meaning of 64 kB (11750).
    public static let maxReadBytes = 65_536
    /// Levels of nested elements that the reader takes. TwiML's own nesting needs fewer than ten.
    public static let maxReadDepth = 32
    /// Attributes of one element that the reader takes: about twice as many as the verb with the most has.
    public static let maxReadAttributes = 64

    /// `<Message>` replies to one incoming message (14109).
    public static let maxMessages = 10
    /// UTF-16 units of a message's text (21617). The provider says "characters"; this is the strictest meaning.
    public static let maxMessageUnits = 1_600
    /// `<Media>` of one message (21623).
    public static let maxMedia = 10

    /// Times that a `<Say>` or a `<Play>` is repeated; 0 is until the call ends, which is this often (13510, 13410).
    public static let loops = 0...1_000
    /// Characters of a `<Say>` once its text is percent-encoded, whatever the voice (13521).
    public static let maxEncodedSayCharacters = 4_500

    /// Seconds that `<Gather>` waits (13313), also after speech (13327). The provider names no upper end.
    public static let gatherTimeout = 1...Int.max
    /// Keys of a `<Gather>` (13314).
    public static let gatherKeys = 1...Int.max
    /// Phrases in a `<Gather>`'s hints (13330).
    public static let maxHints = 500
    /// Characters of one hint (13330), counted as Unicode scalars.
    public static let maxHintCharacters = 100

    /// Seconds of silence that end a `<Record>`; 0 switches it off (13611).
    public static let recordTimeout = 0...Int.max
    /// Seconds of a recording (13612). Accounts with 24-hour calls may go beyond.
    public static let recordLength = 2...14_400
    /// Seconds of a recording that can be transcribed (13615).
    public static let maxTranscribedLength = 120

    /// Seconds that `<Dial>` rings (13212).
    public static let dialTimeout = 5...600
    /// Seconds of a dialled talk (13216). Accounts with 24-hour calls may go beyond.
    public static let dialTimeLimit = 1...14_400
    /// Nouns that one `<Dial>` rings, at once or in turn (13215).
    public static let maxDialNouns = 10
    /// Characters of a queue's name (14204, 14205; dialled 14212, 14213).
    public static let queueName = 1...64
    /// Characters of a conference's name (13237).
    public static let conferenceName = 1...128
    /// Characters of a SIP address without its headers (13243).
    public static let maxSIPAddress = 255
    /// Characters of a client's identity (13215).
    public static let clientIdentity = 1...256

    /// Seconds of a `<Pause>` (13910). The provider names no upper end.
    public static let pauseLength = 1...Int.max
}

extension Voice.Family {
    /// Bytes of text that one `<Say>` holds in a voice of this family (13521).
    public var maxTextBytes: Int {
        switch self {
        case .basic: 4_096
        case .polly: 3_000
        case .google: 5_000
        }
    }

    /// Whether the limit counts SSML tags too.
    public var countsMarkup: Bool {
        switch self {
        case .basic, .polly: false
        case .google: true
        }
    }
}
