extension ValueType {
    /// The type as an author writes it.
    package var display: String { display(depth: 0) }

    private func display(depth: Int) -> String {
        switch self {
        case .text(ValueType.defaultTextLimit): return "text"
        case .text(let limit): return "text(\(limit))"
        case .bool: return "bool"
        case .integer: return "integer"
        case .number: return "number"
        case .digits(let range) where range == 1...ValueType.defaultDigitsLimit: return "digits"
        case .digits(let range) where range.count == 1: return "digits(\(range.lowerBound))"
        case .digits(let range): return "digits(\(range.lowerBound)..\(range.upperBound))"
        case .phone: return "phone"
        case .address: return "address"
        case .url: return "url"
        case .date: return "date"
        case .time: return "time"
        case .datetime: return "datetime"
        case .duration: return "duration"
        case .money(let currency): return "money(\(currency))"
        case .words(let words): return words.joined(separator: " | ")
        case .record(let record): return record.display(depth: depth)
        case .list(.none, limit: 0): return "[]"
        case .list(let element, ValueType.defaultListLimit): return "[\(element.display(depth: depth + 1))]"
        case .list(let element, let limit): return "[\(element.display(depth: depth + 1)), \(limit)]"
        case .optional(.words(let words)): return "(\(words.joined(separator: " | ")))?"
        case .optional(let inner): return inner.display(depth: depth) + "?"
        case .secret: return "secret"
        case .none: return "none"
        case .invalid: return "unknown"
        }
    }
}

extension RecordType {
    /// The name, or the fields; what lies deeper than anyone reads is left out.
    fileprivate func display(depth: Int) -> String {
        if let name { return name }
        if depth > 1 { return "{…}" }
        let parts = fields.map { field in
            if case .optional(let inner) = field.type {
                return "\(field.name)?: \(ValueType.display(inner, depth))"
            }
            return "\(field.name): \(ValueType.display(field.type, depth))"
        }
        return "{\(parts.joined(separator: ", "))}"
    }
}

extension ValueType {
    fileprivate static func display(_ type: ValueType, _ depth: Int) -> String {
        type.display(depth: depth + 1)
    }
}
