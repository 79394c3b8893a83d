extension Reader {
    /// A scalar without holes is read by its kind at once; with holes, types decide later. False if it
    /// doesn't fit, which was reported.
    mutating func checkLiteral(_ template: Template, _ kind: ArgumentKind, of what: Subject) -> Bool {
        guard let text = template.literal, let problem = problem(text, kind, of: what, at: template.span)
        else {
            return true
        }
        report(problem)
        return false
    }

    private func problem(_ text: String, _ kind: ArgumentKind, of what: Subject, at place: Span)
        -> Diagnostic?
    {
        switch kind {
        case .bool where text != "true" && text != "false":
            let meant = ["yes": "true", "on": "true", "no": "false", "off": "false"][text.lowercased()]
            return SyntaxMessages.invalidValue(text, of: what, wanted: "'true' or 'false'", at: place)
                .suggesting(text, meant: meant, else: "Write 'true' or 'false'.")
        case .words(let words) where !words.contains(text):
            return SyntaxMessages.invalidWord(text, of: what, words: words, at: place)
        case .integer(let range):
            if let value = wholeNumber(text), range.contains(value) { return nil }
            let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
            return SyntaxMessages.invalidValue(text, of: what, wanted: wanted, at: place)
        case .duration(let range):
            guard let milliseconds = durationMilliseconds(text) else {
                let wanted = "a duration such as '500ms', '5s', '2m', '1h' or '1d'"
                return SyntaxMessages.invalidValue(text, of: what, wanted: wanted, at: place)
                    .suggesting(text, meant: durationMeant(text), else: "Write \(wanted).")
            }
            if Int64(range.lowerBound)...Int64(range.upperBound) ~= milliseconds { return nil }
            let wanted =
                "a duration from \(writtenDuration(range.lowerBound)) to \(writtenDuration(range.upperBound))"
            return SyntaxMessages.invalidValue(text, of: what, wanted: wanted, at: place)
        case .number(let range):
            guard let value = Double(text), value.isFinite, !range.contains(value) else { return nil }
            let wanted = "a number from \(written(range.lowerBound)) to \(written(range.upperBound))"
            return SyntaxMessages.invalidValue(text, of: what, wanted: wanted, at: place)
        case .key where text != "none" && !(text.utf8.count == 1 && isKeys(text)):
            return SyntaxMessages.invalidKeys(text, of: what, wanted: "one key 0-9, * or #", at: place)
        case .keys where text != "any" && text != "none" && !(isKeys(text) && !text.isEmpty):
            return SyntaxMessages.invalidKeys(text, of: what, wanted: "keys 0-9, * and #", at: place)
        case .tones where text.isEmpty || !text.utf8.allSatisfy("0123456789*#ABCDwW".utf8.contains):
            let wanted = "keys 0-9, * and #, A-D, and w or W to wait"
            return SyntaxMessages.invalidKeys(text, of: what, wanted: wanted, at: place)
        case .webSocketURL where !text.hasPrefix("wss://"):
            let wanted = "the address of a WebSocket server, such as wss://media.example.com"
            return SyntaxMessages.invalidValue(text, of: what, wanted: wanted, at: place)
        case .sipAddress where !text.hasPrefix("sip:") && !text.hasPrefix("sips:"):
            let wanted = "a SIP address, such as sip:ann@example.com"
            let meant = text.contains("@") && !text.contains(":") ? "sip:\(text)" : nil
            return SyntaxMessages.invalidValue(text, of: what, wanted: wanted, at: place)
                .suggesting(text, meant: meant, else: "Write \(wanted).")
        case .sid(let prefix) where !isSid(text, prefix):
            let wanted = "a sid: \(prefix) and 32 hexadecimal digits, as the provider's console shows it"
            return SyntaxMessages.invalidValue(text, of: what, wanted: wanted, at: place)
        case .language(let others) where !isLanguageTag(text) && !others.contains(text):
            return SyntaxMessages.invalidLanguage(text, at: place)
        case .shortText(let limit) where text.unicodeScalars.count > limit:
            return SyntaxMessages.tooLong(text.unicodeScalars.count, of: what, limit: limit, at: place)
        default: return nil
        }
    }

    private func isKeys(_ text: String) -> Bool {
        text.utf8.allSatisfy("0123456789*#".utf8.contains)
    }

    private func isSid(_ text: String, _ prefix: String) -> Bool {
        text.utf8.count == prefix.utf8.count + 32 && text.hasPrefix(prefix)
            && text.utf8.dropFirst(prefix.utf8.count).allSatisfy("0123456789abcdef".utf8.contains)
    }

    private func written(_ number: Double) -> String {
        number.rounded() == number && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}

/// In the greatest unit that divides it: `90s`, `2m`.
package func writtenDuration(_ milliseconds: Int) -> String {
    let units: [(Int, String)] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s")]
    for (size, unit) in units where milliseconds > 0 && milliseconds % size == 0 {
        return "\(milliseconds / size)\(unit)"
    }
    return "\(milliseconds)ms"
}

/// Digits only, with a sign or without; no blanks, no underscores.
func wholeNumber(_ text: String) -> Int? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard !digits.isEmpty, digits.count <= 15, digits.allSatisfy(isDigit) else { return nil }
    return Int(text)
}

/// `20s` for `20`, `20 seconds` or `20 sec`; nil for what is no number with a unit.
private func durationMeant(_ text: String) -> String? {
    let number = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
    let units = [
        ("s", ["", "s", "sec", "secs", "second", "seconds"]),
        ("m", ["m", "min", "mins", "minute", "minutes"]),
        ("h", ["h", "hr", "hrs", "hour", "hours"]), ("d", ["d", "day", "days"]),
        ("ms", ["ms", "milliseconds"]),
    ]
    guard !number.isEmpty, let known = units.first(where: { $0.1.contains(unit) }) else { return nil }
    return number + known.0
}
