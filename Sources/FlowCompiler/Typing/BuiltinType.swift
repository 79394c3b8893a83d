import FlowProgram

/// The types that every flow has.
package enum BuiltinType: String, CaseIterable {
    case text, bool, integer, number, digits, phone, address, url, date, time, datetime, duration, money,
        secret

    /// Without an argument; nil if it needs one.
    var plain: ValueType? {
        switch self {
        case .text: .text
        case .bool: .bool
        case .integer: .integer
        case .number: .number
        case .digits: .digits
        case .phone: .phone
        case .address: .address
        case .url: .url
        case .date: .date
        case .time: .time
        case .datetime: .datetime
        case .duration: .duration
        case .money: nil
        case .secret: .secret
        }
    }

    var takesArgument: Bool { self == .text || self == .digits || self == .money }

    /// How an author writes it.
    package var forms: [String] {
        switch self {
        case .text: ["text", "text(200)"]
        case .digits: ["digits", "digits(6)", "digits(2..4)"]
        case .money: ["money(USD)"]
        default: [rawValue]
        }
    }

    /// One line of documentation.
    package var summary: String {
        switch self {
        case .text:
            "At most \(ValueType.defaultTextLimit) Unicode scalars, or its own bound up to \(ValueType.maxTextLimit)."
        case .bool: "`true` or `false`."
        case .integer: "A whole number from -9007199254740991 to 9007199254740991; arithmetic stops there."
        case .number: "A number with a fraction; shown with at most 12 significant digits."
        case .digits:
            "1 to \(ValueType.defaultDigitsLimit) decimal digits, or as many as it says; a text: `012` stays `012`."
        case .phone: "A phone number as `+15555550123`: a plus sign and 2 to 15 digits."
        case .address:
            "What a caller is known by: a phone, `client:…`, `sip:…`, a word such as `anonymous`."
        case .url: "An `http` or `https` URL."
        case .date: "A day: `2026-11-21`."
        case .time: "A time of day: `9:30`, `09:30:15`."
        case .datetime: "An instant: `2026-11-21T10:30:00Z`."
        case .duration: "`500ms`, `5s`, `2m`, `1h`, `1d`."
        case .money: "An amount of a currency, in its smallest unit, so that nothing is rounded."
        case .secret: "A text that is never said, sent or logged."
        }
    }
}
