package import FlowProgram

/// A JSON answer as a value of the type that the flow declares, or what is wrong with it.
///
/// Unknown fields are ignored; `null` and an absent field are both `none`; of a name that stands several times the last
/// one counts; what is over its bound is a fault and never cut.
package func decodeJSON(_ bytes: [UInt8], as type: ValueType) -> Result<Value, JSONFault> {
    do throws(JSONFault) {
        return .success(try decode(try JSONReader.read(bytes), type))
    } catch {
        return .failure(error)
    }
}

private func decode(_ json: JSON, _ type: ValueType) throws(JSONFault) -> Value {
    switch (type, json) {
    case (.optional(let inner), _):
        if case .null = json { return .none } else { return try decode(json, inner) }
    case (.none, _): return .none
    case (.bool, .bool(let value)): return .bool(value)
    case (.integer, .number(let text)): return .integer(try integer(text))
    case (.money, .number(let text)): return .money(try integer(text))
    case (.number, .number(let text)):
        guard let number = Double(text), number.isFinite else { throw JSONFault("the number is too large") }
        return .number(clamped(number))
    case (.record(let record), .object): return try decode(json, record)
    case (.list(let element, let limit), .list(let values)): return try decode(values, element, limit)
    case (_, .text(let text)) where type.isReadFromText: return try decode(text, type)
    case (_, .null): throw JSONFault("\(name(of: type)) is missing")
    default: throw JSONFault("\(name(of: type)) is expected")
    }
}

private func decode(_ object: JSON, _ record: RecordType) throws(JSONFault) -> Value {
    var values: [Value] = []
    for field in record.fields {
        do throws(JSONFault) {
            values.append(try decode(object.member(field.name) ?? .null, field.type))
        } catch {
            throw error.inside(field.name)
        }
    }
    return .record(values)
}

private func decode(_ values: [JSON], _ element: ValueType, _ limit: Int) throws(JSONFault) -> Value {
    guard values.count <= limit else { throw JSONFault("the list has more than \(limit) elements") }
    var result: [Value] = []
    for (index, value) in values.enumerated() {
        do throws(JSONFault) {
            result.append(try decode(value, element))
        } catch {
            throw error.inside("[\(index)]")
        }
    }
    return .list(result)
}

private func decode(_ text: String, _ type: ValueType) throws(JSONFault) -> Value {
    let text = composed(text)
    if let value = value(of: text, as: type) { return value }
    if case .text(let limit) = type { throw JSONFault("the text has more than \(limit) characters") }
    throw JSONFault("\(name(of: type)) is expected")
}

/// `3`, `3.0` and `3e2` are integers.
private func integer(_ text: String) throws(JSONFault) -> Int64 {
    if let value = writtenInteger(Array(text.utf8)) { return value }
    guard let number = Double(text), number.magnitude <= Double(maxInteger),
        let value = Int64(exactly: number)
    else {
        throw JSONFault("an integer is expected")
    }
    return value
}

private func name(of type: ValueType) -> String {
    switch type {
    case .integer: "an integer"
    case .address: "an address"
    case .record: "an object"
    case .list: "a list"
    case .words(let words): "one of \(words.joined(separator: ", "))"
    case .money(let currency): "an amount of \(currency) in its minor unit"
    case .digits: type.display
    case .secret: "a text"
    default: "a \(type.display)"
    }
}

extension ValueType {
    fileprivate var isReadFromText: Bool {
        switch self {
        case .text, .secret, .digits, .phone, .address, .url, .date, .time, .datetime, .duration, .words: true
        case .bool, .integer, .number, .money, .record, .list, .optional, .none, .invalid: false
        }
    }
}
