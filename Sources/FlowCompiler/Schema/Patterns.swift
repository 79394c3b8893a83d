import FlowLang

/// Regular expressions of the schema, in what ECMAScript and others have in common.
enum Patterns {
    /// Somewhere in the text.
    static let hole = #"\$\{"#
    static let noHole = #"^(?!.*\$\{)"#
    static let language = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
    static let duration = "^[0-9]{1,12}(ms|s|m|h|d)$"
    static let statuses = "^[1-5][0-9]{2}( *, *[1-5][0-9]{2})*$"
    /// A name of an outcome that no option of `enqueue` and no verb has.
    static var outcome: String {
        let taken = VerbTable.row(of: .enqueue).options.map(\.name) + VerbTable.rows.map(\.verb.rawValue)
        return "^(?!(\(taken.joined(separator: "|")))$)[a-z][a-z0-9_]*$"
    }

    /// Words with commas between them; a lone `#` or `*` is written `pound` or `star`.
    static let choiceKey =
        noHole + #"\s*(?![#*]\s*(,|$))[^,\s][^,]*(,\s*(?![#*]\s*(,|$))[^,\s][^,]*)*$"#

    static let date = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
    static let timeSpan = "^\(time)-\(time)$"
    static let weekdays = "^ *\(weekday)(-\(weekday))?( *, *\(weekday)(-\(weekday))?)* *$"

    /// A name with arguments or a list, perhaps optional, or words with bars between them.
    static let type =
        noHole + #"\s*(\#(word)(\([^()]+\))?|\[.+\])\s*\??(\s*\|\s*\#(word))*\s*$"#

    private static let word = #"[^\s()\[\]|?,:.]+"#
    private static let time = "([0-9]|[01][0-9]|2[0-3]):[0-5][0-9]|24:00".grouped
    private static let weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { day in
        day.map { "[\($0.uppercased())\($0)]" }.joined()
    }.joined(separator: "|").grouped
}

extension String {
    fileprivate var grouped: String { "(\(self))" }
}
