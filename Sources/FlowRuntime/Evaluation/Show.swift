package import FlowProgram

/// A value as a hole puts it in, not yet escaped for XML.
///
/// - Parameters:
///   - type: of the expression; it decides how the value is said.
///   - language: a BCP-47 tag.
///   - limit: the most Unicode scalars; longer text is cut at a word. Addresses and JSON values are never cut.
///   - clock: shows instants by the flow's zone.
package func show(
    _ value: Value, as type: ValueType, form: Hole.Form, language: String, limit: Int, clock: CivilClock
) -> String {
    let words = ShownValue(language: SpokenLanguage(tag: language), tag: language, clock: clock)
    switch form {
    case .spoken: return cut(words.spoken(value, type), to: limit)
    case .written: return cut(words.written(value, type), to: limit)
    case .spelled: return spelled(cut(value.plainText(of: type), to: limit))
    case .verbatim: return value.plainText(of: type)
    case .json: return jsonText(value, type: type)
    case .jsonText: return jsonEscaped(cut(value.plainText(of: type), to: limit))
    case .url: return percentEncoded(cut(value.plainText(of: type), to: limit))
    }
}

/// A hole's value in a context.
package func show(_ hole: Hole, language: String, in context: EvaluationContext) -> String {
    show(
        evaluate(hole.expression, in: context), as: hole.type, form: hole.form, language: language,
        limit: hole.limit, clock: context.clock)
}

extension Value {
    /// As machines read it; money by its currency's decimals.
    package func plainText(of type: ValueType) -> String {
        if case .money(let amount) = self, case .money(let currency) = type.unwrapped {
            return moneyText(amount, decimals: currencyDecimals(currency))
        }
        return plainText
    }
}

/// At most `limit` scalars, cut at a blank if there is one in the last half.
private func cut(_ text: String, to limit: Int) -> String {
    if text.hasAtMost(limit) { return text }
    let scalars = text.unicodeScalars
    let end =
        scalars.index(scalars.startIndex, offsetBy: max(0, limit), limitedBy: scalars.endIndex)
        ?? scalars.endIndex
    let kept = scalars[..<end]
    if end != scalars.endIndex, scalars[end].properties.isWhitespace { return trimmed(String(kept)) }
    guard let blank = kept.lastIndex(where: \.properties.isWhitespace),
        kept.distance(from: kept.startIndex, to: blank) >= limit / 2
    else { return trimmed(String(kept)) }
    return trimmed(String(kept[..<blank]))
}

/// `A B 4 2`: one by one, so that nothing is read as a word or a number.
private func spelled(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
        let belongsToLast = scalar.properties.generalCategory == .nonspacingMark
        if !result.isEmpty, !belongsToLast { result.append(" ") }
        result.append(scalar)
    }
    return String(result)
}

/// Unreserved characters stay (RFC 3986), all other bytes are encoded.
package func percentEncoded(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            result.append(byte)
        default: result += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
    }
    return String(decoding: result, as: UTF8.self)
}
