/// What the checker knows of an argument: its type, and its value where the author wrote it out.
package struct Operand: Sendable, Hashable {
    package var type: ValueType
    package var literal: Value?

    package init(type: ValueType, literal: Value? = nil) {
        self.type = type
        self.literal = literal
    }

    /// The type that both have in common. A literal counts by its value: `status ?? 'open'` stays an enum.
    package func joined(with other: Operand) -> ValueType? {
        if let literal = other.literal, literal != .none, admitsLiteral(literal) { return type }
        if let literal, literal != .none, other.admitsLiteral(literal) { return other.type }
        return type.joined(with: other.type)
    }

    private func admitsLiteral(_ value: Value) -> Bool {
        type != .none && type != .invalid && type.unwrapped.admits(value)
    }

    /// Whether it may stand where `target` is expected; a literal by its value.
    package func isUsable(as target: ValueType) -> Bool {
        if type.isUsable(as: target) { return true }
        guard let literal else { return false }
        return target.admits(literal)
    }
}
