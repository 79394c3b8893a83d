import FlowProgram

/// A value in a row: a byte for its case, then what it holds.
private enum ValueTag: UInt8 {
    case none, no, yes, integer, number, text, date, time, datetime, duration, money, list, record
}

extension [UInt8] {
    mutating func append(_ value: Value) {
        switch value {
        case .none: append(ValueTag.none.rawValue)
        case .bool(let flag): append(flag ? ValueTag.yes.rawValue : ValueTag.no.rawValue)
        case .integer(let integer):
            append(ValueTag.integer.rawValue)
            append(signed: integer)
        case .number(let number):
            append(ValueTag.number.rawValue)
            for shift in stride(from: 0, to: 64, by: 8) {
                append(UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(shift)))
            }
        case .text(let text):
            append(ValueTag.text.rawValue)
            append(countedText: text)
        case .date(let date):
            append(ValueTag.date.rawValue)
            append(signed: Int64(date.days))
        case .time(let time):
            append(ValueTag.time.rawValue)
            append(signed: Int64(time.seconds))
        case .datetime(let instant):
            append(ValueTag.datetime.rawValue)
            append(signed: instant)
        case .duration(let duration):
            append(ValueTag.duration.rawValue)
            append(signed: duration)
        case .money(let units):
            append(ValueTag.money.rawValue)
            append(signed: units)
        case .list(let values): append(values, as: .list)
        case .record(let values): append(values, as: .record)
        }
    }

    private mutating func append(_ values: [Value], as tag: ValueTag) {
        append(tag.rawValue)
        append(count: values.count)
        for value in values { append(value) }
    }
}

extension ByteReader {
    mutating func value(depth: Int = 0) -> Value? {
        guard depth < Limits.valueDepth, let tag = byte().flatMap(ValueTag.init) else { return nil }
        switch tag {
        case .none: return Value.none
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .integer: return signed().map(Value.integer)
        case .number: return number64().map(Value.number)
        case .text: return countedText().map(Value.text)
        case .date: return signed().flatMap(Int32.init(exactly:)).map { .date(CivilDate(days: $0)) }
        case .time:
            guard let seconds = signed(), (0..<86_400).contains(seconds) else { return nil }
            return .time(CivilTime(seconds: Int32(truncatingIfNeeded: seconds)))
        case .datetime: return signed().map(Value.datetime)
        case .duration: return signed().map(Value.duration)
        case .money: return signed().map(Value.money)
        case .list: return values(depth: depth).map(Value.list)
        case .record: return values(depth: depth).map(Value.record)
        }
    }

    mutating func values(depth: Int = 0) -> [Value]? {
        guard let count = count() else { return nil }
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
        }
        return values
    }

    private mutating func number64() -> Double? {
        var bits: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 8) {
            guard let byte = byte() else { return nil }
            bits |= UInt64(byte) << UInt64(shift)
        }
        let number = Double(bitPattern: bits)
        return number.isFinite ? number : nil
    }
}

extension Value {
    /// The bytes that this takes in a row, or a little more.
    var codedBytes: Int {
        switch self {
        case .none, .bool: 1
        case .integer, .number, .date, .time, .datetime, .duration, .money: 11
        case .text(let text): text.utf8.count + 4
        case .list(let values), .record(let values): values.reduce(4) { $0 + $1.codedBytes }
        }
    }
}
