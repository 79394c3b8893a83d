/// `<Record>`: records what the caller says, then requests `action`.
public struct Record: Hashable, Sendable {
    /// Left out, the present document is requested again.
    public var action: Text?
    /// How `action` is requested; POST if left out.
    public var method: HTTPMethod?
    /// Seconds of silence that end it, 0 for never; 5 if left out.
    public var timeout: Int?
    /// The keys that end it; every key if left out.
    public var finishOnKey: Text?
    /// Seconds; an hour if left out.
    public var maxLength: Int?
    /// Whether a tone comes first; it does if left out.
    public var playBeep: Bool?
    /// Whether the recording is transcribed: English, at most two minutes.
    public var transcribe: Bool?
    /// What is told of the transcription.
    public var transcribeCallback: Text?
    /// What is told once the recording can be fetched.
    public var recordingStatusCallback: Text?
    /// Attributes that this type doesn't know.
    public var others: [Element.Attribute]

    /// Records.
    public init(
        action: Text? = nil, method: HTTPMethod? = nil, timeout: Int? = nil, finishOnKey: Text? = nil,
        maxLength: Int? = nil, playBeep: Bool? = nil, transcribe: Bool? = nil,
        transcribeCallback: Text? = nil, recordingStatusCallback: Text? = nil,
        others: [Element.Attribute] = []
    ) {
        self.action = action
        self.method = method
        self.timeout = timeout
        self.finishOnKey = finishOnKey
        self.maxLength = maxLength
        self.playBeep = playBeep
        self.transcribe = transcribe
        self.transcribeCallback = transcribeCallback
        self.recordingStatusCallback = recordingStatusCallback
        self.others = others
    }

    /// What the provider would object to.
    public var problems: [Problem] {
        var problems: [Problem] = []
        problems.check(timeout, in: Limits.recordTimeout, .recordTimeout, at: "Record.timeout")
        problems.check(maxLength, in: Limits.recordLength, .recordMaxLength, at: "Record.maxLength")
        if transcribe == true, let maxLength, maxLength > Limits.maxTranscribedLength {
            problems.append(
                Problem(
                    .recordTooLongToTranscribe, at: "Record.maxLength",
                    "more than \(Limits.maxTranscribedLength) s can't be transcribed"))
        }
        if let keys = finishOnKey?.literal, !isKeys(keys) {
            problems.append(
                Problem(.recordFinishOnKey, at: "Record.finishOnKey", "keys are 0-9, * and #"))
        }
        return problems
    }

    func write(to writer: inout XMLWriter) {
        writer.element(
            "Record",
            [
                .init("action", action), .init("method", word: method), .init("timeout", timeout),
                .init("finishOnKey", finishOnKey), .init("maxLength", maxLength),
                .init("playBeep", playBeep), .init("transcribe", transcribe),
                .init("transcribeCallback", transcribeCallback),
                .init("recordingStatusCallback", recordingStatusCallback),
            ], and: others)
    }
}
