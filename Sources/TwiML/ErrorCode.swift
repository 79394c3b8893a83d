/// The provider's codes for what can be wrong with a document. Source: its error dictionary, snapshot of 2023-05.
public enum ErrorCode: Int, Hashable, Sendable, CaseIterable {
    case documentTooLarge = 11750
    case unreadableDocument = 12100
    case wrongRoot = 12102
    case schema = 12200
    case wrongContentType = 12300
    case conferenceMixed = 13000
    case dialTimeout = 13212
    case dialCallerID = 13214
    case dialNested = 13215
    case dialTimeLimit = 13216
    case sendDigits = 13222
    case numberFormat = 13223
    case conferenceName = 13237
    case sipAddress = 13243
    case gatherFinishOnKey = 13310
    case gatherTimeout = 13313
    case gatherNumDigits = 13314
    case gatherNested = 13320
    case gatherSpeechTimeout = 13327
    case gatherHints = 13330
    case gatherLanguage = 13331
    case gatherProfanityFilter = 13333
    case gatherModel = 13334
    case gatherAutoWithModel = 13335
    case playLoop = 13410
    case playDigits = 13430
    case sayLoop = 13510
    case sayVoice = 13511
    case sayText = 13520
    case sayTooLong = 13521
    case recordTimeout = 13611
    case recordMaxLength = 13612
    case recordFinishOnKey = 13613
    case recordTooLongToTranscribe = 13615
    case pauseLength = 13910
    case messageBody = 14103
    case tooManyMessages = 14109
    case queueNameTooShort = 14204
    case queueNameTooLong = 14205
    case dialledQueueNameTooShort = 14212
    case dialledQueueNameTooLong = 14213
    case workflow = 14220
    case taskAttributes = 14221
    case messageTooLong = 21617
    case mediaURL = 21620
    case tooManyMedia = 21623

    /// Whether the provider only warns and goes on, with the attribute ignored or set to its default.
    public var isWarning: Bool {
        switch self {
        case .documentTooLarge, .unreadableDocument, .wrongRoot, .wrongContentType, .queueNameTooShort,
            .queueNameTooLong, .dialledQueueNameTooShort, .dialledQueueNameTooLong, .workflow,
            .taskAttributes,
            .messageTooLong, .mediaURL, .tooManyMedia:
            false
        case .schema, .conferenceMixed, .dialTimeout, .dialCallerID, .dialNested, .dialTimeLimit, .sendDigits,
            .numberFormat, .conferenceName, .sipAddress, .gatherFinishOnKey, .gatherTimeout, .gatherNumDigits,
            .gatherNested, .gatherSpeechTimeout, .gatherHints, .gatherLanguage, .gatherProfanityFilter,
            .gatherModel, .gatherAutoWithModel, .playLoop, .playDigits, .sayLoop, .sayVoice, .sayText,
            .sayTooLong,
            .recordTimeout, .recordMaxLength, .recordFinishOnKey, .recordTooLongToTranscribe, .pauseLength,
            .messageBody,
            .tooManyMessages:
            true
        }
    }
}
