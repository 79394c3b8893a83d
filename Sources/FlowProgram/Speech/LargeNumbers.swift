// Numbers of 100...999,999 as they are said, folded: "two hundred and five", "duzentos e trinta", "zweitausenddreihundert".

extension SpokenLanguage {
    /// The number at the beginning of words, as digits, and how many words it takes. Digits stay as they are: "007".
    ///
    /// - Parameter words: folded and `separated`.
    package func readNumber(_ words: ArraySlice<String>) -> (digits: String, length: Int)? {
        guard let first = words.first else { return nil }
        let next = words.dropFirst().first
        let isMultiplied = next.map { isThousand($0) || isHundred($0) } ?? false
        if first.utf8.allSatisfy(isDigit), !isMultiplied { return (first, 1) }
        return cardinal(words).map { (String($0.value), $0.length) }
    }

    /// Words that are written together come apart, where their parts are numbers: "zweihundert" is "zwei hundert".
    package func separated(_ words: [String]) -> [String] {
        guard !gluedWords.isEmpty else { return words }
        return words.flatMap { parts(of: $0) ?? [$0] }
    }

    /// One form of a number of 100...999,999.
    func largeName(of number: Int) -> String? {
        guard (100...999_999).contains(number) else { return nil }
        let (thousands, rest) = (number / 1_000, number % 1_000)
        guard thousands > 0 else { return hundredName(of: rest) }
        let isGlued = self == .german || self == .italian
        let count = thousands < 100 ? names(of: thousands).first ?? "" : hundredName(of: thousands)
        let head: String =
            switch self {
            case .english: "\(count) thousand"
            case .german: (thousands == 1 ? "ein" : count) + "tausend"
            case .italian: thousands == 1 ? "mille" : count + "mila"
            case .french: thousands == 1 ? "mille" : "\(count) mille"
            case .spanish, .portuguese: thousands == 1 ? "mil" : "\(count) mil"
            }
        guard rest > 0 else { return head }
        let tail = rest < 100 ? names(of: rest).first ?? "" : hundredName(of: rest)
        return head + (isGlued ? "" : " ") + tail
    }

    /// 100...999
    private func hundredName(of number: Int) -> String {
        let (hundreds, rest) = (number / 100, number % 100)
        let unit = names(of: hundreds).first ?? ""
        let tail = rest == 0 ? "" : names(of: rest).first ?? ""
        switch self {
        case .english: return "\(unit) hundred" + (rest == 0 ? "" : " and " + tail)
        case .german: return (hundreds == 1 ? "ein" : unit) + "hundert" + tail
        case .italian: return (hundreds == 1 ? "" : unit) + "cento" + tail
        case .french:
            let head = hundreds == 1 ? "cent" : rest == 0 ? "\(unit) cents" : "\(unit) cent"
            return head + (rest == 0 ? "" : " " + tail)
        case .spanish:
            if number == 100 { return "cien" }
            return (hundreds == 1 ? "ciento" : hundredWords[hundreds - 1][0]) + (rest == 0 ? "" : " " + tail)
        case .portuguese:
            if number == 100 { return "cem" }
            return (hundreds == 1 ? "cento" : hundredWords[hundreds - 1][0]) + (rest == 0 ? "" : " e " + tail)
        }
    }

    // MARK: reading

    /// [below a thousand] thousand [and] [below a thousand], or what is below a thousand alone.
    private func cardinal(_ words: ArraySlice<String>) -> (value: Int, length: Int)? {
        let words = withoutArticle(words)
        let head = belowThousand(words.rest)
        let count = head?.value ?? 1
        let behind = words.rest.dropFirst(head?.length ?? 0)
        guard let word = behind.first, isThousand(word), (1...999).contains(count) else {
            return head.map { ($0.value, $0.length + words.skipped) }
        }
        let length = words.skipped + (head?.length ?? 0) + 1
        let tail = withoutAnd(behind.dropFirst())
        guard let rest = belowThousand(tail.rest) else { return (count * 1_000, length) }
        return (count * 1_000 + rest.value, length + tail.skipped + rest.length)
    }

    private func belowThousand(_ words: ArraySlice<String>) -> (value: Int, length: Int)? {
        guard let first = words.first else { return nil }
        var head: (value: Int, length: Int)
        if let index = hundredWords.firstIndex(where: { $0.contains(first) }) {
            head = ((index + 1) * 100, 1)
        } else if isHundred(first) {
            head = (100, 1)
        } else {
            guard let small = belowHundred(words) else { return nil }
            let next = words.dropFirst(small.length).first
            guard small.value > 0, let next, isHundred(next) else { return small }
            head = (small.value * 100, small.length + 1)
        }
        let tail = withoutAnd(words.dropFirst(head.length))
        if let rest = belowHundred(tail.rest), rest.value > 0 {
            head = (head.value + rest.value, head.length + tail.skipped + rest.length)
        }
        return head
    }

    /// A name of the table, or up to three digits before "hundred" and "thousand".
    private func belowHundred(_ words: ArraySlice<String>) -> (value: Int, length: Int)? {
        if let match = NumberWords.byLanguage[self]?.longestMatch(words) {
            return (match.number, match.length)
        }
        guard let first = words.first, first.utf8.count <= 3, first.utf8.allSatisfy(isDigit) else {
            return nil
        }
        return Int(first).map { ($0, 1) }
    }

    /// "a hundred", "a thousand"
    private func withoutArticle(_ words: ArraySlice<String>) -> (rest: ArraySlice<String>, skipped: Int) {
        guard self == .english, words.first == "a", let next = words.dropFirst().first,
            isHundred(next) || isThousand(next)
        else { return (words, 0) }
        return (words.dropFirst(), 1)
    }

    /// Without an "and" that a number follows.
    private func withoutAnd(_ words: ArraySlice<String>) -> (rest: ArraySlice<String>, skipped: Int) {
        guard words.first == andWord,
            belowHundred(words.dropFirst()) != nil || startsHundred(words.dropFirst())
        else { return (words, 0) }
        return (words.dropFirst(), 1)
    }

    private func startsHundred(_ words: ArraySlice<String>) -> Bool {
        guard let first = words.first else { return false }
        return isHundred(first) || hundredWords.contains { $0.contains(first) }
    }

    // MARK: words

    package var andWord: String {
        switch self {
        case .english: "and"
        case .spanish: "y"
        case .french: "et"
        case .german: "und"
        case .portuguese, .italian: "e"
        }
    }

    private func isThousand(_ word: String) -> Bool { thousandWords.contains(word) }

    package var thousandWords: [String] {
        switch self {
        case .english: ["thousand"]
        case .spanish, .portuguese: ["mil"]
        case .french: ["mille", "mil"]
        case .german: ["tausend"]
        case .italian: ["mille", "mila"]
        }
    }

    private func isHundred(_ word: String) -> Bool { hundredMultipliers.contains(word) }

    /// Words that multiply what stands before them.
    package var hundredMultipliers: [String] {
        switch self {
        case .english: ["hundred"]
        case .french: ["cent", "cents"]
        case .german: ["hundert"]
        case .italian: ["cento", "cent"]
        case .spanish, .portuguese: []
        }
    }

    /// Words of their own for 100, 200 … 900.
    package var hundredWords: [[String]] {
        switch self {
        case .spanish:
            [
                ["cien", "ciento"], ["doscientos", "doscientas"], ["trescientos", "trescientas"],
                ["cuatrocientos", "cuatrocientas"], ["quinientos", "quinientas"],
                ["seiscientos", "seiscientas"], ["setecientos", "setecientas"],
                ["ochocientos", "ochocientas"], ["novecientos", "novecientas"],
            ]
        case .portuguese:
            [
                ["cem", "cento"], ["duzentos", "duzentas"], ["trezentos", "trezentas"],
                ["quatrocentos", "quatrocentas"], ["quinhentos", "quinhentas"],
                ["seiscentos", "seiscentas"], ["setecentos", "setecentas"], ["oitocentos", "oitocentas"],
                ["novecentos", "novecentas"],
            ]
        case .english, .french, .german, .italian: []
        }
    }

    // MARK: words that are written together

    /// What stands in them besides the names of numbers below a hundred; nothing where numbers aren't written together.
    package var gluedWords: [String] {
        switch self {
        case .german: ["hundert", "tausend", "und"]
        case .italian: ["cento", "cent", "mille", "mila"]
        case .english, .spanish, .french, .portuguese: []
        }
    }

    /// The parts of a word, each a number or a word between numbers; nil if it has others. From its end to its beginning, so
    /// that each place is looked at once.
    private func parts(of word: String) -> [String]? {
        let bytes = Array(word.utf8)
        guard bytes.count <= 80, let table = NumberWords.byLanguage[self] else { return nil }
        if table.longestMatch([word]) != nil { return nil }
        let names = table.singleWords + gluedWords
        var endings: [[String]?] = Array(repeating: nil, count: bytes.count) + [[]]
        for start in bytes.indices.reversed() {
            var best: [String]?
            for name in names where bytes[start...].starts(with: name.utf8) {
                guard let rest = endings[start + name.utf8.count] else { continue }
                if rest.count + 1 < best?.count ?? Int.max { best = [name] + rest }
            }
            endings[start] = best
        }
        return endings[0]
    }
}
