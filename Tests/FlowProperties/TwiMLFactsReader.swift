extension TwiMLFacts {
    static func read(_ text: String) -> [Element] {
        var elements: [Element] = []
        var lines: [String] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("      "), let last = lines.popLast() {
                lines.append(last + " " + line.drop { $0 == " " })
            } else {
                lines.append(line)
            }
        }
        for line in lines {
            if line.hasPrefix(" ") {
                guard let (name, attribute) = attribute(line), !elements.isEmpty else { continue }
                elements[elements.count - 1].attributes[name] = attribute
            } else {
                elements.append(element(line))
            }
        }
        return elements
    }

    /// `sms Media in Message with text required at most 10`
    private static func element(_ line: String) -> Element {
        var words = line.split(separator: " ").map(String.init)[...]
        var element = Element(tag: "")
        if words.first == "sms" {
            element.isMessaging = true
            words.removeFirst()
        }
        element.tag = words.popFirst() ?? ""
        if element.tag.hasPrefix("?") {
            element.isUnverified = true
            element.tag.removeFirst()
        }
        if let place = words.firstRange(of: ["at", "most"]), let count = words.last.flatMap({ Int($0) }) {
            element.atMost = count
            words = words[..<place.lowerBound]
        }
        if let place = words.firstRange(of: ["with", "text"]) {
            element.text = words.last == "required" ? .required : .any
            words = words[..<place.lowerBound]
        }
        element.parents = Set(words.dropFirst())
        return element
    }

    /// `  ?debug: flag`
    private static func attribute(_ line: String) -> (String, Attribute)? {
        var name = String(line.drop { $0 == " " }.prefix { $0 != " " }.dropLast())
        let words = line.drop { $0 == " " }.split(separator: " ").dropFirst().map(String.init)
        guard let values = values(words) else { return nil }
        var attribute = Attribute(values: values)
        if name.hasPrefix("!") { attribute.isRequired = true }
        if name.hasPrefix("?") { attribute.isUnverified = true }
        name = name.trimmingPrefix { $0 == "!" || $0 == "?" }.description
        return (name, attribute)
    }

    private static func values(_ words: [String]) -> Values? {
        let rest = Array(words.dropFirst(2))
        switch words.first {
        case "text": return .text(most: words.last.flatMap { Int($0) } ?? Int.max)
        case "word": return .word
        case "flag": return .flag
        case "url": return .url(orNothing: words.count > 1)
        case "wss": return .webSocket
        case "one": return .one(of: rest)
        case "some": return .some(of: rest)
        case "characters": return .characters(of: words.last ?? "", most: Int.max)
        case "key": return .characters(of: "0123456789#*", most: 1)
        case "sid": return .sid(prefix: words.last ?? "")
        case "decimal": return .decimal
        case "numbers": return .numbers
        case "list": return .list
        case "pause": return .pause
        case let range?:
            let ends = range.split(separator: "...", omittingEmptySubsequences: false).map { Int($0) }
            guard let lower = ends.first ?? nil else { return nil }
            return .number(lower...((ends.last ?? nil) ?? Int.max), orAuto: words.last == "auto")
        case nil: return nil
        }
    }
}
