import FlowLang
import FlowProgram

/// Every sentence of the type checker, sorted by code.
enum TypeMessages {
    // digits-compared

    static func textAndNumber(_ type: ValueType, _ number: String?, at span: Span) -> Diagnostic {
        let code: DiagnosticCode = if case .digits = type { .digitsCompared } else { .typeMismatch }
        let isPlain = if case .text = type { true } else { false }
        let help =
            number.map { "Put the number in quotes: '\($0)'." }
            ?? "Compare with a text, or make a number of it first: number(x) gives a number?."
        let problem = Diagnostic(
            code, "\(isPlain ? "a text is" : "\(type.display) is a text and is") compared with a number",
            at: span,
            help: help)
        return number.map { problem.fixed(from: $0, to: "'\($0)'") } ?? problem
    }

    static func textOrdered(_ type: ValueType, at span: Span) -> Diagnostic {
        let code: DiagnosticCode = if case .digits = type { .digitsCompared } else { .typeMismatch }
        return Diagnostic(
            code, "\(type.display) is a text and has no order", at: span,
            help: "Make a number of it first: number(x) gives a number?.")
    }

    // duplicate-name

    static func duplicateField(_ name: String, _ first: Span, at span: Span) -> Diagnostic {
        Diagnostic(
            .duplicateName, "field '\(name)' stands twice", at: span,
            notes: [Diagnostic.Note("first written here", at: first)])
    }

    static func duplicateWord(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .duplicateName, "the word '\(word)' stands twice", at: span, help: "Leave one of them out.")
    }

    // invalid-pattern

    static func invalidPattern(_ reason: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidPattern, "this pattern can't be used: \(reason)", at: span,
            help: "A pattern such as '[A-Z]{2}-\\d+' has to fit the whole text.")
    }

    // missing-timezone

    static func missingTimezone(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .missingTimezone, "\(name) depends on the civil time, and the flow names no timezone", at: span,
            help: "Add a line such as 'timezone: America/New_York' at the top of the flow.")
    }

    // optional-used

    static func optionalUsed(source: String?, _ assignments: [Span], at span: Span) -> Diagnostic {
        Diagnostic(
            .optionalUsed, "\(source ?? "this value") may be none", at: span,
            notes: setHere(assignments), help: guardHelp(source))
    }

    // recursive-type

    static func recursiveType(_ way: [String], at span: Span) -> Diagnostic {
        Diagnostic(
            .recursiveType, "type '\(way.first ?? "")' holds itself: \(way.joined(separator: " → "))",
            at: span,
            help: "A type can't hold itself, not even in a list or as an optional.")
    }

    // secret-exposed

    static func secretShown(at span: Span) -> Diagnostic {
        Diagnostic(
            .secretExposed, "a secret would be shown here", at: span,
            help: "A secret may stand only in the headers or the body of a fetch.")
    }

    // too-deep

    static func tooDeep(at span: Span) -> Diagnostic {
        Diagnostic(
            .tooDeep, "this expression is nested too deeply", at: span,
            help: "Set a variable to a part of it first.")
    }

    // type-mismatch

    static func argumentsDiffer(_ row: FunctionRow, _ first: ValueType, _ last: ValueType, at span: Span)
        -> Diagnostic
    {
        Diagnostic(
            .typeMismatch,
            "\(row.name.rawValue)() can't put \(first.display) and \(last.display) together", at: span,
            help: usage(row))
    }

    static func calendarUsed(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(.typeMismatch, "hours.\(name) is no value", at: span, help: "Write hours.\(name).open.")
    }

    static func groupUsed(_ name: String, _ members: [String], at span: Span) -> Diagnostic {
        let examples = members.prefix(8).map { "\(name).\($0)" }.joined(separator: ", ")
        return Diagnostic(
            .typeMismatch, "\(name) is no value of its own", at: span,
            help: members.isEmpty ? "The flow declares nothing under \(name)." : "Write one of \(examples).")
    }

    static func incomparable(_ left: ValueType, _ right: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "\(left.display) and \(right.display) are never equal", at: span,
            help: "Compare values of the same type.")
    }

    static func mismatch(
        expected: ValueType, found: ValueType, source: String? = nil, at span: Span
    ) -> Diagnostic {
        var help: String?
        if let wanted = expected.unwrapped.scalarLimit, let length = found.unwrapped.scalarLimit,
            length > wanted,
            case .text = expected.unwrapped
        {
            help = "Cut it: first(\(source ?? "x"), \(wanted))."
        } else if expected.unwrapped == .phone, found.unwrapped.isText {
            help = "phone(\(source ?? "x")) gives a phone?."
        } else if expected.unwrapped.isNumeric, found.unwrapped.isText {
            help = "number(\(source ?? "x")) gives a number?."
        } else if expected.unwrapped == .integer, found.unwrapped == .number {
            help = "round(\(source ?? "x")) gives an integer."
        } else if expected.unwrapped == .date, found.unwrapped == .datetime || found.unwrapped.isText {
            help = "date(\(source ?? "x")) gives a date."
        }
        return Diagnostic(
            .typeMismatch, "\(expected.display) is expected, and this is \(found.display)", at: span,
            help: help)
    }

    static func noCommonType(_ left: ValueType, _ right: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "\(left.display) and \(right.display) have no type in common", at: span,
            help: "Both sides have to be of one type.")
    }

    static func noFields(_ type: ValueType, _ field: String, at span: Span) -> Diagnostic {
        Diagnostic(.typeMismatch, "\(type.display) has no fields, so no '\(field)'", at: span)
    }

    static func noneUsed(at span: Span) -> Diagnostic {
        Diagnostic(.typeMismatch, "a value is needed here, and this is none", at: span)
    }

    static func notCondition(_ type: ValueType, source: String?, at span: Span) -> Diagnostic {
        let example = type.isText ? "\(source ?? "x") == 'yes'" : "\(source ?? "x") == 0"
        return Diagnostic(
            .typeMismatch, "a condition is a bool, and this is \(type.display)", at: span,
            help: "Compare it with something: \(example).")
    }

    static func notContained(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'in' wants a list at its right side, and this is \(type.display)", at: span,
            help: type.isText
                ? "For a part of a text write contains(text, part)." : "Write a list: x in [1, 2].")
    }

    static func notIndexed(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "only a list has elements, and this is \(type.display)", at: span,
            help: type.isText ? "first(x, n) and last(x, n) give parts of a text." : nil)
    }

    /// - Parameter hole: what was meant, if the text is an expression without its hole.
    static func notReadable(_ text: String, as type: ValueType, hole: String? = nil, at span: Span)
        -> Diagnostic
    {
        let shown = text.cut(to: 40) + (text.hasAtMost(40) ? "" : "…")
        if case .words(let words) = type { return unknownWord(text.cut(to: 40), words, at: span) }
        if case .text(let limit) = type {
            let count = text.unicodeScalars.count
            return Diagnostic(
                .typeMismatch, "this text has \(count) characters, and \(type.display) takes \(limit)",
                at: span,
                help: "Shorten it, or declare a longer text, up to text(\(ValueType.maxTextLimit)).")
        }
        let problem = Diagnostic(.typeMismatch, "'\(shown)' isn't \(withArticle(type))", at: span)
        let methods = ["GET ", "POST ", "PUT ", "PATCH ", "DELETE "]
        if type == .url, methods.contains(where: { text.hasPrefix($0) }) {
            return problem.suggesting(
                text, meant: nil,
                else:
                    "Write the address alone; the method is an option: 'method: \(text.prefix { $0 != " " })'."
            )
        }
        return problem.suggesting(
            text, meant: hole ?? (type == .phone ? internationalNumber(text) : nil), else: writtenForm(type))
    }

    /// A number that lacks its plus, or is written as people do: `+1 (555) 555-0100`.
    private static func internationalNumber(_ text: String) -> String? {
        guard text.utf8.allSatisfy({ " ()-./+0123456789".utf8.contains($0) }) else { return nil }
        let digits = text.filter { $0.isNumber }
        let isInternational =
            text.hasPrefix("+") || text.hasPrefix("00") || (11...15).contains(digits.utf8.count)
        let number = "+" + (text.hasPrefix("00") ? String(digits.dropFirst(2)) : digits)
        return isInternational && value(of: number, as: .phone) != nil ? number : nil
    }

    static func notShowable(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "\(type.display) can't be shown as text", at: span,
            help: parts(of: type) ?? "Show one element, or join(list, ', ').")
    }

    /// The fields of a record, to pick one of.
    static func parts(of type: ValueType) -> String? {
        guard case .record(let record) = type.unwrapped, !record.fields.isEmpty else { return nil }
        return "Show one of its fields: \(record.fields.prefix(12).map(\.name).joined(separator: ", "))."
    }

    static func textInExpression(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "texts.\(name) is a prompt and no value", at: span,
            help: "It stands alone where a prompt is: say: ${texts.\(name)}.")
    }

    static func unknownWord(_ word: String, _ words: [String], at span: Span) -> Diagnostic {
        Diagnostic(.typeMismatch, "'\(word)' is none of \(words.joined(separator: ", "))", at: span)
            .suggesting(word, among: words, else: thereIs(words))
    }

    static func unordered(_ left: ValueType, _ right: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "\(left.display) and \(right.display) have no order among them", at: span,
            help: "Numbers, dates, times, datetimes, durations and money can be compared with their own kind."
        )
    }

    static func wrongArgument(
        _ row: FunctionRow, _ rules: [ParameterRule], _ found: ValueType, at span: Span
    ) -> Diagnostic {
        var wanted: [String] = []
        for rule in rules where !wanted.contains(rule.display) { wanted.append(rule.display) }
        return Diagnostic(
            .typeMismatch,
            "\(row.name.rawValue)() takes \(wanted.joined(separator: " or ")) here, and this is \(found.display)",
            at: span, help: usage(row))
    }

    static func wrongOperand(_ operation: String, _ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(.typeMismatch, "'\(operation)' has no meaning for \(type.display)", at: span)
    }

    static func wrongOperands(
        _ operation: String, _ left: ValueType, _ right: ValueType, at span: Span
    ) -> Diagnostic {
        let isText = left.isText && right.isText && operation == "+"
        return Diagnostic(
            .typeMismatch, "'\(operation)' has no meaning for \(left.display) and \(right.display)", at: span,
            help: isText ? "Put holes side by side, \"${a}${b}\", or write join([a, b], '')." : nil)
    }

    // type-syntax

    static func missingCurrency(at span: Span) -> Diagnostic {
        Diagnostic(
            .typeSyntax, "money needs its currency", at: span,
            help: "Write three capital letters, such as money(USD).")
    }

    static func outOfBounds(_ name: String, _ bounds: ClosedRange<Int>, at span: Span) -> Diagnostic {
        let example = name == "digits" ? " or a range of them, such as 2..4" : ""
        return Diagnostic(
            .typeSyntax, "this isn't a size that \(name) can have", at: span,
            help: "Write a number from \(bounds.lowerBound) to \(bounds.upperBound)\(example).")
    }

    static func typeArguments(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeSyntax, "'\(name)' takes nothing in brackets like this", at: span,
            help: "Write \(name) alone.")
    }

    static func typeTooLarge(at span: Span) -> Diagnostic {
        Diagnostic(
            .typeSyntax, "this type is too large once the types in it are written out", at: span,
            help: "Keep only the fields that the flow reads: others are ignored anyway.")
    }

    // unassigned-variable

    static func unassigned(_ variable: NameTable.VariableEntry, source: String?, at span: Span) -> Diagnostic
    {
        Diagnostic(
            .unassignedVariable, "'\(variable.name)' isn't set on every way to here", at: span,
            notes: setHere(variable.assignments), help: guardHelp(source))
    }

    static func noFailure(_ member: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unassignedVariable, "'failure.\(member)' isn't known on every way to here", at: span,
            help: "It is there behind `failed` and the statuses of a fetch, until the caller is waited for.")
    }

    // unknown-field

    static func unknownField(_ name: String, in record: RecordType, at span: Span) -> Diagnostic {
        let owner = record.name.map { "\($0) has" } ?? "the record has"
        let names = record.fields.map(\.name)
        return Diagnostic(.unknownField, "\(owner) no field '\(name)'", at: span)
            .suggesting(name, among: names, else: thereIs(names))
    }

    // unknown-function

    static func unknownFunction(_ name: String, at span: Span) -> Diagnostic {
        let names = FunctionTable.rows.map(\.name.rawValue)
        return Diagnostic(.unknownFunction, "unknown function '\(name)'", at: span)
            .suggesting(name, meant: meant(name, in: names, Synonyms.functions), else: thereIs(names))
    }

    // unknown-name

    static func otherChannel(_ name: String, _ channel: Channel, at span: Span) -> Diagnostic {
        let (reason, instead) =
            channel == .sms
            ? ("a text message isn't a call", "Use message, or person for the other side's number.")
            : ("a call has no message", "Use call, or person for the other side's number.")
        return Diagnostic(.unknownName, "there is no '\(name)' here: \(reason)", at: span, help: instead)
    }

    static func noQueue(at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownName, "there is no 'queue' here: nobody waits in one", at: span,
            help: "It is there in a flow with `runs: wait` that an `enqueue` has as its `wait`.")
    }

    static func unknownMember(_ name: String, of group: String, _ members: [String], at span: Span)
        -> Diagnostic
    {
        Diagnostic(.unknownName, "\(group) has no '\(name)'", at: span)
            .suggesting(
                name, among: members,
                else: thereIs(members) ?? "The flow declares nothing under \(group).")
    }

    static func unknownName(_ name: String, _ known: [String], at span: Span) -> Diagnostic {
        let literals = ["none", "true", "false"]
        let literal = literals.first { $0 == name.lowercased() || $0 == Synonyms.names[name.lowercased()] }
        return Diagnostic(.unknownName, "unknown name '\(name)'", at: span)
            .suggesting(
                name, meant: literal ?? meant(name, in: known, Synonyms.names),
                else: "Put a text in quotes: '\(name)'. A variable comes into being by set, into or vars.")
    }

    // unknown-type

    static func unknownType(_ name: String, _ known: [String], at span: Span) -> Diagnostic {
        Diagnostic(.unknownType, "unknown type '\(name)'", at: span)
            .suggesting(name, meant: meant(name, in: known, Synonyms.types), else: typeHelp(name, known))
    }

    private static func typeHelp(_ name: String, _ known: [String]) -> String? {
        switch name.lowercased() {
        case "list", "array", "map": "A list is written [text], a record as a mapping of its fields."
        case "true", "false": "Write a type, not a value: {type: bool, initial: \(name)}."
        case _ where name.utf8.allSatisfy { (0x30...0x39).contains($0) }:
            "Write a type, not a value: {type: integer, initial: \(name)}."
        default: thereIs(known)
        }
    }

    // wrong-arguments

    static func wrongCount(_ row: FunctionRow, _ count: Int, at span: Span) -> Diagnostic {
        let given = count == 1 ? "1 argument" : "\(count) arguments"
        return Diagnostic(
            .wrongArguments, "\(row.name.rawValue)() can't be called with \(given)", at: span,
            help: usage(row))
    }

    // Parts of sentences

    private static func setHere(_ assignments: [Span]) -> [Diagnostic.Note] {
        assignments.prefix(3).map { Diagnostic.Note("it is set here", at: $0) }
    }

    private static func guardHelp(_ source: String?) -> String {
        guard let source else { return "Give a value for the case that there is none: x ?? 'other'." }
        return "Give a value for that case, \(source) ?? …, or ask first: if: \(source) != none."
    }

    private static func usage(_ row: FunctionRow) -> String {
        "Write \(row.signatures.map(\.display).joined(separator: ", or "))."
    }

    /// The first of them; nil if there are none.
    private static func thereIs(_ words: [String]) -> String? {
        let shown = words.prefix(16)
        if shown.isEmpty { return nil }
        return "There is \(shown.joined(separator: ", "))\(words.count > shown.count ? " …" : "")."
    }

    private static func withArticle(_ type: ValueType) -> String {
        switch type {
        case .digits, .money: type.display
        case .integer, .address: "an \(type.display)"
        default: "a \(type.display)"
        }
    }

    /// How a value of the type is written.
    private static func writtenForm(_ type: ValueType) -> String? {
        switch type {
        case .bool: "Write true or false."
        case .integer: "Write digits, with a minus sign at most, such as 12."
        case .number: "Write a number such as 12 or 1.5."
        case .digits(let range):
            range.count == 1
                ? "Write exactly \(range.lowerBound) digits."
                : "Write \(range.lowerBound) to \(range.upperBound) digits and nothing else."
        case .phone: "Write + and the country code, such as +15555550100."
        case .url: "Write a whole address that begins with https://."
        case .date: "Write it as 2026-11-21."
        case .time: "Write it as 9:30 or 17:00."
        case .datetime: "Write it as 2026-11-21T17:00:00Z."
        case .duration: "Write it as 20s, 5m or 1h30m."
        case .money: "Write an amount such as 12.50."
        case .record, .list: "A hole gives one: ${name}."
        default: nil
        }
    }
}
