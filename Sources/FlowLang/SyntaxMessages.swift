/// Every sentence of this module, sorted by code: what was found in the author's words, then what to do.
enum SyntaxMessages {
    // MARK: complex-key

    static func complexKey(at span: Span) -> Diagnostic {
        Diagnostic(
            .complexKey, "a list or mapping as a key", at: span,
            help: "Write the key as one word, or in quotes if it holds brackets.")
    }

    static func emptyKey(at span: Span) -> Diagnostic {
        Diagnostic(.complexKey, "a value without a key", at: span, help: "Write a key before the ':'.")
    }

    // MARK: cut-text

    static func cutByAnchor(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .cutText, "YAML cuts the word with '&' off this text", at: span,
            help: "Put the text in quotes: \(quoted(text))."
        )
        .fixed(from: text, to: yamlQuoted(text))
    }

    static func cutByComment(_ text: String, _ comment: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .cutText, "' #' begins a comment, so the text ends at '\(shown(lastWord(text)))'", at: span,
            help:
                "Put the text in quotes: \(quoted(text + " " + comment)); if it is a comment, put the text alone in quotes or the comment on a line of its own."
        )
    }

    // MARK: duplicate-key

    static func duplicateKey(_ name: String, at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            .duplicateKey, "the key '\(shown(name))' is there twice", at: span,
            notes: [.init("first written here", at: first)], help: "Remove one of them, or rename it.")
    }

    // MARK: duplicate-name

    static func duplicateChannel(_ channel: Located<String>, first: Span) -> Diagnostic {
        Diagnostic(
            .duplicateName, "the channel '\(channel.value)' is there twice", at: channel.span,
            notes: [.init("first written here", at: first)], help: "Remove one of them.")
    }

    // MARK: expression-syntax

    /// What other languages write, and what it is here.
    static func foreignSign(_ written: String, _ what: String, write: String, help: String, at span: Span)
        -> Diagnostic
    {
        Diagnostic(.expressionSyntax, what, at: span, help: help).fixed(from: written, to: write)
    }

    static func expression(_ what: String, at span: Span, help: String?) -> Diagnostic {
        Diagnostic(.expressionSyntax, what, at: span, help: help)
    }

    static func expressionTooLong(_ count: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .expressionSyntax, "an expression of \(count) bytes", at: span,
            help:
                "An expression has at most \(ExpressionLimits.maxBytes) bytes; set a variable to a part of it first."
        )
    }

    static func severalHoles(at span: Span) -> Diagnostic {
        Diagnostic(
            .expressionSyntax, "a hole and more beside it, where one expression is wanted", at: span,
            help: "Write the expression without '${' and '}', or all of it inside.")
    }

    static func unclosedHole(at span: Span) -> Diagnostic {
        Diagnostic(
            .expressionSyntax, "the hole that begins here has no '}'", at: span,
            help: "End the hole with '}', or write '$${' for the characters themselves.")
    }

    // MARK: foreign-hole

    static func foreignHole(_ written: String, of name: String, at span: Span) -> Diagnostic {
        Diagnostic(.foreignHole, "'\(shown(written))' is said as it stands", at: span)
            .suggesting(written, meant: "${\(name)}", else: nil)
    }

    // MARK: file-too-large

    static func fileTooLarge(_ count: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .fileTooLarge, "a flow file of \(count) bytes", at: span,
            help: "A flow file has at most \(YAMLLimits.maxFileBytes) bytes; split it into several flows.")
    }

    // MARK: hours-syntax

    static func date(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .hoursSyntax, "'\(shown(text))' isn't a date", at: span,
            help: "Write a date as year-month-day, such as 2026-12-25.")
    }

    static func noSuchDay(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .hoursSyntax, "there is no day '\(shown(text))'", at: span,
            help: "Write a day that the calendar has, such as 2026-12-25.")
    }

    static func times(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .hoursSyntax, "'\(shown(text))' isn't a span of time", at: span,
            help:
                "Write two different times with a hyphen, such as \"09:00-17:30\"; \"00:00-24:00\" is the whole day."
        )
    }

    /// `mon` for `Monday`, `mon-fri` for `weekdays`.
    private static func weekdaysMeant(_ text: String) -> String? {
        let word = text.lowercased()
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        if word == "weekdays" || word == "weekday" { return "mon-fri" }
        if word == "weekend" || word == "weekends" { return "sat-sun" }
        return days.first { $0.hasPrefix(word) && word.count >= 3 }.map { String($0.prefix(3)) }
    }

    static func weekday(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .hoursSyntax, "'\(shown(text))' isn't a day of the week", at: span
        ).suggesting(
            text, meant: weekdaysMeant(text),
            else: "Write mon, tue, wed, thu, fri, sat, sun, a range such as mon-fri, or several with commas.")
    }

    // MARK: invalid-character

    static func byteOrderMark(at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidCharacter, "the file begins with an invisible byte order mark", at: span,
            help: "Save the file as UTF-8 without a byte order mark (BOM)."
        ).fixed(from: "\u{FEFF}", to: "")
    }

    static func invalidCharacter(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
        let name = "U+" + hexadecimal(scalar.value)
        let what =
            switch scalar.value {
            case 0x85, 0x2028, 0x2029: "an invisible line end"
            case 0xFEFF: "an invisible byte order mark"
            default: "a control character"
            }
        return Diagnostic(
            .invalidCharacter, "\(what) (\(name))", at: span,
            help: "Remove it; it can't be seen in most editors."
        ).fixed(from: String(scalar), to: "")
    }

    // MARK: invalid-choice-key

    static func choiceKey(_ written: String, write: String, at span: Span) -> Diagnostic {
        Diagnostic(.invalidChoiceKey, "the key '\(written)' as a choice", at: span, help: "Write '\(write)'.")
            .fixed(from: written, to: write)
    }

    static func choiceOfNothing(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidChoiceKey, "'\(text)' among the choices would have to be spoken", at: span,
            help: text == "no_input" || text == "no_match"
                ? "Write '\(text)' beside 'choices': it takes a prompt."
                : "What no choice means leads to 'otherwise', beside 'choices'.")
    }

    static func choiceKeyWithoutLetters(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidChoiceKey, "'\(shown(text))' is neither keys nor words", at: span,
            help: "Write digits, 'star', 'pound', or a phrase that can be spoken.")
    }

    static func emptyChoiceKey(at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidChoiceKey, "nothing stands between the commas", at: span,
            help: "Write a key or a phrase on both sides of each comma.")
    }

    static func starKey(at span: Span) -> Diagnostic {
        choiceKey("*", write: "star", at: span)
    }

    // MARK: invalid-language

    static func invalidLanguage(_ tag: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidLanguage, "'\(shown(tag))' isn't a language tag", at: span,
            help: "Write a language and, if needed, a country, such as 'en' or 'en-US'.")
    }

    static func tooManyLanguages(_ count: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidLanguage, "\(count) languages in one flow", at: span,
            help: "At most \(YAMLLimits.maxLanguages): make a flow for each group of callers.")
    }

    // MARK: invalid-name

    static func invalidName(_ name: String, _ kind: NameKind, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidName, "'\(shown(name))' can't be a \(kind.title)'s name", at: span,
            help: "Write \(kind.rule).")
    }

    static func invalidTarget(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidName, "'\(shown(name))' can't be a state's name", at: span,
            help:
                "Write a state's name, a list of steps, or one of \(list(Target.Word.allCases.map(\.rawValue)))."
        )
    }

    // MARK: invalid-utf8

    static func invalidUTF8(at span: Span) -> Diagnostic {
        Diagnostic(.invalidUTF8, "bytes that aren't UTF-8", at: span, help: "Save the file as UTF-8.")
    }

    static func utf16(at span: Span) -> Diagnostic {
        Diagnostic(.invalidUTF8, "the file is UTF-16", at: span, help: "Save the file as UTF-8.")
    }

    // MARK: invalid-value

    static func invalidKeys(_ text: String, of what: Subject, wanted: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "'\(shown(text))' isn't a text of keys for \(what)", at: span,
            help: "Write \(wanted), in quotes.")
    }

    static func tooLong(_ count: Int, of what: Subject, limit: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "\(count) characters are too many for \(what)", at: span,
            help: "The provider takes \(limit): shorten it.")
    }

    static func invalidValue(_ text: String, of what: Subject, wanted: String, at span: Span) -> Diagnostic {
        Diagnostic(.invalidValue, "'\(shown(text))' doesn't fit \(what)", at: span, help: "Write \(wanted).")
    }

    static func invalidWord(_ text: String, of what: Subject, words: [String], at span: Span) -> Diagnostic {
        Diagnostic(.invalidValue, "'\(shown(text))' doesn't fit \(what)", at: span)
            .suggesting(
                text, meant: meant(text, in: words, Synonyms.words), else: "Write one of \(list(words)).")
    }

    // MARK: merge-key

    static func mergeKey(at span: Span) -> Diagnostic {
        Diagnostic(
            .mergeKey, "the merge key '<<'", at: span, help: "Write the keys out; flows aren't merged.")
    }

    // MARK: missing-key

    static func missingKey(_ name: String, of what: Subject, at span: Span) -> Diagnostic {
        Diagnostic(.missingKey, "\(what) has no '\(name)'", at: span, help: "Add the key '\(name)'.")
    }

    static func missingKind(_ first: Located<String>?, of what: Subject, kinds: [String], at span: Span)
        -> Diagnostic
    {
        guard let first else {
            return Diagnostic(
                .missingKey, "an empty mapping for \(what)", at: span, help: "Write one of \(list(kinds)).")
        }
        return unknownKey(first.value, of: what, valid: kinds, at: first.span)
    }

    static func missingOption(_ name: String, of verb: String, summary: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .missingKey, "'\(verb)' has no '\(name)'", at: span,
            help: "Add '\(name):' beside '\(verb)': \(uncapitalized(summary))")
    }

    static func missingSteps(at span: Span) -> Diagnostic {
        Diagnostic(
            .missingKey, "the flow has neither 'states' nor 'steps'", at: span,
            help: "Add 'steps:' with a list of steps, or 'states:' with several named lists.")
    }

    // MARK: missing-value

    static func emptyFile(at span: Span) -> Diagnostic {
        Diagnostic(
            .missingValue, "an empty file", at: span,
            help: "A flow begins with 'flow: its-name' and 'channel: voice'.")
    }

    static func emptyMapping(_ what: Subject, at span: Span) -> Diagnostic {
        Diagnostic(.missingValue, "nothing in \(what)", at: span, help: "Write at least one key.")
    }

    static func keyWithoutColon(_ key: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .missingValue, "'\(shown(key))' is a key without a value here", at: span,
            help: "A comma within '{ }' begins a new key: put a key or a text that holds a comma in quotes.")
    }

    static func missingValue(_ what: Subject, isCommented: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            .missingValue, "nothing is written for \(what)", at: span,
            help: isCommented
                ? "'#' begins a comment: put the value in quotes, as in \"#\"."
                : "Write a value behind the ':'; an empty text is ''.")
    }

    static func verbNeedsValue(_ verb: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .missingValue, "'\(verb)' stands alone", at: span,
            help: "Write what it needs behind it: '\(verb): …'.")
    }

    // MARK: missing-verb

    static func optionAsStep(_ name: String, at span: Span) -> Diagnostic {
        let verbs = verbs(with: name)
        return Diagnostic(
            .missingVerb, "'\(name)' begins no step", at: span,
            help: verbs.count == 1
                ? "It belongs to '\(verbs[0])': write it beside that, without '- '."
                : "It is an option: write it beside its verb, without '- '.")
    }

    /// The verbs that have an option.
    private static func verbs(with option: String) -> [String] {
        VerbTable.rows.filter { $0.option(option) != nil }.map(\.verb.rawValue)
    }

    static func missingVerb(at span: Span) -> Diagnostic {
        Diagnostic(
            .missingVerb, "a step without a verb", at: span,
            help: "A step has one verb, such as 'say', 'menu' or 'goto'.")
    }

    // MARK: reserved-name

    static func reservedState(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .reservedName, "'\(shown(name))' can't be a state's name", at: span,
            help:
                "The words \(list(Target.Word.allCases.map(\.rawValue))) have a meaning of their own as targets."
        )
    }

    static func reservedWord(_ name: String, _ title: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .reservedName, "'\(shown(name))' can't be a \(title)'s name", at: span,
            help: "The word has a meaning of its own in expressions; choose another name.")
    }

    // MARK: several-documents

    static func severalDocuments(at span: Span) -> Diagnostic {
        Diagnostic(
            .severalDocuments, "a second document begins here", at: span,
            help: "Write one flow a file, and remove the '---'.")
    }

    // MARK: several-verbs

    static func severalVerbs(_ first: Located<String>, _ second: Located<String>) -> Diagnostic {
        Diagnostic(
            .severalVerbs, "two verbs in one step, '\(first.value)' and '\(second.value)'", at: second.span,
            notes: [.init("the step's verb", at: first.span)],
            help: "Begin a step of its own with '- \(second.value)'.")
    }

    // MARK: tab-indent

    static func tabIndent(at span: Span) -> Diagnostic {
        Diagnostic(
            .tabIndent, "a tab at the beginning of a line", at: span,
            help: "Indent with blanks, two for each level.")
    }

    // MARK: too-deep

    static func tooDeep(at span: Span) -> Diagnostic {
        Diagnostic(
            .tooDeep, "more than \(YAMLLimits.maxDepth) levels inside each other", at: span,
            help: "Move the inner part to a place of its own.")
    }

    // MARK: too-many-nodes

    static func tooManyNodes(at span: Span) -> Diagnostic {
        Diagnostic(
            .tooManyNodes, "aliases repeat more than \(YAMLLimits.maxAliasNodes) values", at: span,
            help: "Write the values out, or repeat smaller ones.")
    }

    // MARK: type-syntax

    static func listOfWords(_ words: [String], at span: Span) -> Diagnostic {
        Diagnostic(
            .typeSyntax, "a list's type has one type and at most one number", at: span,
            help: "One of several words is written '\(shown(words.joined(separator: " | ")))'.")
    }

    // MARK: too-many-problems

    static func tooManyProblems(_ count: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .tooManyProblems, "\(count) more \(count == 1 ? "problem" : "problems")", at: span,
            help: "Solve the first ones and check again.")
    }

    static func tooManyWarnings(_ count: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .tooManyWarnings, "\(count) more \(count == 1 ? "warning" : "warnings")", at: span,
            help: "Mend the first ones and check again.")
    }

    // MARK: turned-text

    static func turnedText(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
        Diagnostic(
            .turnedText, "an invisible character (U+\(hexadecimal(scalar.value))) turns the text behind it",
            at: span,
            help:
                "Editors show the line in another order than it is read in: remove it, unless the language is written that way."
        )
    }

    // MARK: type-syntax

    static func type(_ what: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeSyntax, what, at: span,
            help:
                "Write a type, not a value: text(200), digits(6), [Place], phone?, open | closed, or a mapping of fields."
        )
    }

    // MARK: unclosed-quote

    static func unclosedQuote(_ quote: UInt8, at span: Span) -> Diagnostic {
        let sign = quote == UInt8(ascii: "'") ? "'" : "\""
        return Diagnostic(
            .unclosedQuote, "the quote \(sign) that is opened here isn't closed on its line", at: span,
            help: "Write \(sign) behind the text's last word.")
    }

    // MARK: unexpected-hole

    static func unexpectedHole(_ what: Subject, at span: Span) -> Diagnostic {
        Diagnostic(
            .unexpectedHole, "a hole in \(what)", at: span,
            help: "Write it out: it must be known before the flow runs.")
    }

    // MARK: unexpected-shape

    static func extraKeyInPart(_ key: String, _ part: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unexpectedShape, "'\(shown(key))' beside '\(part)' in one part of a prompt", at: span,
            help: "Write a list of parts, each in its own '{ }'.")
    }

    static func severalKinds(_ first: Located<String>, _ second: Located<String>, of what: Subject)
        -> Diagnostic
    {
        Diagnostic(
            .unexpectedShape, "'\(first.value)' and '\(second.value)' in one mapping of \(what)",
            at: second.span,
            notes: [.init("the first one", at: first.span)], help: "Write one of them.")
    }

    static func stepsAndStates(_ first: Span, _ second: Span) -> Diagnostic {
        Diagnostic(
            .unexpectedShape, "both 'steps' and 'states'", at: second.lower > first.lower ? second : first,
            notes: [.init("the other one", at: second.lower > first.lower ? first : second)],
            help: "Write 'steps' for a flow of one state, 'states' for several.")
    }

    static func targetMapping(_ what: Subject, at span: Span) -> Diagnostic {
        Diagnostic(
            .unexpectedShape, "a mapping for \(what), where a target is wanted", at: span,
            help: "Write a state's name, or a list of steps, each beginning with '- '.")
    }

    static func unexpectedShape(_ node: YAMLNode, wanted: Subject) -> Diagnostic {
        let found =
            switch node.kind {
            case .scalar(let scalar): "the text '\(shown(scalar.text))'"
            case .sequence: "a list"
            case .mapping: "a mapping"
            case .invalid: "something else"
            }
        return Diagnostic(
            .unexpectedShape, "\(found) for \(wanted)", at: node.span, help: help(wanted.description, node))
    }

    static func verbTakesNothing(_ verb: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unexpectedShape, "a value for '\(verb)', which takes none", at: span,
            help: "Write '- \(verb)' alone.")
    }

    /// Of what takes names with values.
    private static func example(of wanted: String) -> String? {
        switch wanted {
        case "'states'": "'start:' with the state's steps below it"
        case "'voices'": "{en-US: Polly.Joanna-Neural}"
        case "'config'": "{sales_number: phone}"
        case "'params'": "{To: phone}"
        case "'types'": "{Place: {name: text, open: bool}}"
        case "'vars'": "{tries: {type: integer, initial: 0}}"
        case "'texts'": "{goodbye: Thank you for calling.}"
        case "'hours'": "{office: {open: {mon-fri: \"09:00-17:00\"}}}"
        case _ where wanted.hasPrefix("the calendar "): "{open: {mon-fri: \"09:00-17:00\"}}"
        case "'defaults'": "{attempts: 2}"
        case "'on'": "{error: [hangup]}"
        case "'choices'": "{1: sales, 2: support}"
        case "'cases'": "{open: sales, closed: night}"
        case "'set'", "'with'": "{order: \"${digits}\"}"
        case "'query'", "'headers'", "'form'", "'log'": "{order: \"${order}\"}"
        default: nil
        }
    }

    private static func help(_ wanted: String, _ node: YAMLNode) -> String {
        if let example = example(of: wanted) {
            let list = if case .sequence = node.kind { ", without '- '" } else { "" }
            return "Write names with what they are\(list), such as \(example)."
        }
        return switch node.kind {
        case .scalar where wanted == "'steps'" || wanted.hasPrefix("the state"):
            "Write a list of steps, each beginning with '- '."
        case .scalar: "Write keys with values, each on a line of its own or within '{ }'."
        case .sequence where wanted == "a step": "Write a mapping with one verb, such as 'say: Hello'."
        case .sequence: "Write a single value; a list isn't read here."
        case .mapping where wanted == "'steps'" || wanted.hasPrefix("the state"):
            "Write a list of steps, each beginning with '- '."
        case .mapping, .invalid: "Write a single value; a text with '{' or ': ' needs quotes."
        }
    }

    // MARK: unknown-alias

    static func unknownAlias(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownAlias, "'*\(shown(name))' refers to nothing", at: span,
            help: "Put a text that begins with '*' in quotes, and write 'star' for the key.")
    }

    static func reservedOutcome(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .reservedName, "'\(shown(name))' already means something beside `enqueue`", at: span,
            help: "Name the outcome otherwise: it stands as a key beside the step that the caller waits in.")
    }

    // MARK: unknown-key

    static func unknownKey(_ key: String, of what: Subject, valid: [String], at span: Span) -> Diagnostic {
        let problem = Diagnostic(.unknownKey, "unknown key '\(shown(key))' in \(what)", at: span)
        let isElse = ["elif", "elseif", "else_if", "else if"].contains(key.lowercased())
        if isElse, valid.contains("else") {
            return problem.suggesting(
                key, meant: nil, else: "Write 'else:' with a list of steps that begins with another 'if'.")
        }
        let others = verbs(with: key)
        let elsewhere = others.isEmpty || others.count > 3 ? "" : "It is an option of \(list(others)). "
        let own =
            Synonyms.option(ofTwiML: key, in: valid)
            ?? (elsewhere.isEmpty ? meant(key, in: valid, Synonyms.keys) : nil)
        return problem.suggesting(
            key, meant: own,
            else: elsewhere
                + (valid.isEmpty ? "There are no keys beside it." : "Valid here: \(list(valid))."))
    }

    static func unknownPart(_ key: String, valid: [String], at span: Span) -> Diagnostic {
        let isOption = ["prompt", "text", "message", "question"].contains(key) || !verbs(with: key).isEmpty
        return Diagnostic(.unknownKey, "unknown part '\(shown(key))' of a prompt", at: span)
            .suggesting(
                key, meant: isOption ? nil : nearest(key, in: valid),
                else: isOption
                    ? "Write the prompt right behind the verb's ':', and options in lines of their own beside the verb."
                    : "Put a text with ': ' in quotes; a mapping has a language or one of \(list(valid)).")
    }

    // MARK: unknown-verb

    static func unknownVerb(_ word: String, at span: Span) -> Diagnostic {
        if let problem = sentence(word, at: span) { return problem }
        let verbs = Verb.allCases.map(\.rawValue)
        return Diagnostic(.unknownVerb, "unknown verb '\(shown(word))'", at: span)
            .suggesting(
                word, meant: meant(word, in: verbs, Synonyms.verbs), else: "The verbs are \(list(verbs)).")
    }

    /// `say Hello.`, `say:Hello.`
    private static func sentence(_ text: String, at span: Span) -> Diagnostic? {
        let verb = String(text.lowercased().prefix { $0.isLetter })
        let rest = text.dropFirst(verb.count)
        guard let row = VerbTable.row(named: verb), let sign = rest.first, sign == " " || sign == ":" else {
            return nil
        }
        let value = rest.drop { $0 == " " || $0 == ":" }
        if case .nothing = row.argument { return nil }
        guard !value.isEmpty, !value.contains(": ") else { return nil }
        let step = "\(verb): \(value)"
        return Diagnostic(.unknownVerb, "no ': ' behind the verb '\(verb)'", at: span)
            .suggesting(text, meant: step, else: nil)
    }

    // MARK: unquoted-colon

    static func unquotedColon(at span: Span, text: String?) -> Diagnostic {
        Diagnostic(
            .unquotedColon, "': ' inside an unquoted text", at: span,
            help: "Put the text in quotes\(text.map { ": " + quoted($0) } ?? "").")
    }

    static func colonAtEnd(at span: Span) -> Diagnostic {
        Diagnostic(
            .unquotedColon, "a ':' behind a value", at: span,
            help: "Remove it; what belongs to a step stands beside its verb, below the verb's first letter.")
    }

    // MARK: unquoted-hole

    static func unquotedHole(_ hole: String, isWhole: Bool, at span: Span) -> Diagnostic {
        let problem = Diagnostic(
            .unquotedHole, "a hole without quotes within '{ }' or '[ ]'", at: span,
            help: "Put the whole value in quotes, such as \(quoted(hole)).")
        return isWhole ? problem.fixed(from: hole, to: yamlQuoted(hole)) : problem
    }

    // MARK: unverified-option

    static func unverified(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unverifiedOption, "the provider's documentation doesn't confirm '\(name)'", at: span,
            help: "Try it with your account before callers do; it may be ignored or refused.")
    }

    // MARK: yaml-directive

    static func directive(at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlDirective, "a YAML directive", at: span,
            help: "Remove the line, or put a text that begins with '%' in quotes.")
    }

    // MARK: yaml-syntax

    static func blockHeader(at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "this doesn't fit behind '|' or '>'", at: span,
            help:
                "Begin the text on the next line, indented with blanks; put a text that begins with '|' or '>' in quotes."
        )
    }

    static func indentation(_ what: String, at span: Span, start: Span) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, what, at: span, notes: [.init("what it should belong to begins here", at: start)],
            help: "Indent it like the lines beside it, or put a text with special characters in quotes.")
    }

    static func missingColon(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "no ':' behind '\(shown(word))'", at: span,
            help: "Write 'key: value', or indent the line if it goes on with the text above.")
    }

    static func openBracket(_ open: String, _ close: String, at span: Span, found: Span) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "'\(open)' without its '\(close)'", at: span,
            notes: [.init("this doesn't fit inside", at: found)],
            help: "Close it with '\(close)', and put texts with commas, brackets or ': ' in quotes.")
    }

    static func missingComma(before word: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "no ',' before '\(shown(word))'", at: span,
            help: "Put a comma between the entries; a text with ': ' needs quotes.")
    }

    static func reservedStart(_ scalar: Unicode.Scalar, _ text: Located<String>, at span: Span) -> Diagnostic
    {
        let problem = Diagnostic(
            .yamlSyntax, "an unquoted text can't begin with '\(scalar)'", at: span,
            help: "Put it in quotes: \(quoted(text.value)).")
        // What has a comment or stands within brackets may end elsewhere.
        let isWhole = !text.value.contains { "{}[],#".contains($0) } && !text.value.hasSuffix(" ")
        return isWhole ? problem.fixed(from: text.value, to: yamlQuoted(text.value), at: text.span) : problem
    }

    /// - Parameter whole: from the opening quote to the end of the line.
    static func textAfterQuote(at span: Span, whole: String) -> Diagnostic {
        let problem = Diagnostic(.yamlSyntax, "the text goes on behind its closing quote", at: span)
        let rest = whole.dropFirst().drop { $0 != whole.first }.dropFirst().drop { $0 == " " }
        if rest.hasPrefix("+") {
            return problem.suggesting(
                whole, meant: nil,
                else: "Texts aren't added: write one, with holes such as \"Hello ${name}\".")
        }
        // `'We're closed.'`
        let inner = whole.dropFirst().dropLast()
        if whole.first == "'", whole.last == "'", !inner.contains(where: { $0 == "\"" || $0 == "\\" }) {
            var problem = problem
            problem.help = "Put it in the other quotes: \"\(shown(String(inner)))\"."
            return problem
        }
        return problem.suggesting(whole, meant: nil, else: "Put the whole text in quotes of the other kind.")
    }

    static func unknownEscape(_ written: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "'\(shown(written))' means nothing in double quotes", at: span,
            help: "Write '\\\\' for a backslash, or put the text in single quotes.")
    }

    static func yamlSyntax(_ what: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, what, at: span,
            help: "Put a text with special characters in quotes, and indent lines like those beside them.")
    }

    // MARK: yaml-tag

    static func exclamationMark(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(.yamlTag, "'\(shown(text))' is read as a tag", at: span)
            .suggesting(text, meant: "not " + text.dropFirst(), else: nil)
    }

    static func tag(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlTag, "'\(shown(text))' is read as a tag", at: span,
            help: "Put a text that begins with '!' in quotes; tags mean nothing in a flow.")
    }
}

// MARK: parts of sentences

/// What the author wrote, as it may stand in a sentence: short, and nothing in it acts on the terminal.
func shown(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
        if index == 60 {
            result.append("…")
            break
        }
        result.append(contentsOf: escaped(scalar).unicodeScalars)
    }
    return String(result)
}

/// The text in quotes, as it may stand in a sentence.
private func quoted(_ text: String) -> String {
    yamlQuoted(shown(text))
}

/// The text in quotes as YAML reads it back.
private func yamlQuoted(_ text: String) -> String {
    if !text.utf8.contains(UInt8(ascii: "\"")), !text.utf8.contains(UInt8(ascii: "\\")) {
        return "\"\(text)\""
    }
    return "'" + text.replacing("'", with: "''") + "'"
}

private func list(_ words: [String]) -> String {
    words.map { "'\($0)'" }.joined(separator: ", ")
}

private func lastWord(_ text: String) -> String {
    text.split(separator: " ").last.map(String.init) ?? text
}

private func uncapitalized(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst()
}

func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: Swift.max(0, 4 - digits.count)) + digits
}
