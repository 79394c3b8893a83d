/// What comes back from a verb that takes the call over, as a record for `into:`, and what a notice brings to its handler.
/// The parameters are the provider's.
package enum ResultForm: String, Hashable, Codable, Sendable, CaseIterable {
    case dial, enqueue, connect, pay, refer
    /// Of notices: these have a status always, and all but the first a sid.
    case hangup, recording, transcription
    case messageStatus = "message_status"

    package struct Field: Sendable {
        package var name: String
        package var parameter: String
        package var type: ValueType
    }

    /// The parameter that says how it went.
    package var status: String {
        switch self {
        case .dial: "DialCallStatus"
        case .enqueue: "QueueResult"
        case .connect: "SessionStatus"
        case .pay: "Result"
        case .refer: "ReferCallStatus"
        case .hangup: "CallStatus"
        case .recording: "RecordingStatus"
        case .transcription: "TranscriptionStatus"
        case .messageStatus: "MessageStatus"
        }
    }

    /// The parameter that says of what a notice is; nil for one of the call itself.
    package var sid: String? {
        switch self {
        case .recording: "RecordingSid"
        case .transcription: "TranscriptionSid"
        case .messageStatus: "MessageSid"
        case .dial, .enqueue, .connect, .pay, .refer, .hangup: nil
        }
    }

    /// In the order of the record. What comes back from a verb may be `none`, of a notice what is no identity.
    package var fields: [Field] {
        func text(_ name: String, _ parameter: String, _ limit: Int = 200) -> Field {
            Field(name: name, parameter: parameter, type: .optional(.text(limit: limit)))
        }
        func integer(_ name: String, _ parameter: String) -> Field {
            Field(name: name, parameter: parameter, type: .optional(.integer))
        }
        let status = text("status", status, 40)
        let always = ["sid": sid, "status": self.status].compactMapValues { $0 }.sorted { $0.key < $1.key }
            .map { Field(name: $0.key, parameter: $0.value, type: .text(limit: 64)) }
        let url = Field(name: "url", parameter: "RecordingUrl", type: .optional(.url))
        return switch self {
        case .dial:
            [
                status, integer("seconds", "DialCallDuration"), text("sid", "DialCallSid", 64),
                Field(name: "recording", parameter: "RecordingUrl", type: .optional(.url)),
                integer("sip_code", "DialSipResponseCode"),
            ]
        case .enqueue: [status, integer("seconds", "QueueTime"), text("sid", "QueueSid", 64)]
        case .connect:
            [
                status, integer("seconds", "SessionDuration"), text("session", "SessionId", 64),
                text("handoff", "HandoffData", 4_000), text("agent_status", "VirtualAgentStatus", 40),
                text("agent_handoff", "AgentHandoffParameters", 4_000), text("error", "ErrorMessage", 1_000),
            ]
        case .pay:
            [
                status, text("token", "PaymentToken"), text("confirmation", "PaymentConfirmationCode"),
                text("profile", "ProfileId"), text("method", "PaymentMethod", 40),
                text("card", "PaymentCardNumber", 40), text("card_type", "PaymentCardType", 40),
                text("expires", "ExpirationDate", 10), text("postal_code", "PaymentCardPostalCode", 40),
                text("account", "BankAccountNumber", 40), text("error", "PaymentError", 1_000),
            ]
        case .refer:
            [status, integer("code", "ReferSipResponseCode"), integer("final_code", "NotifySipResponseCode")]
        case .hangup: always + [integer("seconds", "CallDuration")]
        case .recording:
            always + [
                url, integer("seconds", "RecordingDuration"), text("source", "RecordingSource", 40),
                integer("error", "ErrorCode"),
            ]
        case .transcription:
            always + [
                text("text", "TranscriptionText", 4_000), text("recording", "RecordingSid", 64), url,
                integer("error", "ErrorCode"),
            ]
        case .messageStatus: always + [integer("error", "ErrorCode")]
        }
    }

    /// What the record is where nothing came back.
    package var nothing: Value { .record(fields.map { _ in .none }) }

    package var type: RecordType {
        let name: String =
            switch self {
            case .dial: "Dialled"
            case .enqueue: "Queued"
            case .connect: "Connected"
            case .pay: "Payment"
            case .refer: "Referred"
            case .hangup: "Hangup"
            case .recording: "RecordingNotice"
            case .transcription: "Transcription"
            case .messageStatus: "MessageStatus"
            }
        return RecordType(
            name: name, fields: fields.map { RecordType.Field(name: $0.name, type: $0.type) })
    }
}
