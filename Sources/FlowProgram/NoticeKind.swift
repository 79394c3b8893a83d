/// What a conversation is told of without being asked for a document.
package enum NoticeKind: String, Hashable, Codable, Sendable, CaseIterable {
    /// The call ended while the flow was waiting.
    case hangup
    case recording
    case transcription
    case messageStatus = "message_status"
    /// A text conversation was silent for too long.
    case expired

    /// What it brings, as a record that has the notice's name.
    package var form: ResultForm? {
        switch self {
        case .hangup: .hangup
        case .recording: .recording
        case .transcription: .transcription
        case .messageStatus: .messageStatus
        case .expired: nil
        }
    }
}
