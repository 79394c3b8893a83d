// The comparisons of the language, on values. Total: what can't be compared isn't equal and isn't less.

extension TypedExpression.Comparison {
    package func holds(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left.equals(right)
        case .notEqual: !left.equals(right)
        case .less: left.order(to: right) == .less
        case .lessOrEqual: left.order(to: right).map { $0 != .greater } ?? false
        case .greater: left.order(to: right) == .greater
        case .greaterOrEqual: left.order(to: right).map { $0 != .less } ?? false
        }
    }
}

extension Value {
    /// Equality of the language: an integer and a number are equal if they are the same number.
    package func equals(_ other: Value) -> Bool {
        switch (self, other) {
        case (.integer, .number), (.number, .integer): return asDouble == other.asDouble
        case (.list(let a), .list(let b)), (.record(let a), .record(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
        default: return self == other
        }
    }

    package enum Order {
        case less, same, greater
    }

    /// nil for values that have no order among them.
    package func order(to other: Value) -> Order? {
        switch (self, other) {
        case (.integer(let a), .integer(let b)): compared(a, b)
        case (.integer, .number), (.number, .integer), (.number, .number):
            compared(asDouble ?? 0, other.asDouble ?? 0)
        case (.date(let a), .date(let b)): compared(a, b)
        case (.time(let a), .time(let b)): compared(a, b)
        case (.datetime(let a), .datetime(let b)), (.duration(let a), .duration(let b)),
            (.money(let a), .money(let b)):
            compared(a, b)
        default: nil
        }
    }
}

private func compared<T: Comparable>(_ left: T, _ right: T) -> Value.Order {
    left < right ? .less : left == right ? .same : .greater
}
