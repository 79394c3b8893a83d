/// A type of the language (language.md §4).
package enum ValueType: Hashable, Codable, Sendable {
    /// At most `limit` Unicode scalars.
    case text(limit: Int)
    case bool
    /// ±(2^53−1)
    case integer
    /// A double, never NaN or infinite.
    case number
    /// Decimal digits, as many as the range allows.
    case digits(ClosedRange<Int>)
    /// E.164
    case phone
    /// A phone, `client:…`, `sip:…` or a word: what `call.from` is.
    case address
    case url
    case date
    /// Of the day.
    case time
    /// An instant.
    case datetime
    case duration
    /// Integer minor units of a currency.
    case money(String)
    /// One of the words, in the order of the declaration.
    case words([String])
    indirect case record(RecordType)
    indirect case list(ValueType, limit: Int)
    indirect case optional(ValueType)
    /// A text that is never logged.
    case secret
    /// The type of `none` alone.
    case none
    /// What couldn't be typed: it was reported, and silences what follows from it.
    case invalid

    package static let defaultTextLimit = 1_600
    package static let maxTextLimit = 16_000
    package static let defaultListLimit = 100
    package static let text = ValueType.text(limit: defaultTextLimit)
}

/// The fields of a record in the order of its declaration; `Value.record` has its values in this order.
package struct RecordType: Hashable, Codable, Sendable {
    /// nil for an unnamed record.
    package var name: String?
    package var fields: [Field]

    package struct Field: Hashable, Codable, Sendable {
        package var name: String
        /// An optional field has an optional type.
        package var type: ValueType

        package init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    package init(name: String?, fields: [Field]) {
        self.name = name
        self.fields = fields
    }
}
