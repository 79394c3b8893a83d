import FlowProgram

/// How many bytes a session takes where a Function carries it: packed as `session.js` does, sealed, as base64url.
enum SealedSize {
    /// Of the text in a URL or a cookie.
    static let bound = 1_536

    /// Flags, turn numbers, the language, the time, eight waits and the counts of lists.
    private static let frame = 1 + 2 + 2 + 2 + 8 + 1 + 8 * 7 + 1 + 2

    /// The most characters that a session with these variables can take.
    static func most(of program: Program, keeping variables: some Sequence<Int>) -> Int {
        var bytes = frame + program.subflows.count * 3 + (program.channel == .sms ? 64 : 0)
        for variable in variables { bytes += 2 + most(program.variables[variable].type) }
        return characters(sealing: bytes)
    }

    /// Nonce and tag are 28 bytes; three bytes are four characters.
    static func characters(sealing bytes: Int) -> Int { ((bytes + 28) * 4 + 2) / 3 }

    /// Bytes that a value of a type takes at most.
    static func most(_ type: ValueType) -> Int {
        switch type {
        case .none, .bool, .invalid: 1
        case .integer, .number, .date, .time, .datetime, .duration, .money: 9
        case .digits(let range): text(range.upperBound)
        case .phone: text(ValueType.phoneLimit)
        case .url: text(ValueType.defaultTextLimit)
        case .words(let words): text(words.reduce(0) { max($0, $1.utf8.count) })
        case .text(let limit): text(limit * 4)
        case .address: text(ValueType.defaultTextLimit * 4)
        case .secret: text(ValueType.maxTextLimit * 4)
        case .list(let element, let limit): 4 + limit * most(element)
        case .record(let record): record.fields.reduce(4) { $0 + most($1.type) }
        case .optional(let inner): most(inner)
        }
    }

    private static func text(_ bytes: Int) -> Int { bytes + (bytes < 128 ? 2 : 4) }
}
