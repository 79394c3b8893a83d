import FlowProgram
import FlowRuntime
import FoundationEssentials

/// What the interpreter shares with compiler and runtime, as data, so that no word and no bound is written twice.
struct FunctionTables: Encodable {
    /// What is left of lower-case letters when answers are folded, with all letters that it is left of: `e` of `é`, `è` …
    var accents: [String: String]
    var currencies: [String: Currency]
    /// By the first part of a BCP-47 tag.
    var languages: [String: Words]
    var limits: [String: Int]
    /// What verbs that take the call over come back with, in the order of the record.
    var results: [String: [Field]]

    struct Currency: Encodable {
        var decimals: Int
        var major: [String]
        var minor: [String]
    }

    struct Field: Encodable {
        var parameter: String
        var type: ValueType
    }

    init(for programs: [Program], bounds: [String: Int]) {
        accents = Self.accents
        limits = bounds
        results = Dictionary(
            uniqueKeysWithValues: ResultForm.allCases.map { form in
                (form.rawValue, form.fields.map { Field(parameter: $0.parameter, type: $0.type) })
            })
        currencies = [:]
        for currency in programs.flatMap(\.currencies) {
            let words = SpokenLanguage.english.unitWords(of: currency)
            currencies[currency] = Currency(
                decimals: currencyDecimals(currency), major: words.major, minor: words.minor)
        }
        languages = Dictionary(uniqueKeysWithValues: spokenKeyLanguages.map { ($0, Words(tag: $0)) })
    }

    /// Each file of the interpreter reads it as it is.
    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array((try? encoder.encode(self)) ?? Data())
    }

    /// The blocks that have Latin letters.
    private static let accents: [String: String] = {
        var accents: [String: String] = [:]
        for value in [0x80..<0x3000, 0xA700..<0xAC00, 0x1_DF00..<0x1_E000].joined() {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            let letter = String(scalar)
            guard scalar.properties.isAlphabetic, scalar.properties.lowercaseMapping == letter else {
                continue
            }
            let plain = fold(letter)
            if !plain.isEmpty, plain != letter { accents[plain, default: ""] += letter }
        }
        return accents
    }()
}

extension FunctionTables {
    /// The words of a language: lists of words where one is a phrase of several.
    struct Words: Encodable {
        var code: String
        /// Names of 0 to 99.
        var numbers: [[String]]
        var and: String
        var thousand: [String]
        var hundred: [String]
        /// Words of their own for 100, 200 … 900.
        var hundreds: [[String]]
        /// Parts of numbers that are written together, besides the names.
        var glue: [String]
        var point: [String]
        var minus: [String]
        var articles: [String]
        var half: [String: [[String]]]
        var clock: [String: [[String]]]
        var months: [String]
        var days: [String]
        /// Of days in answers: the numbers of months and days by their names, what stands beside them, today and tomorrow.
        var monthWords: [String: Int]
        var ordinals: [String: Int]
        var ordinalEndings: [String]
        var besideDay: [String]
        var nextDays: [String]
        /// One and many of days, hours, minutes, seconds.
        var units: [[String]]
        var yes: [String]
        var no: [String]
        var star: [String]
        var pound: [String]

        init(tag: String) {
            let language = SpokenLanguage(tag: tag)
            func phrases(_ list: [[Substring]]) -> [[String]] { list.map { $0.map(String.init) } }
            code = language.rawValue
            numbers = (0...99).map(language.names)
            and = language.andWord
            thousand = language.thousandWords
            hundred = language.hundredMultipliers
            hundreds = language.hundredWords
            glue = language.gluedWords
            point = language.pointWords
            minus = language.minusWords
            articles = language.articles
            half = [
                "before": phrases(language.halfWords.before), "behind": phrases(language.halfWords.behind),
            ]
            let words = language.clockWords
            clock = [
                "am": phrases(words.am), "pm": phrases(words.pm), "noon": phrases(words.noon),
                "midnight": phrases(words.midnight), "before": phrases(words.before),
                "hour": phrases(words.hour), "minute": phrases(words.minute),
                "quarter": phrases(words.quarter),
                "half": phrases(words.half), "halfPast": phrases(words.halfPast),
                "halfTo": phrases(words.halfTo),
                "past": phrases(words.past), "to": phrases(words.to), "less": phrases(words.less),
            ]
            months = (1...12).map(language.monthName)
            days = (0...6).map(language.dayName)
            monthWords = language.dayWords?.months ?? [:]
            ordinals = language.dayWords?.ordinals ?? [:]
            ordinalEndings = language.ordinalEndings
            besideDay = (language.dayWords?.others ?? []).sorted()
            nextDays = language.nextDays
            units = language.unitNames.map { [$0.one, $0.many] }
            yes = language.yesWords
            no = language.noWords
            (star, pound) = spokenKeys(tag)
        }
    }
}

extension Program {
    /// Those of values that are shown, read or asked for.
    fileprivate var currencies: [String] {
        var types = variables.map(\.type) + config.map(\.type) + parameters.map(\.type)
        for case .gather(let gather) in operations {
            if case .money(let currency) = gather.input { types.append(.money(currency)) }
        }
        return types.flatMap(\.currencies)
    }
}

extension ValueType {
    fileprivate var currencies: [String] {
        switch self {
        case .money(let currency): [currency]
        case .optional(let inner), .list(let inner, _): inner.currencies
        case .record(let record): record.fields.flatMap(\.type.currencies)
        default: []
        }
    }
}
