package import FlowProgram

// What a caller presses, says or texts becomes a value; nil is a wrong answer.

/// The most scalars of an answer that are looked at.
private let maxAnswerScalars = ValueType.defaultTextLimit

/// Keys as the provider sends them: `0`-`9`, `*`, `#`.
package func parseAnswer(keys: String, as form: InputForm, language: String) -> Value? {
    guard !keys.isEmpty, keys.utf8.count <= maxAnswerScalars,
        keys.utf8.allSatisfy({ isDigit($0) || "*#".utf8.contains($0) })
    else { return nil }
    switch form {
    case .digits, .integer, .text: return value(of: keys, as: form.valueType)
    case .number: return writtenNumber(Array(keys.replacingStars.utf8)).map(Value.number)
    case .phone: return dialled(keys, language)
    case .yesNo: return keys == "1" ? .bool(true) : keys == "2" ? .bool(false) : nil
    case .words(let words): return chosen(keys, words)
    case .raw: return .record([.text(keys), .none, .none])
    }
}

/// What speech recognition heard.
package func parseAnswer(speech: String, as form: InputForm, language: String) -> Value? {
    if form == .raw {
        return speech.hasAtMost(maxAnswerScalars) ? .record([.none, .text(composed(speech)), .none]) : nil
    }
    return parseAnswer(text: speech, as: form, language: language)
}

/// A text message.
package func parseAnswer(text: String, as form: InputForm, language: String) -> Value? {
    let answer = trimmed(text)
    guard !answer.isEmpty, answer.hasAtMost(maxAnswerScalars) else { return nil }
    let words = SpokenLanguage(tag: language)
    switch form {
    case .digits: return words.spokenDigits(answer).flatMap { value(of: $0, as: form.valueType) }
    case .integer: return integer(answer, words).map(Value.integer)
    case .number: return number(answer, words).map(Value.number)
    case .phone: return phone(answer, words, language)
    case .yesNo: return yesOrNo(answer, words).map(Value.bool)
    case .text(let limit):
        let answer = composed(answer)
        return answer.hasAtMost(limit) ? .text(answer) : nil
    case .words(let options): return option(answer, options, words)
    case .raw: return .record([.none, .text(composed(answer)), .none])
    }
}

extension InputForm {
    /// The type of the value that an answer gives.
    package var valueType: ValueType {
        switch self {
        case .digits(let range): .digits(range)
        case .integer: .integer
        case .number: .number
        case .phone: .phone
        case .yesNo: .bool
        case .text(let limit): .text(limit: limit)
        case .words(let words): .words(words)
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

// Numbers

/// "-12", "1,200", "forty two". A leading zero is nothing that a person means by it.
private func integer(_ answer: String, _ words: SpokenLanguage) -> Int64? {
    let digits = answer.utf8.drop { $0 == UInt8(ascii: "-") }
    let isNegative = digits.count == answer.utf8.count - 1
    guard isNegative || digits.count == answer.utf8.count else { return nil }
    let text = String(decoding: digits, as: UTF8.self)
    guard let magnitude = grouped(text) ?? words.spokenNumber(unpunctuated(text)) else { return nil }
    return isNegative ? -magnitude : magnitude
}

/// Digits in groups of three, or without groups, with zeros before them at most.
private func grouped(_ text: String) -> Int64? {
    let separators: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: "'")]
    let bytes = Array(text.utf8)
    guard let separator = bytes.first(where: { !isDigit($0) }) else { return plainInteger(bytes) }
    let groups = bytes.split(separator: separator, omittingEmptySubsequences: false)
    guard separators.contains(separator), let first = groups.first, (1...3).contains(first.count),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return plainInteger(Array(groups.joined()))
}

private func plainInteger(_ bytes: [UInt8]) -> Int64? {
    guard !bytes.isEmpty, bytes.allSatisfy(isDigit) else { return nil }
    let significant = bytes.drop { $0 == UInt8(ascii: "0") }
    return significant.isEmpty ? 0 : writtenInteger(Array(significant))
}

/// Recognition puts a full stop behind what it takes for a sentence.
private func unpunctuated(_ text: String) -> String {
    var text = text
    while let last = text.utf8.last, ".!?".utf8.contains(last) { text.unicodeScalars.removeLast() }
    return text
}

/// "3.5", "3,5", "-2", "three".
private func number(_ answer: String, _ words: SpokenLanguage) -> Double? {
    let plain = unpunctuated(answer)
    let bytes = plain.utf8.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
    return writtenNumber(bytes) ?? integer(plain, words).map(Double.init)
}

// Phones

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

/// Keys 1, 2, 3 … in order.
private func chosen(_ keys: String, _ words: [String]) -> Value? {
    guard let key = writtenInteger(Array(keys.utf8)), let index = Int(exactly: key - 1),
        words.indices.contains(index)
    else { return nil }
    return .text(words[index])
}

/// A word stands in the answer as whole words side by side; the longest wins, a tie is a wrong answer.
private func option(_ answer: String, _ options: [String], _ language: SpokenLanguage) -> Value? {
    let padded = " \(fold(answer)) "
    var best: (option: String, length: Int)?
    var isTie = false
    for option in options {
        let folded = fold(option)
        guard !folded.isEmpty, padded.contains(" \(folded) ") else { continue }
        let length = folded.unicodeScalars.count
        if length == best?.length { isTie = true }
        if length > best?.length ?? 0 {
            best = (option, length)
            isTie = false
        }
    }
    if isTie { return nil }
    if let best { return .text(best.option) }
    return language.spokenNumber(answer).flatMap { chosen(String($0), options) }
}

extension String {
    /// `3*5` on a keypad is 3.5.
    fileprivate var replacingStars: String {
        String(decoding: utf8.map { $0 == UInt8(ascii: "*") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
    }
}
