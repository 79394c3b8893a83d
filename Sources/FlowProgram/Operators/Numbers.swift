// Numbers stop at their bounds instead of overflowing.

package let maxInteger: Int64 = (1 << 53) - 1

package func clamped(_ value: Int64) -> Int64 {
    min(max(value, -maxInteger), maxInteger)
}

/// Never NaN or infinite; there is no negative zero.
package func clamped(_ value: Double) -> Double {
    if value.isNaN || value == 0 { return 0 }
    let greatest = Double.greatestFiniteMagnitude
    return min(max(value, -greatest), greatest)
}

/// The nearest integer, a half away from zero.
package func integer(nearest value: Double) -> Int64 {
    let value = clamped(value).rounded(.toNearestOrAwayFromZero)
    if value >= Double(maxInteger) { return maxInteger }
    if value <= -Double(maxInteger) { return -maxInteger }
    return Int64(exactly: value) ?? 0
}

extension Value {
    /// Of an integer or a number.
    package var asDouble: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    package var asText: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    package var isTrue: Bool { self == .bool(true) }
}
