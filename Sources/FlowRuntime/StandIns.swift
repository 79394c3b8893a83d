// What other slices bring, as far as the tests need it; gone once they are merged.
package import FlowProgram
import Foundation

package struct EvaluationContext {
    package var variables: [Value]
    package var config: [Value]
    package var parameters: Parameters
    package var channel: Channel
    package var languageTag: String
    package var timezone: String?
    package var now: Int64
    package var zones: any ZoneRules
    package var hours: [Program.Calendar]
    package var failure: (reason: String, status: Int?)?

    package init(
        variables: [Value], config: [Value], parameters: Parameters, channel: Channel, languageTag: String,
        timezone: String?, now: Int64, zones: any ZoneRules, hours: [Program.Calendar],
        failure: (reason: String, status: Int?)?
    ) {
        self.variables = variables
        self.config = config
        self.parameters = parameters
        self.channel = channel
        self.languageTag = languageTag
        self.timezone = timezone
        self.now = now
        self.zones = zones
        self.hours = hours
        self.failure = failure
    }
}

package func evaluate(_ expression: TypedExpression, in context: EvaluationContext) -> Value {
    switch expression {
    case .literal(let value): return value
    case .variable(let index):
        return context.variables.indices.contains(index) ? context.variables[index] : .none
    case .config(let index): return context.config.indices.contains(index) ? context.config[index] : .none
    case .language: return .text(context.languageTag)
    case .now: return .datetime(context.now)
    case .context(.callFrom), .context(.messageFrom): return .text(context.parameters.text("From") ?? "")
    case .context(.messageBody): return .text(context.parameters.text("Body") ?? "")
    case .context(.failureReason): return context.failure.map { .text($0.reason) } ?? .none
    case .context(.failureStatus):
        return context.failure?.status.map { .integer(Int64($0)) } ?? .none
    case .field(let base, let index):
        guard case .record(let fields) = evaluate(base, in: context), fields.indices.contains(index) else {
            return .none
        }
        return fields[index]
    case .list(let elements): return .list(elements.map { evaluate($0, in: context) })
    case .compare(.equal, let left, let right):
        return .bool(evaluate(left, in: context) == evaluate(right, in: context))
    case .arithmetic(.add, let left, let right):
        guard case .integer(let a) = evaluate(left, in: context),
            case .integer(let b) = evaluate(right, in: context)
        else { return .none }
        return .integer(a &+ b)
    case .concatenation(let parts):
        return .text(parts.map { evaluate($0, in: context).plainText(of: .text) }.joined())
    default: return .none
    }
}

package func show(_ hole: Hole, language: String, in context: EvaluationContext) -> String {
    let text = evaluate(hole.expression, in: context).plainText(of: .text)
    let cut = String(String.UnicodeScalarView(text.unicodeScalars.prefix(hole.limit)))
    return hole.form == .url ? percentEncoded(cut) : cut
}

extension Value {
    package func plainText(of type: ValueType) -> String {
        switch self {
        case .text(let text): text
        case .integer(let integer): String(integer)
        case .bool(let flag): String(flag)
        case .number(let number): String(number)
        default: ""
        }
    }
}

package func fold(_ text: String) -> String {
    let scalars = text.lowercased().unicodeScalars.map { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? Character(scalar) : " "
    }
    return String(scalars).split(separator: " ").joined(separator: " ")
}

package func parseAnswer(keys: String, as form: InputForm, language: String) -> Value? {
    parseAnswer(text: keys, as: form, language: language)
}

package func parseAnswer(speech: String, as form: InputForm, language: String) -> Value? {
    parseAnswer(text: speech, as: form, language: language)
}

package func parseAnswer(text: String, as form: InputForm, language: String) -> Value? {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    switch form {
    case .digits(let range):
        let digits = fold(text).split(separator: " ").map { word in
            words.firstIndex(of: String(word)).map(String.init) ?? String(word)
        }.joined()
        guard range.contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return .text(digits)
    case .text(let limit): return text.unicodeScalars.count <= limit ? .text(text) : nil
    case .words(let words):
        if let index = Int(text), words.indices.contains(index - 1) { return .text(words[index - 1]) }
        return words.first { $0 == fold(text) }.map(Value.text)
    default: return nil
    }
}

package func value(of text: String, as type: ValueType) -> Value? {
    switch type {
    case .text: .text(text)
    case .phone: text.utf8.first == UInt8(ascii: "+") ? .text(text) : nil
    case .integer: Int64(text).map(Value.integer)
    case .optional(let inner): FlowRuntime.value(of: text, as: inner)
    default: nil
    }
}

package enum JSONFault: Error {
    case malformed
}

package func decodeJSON(_ bytes: [UInt8], as type: ValueType) -> Result<Value, JSONFault> {
    guard let text = String(validating: bytes, as: UTF8.self), text.hasPrefix("\""), text.hasSuffix("\""),
        text.utf8.count >= 2
    else { return .failure(.malformed) }
    return .success(.text(String(text.dropFirst().dropLast())))
}

package func jsonText(_ value: Value, type: ValueType) -> String {
    switch value {
    case .text(let text): "\"\(jsonEscaped(text))\""
    case .none: "null"
    default: value.plainText(of: type)
    }
}

package func jsonEscaped(_ text: String) -> String {
    text.replacingOccurrences(of: "\"", with: "\\\"")
}

package func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte in
        let scalar = Unicode.Scalar(byte)
        let isUnreserved =
            scalar.isASCII
            && (scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar))
        return isUnreserved
            ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
}

enum XMLPlace {
    case text
    case attribute
}

func appendEscaped(_ bytes: some Sequence<UInt8>, in place: XMLPlace = .attribute, to output: inout [UInt8]) {
    for byte in bytes {
        switch (byte, place) {
        case (UInt8(ascii: "&"), _): output.append(contentsOf: "&amp;".utf8)
        case (UInt8(ascii: "<"), _): output.append(contentsOf: "&lt;".utf8)
        case (UInt8(ascii: ">"), _): output.append(contentsOf: "&gt;".utf8)
        case (UInt8(ascii: "\""), .attribute): output.append(contentsOf: "&quot;".utf8)
        default: output.append(byte)
        }
    }
}

enum Document {
    static let head = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>".utf8)
    static let tail = Array("</Response>".utf8)
    static let empty = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>".utf8)
}
