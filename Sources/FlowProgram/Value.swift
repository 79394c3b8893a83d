/// A value of the running machine. Its type is known from the program; the case is its representation.
package enum Value: Codable, Sendable {
    case none
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    /// text, digits, phone, address, url, secret and words. Compared by Unicode scalars, made NFC where it came in.
    case text(String)
    case date(CivilDate)
    case time(CivilTime)
    /// Milliseconds since 1970-01-01T00:00:00Z.
    case datetime(Int64)
    /// Milliseconds.
    case duration(Int64)
    /// Minor units; the currency is in the type.
    case money(Int64)
    case list([Value])
    /// In the order of the record type's fields.
    case record([Value])
}

extension Value: Hashable {
    /// Texts are compared by Unicode scalars, which is by bytes of UTF-8; Swift's own `==` would take NFC and NFD for equal.
    package static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.none, .none): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.date(let a), .date(let b)): a == b
        case (.time(let a), .time(let b)): a == b
        case (.datetime(let a), .datetime(let b)): a == b
        case (.duration(let a), .duration(let b)): a == b
        case (.money(let a), .money(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.record(let a), .record(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .none: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .text(let value): for byte in value.utf8 { hasher.combine(byte) }
        case .date(let value): hasher.combine(value)
        case .time(let value): hasher.combine(value)
        case .datetime(let value), .duration(let value), .money(let value): hasher.combine(value)
        case .list(let values), .record(let values): hasher.combine(values)
        }
    }
}

/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Codable, Sendable, Comparable {
    /// Days since 1970-01-01.
    package var days: Int32

    package init(days: Int32) {
        self.days = days
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool { left.days < right.days }
}

/// A time of the day.
package struct CivilTime: Hashable, Codable, Sendable, Comparable {
    /// Seconds after midnight, 0..<86400.
    package var seconds: Int32

    package init(seconds: Int32) {
        self.seconds = seconds
    }

    package static func < (left: CivilTime, right: CivilTime) -> Bool {
        left.seconds < right.seconds
    }
}

/// What a zone's clocks show at an instant. Handed in with the clock, so that a turn can be replayed.
public protocol ZoneRules: Sendable {
    /// Seconds east of UTC at an instant (milliseconds since 1970) in an IANA zone; 0 for an unknown zone.
    func offset(of zone: String, at instant: Int64) -> Int
    /// Whether the zone is known.
    func knows(_ zone: String) -> Bool
}
