/// Names that the provider sends with a verb's action; a param of that name would be overwritten by one.
enum ProviderParameters {
    static let ofVerbs: Set<String> = [
        "AccountSid", "ApiVersion", "CallSid", "CallStatus", "Confidence", "DialBridged", "DialCallDuration",
        "DialCallSid", "DialCallStatus", "Digits", "Direction", "ErrorCode", "ErrorUrl", "FinishedOnKey",
        "From",
        "MessageSid", "QueueResult", "QueueSid", "QueueTime", "RecordingDuration", "RecordingSid",
        "RecordingUrl",
        "SpeechResult", "TranscriptionText", "UnstableSpeechResult",
    ]
}
