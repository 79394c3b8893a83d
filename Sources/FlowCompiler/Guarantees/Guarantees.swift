import FlowLang

/// A proof over the whole program: what breaks it. Each stands in a file of its own, and looks at the graph of operations
/// only, where a condition may go either way.
typealias Guarantee = @Sendable (LinkedProgram) -> [Diagnostic]

/// In the order in which they are reported for one place.
let guarantees: [Guarantee] = [rejectComesFirst]
