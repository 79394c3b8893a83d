// Numbers as they are said, folded: "forty two", "cuarenta y dos", "einundzwanzig".

extension SpokenLanguage {
    /// What a key is called, folded, the usual word first: "one"; "star".
    package func words(forKey key: String) -> [String] {
        switch key {
        case "*": starWords
        case "#": poundWords
        default: Int(key).flatMap { String($0) == key ? names(of: $0) : nil } ?? []
        }
    }

    /// What a number is called, folded, the usual form first; of numbers beyond 99 that one alone, and none beyond 999,999.
    package func names(of number: Int) -> [String] {
        (0...99).contains(number)
            ? NumberWords.byLanguage[self]?.names(of: number) ?? []
            : [largeName(of: number)].compactMap(\.self)
    }

    /// Digits in the order in which they were said, "four two" and "42" alike; nil if anything else was said.
    package func spokenDigits(_ text: String) -> String? {
        readNumbers(foldedWords(text))?.joined()
    }

    /// One number, "forty two" or "42"; nil if anything else was said.
    package func spokenNumber(_ text: String) -> Int64? {
        guard let parts = readNumbers(foldedWords(text)), parts.count == 1, let first = parts.first else {
            return nil
        }
        return writtenInteger(Array(first.utf8))
    }

    /// The longest name wins at each place: "twenty one" is 21, "two hundred five" is 205.
    package func readNumbers(_ words: [String]) -> [String]? {
        var parts: [String] = []
        var rest = separated(words)[...]
        while !rest.isEmpty {
            guard let (digits, length) = readNumber(rest) else { return nil }
            parts.append(digits)
            rest = rest.dropFirst(length)
        }
        return parts.isEmpty ? nil : parts
    }

    private var starWords: [String] {
        switch self {
        case .english: ["star", "asterisk"]
        case .spanish: ["asterisco", "estrella"]
        case .french: ["etoile", "asterisque"]
        case .german: ["stern", "sternchen"]
        case .portuguese: ["asterisco", "estrela"]
        case .italian: ["asterisco", "stella"]
        }
    }

    private var poundWords: [String] {
        switch self {
        case .english: ["pound", "hash"]
        case .spanish: ["numeral", "almohadilla", "gato"]
        case .french: ["diese"]
        case .german: ["raute"]
        case .portuguese: ["cerquilha", "jogo da velha"]
        case .italian: ["cancelletto"]
        }
    }
}

/// The names of 0...99 in one language.
struct NumberWords: Sendable {
    /// Names that are one word, the longest first.
    private(set) var singleWords: [String] = []

    static let byLanguage = Dictionary(
        uniqueKeysWithValues: SpokenLanguage.allCases.map { ($0, NumberWords(of: $0)) })

    private var forms: [[String]]
    private var numbers: [String: Int] = [:]
    private var longest = 1

    func names(of number: Int) -> [String] {
        forms.indices.contains(number) ? forms[number] : []
    }

    /// The number that the most words at the beginning name, and how many they are.
    func longestMatch(_ words: ArraySlice<String>) -> (number: Int, length: Int)? {
        for length in stride(from: min(longest, words.count), to: 0, by: -1) {
            if let number = numbers[words.prefix(length).joined(separator: " ")] { return (number, length) }
        }
        return nil
    }

    private init(of language: SpokenLanguage) {
        forms = (0...99).map { language.compose($0) }
        for (number, names) in forms.enumerated() {
            for name in names where numbers[name] == nil {
                numbers[name] = number
                longest = max(longest, name.utf8.count { $0 == UInt8(ascii: " ") } + 1)
            }
        }
        singleWords = numbers.keys.filter { !$0.utf8.contains(UInt8(ascii: " ")) }
            .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }
}

extension SpokenLanguage {
    /// All forms of a number of 0...99.
    fileprivate func compose(_ number: Int) -> [String] {
        let (small, tens) = basics
        if number < small.count { return small[number].split(separator: ",").map(String.init) }
        let ten = tens[number / 10]
        let unit = number % 10
        if unit == 0 && self != .french { return [ten] }
        let units = small[unit].split(separator: ",").map(String.init)
        switch self {
        case .english: return units.map { "\(ten) \($0)" }
        case .spanish where number < 30: return units.flatMap { ["veinti\($0)", "veinte y \($0)"] }
        case .spanish: return units.map { "\(ten) y \($0)" }
        case .portuguese: return units.map { "\(ten) e \($0)" }
        case .german: return unit == 1 ? ["einund\(ten)"] : units.map { "\($0)und\(ten)" }
        case .italian:
            let stem = unit == 1 || unit == 8 ? String(ten.dropLast()) : ten
            return units.map { stem + $0 }
        case .french: return frenchForms(number, small, tens)
        }
    }

    /// 70 and 90 count on from 60 and 80; Belgium and Switzerland have words of their own.
    private func frenchForms(_ number: Int, _ small: [String], _ tens: [String]) -> [String] {
        let unit = number % 10
        func form(_ base: String, _ rest: Int) -> [String] {
            if rest == 0 { return [base] }
            return small[rest].split(separator: ",").flatMap { word in
                rest % 10 == 1 ? ["\(base) et \(word)", "\(base) \(word)"] : ["\(base) \(word)"]
            }
        }
        switch number / 10 {
        case 7: return form("soixante", 10 + unit) + form("septante", unit)
        case 8:
            return form("quatre vingt", unit)
                + (unit == 0 ? ["quatre vingts", "huitante"] : form("huitante", unit))
        case 9: return form("quatre vingt", 10 + unit) + form("nonante", unit)
        default: return form(tens[number / 10], unit)
        }
    }

    /// The irregular beginnings, with their variants, and the tens.
    private var basics: (small: [String], tens: [String]) {
        switch self {
        case .english:
            (
                words(
                    "zero,oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
                        + "fifteen sixteen seventeen eighteen nineteen"),
                words("- ten twenty thirty forty fifty sixty seventy eighty ninety")
            )
        case .spanish:
            (
                words(
                    "cero uno,un,una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
                        + "quince dieciseis diecisiete dieciocho diecinueve"),
                words("- diez veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa")
            )
        case .french:
            (
                words(
                    "zero un,une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
                )
                    + ["dix sept", "dix huit", "dix neuf"],
                words("- dix vingt trente quarante cinquante soixante soixante quatre quatre")
            )
        case .german:
            (
                words(
                    "null eins,ein,eine zwei,zwo drei vier funf,fuenf sechs sieben acht neun zehn elf zwolf,zwoelf "
                        + "dreizehn vierzehn funfzehn,fuenfzehn sechzehn siebzehn achtzehn neunzehn"),
                words("- zehn zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig")
            )
        case .portuguese:
            (
                words(
                    "zero um,uma dois,duas tres quatro cinco seis,meia sete oito nove dez onze doze treze "
                        + "quatorze,catorze quinze dezesseis,dezasseis dezessete,dezassete dezoito dezenove,dezanove"
                ),
                words("- dez vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
            )
        case .italian:
            (
                words(
                    "zero uno,un,una due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
                        + "quattordici quindici sedici diciassette diciotto diciannove"),
                words("- dieci venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
            )
        }
    }

    private func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }
}
