extension InputForm {
    /// The type of the value that an answer gives.
    package var valueType: ValueType {
        switch self {
        case .digits(let range): .digits(range)
        case .integer: .integer
        case .number: .number
        case .phone: .phone
        case .date: .date
        case .time: .time
        case .duration: .duration
        case .money(let currency): .money(currency)
        case .url: .url
        case .yesNo: .bool
        case .text(let limit): .text(limit: limit)
        case .words(let words): .words(words.map(\.word))
        case .raw: InputForm.rawType
        }
    }

    /// What `gather` gives.
    private static let rawType = ValueType.record(
        RecordType(
            name: nil,
            fields: [
                RecordType.Field(name: "digits", type: .optional(.text)),
                RecordType.Field(name: "speech", type: .optional(.text)),
                RecordType.Field(name: "confidence", type: .optional(.number)),
            ]))
}
