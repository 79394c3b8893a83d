/// What ended a turn out of its way. The caller hears the flow's error handler or the apology; this is for the log.
package struct Fault: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case tooManyOperations
        case tooManyTurns
        case tooManyFetches
        case tooManySends
        case variablesTooLarge
        case documentTooLarge
        /// A parameter is missing or isn't what its type says.
        case badParameter(String)
        /// The program or the session points to something that isn't there.
        case damagedProgram
        /// A fetch or an endless way within the error handler.
        case errorHandlerFailed

        /// A word for logs.
        package var word: String {
            switch self {
            case .tooManyOperations: "too-many-operations"
            case .tooManyTurns: "too-many-turns"
            case .tooManyFetches: "too-many-fetches"
            case .tooManySends: "too-many-sends"
            case .variablesTooLarge: "variables-too-large"
            case .documentTooLarge: "document-too-large"
            case .badParameter(let name): "bad-parameter: \(name)"
            case .damagedProgram: "damaged-program"
            case .errorHandlerFailed: "error-handler-failed"
            }
        }
    }

    package var reason: Reason
    package var flow: String
    package var state: String?
    package var operation: Int

    package init(reason: Reason, flow: String, state: String?, operation: Int) {
        self.reason = reason
        self.flow = flow
        self.state = state
        self.operation = operation
    }
}
