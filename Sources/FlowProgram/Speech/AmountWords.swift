// What people say beside the numbers of amounts and durations, folded.

extension SpokenLanguage {
    /// Names of a currency's units and of their hundredths, its code among them.
    package func unitWords(of currency: String) -> (major: [String], minor: [String]) {
        var major = [fold(currency)]
        switch currency {
        case "USD", "CAD", "AUD", "NZD", "HKD", "SGD":
            major += ["dollar", "dollars", "buck", "bucks", "dolar", "dolares", "dollari", "dollaro"]
        case "EUR": major += ["euro", "euros"]
        case "GBP":
            major += [
                "pound", "pounds", "libra", "libras", "livre", "livres", "pfund", "sterlina", "sterline",
            ]
        case "CHF": major += ["franc", "francs", "franken", "franco", "francos", "franchi"]
        case "MXN", "COP", "ARS", "CLP", "UYU": major += ["peso", "pesos"]
        case "BRL": major += ["real", "reais", "reales", "reals"]
        case "JPY": major += ["yen"]
        case "INR": major += ["rupee", "rupees", "rupia", "rupias"]
        default: break
        }
        return (
            major,
            [
                "cent", "cents", "penny", "pence", "centavo", "centavos", "centimo", "centimos", "centime",
                "centimes", "centesimo", "centesimi", "rappen", "p", "c",
            ]
        )
    }

    /// Between a number and its decimals.
    package var pointWords: [String] {
        switch self {
        case .english: ["point"]
        case .spanish: ["coma", "punto"]
        case .french: ["virgule"]
        case .german: ["komma"]
        case .portuguese: ["virgula", "ponto"]
        case .italian: ["virgola", "punto"]
        }
    }

    package var minusWords: [String] {
        switch self {
        case .english: ["minus", "negative"]
        case .spanish, .portuguese: ["menos"]
        case .french: ["moins"]
        case .german: ["minus"]
        case .italian: ["meno"]
        }
    }

    /// Milliseconds of a unit of time that a word names.
    package func length(ofUnit word: String) -> Int64? {
        let lengths: [Int64] = [86_400_000, 3_600_000, 60_000, 1_000]
        for (names, length) in zip(unitNames, lengths)
        where word == fold(names.one) || word == fold(names.many) {
            return length
        }
        switch word {
        case "d": return 86_400_000
        case "h", "hr", "hrs", "std": return 3_600_000
        case "m", "min", "mins": return 60_000
        case "s", "sec", "secs", "sek": return 1_000
        case "ms": return 1
        default: return nil
        }
    }

    /// "an hour", "una hora": words for one that aren't number words.
    package var articles: [String] {
        switch self {
        case .english: ["a", "an"]
        case .italian: ["un", "una", "un ora"]
        case .spanish, .french, .german, .portuguese: []
        }
    }

    /// "half an hour", "an hour and a half".
    package var halfWords: (before: [[Substring]], behind: [[Substring]]) {
        func phrases(_ text: String) -> [[Substring]] {
            text.split(separator: ",").map { $0.split(separator: " ") }
        }
        return switch self {
        case .english: (phrases("half an,half a"), phrases("and a half"))
        case .spanish: (phrases("media"), phrases("y media"))
        case .french: (phrases("une demi,demi"), phrases("et demie,et demi"))
        case .german: (phrases("eine halbe,halbe"), [])
        case .portuguese: (phrases("meia"), phrases("e meia"))
        case .italian: (phrases("mezz,mezza"), phrases("e mezza,e mezzo"))
        }
    }
}
