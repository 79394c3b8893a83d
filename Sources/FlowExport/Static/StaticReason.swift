import FlowProgram
import FlowRuntime

/// What no static document can do: the reason, at an operation.
public struct StaticProblem: Error, Sendable, Hashable {
    /// An index into the programs that were to be exported.
    public var program: Int
    /// An index into the program's operations.
    public var operation: Int
    public var reason: StaticReason
    /// Whether the whole flow can be a Function.
    public var canBeFunction: Bool
}

/// Why a step can't stand in a static document.
public enum StaticReason: Sendable, Hashable {
    // In a bin, or in a bundle of files
    case outcome
    case side
    case fetch
    case log
    case send
    case notice
    case clock
    case prefixes
    case secret(String)
    case tooLong

    // In a bin
    case answer
    case recording
    case parameter(String)
    case parameterInSection(String, section: String)
    case condition
    case braces
    case longMessage

    // In a bundle
    /// The answers that there can be; nil where there is no end of them.
    case openAnswer(Int?)
    /// No key takes some way.
    case speech
    case pound
    case notPound
    /// A value that is known only in the conversation is shown, sent or kept.
    case carried(variable: String, UnknownSource)
    case shown(UnknownSource)
    /// The way depends on such a value.
    case depends(UnknownSource)
    case tooMany(Int, [Multiplier])
    /// It could be a bundle, if it was known where.
    case nowhere
}

/// Where a value comes from that is known only in the conversation.
public enum UnknownSource: Sendable, Hashable {
    case parameter(String)
    case request
    case answer
    case recording
    case outcome
    case fetch
    case clock
}

/// What makes a bundle grow: so many of something.
public struct Multiplier: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case languages
        case attempts
        case answers
        case values(of: String)
        case callers
    }

    public var kind: Kind
    public var count: Int
}
