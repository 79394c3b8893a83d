// What other slices bring; gone once they are merged.
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
    case .compare(.less, let left, let right):
        guard case .integer(let a) = evaluate(left, in: context),
            case .integer(let b) = evaluate(right, in: context)
        else { return .bool(false) }
        return .bool(a < b)
    case .arithmetic(.add, let left, let right):
        guard case .integer(let a) = evaluate(left, in: context),
            case .integer(let b) = evaluate(right, in: context)
        else { return .none }
        return .integer(a &+ b)
    case .concatenation(let parts):
        return .text(
            parts.map { show(evaluate($0, in: context), form: .written, language: "", limit: .max) }
                .joined())
    default: return .none
    }
}

package func show(_ value: Value, form: Hole.Form, language: String, limit: Int) -> String {
    let text =
        switch value {
        case .text(let text): text
        case .integer(let integer): String(integer)
        case .bool(let flag): String(flag)
        case .number(let number): String(number)
        default: ""
        }
    return String(text.unicodeScalars.prefix(limit).map(Character.init))
}

package func fold(_ text: String) -> String {
    let scalars = text.lowercased().unicodeScalars.map {
        $0.properties.isAlphabetic || $0.properties.numericType != nil ? Character($0) : " "
    }
    return String(scalars).split(separator: " ").joined(separator: " ")
}

package func parseAnswer(_ text: String, as form: InputForm, language: String) -> Value? {
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
    guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(.malformed) }
    if case .integer = type { return Int64(text).map { .success(.integer($0)) } ?? .failure(.malformed) }
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.utf8.count >= 2 else {
        return .failure(.malformed)
    }
    return .success(.text(String(text.dropFirst().dropLast())))
}

package func jsonText(_ value: Value) -> String {
    switch value {
    case .text(let text): "\"\(text.replacingOccurrences(of: "\"", with: "\\\""))\""
    case .none: "null"
    default: show(value, form: .written, language: "", limit: .max)
    }
}

func escapedText(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
        default: bytes.append(byte)
        }
    }
    return bytes
}

func escapedAttribute(_ text: String) -> [UInt8] {
    escapedText(text).flatMap { $0 == UInt8(ascii: "\"") ? Array("&quot;".utf8) : [$0] }
}

let documentHead = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>".utf8)
let documentTail = Array("</Response>".utf8)
let emptyDocument = Array("<Response/>".utf8)
