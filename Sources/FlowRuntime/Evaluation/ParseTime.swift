import FlowProgram

// Times of day as people type, say and write them. Without a.m. or p.m. they are of the clock of 24 hours.

/// `9`, `930`, `0930`, `9*30`, `1430`.
func typedTime(_ keys: String) -> CivilTime? {
    let parts = keys.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
        let hour = plainNumber(parts[0]), let minute = plainNumber(parts[1])
    {
        return CivilTime(hour: hour, minute: minute)
    }
    guard parts.count == 1, (1...4).contains(keys.utf8.count), let number = plainNumber(keys) else {
        return nil
    }
    return keys.utf8.count <= 2
        ? CivilTime(hour: number, minute: 0) : CivilTime(hour: number / 100, minute: number % 100)
}

/// `9:30`, "9:30 pm", "half past nine", "neun Uhr dreißig", "noon".
func readTime(_ answer: String, _ language: SpokenLanguage) -> CivilTime? {
    if let time = writtenTime(Array(unpunctuated(answer).utf8)) { return time }
    let words = language.separated(answerWords(answer))
    let clock = language.clockWords
    if words[...].length(ofOne: clock.noon) == words.count { return CivilTime(hour: 12, minute: 0) }
    if words[...].length(ofOne: clock.midnight) == words.count { return CivilTime(hour: 0, minute: 0) }
    var rest = words[...]
    rest = rest.dropFirst(rest.length(ofOne: clock.before) ?? 0)
    let isMorning = removeEnding(clock.am, from: &rest)
    let isAfternoon = !isMorning && removeEnding(clock.pm, from: &rest)
    guard var minutes = minutesOfDay(rest, language, clock) else { return nil }
    if isMorning || isAfternoon {
        guard minutes < 13 * 60 else { return nil }
        minutes = floorRemainder(minutes, 720) + (isAfternoon ? 720 : 0)
    }
    minutes = floorRemainder(minutes, 1_440)
    return CivilTime(hour: minutes / 60, minute: minutes % 60)
}

private func removeEnding(_ phrases: [[Substring]], from words: inout ArraySlice<String>) -> Bool {
    for phrase in phrases where phrase.count < words.count {
        let ending = words.suffix(phrase.count)
        if zip(ending, phrase).allSatisfy({ $0.utf8.elementsEqual($1.utf8) }) {
            words = words.dropLast(phrase.count)
            return true
        }
    }
    return false
}

/// Minutes after midnight; below zero for what lacks to midnight.
private func minutesOfDay(
    _ words: ArraySlice<String>, _ language: SpokenLanguage, _ clock: ClockWords
) -> Int? {
    if let length = words.length(ofOne: clock.halfPast),
        let hour = wholeHour(words.dropFirst(length), language, clock)
    {
        return hour * 60 + 30
    }
    if let length = words.length(ofOne: clock.halfTo),
        let hour = wholeHour(words.dropFirst(length), language, clock)
    {
        return hour * 60 - 30
    }
    if let minutes = minutesBesideHour(words, language, clock) { return minutes }
    guard let (hour, length) = hour(words, language) else { return nil }
    var rest = words.dropFirst(length)
    let named = rest.length(ofOne: clock.hour)
    rest = rest.dropFirst(named ?? 0)
    if rest.isEmpty { return hour * 60 }
    if rest.length(ofOne: clock.half) == rest.count { return hour * 60 + 30 }
    if rest.length(ofOne: clock.quarter) == rest.count { return hour * 60 + 15 }
    if let less = rest.length(ofOne: clock.less) {
        return amount(rest.dropFirst(less), language, clock).map { hour * 60 - $0 }
    }
    if rest.first == language.andWord { rest = rest.dropFirst() }
    if let minutes = amount(rest, language, clock) { return hour * 60 + minutes }
    return nil
}

/// "a quarter past nine", "zehn vor neun".
private func minutesBesideHour(
    _ words: ArraySlice<String>, _ language: SpokenLanguage, _ clock: ClockWords
) -> Int? {
    for place in words.indices.dropFirst() {
        let behind = words[place...]
        for (phrases, sign) in [(clock.past, 1), (clock.to, -1)] {
            guard let length = behind.length(ofOne: phrases),
                let hour = wholeHour(behind.dropFirst(length), language, clock),
                let minutes = amount(words[..<place], language, clock)
            else { continue }
            return hour * 60 + sign * minutes
        }
    }
    return nil
}

private func wholeHour(_ words: ArraySlice<String>, _ language: SpokenLanguage, _ clock: ClockWords) -> Int? {
    guard let (hour, length) = hour(words, language) else { return nil }
    let rest = words.dropFirst(length)
    return rest.isEmpty || rest.length(ofOne: clock.hour) == rest.count ? hour : nil
}

/// 0...23 at the beginning.
private func hour(_ words: ArraySlice<String>, _ language: SpokenLanguage) -> (Int, Int)? {
    guard let (digits, length) = language.readNumber(words), digits.utf8.count <= 2, let hour = Int(digits),
        hour < 24
    else { return nil }
    return (hour, length)
}

/// A quarter, or 0...59, all of the words.
private func amount(_ words: ArraySlice<String>, _ language: SpokenLanguage, _ clock: ClockWords) -> Int? {
    if !words.isEmpty, words.length(ofOne: clock.quarter) == words.count { return 15 }
    var words = words
    _ = removeEnding(clock.minute, from: &words)
    guard let digits = language.readNumbers(Array(words))?.joined(), digits.utf8.count <= 2,
        let minutes = Int(digits), minutes < 60
    else { return nil }
    return minutes
}
