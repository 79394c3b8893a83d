// Arithmetic on values. Total: a division by zero, or operands that the checker refuses, are `none`.

private let millisecondsPerDay: Int64 = 86_400_000

extension TypedExpression.Arithmetic {
    package func result(_ left: Value, _ right: Value) -> Value {
        switch (left, right) {
        case (.integer(let a), .integer(let b)): integers(a, b)
        case (.integer, .number), (.number, .integer), (.number, .number):
            doubles(left.asDouble ?? 0, right.asDouble ?? 0).map { .number(clamped($0)) } ?? .none
        case (.duration(let a), .duration(let b)): amounts(a, b).map(asDuration) ?? ratio(a, b)
        case (.money(let a), .money(let b)): amounts(a, b).map(Value.money) ?? ratio(a, b)
        case (.duration(let a), .integer), (.duration(let a), .number):
            scaled(a, right.asDouble ?? 0).map(asDuration) ?? .none
        case (.money(let a), .integer), (.money(let a), .number):
            scaled(a, right.asDouble ?? 0).map(Value.money) ?? .none
        case (.integer, .duration), (.number, .duration), (.integer, .money), (.number, .money):
            self == .multiply ? result(right, left) : .none
        case (.datetime(let a), .duration(let b)):
            amounts(a, b).map { .datetime(clampedInstant($0)) } ?? .none
        case (.datetime(let a), .datetime(let b)): self == .subtract ? asDuration(difference(a, b)) : .none
        case (.date(let a), .duration(let b)): shifted(a, by: b)
        case (.date(let a), .date(let b)):
            self == .subtract ? asDuration((Int64(a.days) - Int64(b.days)) * millisecondsPerDay) : .none
        case (.time(let a), .duration(let b)): shifted(a, by: b)
        default: .none
        }
    }

    private func integers(_ a: Int64, _ b: Int64) -> Value {
        let a = clamped(a)
        let b = clamped(b)
        switch self {
        case .add: return .integer(clamped(a + b))
        case .subtract: return .integer(clamped(a - b))
        case .multiply:
            let (product, overflow) = a.multipliedReportingOverflow(by: b)
            return .integer(overflow ? ((a < 0) == (b < 0) ? maxInteger : -maxInteger) : clamped(product))
        case .divide: return b == 0 ? .none : .number(clamped(Double(a) / Double(b)))
        case .remainder: return b == 0 ? .none : .integer(a % b)
        }
    }

    private func doubles(_ a: Double, _ b: Double) -> Double? {
        switch self {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: b == 0 ? nil : a / b
        case .remainder: b == 0 ? nil : a.truncatingRemainder(dividingBy: b)
        }
    }

    /// Sums and differences of amounts of the same kind; nil for another operator.
    private func amounts(_ a: Int64, _ b: Int64) -> Int64? {
        switch self {
        case .add: clamped(clamped(a) + clamped(b))
        case .subtract: clamped(clamped(a) - clamped(b))
        case .multiply, .divide, .remainder: nil
        }
    }

    private func difference(_ a: Int64, _ b: Int64) -> Int64 {
        clamped(clamped(a) - clamped(b))
    }

    /// An amount divided by an amount is a number.
    private func ratio(_ a: Int64, _ b: Int64) -> Value {
        self == .divide && b != 0 ? .number(clamped(Double(a) / Double(b))) : .none
    }

    private func scaled(_ amount: Int64, _ factor: Double) -> Int64? {
        switch self {
        case .multiply: integer(nearest: Double(amount) * factor)
        case .divide: factor == 0 ? nil : integer(nearest: Double(amount) / factor)
        case .add, .subtract, .remainder: nil
        }
    }

    /// A date moves by whole days.
    private func shifted(_ date: CivilDate, by duration: Int64) -> Value {
        switch self {
        case .add: .date(date.adding(days: clamped(duration) / millisecondsPerDay))
        case .subtract: .date(date.adding(days: -(clamped(duration) / millisecondsPerDay)))
        case .multiply, .divide, .remainder: .none
        }
    }

    /// The clock goes round at midnight.
    private func shifted(_ time: CivilTime, by duration: Int64) -> Value {
        guard self == .add || self == .subtract else { return .none }
        let seconds = clamped(duration) / 1_000 * (self == .add ? 1 : -1)
        let sum = floorRemainder(Int64(time.seconds) + seconds, 86_400)
        return .time(CivilTime(seconds: Int32(clamping: sum)))
    }
}

private func asDuration(_ milliseconds: Int64) -> Value {
    .duration(clamped(milliseconds))
}

extension Value {
    /// `-x`
    package var negated: Value {
        switch self {
        case .integer(let value): .integer(-clamped(value))
        case .number(let value): .number(clamped(-value))
        case .duration(let value): .duration(-clamped(value))
        case .money(let value): .money(-clamped(value))
        default: .none
        }
    }
}
