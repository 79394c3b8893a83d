package import FlowProgram

// What a caller presses, says or texts becomes a value; nil is a wrong answer.

/// The most scalars of an answer that are looked at.
let maxAnswerScalars = ValueType.defaultTextLimit

/// Keys as the provider sends them: `0`-`9`, `*`, `#`.
///
/// - Parameters:
///   - language: a BCP-47 tag.
///   - number: that language's place among those of the program.
///   - today: of a flow that asks for days.
package func parseAnswer(
    keys: String, as form: InputForm, language: String, number: Int = 0, today: CivilDate? = nil
) -> Value? {
    guard !keys.isEmpty, keys.utf8.count <= maxAnswerScalars,
        keys.utf8.allSatisfy({ isDigit($0) || "*#".utf8.contains($0) })
    else { return nil }
    switch form {
    case .digits, .text: return value(of: keys, as: form.valueType)
    case .integer(let range): return writtenInteger(Array(keys.utf8)).flatMap { within($0, range) }
    case .number(let range):
        return writtenNumber(Array(keys.replacingStars.utf8)).flatMap { within($0, range) }
    case .phone: return dialled(keys, language)
    case .date: return DateAnswer(language, today: today).typed(keys).map(Value.date)
    case .time: return typedTime(keys).map(Value.time)
    case .duration: return typedDuration(keys).map(Value.duration)
    case .money(let currency): return typedMoney(keys, currencyDecimals(currency)).map(Value.money)
    case .yesNo: return keys == "1" ? .bool(true) : keys == "2" ? .bool(false) : nil
    case .words(let words):
        return matchedPattern(.keys(keys), among: words, languageTag: language, number).map {
            .text(words[$0].word)
        }
    case .raw: return .record([.text(keys), .none, .none])
    case .url: return nil
    }
}

/// What speech recognition heard.
package func parseAnswer(
    speech: String, as form: InputForm, language: String, number: Int = 0, today: CivilDate? = nil
) -> Value? {
    switch form {
    case .raw:
        speech.hasAtMost(maxAnswerScalars) ? .record([.none, .text(composed(speech)), .none]) : nil
    case .url: nil
    default: parseAnswer(text: speech, as: form, language: language, number: number, today: today)
    }
}

/// A text message.
package func parseAnswer(
    text: String, as form: InputForm, language: String, number: Int = 0, today: CivilDate? = nil
) -> Value? {
    let answer = trimmed(text)
    guard !answer.isEmpty, answer.hasAtMost(maxAnswerScalars) else { return nil }
    let words = SpokenLanguage(tag: language)
    switch form {
    case .digits: return words.spokenDigits(answer).flatMap { value(of: $0, as: form.valueType) }
    case .integer(let range): return integer(answer, words).flatMap { within($0, range) }
    case .number(let range): return decimal(answer, words).flatMap { within($0, range) }
    case .phone: return phone(answer, words, language)
    case .date: return DateAnswer(language, today: today).read(answer).map(Value.date)
    case .time: return readTime(answer, words).map(Value.time)
    case .duration: return readDuration(answer, words).map(Value.duration)
    case .money(let currency): return readMoney(answer, currency, words).map(Value.money)
    case .url: return webAddress(answer)
    case .yesNo: return yesOrNo(answer, words).map(Value.bool)
    case .text(let limit):
        let answer = composed(answer)
        return answer.hasAtMost(limit) ? .text(answer) : nil
    case .words(let options):
        return matchedPattern(.message(answer), among: options, languageTag: language, number).map {
            .text(options[$0].word)
        }
    case .raw: return .record([.none, .text(composed(answer)), .none])
    }
}

// Phones and addresses

/// With its country code; ten digits are taken for North America's where the language is of there.
private func phone(_ answer: String, _ words: SpokenLanguage, _ language: String) -> Value? {
    if let number = writtenPhone(unpunctuated(answer)) { return .text(number) }
    return words.spokenDigits(answer).flatMap { dialled($0, language) }
}

private func dialled(_ keys: String, _ language: String) -> Value? {
    let digits = Array(keys.utf8)
    guard digits.allSatisfy(isDigit) else { return nil }
    let northAmerican = ["en-US", "en-CA", "fr-CA", "es-US"].contains(language)
    var number: String?
    if northAmerican, digits.count == 10, let first = digits.first, first >= UInt8(ascii: "2") {
        number = "+1" + keys
    } else if northAmerican, digits.count == 11, digits.first == UInt8(ascii: "1") {
        number = "+" + keys
    } else if keys.utf8.starts(with: "00".utf8) {
        number = "+" + keys.dropFirst(2)
    } else if northAmerican, keys.utf8.starts(with: "011".utf8) {
        number = "+" + keys.dropFirst(3)
    }
    return number.flatMap { value(of: $0, as: .phone) }
}

/// `https://` may be left out where a host with a dot is there.
private func webAddress(_ answer: String) -> Value? {
    if let url = value(of: answer, as: .url) { return url }
    let host = answer.utf8.prefix { !"/?#:".utf8.contains($0) }
    guard host.contains(UInt8(ascii: ".")), !answer.utf8.contains(UInt8(ascii: "@")) else { return nil }
    return value(of: "https://" + answer, as: .url)
}

// Words

private func yesOrNo(_ answer: String, _ language: SpokenLanguage) -> Bool? {
    let folded = fold(answer)
    switch folded {
    case "1": return true
    case "2": return false
    default: break
    }
    let padded = " \(folded) "
    func says(_ words: [String]) -> Bool { words.contains { padded.contains(" \(fold($0)) ") } }
    let languages: [SpokenLanguage] = language == .english ? [language] : [language, .english]
    for language in languages {
        switch (says(language.yesWords), says(language.noWords)) {
        case (true, false): return true
        case (false, true): return false
        case (true, true): return nil
        case (false, false): continue
        }
    }
    switch folded {
    case "y", "s", "o", "j": return true
    case "n": return false
    default: return nil
    }
}
