import FlowProgram

/// How people of a language say and write values.
struct ShownValue {
    var language: SpokenLanguage
    var tag: String
    var clock: CivilClock

    func spoken(_ value: Value, _ type: ValueType) -> String {
        switch (type.unwrapped, value) {
        case (.digits, .text(let text)): oneByOne(text)
        case (.phone, .text(let text)), (.address, .text(let text)):
            isPhone(Array(text.utf8)) ? oneByOne(text) : text
        default: written(value, type)
        }
    }

    func written(_ value: Value, _ type: ValueType) -> String {
        switch value {
        case .none, .list, .record: ""
        case .bool(let value): value ? language.yes : language.no
        case .integer(let value): String(value)
        case .number(let value): withPoint(numberText(value))
        case .text(let text): text
        case .date(let date): written(date)
        case .time(let time): written(time)
        case .datetime(let instant): written(instant)
        case .duration(let milliseconds): written(duration: milliseconds)
        case .money(let amount): written(amount, type)
        }
    }

    /// "4 2": a text of digits alone would be read as a number.
    private func oneByOne(_ text: String) -> String {
        text.utf8.filter(isDigit).map { String(Unicode.Scalar($0)) }.joined(separator: " ")
    }

    private func withPoint(_ number: String) -> String {
        guard hasDecimalComma, let point = number.firstIndex(of: ".") else { return number }
        return number.replacing(point, by: ",")
    }

    /// Mexico, Central America and the United States write a point in Spanish too.
    private var hasDecimalComma: Bool {
        switch language {
        case .english: false
        case .spanish:
            !["MX", "US", "PR", "DO", "GT", "HN", "NI", "PA", "SV"].contains(region)
        case .french, .german, .portuguese, .italian: true
        }
    }

    private var region: String {
        tag.split(separator: "-").dropFirst().first { $0.utf8.count == 2 }.map { $0.uppercased() } ?? ""
    }

    // Dates and times

    private func written(_ date: CivilDate) -> String {
        let (year, month, day) = date.parts
        let name = language.monthName(month)
        switch language {
        case .english:
            return region.isEmpty || region == "US" || region == "CA"
                ? "\(name) \(day), \(year)" : "\(day) \(name) \(year)"
        case .spanish, .portuguese: return "\(day) de \(name) de \(year)"
        case .french: return "\(day == 1 ? "1er" : String(day)) \(name) \(year)"
        case .german: return "\(day). \(name) \(year)"
        case .italian: return "\(day) \(name) \(year)"
        }
    }

    private func written(_ time: CivilTime) -> String {
        let (hour, minute, _) = time.parts
        switch language {
        case .english: return "\((hour + 11) % 12 + 1):\(padded(minute, 2)) \(hour < 12 ? "AM" : "PM")"
        case .german: return "\(hour):\(padded(minute, 2)) Uhr"
        case .spanish, .french, .portuguese, .italian: return "\(hour):\(padded(minute, 2))"
        }
    }

    private func written(_ instant: Int64) -> String {
        let (date, time) = clock.civil(at: instant)
        let between = language == .english ? " at " : ", "
        return written(date) + between + written(time)
    }

    /// "2 hours 5 minutes"; parts of a second stay with the seconds.
    private func written(duration milliseconds: Int64) -> String {
        let lengths: [Int64] = [86_400_000, 3_600_000, 60_000]
        var rest = clamped(milliseconds)
        let sign = rest < 0 ? "-" : ""
        rest = abs(rest)
        var parts: [String] = []
        for (length, name) in zip(lengths, language.unitNames) where rest >= length {
            parts.append("\(rest / length) \(rest / length == 1 ? name.one : name.many)")
            rest %= length
        }
        if rest > 0 || parts.isEmpty, let name = language.unitNames.last {
            let seconds = withPoint(numberText(Double(rest) / 1_000))
            parts.append("\(seconds) \(rest == 1_000 ? name.one : name.many)")
        }
        return sign + parts.joined(separator: " ")
    }

    // Money

    private func written(_ amount: Int64, _ type: ValueType) -> String {
        guard case .money(let currency) = type.unwrapped else { return moneyText(amount, decimals: 2) }
        let decimals = currencyDecimals(currency)
        let sign = amount < 0 ? "-" : ""
        let number = moneyText(
            Int64(clamped(amount).magnitude), decimals: decimals, point: hasDecimalComma ? "," : ".")
        let symbol = symbol(currency)
        if hasDecimalComma { return "\(sign)\(number) \(symbol ?? currency)" }
        return symbol.map { "\(sign)\($0)\(number)" } ?? "\(sign)\(number) \(currency)"
    }

    /// Where the symbol means one currency to everyone who hears it.
    private func symbol(_ currency: String) -> String? {
        switch currency {
        case "USD": "$"
        case "EUR": "€"
        case "GBP": "£"
        case "JPY": "¥"
        default: nil
        }
    }
}

extension String {
    /// The text with the character at `index` replaced.
    fileprivate func replacing(_ index: Index, by other: String) -> String {
        self[..<index] + other + self[self.index(after: index)...]
    }
}
