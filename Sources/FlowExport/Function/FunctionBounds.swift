import FlowProgram
import FlowRuntime

/// The bounds that the interpreter gets as data: those of the runtime, but for what a Function's place is too small for.
enum FunctionBounds {
    /// The platform ends an invocation after 10 s.
    static let fetchMilliseconds = 8_000
    /// A URL with a session, as a document that is being made reckons it.
    static let slotBytes = SealedSize.bound + 512

    static let all: [String: Int] = [
        "answerBodyBytes": FetchRequest(method: "", url: "", timeout: 0).maxBodyBytes,
        "answerBytes": Limits.answerBytes,
        "callDepth": Limits.callDepth,
        "documentBytes": Limits.documentBytes,
        "fetchMillisecondsPerTurn": fetchMilliseconds,
        "fetchesPerTurn": Limits.fetchesPerTurn,
        "frameBytes": Limits.frameBytes,
        "mediaBytes": Limits.mediaBytes,
        "mediaPerMessage": Limits.mediaPerMessage,
        "messageUnits": Limits.messageUnits,
        "operationsPastProgram": Limits.operationsPastProgram,
        "redirectBytes": Limits.redirectBytes,
        "sealedBytes": SealedSize.bound,
        "slotBytes": slotBytes,
        "turnsPerSession": Limits.turnsPerSession,
        "waitsPerDocument": Limits.waitsPerDocument,
    ]
}
