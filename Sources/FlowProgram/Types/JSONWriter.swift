/// A value as JSON: what `decodeJSON` reads back. `none` is `null`, dates and durations are texts.
package func jsonText(_ value: Value, type: ValueType) -> String {
    switch (value, type.unwrapped) {
    case (.none, _): return "null"
    case (.bool(let value), _): return value ? "true" : "false"
    case (.integer(let value), _), (.money(let value), _): return String(value)
    case (.number(let value), _): return numberText(value)
    case (.list(let values), .list(let element, _)):
        return "[\(values.map { jsonText($0, type: element) }.joined(separator: ","))]"
    case (.record(let values), .record(let record)):
        let members = zip(record.fields, values).map { field, value in
            "\"\(jsonEscaped(field.name))\":\(jsonText(value, type: field.type))"
        }
        return "{\(members.joined(separator: ","))}"
    case (.list, _), (.record, _): return "null"
    case (.text, _), (.date, _), (.time, _), (.datetime, _), (.duration, _):
        return "\"\(jsonEscaped(value.plainText))\""
    }
}

/// The inside of a JSON string.
package func jsonEscaped(_ text: String) -> String {
    let hex = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
        case 0x0A: result += "\\n".utf8
        case 0x0D: result += "\\r".utf8
        case 0x09: result += "\\t".utf8
        case 0..<0x20: result += Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        default: result.append(byte)
        }
    }
    return String(decoding: result, as: UTF8.self)
}
