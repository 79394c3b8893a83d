import FlowProgram

// Numbers, durations and amounts as people type, say and write them.

func within(_ number: Int64, _ range: ClosedRange<Int64>?) -> Value? {
    range?.contains(number) ?? true ? .integer(number) : nil
}

func within(_ number: Double, _ range: ClosedRange<Double>?) -> Value? {
    range?.contains(number) ?? true ? .number(number) : nil
}

/// "-12", "minus twelve", "1,200", "forty two". A leading zero is nothing that a person means by it.
func integer(_ answer: String, _ words: SpokenLanguage) -> Int64? {
    let (text, isNegative) = withoutSign(unpunctuated(answer), words)
    guard let magnitude = grouped(text) ?? words.spokenNumber(text) else { return nil }
    return isNegative ? -magnitude : magnitude
}

/// "3.5", "3,5", "-2", "three point five".
func decimal(_ answer: String, _ words: SpokenLanguage) -> Double? {
    let plain = unpunctuated(answer)
    let bytes = plain.utf8.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
    if let number = writtenNumber(bytes) { return number }
    if let whole = integer(plain, words) { return Double(whole) }
    let (text, isNegative) = withoutSign(plain, words)
    let said = foldedWords(text)
    guard let point = said.firstIndex(where: words.pointWords.contains),
        let whole = words.readNumbers(Array(said[..<point])), whole.count == 1,
        let fraction = words.readNumbers(Array(said[(point + 1)...])),
        let number = writtenNumber(Array("\(whole[0]).\(fraction.joined())".utf8))
    else { return nil }
    return isNegative ? -number : number
}

private func withoutSign(_ text: String, _ words: SpokenLanguage) -> (text: String, isNegative: Bool) {
    let unsigned = text.utf8.drop { $0 == UInt8(ascii: "-") }
    switch text.utf8.count - unsigned.count {
    case 0: break
    case 1: return (String(decoding: unsigned, as: UTF8.self), true)
    default: return ("", true)
    }
    let said = foldedWords(text)
    guard let first = said.first, words.minusWords.contains(first) else { return (text, false) }
    return (said.dropFirst().joined(separator: " "), true)
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
func unpunctuated(_ text: String) -> String {
    var text = text
    while let last = text.utf8.last, ".!?".utf8.contains(last) { text.unicodeScalars.removeLast() }
    return text
}

extension String {
    /// `3*5` on a keypad is 3.5.
    var replacingStars: String {
        String(decoding: utf8.map { $0 == UInt8(ascii: "*") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
    }
}

/// Folded words, where digits and letters part: "9am" is "9 am", "25th" is "25 th".
func answerWords(_ text: String) -> [String] {
    var words: [String] = []
    for word in foldedWords(text) {
        var part: [UInt8] = []
        for byte in word.utf8 {
            if let last = part.last, isDigit(last) != isDigit(byte) {
                words.append(String(decoding: part, as: UTF8.self))
                part = []
            }
            part.append(byte)
        }
        words.append(String(decoding: part, as: UTF8.self))
    }
    return words
}

extension ArraySlice<String> {
    /// How many words a phrase takes at the beginning; the longest that is there.
    func length(ofOne phrases: [[Substring]]) -> Int? {
        phrases.filter { phrase in
            phrase.count <= count && zip(self, phrase).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
        }.map(\.count).max()
    }
}

// Durations

/// The longest that a caller can mean.
private let maxDuration: Int64 = 366 * 86_400_000

/// Minutes, or `1*30`: hours and minutes.
func typedDuration(_ keys: String) -> Int64? {
    let parts = keys.split(separator: "*", omittingEmptySubsequences: false).map { plainNumber($0) }
    switch parts.count {
    case 1: return parts[0].map { Int64($0) * 60_000 }.flatMap(bounded)
    case 2:
        guard let hours = parts[0], let minutes = parts[1], minutes < 60 else { return nil }
        return bounded(Int64(hours) * 3_600_000 + Int64(minutes) * 60_000)
    default: return nil
    }
}

/// "1h30m", "90 minutes", "two hours and five minutes", "an hour and a half"; a bare number is minutes.
func readDuration(_ answer: String, _ language: SpokenLanguage) -> Int64? {
    var rest = language.separated(answerWords(answer))[...]
    var sum: Int64 = 0
    var last: Int64?
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
        if last != nil, let half = rest.length(ofOne: language.halfWords.behind), let unit = last {
            sum += unit / 2
            rest = rest.dropFirst(half)
            continue
        }
        if last != nil, rest.first == language.andWord { rest = rest.dropFirst() }
        if let half = rest.length(ofOne: language.halfWords.before),
            let unit = rest.dropFirst(half).first.flatMap(language.length(ofUnit:)), unit < last ?? Int64.max
        {
            sum += unit / 2
            last = unit
            rest = rest.dropFirst(half + 1)
            continue
        }
        guard let (count, length) = count(rest, language) else { return nil }
        rest = rest.dropFirst(length)
        guard let word = rest.first else { return last == nil ? bounded(count * 60_000) : nil }
        guard let unit = language.length(ofUnit: word), unit < last ?? Int64.max else { return nil }
        sum += count * unit
        last = unit
        rest = rest.dropFirst()
    }
    return bounded(sum)
}

/// A number of at most six digits, or an article.
private func count(_ words: ArraySlice<String>, _ language: SpokenLanguage) -> (Int64, Int)? {
    if let first = words.first, language.articles.contains(first) { return (1, 1) }
    guard let (digits, length) = language.readNumber(words), digits.utf8.count <= 6 else { return nil }
    return Int64(digits).map { ($0, length) }
}

private func bounded(_ milliseconds: Int64) -> Int64? { milliseconds <= maxDuration ? milliseconds : nil }

/// At most nine digits.
func plainNumber(_ text: some StringProtocol) -> Int? {
    guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy(isDigit) else { return nil }
    return Int(text)
}

// Money

/// Whole units, or `12*50`; in the currency's smallest unit.
func typedMoney(_ keys: String, _ decimals: Int) -> Int64? {
    let parts = keys.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return nil }
    return amount(String(whole), parts.count == 2 ? String(parts[1]) : nil, decimals)
}

/// `12.50`, `$1,234.50`, `12,50 €`, "twelve dollars and fifty cents", "twelve fifty".
func readMoney(_ answer: String, _ currency: String, _ language: SpokenLanguage) -> Int64? {
    let decimals = currencyDecimals(currency)
    let (major, minor) = language.unitWords(of: currency)
    guard answer.utf8.first != UInt8(ascii: "-") else { return nil }
    if let written = writtenAmount(unpunctuated(answer), major, decimals) { return written }
    var rest = language.separated(answerWords(answer))[...]
    guard let (whole, length) = language.readNumber(rest) else { return nil }
    rest = rest.dropFirst(length)
    if decimals == 2, rest.count == 1, let word = rest.first, minor.contains(word) {
        return whole.utf8.count <= 2 ? amount("0", padded(whole), decimals) : nil
    }
    var isNamed = false
    if let word = rest.first, major.contains(word) {
        isNamed = true
        rest = rest.dropFirst()
    }
    guard !rest.isEmpty else { return amount(whole, nil, decimals) }
    if rest.first == language.andWord { rest = rest.dropFirst() }
    guard decimals == 2, let (part, partLength) = language.readNumber(rest), part.utf8.count <= 2 else {
        return nil
    }
    rest = rest.dropFirst(partLength)
    if let word = rest.first, minor.contains(word) || !isNamed && major.contains(word) {
        rest = rest.dropFirst()
    }
    // "twelve five" without a name is no amount.
    guard rest.isEmpty, isNamed || part.utf8.count == 2 else { return nil }
    return amount(whole, padded(part), decimals)
}

private func padded(_ digits: String) -> String { digits.utf8.count == 1 ? "0" + digits : digits }

/// Digits with separators, the currency's sign or name before or behind them.
private func writtenAmount(_ text: String, _ names: [String], _ decimals: Int) -> Int64? {
    let signs: [Unicode.Scalar] = ["$", "€", "£", "¥"]
    var number = ""
    var letters = ""
    for scalar in text.unicodeScalars where !signs.contains(scalar) && !scalar.properties.isWhitespace {
        if scalar.properties.isAlphabetic {
            letters.unicodeScalars.append(scalar)
        } else {
            number.unicodeScalars.append(scalar)
        }
    }
    guard letters.isEmpty || names.contains(fold(letters)) else { return nil }
    let bytes = Array(number.utf8)
    guard bytes.first.map(isDigit) ?? false, bytes.allSatisfy({ isDigit($0) || ",.'".utf8.contains($0) })
    else {
        return nil
    }
    guard let last = bytes.lastIndex(where: { !isDigit($0) }) else { return amount(number, nil, decimals) }
    let behind = bytes.count - last - 1
    if decimals > 0, (1...decimals).contains(behind), behind < 3 || bytes[last] == UInt8(ascii: ".") {
        let whole = String(decoding: bytes[..<last], as: UTF8.self)
        // The other separator makes groups, or none does.
        guard !bytes[..<last].contains(bytes[last]), let units = grouped(whole) else { return nil }
        return amount(String(units), String(decoding: bytes[(last + 1)...], as: UTF8.self), decimals)
    }
    return grouped(number).flatMap { amount(String($0), nil, decimals) }
}

/// At most twelve digits before the point.
private func amount(_ whole: String, _ fraction: String?, _ decimals: Int) -> Int64? {
    guard (1...12).contains(whole.utf8.count), whole.utf8.allSatisfy(isDigit), let units = Int64(whole) else {
        return nil
    }
    var factor: Int64 = 1
    for _ in 0..<decimals { factor *= 10 }
    guard let fraction else { return units * factor }
    guard (1...max(1, decimals)).contains(fraction.utf8.count), decimals > 0,
        fraction.utf8.allSatisfy(isDigit),
        var part = Int64(fraction)
    else { return nil }
    for _ in fraction.utf8.count..<decimals { part *= 10 }
    return units * factor + part
}
