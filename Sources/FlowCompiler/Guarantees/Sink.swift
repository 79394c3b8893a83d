import FlowLang
import FlowProgram

/// A place where a value decides whom the flow calls, texts or asks.
///
/// The lowering of a step notes it (`FlowLowering.note`); `safeNumbers` judges what may get there.
struct Sink: Sendable {
    var kind: Kind
    var expression: TypedExpression
    var span: Span
    /// The step has `allow`, so that its author has decided.
    var isAllowed: Bool

    /// What is decided. A new kind needs its words here, and nothing else.
    enum Kind: String, Sendable {
        case number = "the number that is dialled"
        case client = "the client that is dialled"
        case sip = "the SIP address that is dialled"
        case application = "the application that is dialled"
        case queue = "the queue"
        case conference = "the conference"
        case callerID = "the number that is shown"
        case referral = "the address that the call goes to"
        case recipient = "the number that is texted"
        case redirect = "the host that takes the conversation over"
        case host = "the host that is asked"
        case stream = "the host that the call is connected to"

        /// Whether the person themself may be reached by it: whoever texts gets their answer.
        var takesPerson: Bool { self == .recipient }
    }
}
