/// An expression whose names are resolved and whose types are known to fit: evaluation is total.
package enum TypedExpression: Hashable, Codable, Sendable {
    case literal(Value)
    case variable(Int)
    case config(Int)
    case context(ContextField)
    /// The text of the present language's tag.
    case language
    /// A field of a record or of an optional one; `none` of `none`.
    indirect case field(TypedExpression, Int)
    /// An element of a list; `none` outside it.
    indirect case index(TypedExpression, TypedExpression)
    case list([TypedExpression])
    case call(FunctionName, [TypedExpression])
    indirect case not(TypedExpression)
    indirect case and(TypedExpression, TypedExpression)
    indirect case or(TypedExpression, TypedExpression)
    indirect case coalesce(TypedExpression, TypedExpression)
    indirect case conditional(TypedExpression, TypedExpression, TypedExpression)
    indirect case compare(Comparison, TypedExpression, TypedExpression)
    /// The left is an element of the list at the right.
    indirect case contained(TypedExpression, TypedExpression)
    indirect case arithmetic(Arithmetic, TypedExpression, TypedExpression)
    indirect case negate(TypedExpression)
    /// Texts side by side: a scalar of text and holes; each part as it is written.
    case concatenation([TypedExpression])
    /// Whether the calendar is open now; an index into `Program.hours`.
    case isOpen(Int)
    case now
    case today

    package enum Comparison: String, Hashable, Codable, Sendable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    }

    package enum Arithmetic: String, Hashable, Codable, Sendable {
        case add, subtract, multiply, divide, remainder
    }
}

/// What the webhook says of the call, the message and the person.
package enum ContextField: String, Hashable, Codable, Sendable, CaseIterable {
    case callSid, callFrom, callTo, callDirection, callCallerName, callForwardedFrom, callAnsweredBy
    case messageSid, messageFrom, messageTo, messageBody, messageMedia
    case contactCity, contactState, contactCountry, contactZip
    case person
    /// Of the queue that a wait flow is heard in.
    case queuePosition, queueSize, queueTime, queueAverage
    /// `failure.reason` and `failure.status`, after a fetch.
    case failureReason, failureStatus

    /// The values of `call.answered_by`.
    package static let whoAnswers = ["human", "machine", "fax", "unknown"]
}
