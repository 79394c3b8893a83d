/// A run of letters that is a field's name becomes the field; everything else stays, other words too.
/// A field that the value doesn't have, such as the hour of a date, stays as it is written.
func formatted(_ value: Value, _ pattern: String, _ context: FunctionContext) -> String {
    let language = SpokenLanguage(tag: context.language)
    let fields = DateFields(value, context.clock)
    var result = ""
    var run = ""
    for scalar in pattern.unicodeScalars.prefix(ValueType.defaultTextLimit) {
        if scalar.properties.isAlphabetic {
            run.unicodeScalars.append(scalar)
            continue
        }
        result += fields.text(of: run, language) ?? run
        run = ""
        result.unicodeScalars.append(scalar)
    }
    return result + (fields.text(of: run, language) ?? run)
}

private struct DateFields {
    var date: CivilDate?
    var time: CivilTime?

    init(_ value: Value, _ clock: CivilClock) {
        switch value {
        case .date(let date): self.date = date
        case .time(let time): self.time = time
        case .datetime(let instant):
            let civil = clock.civil(at: instant)
            date = civil.date
            time = civil.time
        default: break
        }
    }

    func text(of field: String, _ language: SpokenLanguage) -> String? {
        dateText(of: field, language) ?? timeText(of: field)
    }

    private func dateText(of field: String, _ language: SpokenLanguage) -> String? {
        guard let date else { return nil }
        let (year, month, day) = date.parts
        switch field {
        case "yyyy": return padded(year, 4)
        case "yy": return padded(year % 100, 2)
        case "MMMM": return language.monthName(month)
        case "MM": return padded(month, 2)
        case "M": return String(month)
        case "dd": return padded(day, 2)
        case "d": return String(day)
        case "EEEE": return language.dayName(date.weekday)
        default: return nil
        }
    }

    private func timeText(of field: String) -> String? {
        guard let (hour, minute, second) = time?.parts else { return nil }
        let twelve = (hour + 11) % 12 + 1
        switch field {
        case "HH": return padded(hour, 2)
        case "H": return String(hour)
        case "hh": return padded(twelve, 2)
        case "h": return String(twelve)
        case "mm": return padded(minute, 2)
        case "ss": return padded(second, 2)
        case "a": return hour < 12 ? "AM" : "PM"
        default: return nil
        }
    }
}
