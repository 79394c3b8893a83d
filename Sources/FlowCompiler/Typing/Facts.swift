internal import BitCollections
import FlowProgram

/// What is known to be there, that is not `none`, at one place of the flow: variables that are surely set, optionals
/// that a condition has tested.
package struct Facts: Equatable, Sendable {
    package static let none = Facts()

    /// Slots of variables that are present.
    private var variables = BitSet()
    /// Fields of records, and optionals that are no variables: few at any place.
    private var fields: Set<FactPath> = []

    package init() {}

    package func contains(_ path: FactPath) -> Bool {
        path.isVariable ? contains(variable: path.variable ?? -1) : fields.contains(path)
    }

    package func contains(variable slot: Int) -> Bool {
        slot >= 0 && variables.contains(slot)
    }

    package mutating func insert(_ path: FactPath) {
        guard path.isVariable, let slot = path.variable else {
            fields.insert(path)
            return
        }
        variables.insert(slot)
    }

    package func isSubset(of other: Facts) -> Bool {
        variables.isSubset(of: other.variables) && fields.isSubset(of: other.fields)
    }

    /// What holds on both of two ways.
    package mutating func formIntersection(_ other: Facts) {
        variables.formIntersection(other.variables)
        fields.formIntersection(other.fields)
    }

    package mutating func formUnion(_ other: Facts) {
        variables.formUnion(other.variables)
        fields.formUnion(other.fields)
    }

    /// The variable was set: what was known of its fields is no longer.
    package mutating func assign(variable slot: Int, isPresent: Bool) {
        guard slot >= 0 else { return }
        if isPresent { variables.insert(slot) } else { variables.remove(slot) }
        if fields.contains(where: { $0.variable == slot }) { fields = fields.filter { $0.variable != slot } }
    }

    /// A request may have come: what it brings anew (`contact`, `call`, `message`) may be there or not.
    package mutating func endTurn() {
        if fields.contains(where: { $0.context != nil }) { fields = fields.filter { $0.context == nil } }
    }

    /// A fetch was made: its failure is another one.
    package mutating func forgetFailure() {
        fields = fields.filter { $0.context != .failureReason && $0.context != .failureStatus }
    }
}

/// A name, or a field of a field of it; interned, so that facts are small and two are the same if their numbers are.
package struct FactPath: Hashable, Sendable {
    let id: Int
    /// The variable at its beginning.
    package let variable: Int?
    /// It is the variable itself.
    let isVariable: Bool
    /// What the request brings, at its beginning.
    let context: ContextField?

    package static func == (left: FactPath, right: FactPath) -> Bool { left.id == right.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
