import FlowProgram

/// The pattern that an answer means: a key is the whole answer, a phrase stands in it as whole words side by side. The
/// match of the most words wins; two that match alike are none.
///
/// - Parameter language: the language's place among those of the program.
func matchedPattern(
    _ answer: CallerAnswer, among patterns: [some AnswerPattern], languageTag: String, _ language: Int
) -> Int? {
    var match = PatternMatch(answer, languageTag: languageTag, language: language)
    match.look(at: patterns)
    return match.index
}

/// Looks for what an answer means, in one list of patterns after another; indices count through them.
struct PatternMatch {
    private let answer: CallerAnswer
    private let languageTag: String
    private let language: Int
    private let words: [Substring]
    private var count = 0
    private var best = (words: 0, index: 0, isTie: false)
    private var key: Int?

    init(_ answer: CallerAnswer, languageTag: String, language: Int) {
        self.answer = answer
        self.languageTag = languageTag
        self.language = language
        if case .keys = answer { words = [] } else { words = fold(answer.text).split(separator: " ") }
    }

    /// nil if none was meant, or several.
    var index: Int? { key ?? (best.words > 0 && !best.isTie ? best.index : nil) }

    mutating func look(at patterns: [some AnswerPattern]) {
        for pattern in patterns {
            defer { count += 1 }
            if key == nil, pattern.hasKey(answer.key) { key = count }
            guard !words.isEmpty else { continue }
            let isKey = pattern.keys.contains { isSpoken(key: $0, by: answer.text, words, languageTag) }
            let length = isKey ? words.count : pattern.longestPhrase(in: words, language)
            if length > best.words {
                best = (length, count, false)
            } else if length == best.words, length > 0 {
                best.isTie = true
            }
        }
    }

    /// The pattern that the whole answer is: nothing else stands in it.
    func wholeMatch(among patterns: [some AnswerPattern]) -> Int? {
        if let index = patterns.firstIndex(where: { $0.hasKey(answer.key) }) { return index }
        guard !words.isEmpty else { return nil }
        return patterns.firstIndex { pattern in
            pattern.keys.contains { isSpoken(key: $0, by: answer.text, words, languageTag) }
                || pattern.longestPhrase(in: words, language) == words.count
        }
    }
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

extension AnswerPattern {
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
