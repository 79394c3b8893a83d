import TwiML

/// What the provider may send of the keys that a `<Gather>` hears, when it is exported: keys only, and `#` ends them or is none.
struct KeyInput: Hashable {
    let hearsKeys: Bool
    /// The keys that can be in an answer.
    let alphabet: [Character]
    /// nil for any number.
    let length: Int?
    /// Whether a pressed `#` would be in the answer, which is a part of a URL.
    let takesPound: Bool

    init(_ gather: XMLReader.Element) {
        let kinds = (gather.attribute("input") ?? "dtmf").split(separator: " ")
        hearsKeys = kinds.contains("dtmf")
        let finish = Self.finishKeys(gather.attribute("finishOnKey"))
        alphabet = "0123456789*".filter { !finish.contains($0) }
        length = gather.attribute("numDigits").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        takesPound = !finish.contains("#")
    }

    /// As it is exported: where no key ends the answer, `#` does.
    static func finishKeys(_ attribute: String?) -> String {
        attribute.map { $0.isEmpty ? "#" : $0 } ?? "#"
    }

    /// How many answers there can be, the empty one counted; nil where there is no end of them.
    var count: Int? {
        guard let length else { return nil }
        var (count, ofLength) = (1, 1)
        for _ in 0..<length {
            let (product, isTooLarge) = ofLength.multipliedReportingOverflow(by: alphabet.count)
            let (sum, isTooMany) = count.addingReportingOverflow(product)
            if isTooLarge || isTooMany { return nil }
            (count, ofLength) = (sum, product)
        }
        return count
    }

    /// The shorter ones first.
    var answers: [String] {
        var answers = [""]
        var last = [""]
        for _ in 0..<(length ?? 0) {
            last = last.flatMap { start in alphabet.map { start + String($0) } }
            answers += last
        }
        return answers
    }
}
