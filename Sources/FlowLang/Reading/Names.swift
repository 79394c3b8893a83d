/// What a name is of; each has its spelling (language.md §7).
enum NameKind {
    case flow, state
    case variable, config, text, hours
    case parameter, field
    case outcome
    case type

    var title: String {
        switch self {
        case .flow: "flow"
        case .state: "state"
        case .variable: "variable"
        case .config: "config entry"
        case .text: "text"
        case .hours: "calendar"
        case .parameter: "param"
        case .field: "field"
        case .outcome: "outcome"
        case .type: "type"
        }
    }

    /// The rule in the author's words.
    var rule: String {
        switch self {
        case .flow, .state: "small letters, digits and hyphens, such as 'main-menu'"
        case .variable, .config, .text, .hours, .outcome:
            "small letters, digits and underscores, such as 'order_number'"
        case .parameter, .field: "letters, digits and underscores, such as 'order_number' or 'To'"
        case .type: "capitalized words without blanks, such as 'OrderLine'"
        }
    }

    func allows(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 64 else { return false }
        switch self {
        case .flow, .state:
            return isLower(first) && name.utf8.last != UInt8(ascii: "-")
                && name.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
        case .variable, .config, .text, .hours, .outcome:
            return isLower(first)
                && name.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
        case .parameter, .field:
            return isLetter(first) && name.utf8.allSatisfy { isLetter($0) || isDigit($0) }
        case .type:
            return isLetter(first) && !isLower(first) && first != UInt8(ascii: "_")
                && name.utf8.allSatisfy { (isLetter($0) && $0 != UInt8(ascii: "_")) || isDigit($0) }
        }
    }

    private func isLower(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }
}

extension String {
    /// Whether it is the name: most others already differ in length, which is seen without a call.
    @inline(__always)
    package func isName(_ name: String) -> Bool {
        utf8.count == name.utf8.count && self == name
    }
}

/// Words of the expression language, which can't be names.
private let reservedWords = ["and", "or", "not", "in", "true", "false", "none"]

extension Reader {
    @discardableResult
    mutating func checkName(_ name: Located<String>, _ kind: NameKind) -> Bool {
        switch kind {
        case .state where Target.Word(named: name.value) != nil:
            report(SyntaxMessages.reservedState(name.value, at: name.span))
            return false
        case .outcome where isWordOfEnqueue(name.value):
            report(SyntaxMessages.reservedOutcome(name.value, at: name.span))
            return false
        case .variable, .parameter, .field:
            if reservedWords.contains(where: name.value.isName) {
                report(SyntaxMessages.reservedWord(name.value, kind.title, at: name.span))
                return false
            }
        default: break
        }
        if kind.allows(name.value) { return true }
        report(SyntaxMessages.invalidName(name.value, kind, at: name.span))
        return false
    }
}

/// Outcomes of a wait flow's own stand beside `enqueue`, where they can't be called as a verb or an option is.
private func isWordOfEnqueue(_ name: String) -> Bool {
    VerbTable.row(named: name) != nil || VerbTable.enqueue.option(name) != nil
}
