import FlowProgram

/// The choice that an answer means: a key is the whole answer, a phrase stands in it as whole words side by side. The
/// match of the most words wins; two choices that match alike are none.
func matchedChoice(
    _ answer: CallerAnswer, among choices: [ChoicePattern], languageTag: String, _ language: Int
) -> Int? {
    if let choice = choices.first(where: { $0.hasKey(answer.key) }) { return choice.target }
    guard case .keys = answer else { return spokenChoice(answer.text, among: choices, languageTag, language) }
    return nil
}

private func spokenChoice(
    _ text: String, among choices: [ChoicePattern], _ languageTag: String, _ language: Int
) -> Int? {
    let words = fold(text).split(separator: " ")
    guard !words.isEmpty else { return nil }
    var best = (words: 0, target: 0, isTie: false)
    for choice in choices {
        let isKey = choice.keys.contains { isSpoken(key: $0, by: text, words, languageTag) }
        let length = isKey ? words.count : choice.longestPhrase(in: words, language)
        if length > best.words {
            best = (length, choice.target, false)
        } else if length == best.words, length > 0 {
            best.isTie = true
        }
    }
    return best.words > 0 && !best.isTie ? best.target : nil
}

extension CallerAnswer {
    /// The answer as a key would be sent.
    fileprivate var key: Substring {
        switch self {
        case .keys(let text): Substring(text)
        case .speech(let text), .message(let text): trimmed(text)
        }
    }
}

extension ChoicePattern {
    fileprivate func hasKey(_ key: Substring) -> Bool {
        keys.contains { $0.utf8.elementsEqual(key.utf8) }
    }

    /// The number of words of the longest phrase that stands in an answer.
    fileprivate func longestPhrase(in answer: [Substring], _ language: Int) -> Int {
        let spoken = phrases.indices.contains(language) ? phrases[language] : phrases.first ?? []
        var longest = 0
        for phrase in spoken {
            let words = phrase.split(separator: " ")
            if words.count > longest, answer.holds(words) { longest = words.count }
        }
        return longest
    }
}

extension [Substring] {
    /// Whether words stand in these side by side.
    fileprivate func holds(_ words: [Substring]) -> Bool {
        guard !words.isEmpty, words.count <= count else { return false }
        return (0...(count - words.count)).contains { start in
            words.indices.allSatisfy { self[start + $0].utf8.elementsEqual(words[$0].utf8) }
        }
    }
}

private func trimmed(_ text: String) -> Substring {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
        let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return text[first...last]
}
