// Which type may stand where another is expected, and what two types have in common (language.md §4).

extension ValueType {
    /// `digits` without bounds.
    package static let digits = ValueType.digits(1...defaultDigitsLimit)
    package static let defaultDigitsLimit = 32
    /// `+` and 15 digits.
    package static let phoneLimit = 16
    package static let maxListLimit = 1_000

    /// Whether a value of this type may stand where `target` is expected.
    ///
    /// Limits count: `text` doesn't fit `text(20)`. Nothing is reported twice: what couldn't be typed fits.
    package func isUsable(as target: ValueType) -> Bool {
        switch (self, target) {
        case (.invalid, _), (_, .invalid): return true
        case (.none, .none), (.none, .optional): return true
        case (.optional(let inner), .optional(let wanted)): return inner.isUsable(as: wanted)
        case (.optional, _): return false
        case (_, .optional(let wanted)): return isUsable(as: wanted)
        case (.secret, _): return target == .secret
        case (_, .secret), (_, .text):
            guard let length = scalarLimit else { return false }
            return length <= target.scalarLimit ?? 0
        case (.digits(let range), .digits(let wanted)):
            return wanted.lowerBound <= range.lowerBound && range.upperBound <= wanted.upperBound
        case (.phone, .address): return true
        case (.integer, .number): return true
        case (.words(let words), .words(let wanted)):
            return words == wanted || Set(words).isSubset(of: wanted)
        case (.record(let record), .record(let wanted)): return record.isUsable(as: wanted)
        case (.list(_, limit: 0), .list): return true
        case (.list(let element, let limit), .list(let wanted, let wantedLimit)):
            return limit <= wantedLimit && element.isUsable(as: wanted)
        default: return self == target
        }
    }

    /// The smallest type that both this one and `other` are usable as; nil if there is none.
    package func joined(with other: ValueType) -> ValueType? {
        if self == .invalid || other == .invalid { return .invalid }
        if isUsable(as: other) { return other }
        if other.isUsable(as: self) { return self }
        if self == .none { return other.madeOptional }
        if other == .none { return madeOptional }
        if isOptional || other.isOptional {
            return unwrapped.joined(with: other.unwrapped).map(\.madeOptional)
        }
        switch (self, other) {
        case (.digits(let a), .digits(let b)):
            return .digits(
                Swift.min(a.lowerBound, b.lowerBound)...Swift.max(a.upperBound, b.upperBound))
        case (.words(let a), .words(let b)):
            let known = Set(a)
            return .words(a + b.filter { !known.contains($0) })
        case (.list(let a, let n), .list(let b, let m)):
            return a.joined(with: b).map { .list($0, limit: Swift.max(n, m)) }
        default: break
        }
        guard isText, other.isText, let a = scalarLimit, let b = other.scalarLimit else { return nil }
        return .text(limit: Swift.max(a, b))
    }

    /// The type without its `?`.
    package var unwrapped: ValueType {
        if case .optional(let inner) = self { return inner }
        return self
    }

    /// The type with a `?`; one is enough.
    package var madeOptional: ValueType {
        switch self {
        case .optional, .none, .invalid: self
        default: .optional(self)
        }
    }

    package var isOptional: Bool {
        switch self {
        case .optional, .none: true
        default: false
        }
    }

    /// text, digits, phone, address, url and words; a secret isn't one, so that it can't leak.
    package var isText: Bool {
        switch self {
        case .text, .digits, .phone, .address, .url, .words: true
        default: false
        }
    }

    package var isNumeric: Bool {
        switch self {
        case .integer, .number: true
        default: false
        }
    }

    /// Whether `<` has a meaning. Texts have none: `'10' < '9'` would be a trap.
    package var isOrdered: Bool {
        switch self {
        case .integer, .number, .date, .time, .datetime, .duration, .money: true
        default: false
        }
    }

    /// The most Unicode scalars that a text of this type has; nil if it is no text.
    package var scalarLimit: Int? {
        switch self {
        case .text(let limit): limit
        case .digits(let range): range.upperBound
        case .phone: ValueType.phoneLimit
        case .address, .url: ValueType.defaultTextLimit
        case .words(let words): words.reduce(0) { Swift.max($0, $1.unicodeScalars.count) }
        case .secret: ValueType.maxTextLimit
        default: nil
        }
    }

    /// Whether a value that the author wrote out fits, by the value itself and not by a wider type.
    package func admits(_ value: Value) -> Bool {
        switch (self, value) {
        case (.invalid, _): true
        case (.none, .none), (.optional, .none): true
        case (.optional(let inner), _): inner.admits(value)
        case (.secret, .text(let text)): text.hasAtMost(ValueType.maxTextLimit)
        case (_, .text(let text)) where isText: FlowProgram.value(of: text, as: self) != nil
        case (.bool, .bool), (.integer, .integer), (.number, .integer), (.number, .number): true
        case (.date, .date), (.time, .time), (.datetime, .datetime): true
        case (.duration, .duration), (.money, .money): true
        case (.list(let element, let limit), .list(let values)):
            values.count <= limit && values.allSatisfy(element.admits)
        case (.record(let record), .record(let values)):
            record.fields.count == values.count
                && zip(record.fields, values).allSatisfy { $0.type.admits($1) }
        default: false
        }
    }
}

extension RecordType {
    package func index(of name: String) -> Int? {
        fields.firstIndex { $0.name == name }
    }

    /// The values of a record stand in the order of its fields, so names and order must be the same.
    fileprivate func isUsable(as wanted: RecordType) -> Bool {
        fields.count == wanted.fields.count
            && zip(fields, wanted.fields).allSatisfy { $0.name == $1.name && $0.type.isUsable(as: $1.type) }
    }
}

extension String {
    /// Whether the text has at most `limit` Unicode scalars.
    package func hasAtMost(_ limit: Int) -> Bool {
        utf8.count <= limit || unicodeScalars.count <= limit
    }

    /// The first `limit` Unicode scalars.
    package func cut(to limit: Int) -> String {
        hasAtMost(limit) ? self : String(unicodeScalars.prefix(Swift.max(0, limit)))
    }
}
