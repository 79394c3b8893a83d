// What an expression depends on.

extension TypedExpression {
    /// Calls `body` with this expression and everything in it.
    package func forEach(_ body: (TypedExpression) -> Void) {
        _ = contains { part in
            body(part)
            return false
        }
    }

    /// Calls `body` with the slot of every variable that is read, as often as it is.
    package func forEachVariable(_ body: (Int) -> Void) {
        forEach { part in
            if case .variable(let slot) = part { body(slot) }
        }
    }

    package func reads(variable slot: Int) -> Bool {
        contains { $0 == .variable(slot) }
    }

    /// Whether the value may change while nobody does anything.
    package var readsClock: Bool {
        contains { part in
            switch part {
            case .now, .today, .isOpen: true
            default: false
            }
        }
    }

    /// Whether it looks at who answered a call.
    package var readsWhoAnswered: Bool {
        contains { $0 == .context(.callAnsweredBy) }
    }

    /// The value, if nothing has to be read for it.
    package var literal: Value? {
        if case .literal(let value) = self { return value }
        return nil
    }

    private func contains(_ matches: (TypedExpression) -> Bool) -> Bool {
        if matches(self) { return true }
        switch self {
        case .literal, .variable, .config, .context, .language, .isOpen, .now, .today: return false
        case .field(let base, _), .not(let base), .negate(let base): return base.contains(matches)
        case .index(let a, let b), .and(let a, let b), .or(let a, let b), .coalesce(let a, let b),
            .compare(_, let a, let b), .contained(let a, let b), .arithmetic(_, let a, let b):
            return a.contains(matches) || b.contains(matches)
        case .conditional(let a, let b, let c):
            return a.contains(matches) || b.contains(matches) || c.contains(matches)
        case .list(let parts), .call(_, let parts), .concatenation(let parts):
            return parts.contains { $0.contains(matches) }
        }
    }
}
