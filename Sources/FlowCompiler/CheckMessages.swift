import FlowLang
import FlowProgram
import TwiML

/// Every sentence of the checker that isn't about types, sorted by code.
enum CheckMessages {
    // MARK: ambiguous-choice … duplicate-name

    static func ambiguousChoice(_ key: String, at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            .ambiguousChoice, "two choices mean '\(key)'", at: span,
            notes: [.init("the first one is here", at: first)],
            help: "Give one of them another key or phrase: the caller's answer must lead one way.")
    }

    static func choiceEndsInput(_ key: Located<String>) -> Diagnostic {
        Diagnostic(
            .ambiguousChoice, "'\(key.value)' can't be chosen: `finish_on` takes its key", at: key.span,
            help: "Give the choice another key, or let another key finish the input.")
    }

    static func beginningOfAnother(_ key: String, _ other: String, at span: Span, other place: Span?)
        -> Diagnostic
    {
        Diagnostic(
            .ambiguousChoice, "'\(key)' is the beginning of '\(other)', too", at: span,
            notes: place.map { [.init("the longer one is here", at: $0)] } ?? [],
            help:
                "Say how an answer ends: `timeout: 3s` for a pause, or `finish_on: \"#\"` for a key; or give one of them another key."
        )
    }

    static func clashingAnswers(
        _ answer: String, _ other: String, in language: String?, at span: Span, first: Span?
    ) -> Diagnostic {
        let place = language.map { " in \($0)" } ?? ""
        return Diagnostic(
            .ambiguousChoice,
            answer == other
                ? "two answers mean '\(answer)'\(place)" : "'\(answer)' is '\(other)', too\(place)",
            at: span,
            notes: first.map { [.init("the other one is here", at: $0)] } ?? [],
            help: "Give one of them another key or phrase: the caller's answer must lead one way.")
    }

    static func invalidDocument(_ problem: Problem, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidTwiML, "the provider can't carry this out: \(problem.message)", at: span,
            help:
                "It is the provider's limit for \(problem.place) (its error \(problem.code.rawValue)): change or shorten it."
        )
    }

    static func largeDocument(_ bytes: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidTwiML,
            "this may come to \(bytes) bytes of a document, which has room for \(DocumentBounds.bytes - DocumentBounds.frameBytes)",
            at: span,
            help:
                "Say less, or in several steps; a hole with \"first(x, 100)\" or a shorter type, such as text(100), is reckoned with less."
        )
    }

    static func largeMessage(_ units: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidTwiML,
            "this text has \(units) characters, and a message holds \(DocumentBounds.messageUnits)", at: span,
            help: "Shorten it, or ask whether to go on: what is texted between two answers is one message.")
    }

    static func largeRedirect(_ bytes: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidTwiML,
            "this URL may come to \(bytes) bytes, and a redirect behind a message holds \(DocumentBounds.redirectBytes)",
            at: span, help: "Put less into it: a hole with \"first(x, 100)\" is reckoned with less.")
    }

    static func duplicateCase(_ key: Located<String>, first: Span) -> Diagnostic {
        Diagnostic(
            .duplicateCase, "the case '\(key.value)' stands twice", at: key.span,
            notes: [.init("the first one is here", at: first)], help: "Remove one of them.")
    }

    static func duplicateFlow(_ name: Located<String>, first: Span) -> Diagnostic {
        Diagnostic(
            .duplicateFlow, "two flows are called '\(name.value)'", at: name.span,
            notes: [.init("the first one is here", at: first)],
            help: "A flow's name is its address, so it must be the only one in the project: rename one.")
    }

    static func differingConfig(_ name: Located<String>, first: Span) -> Diagnostic {
        Diagnostic(
            .differingConfig,
            "the config '\(name.value)' is declared otherwise in a flow of the same program",
            at: name.span, notes: [.init("there it is declared here", at: first)],
            help: "It is one setting of the server: give it the same type and default in both flows.")
    }

    static func differingTimezone(_ zone: Located<String>, first: Span) -> Diagnostic {
        Diagnostic(
            .unfitFlow, "one conversation would have two time zones", at: zone.span,
            notes: [.init("the other one is here", at: first)],
            help: "Name the same timezone in flows that run each other.")
    }

    static func duplicateName(_ name: Located<String>, what: String, first: Span) -> Diagnostic {
        Diagnostic(
            .duplicateName, "the \(what) '\(name.value)' is declared twice", at: name.span,
            notes: [.init("first declared here", at: first)], help: "Rename or remove one of them.")
    }

    // MARK: handler-step … invalid-value

    static func emptyPhrase(_ phrase: Located<String>) -> Diagnostic {
        Diagnostic(
            .invalidChoiceKey, "the phrase '\(phrase.value)' has nothing that can be said", at: phrase.span,
            help: "Write at least one letter or digit.")
    }

    static func handlerStep(_ step: Step, of event: HandlerEvent) -> Diagnostic {
        Diagnostic(
            .handlerStep, "'\(step.verb.rawValue)' can't run in `on: \(event.rawValue)`", at: step.verbSpan,
            help: event == .error
                ? "When something has gone wrong only say, play, pause, dial, log, hangup and end are safe."
                : "Nobody hears it: only set, if, switch, fetch, send and log can run there.")
    }

    static func handlerTarget(_ target: Target, of event: HandlerEvent) -> Diagnostic {
        Diagnostic(
            .handlerStep, "`on: \(event.rawValue)` can't lead out of its steps", at: target.span,
            help: "The conversation stays where it is; set a variable, and test it where the flow goes on.")
    }

    static func noDuration(_ what: String, _ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "'\(text)' is no duration for `\(what)`", at: span,
            help: "Write a number with its unit, such as 5s, 2m or 1h.")
    }

    static func noInteger(_ what: String, _ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "'\(text)' is no whole number for `\(what)`", at: span,
            help: "Write digits only, such as 3.")
    }

    static func noKeys(_ what: String, _ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "`\(what)` takes keys of a phone, not '\(text)'", at: span,
            help: "Write the digits 0 to 9, \"*\" and \"#\", in quotes.")
    }

    static func noPrefix(_ text: String, _ form: FlowLowering.AllowForm, at span: Span) -> Diagnostic {
        let (what, help): (String, String) =
            switch form {
            case .numbers:
                (
                    "no prefix of phone numbers",
                    "Write a plus sign and the first digits, such as \"+1\", or `any` to allow every number."
                )
            case .numbersAndNames:
                (
                    "no prefix of numbers or names",
                    "Write a plus sign and the first digits, such as \"+1\", or the first letters of a name, or `any`."
                )
            case .names:
                ("no prefix of names", "Write the first letters, such as `support-`, or `any`.")
            case .urls:
                (
                    "no prefix of URLs",
                    "Write scheme and host up to the slash, such as \"https://api.example.com/\", or `any`."
                )
            case .anything: ("nothing that can be allowed here", "Write `any`, or leave `allow` out.")
            }
        return Diagnostic(.invalidValue, "'\(text)' is \(what)", at: span, help: help)
    }

    static func noWord(_ what: String, _ text: String, at span: Span, words: [String]) -> Diagnostic {
        Diagnostic(.invalidValue, "`\(what)` can't be '\(text)'", at: span)
            .suggesting(
                text, meant: meant(text, in: words, Synonyms.words),
                else: "It is one of: \(words.joined(separator: ", ")).")
    }

    static func noInstruction(at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "`instruction` is a word, or one with its fields", at: span,
            help: "Write `instruction: dequeue`, or {dequeue: {timeout: 30}}.")
    }

    static func unknownInstructionField(
        _ name: Located<String>, of word: String, known: [String]
    ) -> Diagnostic {
        Diagnostic(.invalidValue, "`\(word)` takes no '\(name.value)'", at: name.span)
            .suggesting(
                name.value, among: known,
                else: known.isEmpty ? "It takes nothing." : "It takes \(known.joined(separator: ", ")).")
    }

    static func missingInstructionField(_ name: String, of word: Located<String>) -> Diagnostic {
        Diagnostic(
            .missingKey, "`\(word.value)` needs `\(name)`", at: word.span,
            help: "Write {\(word.value): {\(name): …}}.")
    }

    static func outOfRange(
        _ what: String, _ text: String, at span: Span, from: String, to: String
    ) -> Diagnostic {
        Diagnostic(
            .invalidValue, "`\(what)` can't be \(text)", at: span, help: "It is from \(from) to \(to).")
    }

    static func notAskable(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "a caller can't be asked for \(type.display)", at: span,
            help:
                "Ask for digits(6), integer(1..10), number, phone, date, time, duration, money(USD), yes_no, text, in sms url, or words such as a | b."
        )
    }

    static func urlSpoken(at span: Span) -> Diagnostic {
        Diagnostic(
            .wrongChannel, "nobody can say or press a URL", at: span,
            help: "Ask for it in sms, or for something that leads to it.")
    }

    static func noBounds(_ range: Located<String>) -> Diagnostic {
        Diagnostic(
            .invalidValue, "'\(range.value)' is no range", at: range.span,
            help: "Write the lowest and the highest number that is taken, such as 1..10.")
    }

    static func keysOfNoWords(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "`keys` are for words, not for \(type.display)", at: span,
            help: "Remove it, or ask for words such as small | large.")
    }

    static func wordWithoutKey(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "no key stands for '\(word)'", at: span,
            help: "Add one, such as \(word): 9: who can't speak must be able to answer.")
    }

    static func notSensitive(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "\(type.display) can't be kept secret", at: span,
            help: "A secret is a text: ask for digits or for text.")
    }

    static func secretConfirmed(at span: Span) -> Diagnostic {
        Diagnostic(
            .secretExposed, "a secret would be read back here", at: span,
            help: "Remove `confirm`, or ask for it twice and compare the answers.")
    }

    static func invalidMarkup(_ problem: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidMarkup, "this isn't SSML that a voice reads: \(problem)", at: span,
            help:
                "Write tags of \(SpokenMarkup.all.joined(separator: ", ")), each closed, with `&amp;` for `&`."
        )
    }

    static func holeInTag(at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidMarkup, "a hole can't stand in a tag", at: span,
            help: "A hole stands for what is said; write the attribute itself, or choose a prompt by `if`.")
    }

    static func unspokenMarkup(_ voice: String?, at span: Span) -> Diagnostic {
        Diagnostic(
            .unspokenMarkup,
            voice.map { "the voice \($0) isn't known to read SSML" }
                ?? "the provider's own voice reads no SSML",
            at: span,
            help:
                "Only the text will be said. Take another voice under `voices:`, such as Polly.Joanna-Neural."
        )
    }

    static func carrierKeyword(_ phrase: Located<String>, _ keyword: CarrierKeyword) -> Diagnostic {
        switch keyword {
        case .stop:
            Diagnostic(
                .carrierKeyword, "who texts '\(phrase.value)' alone is unsubscribed, and gets no reply",
                at: phrase.span,
                help: "The provider takes the word before the flow's answer counts: use another one.")
        case .help:
            Diagnostic(
                .carrierKeyword, "who texts '\(phrase.value)' alone is answered by the provider, too",
                at: phrase.span,
                help: "Use another word, such as 'info please', or change the provider's own answer.")
        }
    }

    static func promptTwice(_ one: String, _ list: String, at span: Span, other: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "`\(one)` and `\(list)` stand side by side", at: span,
            notes: [.init("the other one is here", at: other)],
            help: "Keep one: the list says what each failure hears.")
    }

    static func missingPlay(_ step: Step) -> Diagnostic {
        Diagnostic(
            .missingValue, "`play` has nothing to play", at: step.verbSpan,
            help: "Write the URL of an audio file, or `digits:` for tones.")
    }

    static func missingReturns(at span: Span) -> Diagnostic {
        Diagnostic(
            .missingKey, "`into` needs to know what the answer is", at: span,
            help: "Add `returns:` with the type of the answer's JSON.")
    }

    static func twoBodies(at span: Span, other: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "a request has one body", at: span,
            notes: [.init("the other one is here", at: other)],
            help: "Keep `json` or `form`.")
    }

    static func incompleteAuth(at span: Span) -> Diagnostic {
        Diagnostic(
            .missingKey, "`auth` is incomplete", at: span, help: "Write `user` and `password`, or `bearer`.")
    }

    // MARK: misplaced-…

    static func misplacedPart(_ part: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .misplacedPart, "a text message can't `\(part)`", at: span,
            help: "Say it in words, or give the prompt a `{voice: …, sms: …}` form.")
    }

    static func nestedText(_ name: Located<String>) -> Diagnostic {
        Diagnostic(
            .misplacedPart, "a text can't say another text ('\(name.value)')", at: name.span,
            help: "Write the words themselves here.")
    }

    static func emptyAllow(at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "`allow` names no number at all", at: span,
            help: "Write prefixes, such as [\"+1\", \"+44\"], or `any` to allow every number.")
    }

    static func variableInText(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownName, "a text doesn't know the variable '\(name)'", at: span,
            help: "Texts use params, config and what is always there; say a variable in the step itself.")
    }

    static func misplacedReject(at span: Span) -> Diagnostic {
        Diagnostic(
            .misplacedReject, "the call is answered already when this `reject` is reached", at: span,
            help: "Reject before anything is said or waited for, or use `hangup`.")
    }

    static func misplacedTarget(_ word: Target.Word, at span: Span) -> Diagnostic {
        Diagnostic(
            .misplacedTarget, "`\(word.rawValue)` leads nowhere here", at: span,
            help:
                "It belongs into a flow of calls; here use a state, a list of steps, next, again, hangup or end."
        )
    }

    // MARK: missing-…

    static func missingChannel(_ channel: FlowChannel, at span: Span) -> Diagnostic {
        Diagnostic(
            .missingLanguage, "this prompt has no `\(channel.rawValue)` form", at: span,
            help: "Add `\(channel.rawValue):` to it, since the flow runs there too.")
    }

    static func missingEnd(_ state: StateDeclaration, role: FlowRole?) -> Diagnostic {
        let last = state.steps.last
        return Diagnostic(
            .missingEnd, "state '\(state.name.value)' runs past its last step",
            at: last?.verbSpan ?? state.name.span,
            notes: [.init("the state begins here", at: state.name.span)],
            help: role == .whisper
                ? "End it with `goto`, `accept` or `decline`: otherwise nobody knows whether to connect."
                : "End it with `goto`, `hangup` or `end`: otherwise the caller would be left hanging.")
    }

    static func missingLanguages(_ tags: [String], at span: Span) -> Diagnostic {
        Diagnostic(
            .missingLanguage, "this prompt says nothing in \(tags.joined(separator: ", "))", at: span,
            help: "Add \(tags.map { "`\($0):`" }.joined(separator: " and ")) to it.")
    }

    static func bareText(_ span: Span, languages: [String]) -> Diagnostic {
        let form = languages.map { "\($0): …" }.joined(separator: ", ")
        return Diagnostic(
            .missingLanguage, "which language is this text?", at: span,
            help: "The flow speaks \(languages.joined(separator: ", ")): write {\(form)}.")
    }

    static func missingOtherwise(_ step: Step) -> Diagnostic {
        Diagnostic(
            .missingOtherwise, "`\(step.verb.rawValue)` doesn't say where the last failure leads",
            at: step.verbSpan,
            help: "Add `otherwise:` with a state or steps, or set it once under `defaults`.")
    }

    static func missingPhrase(_ key: Located<String>, languages: [String]) -> Diagnostic {
        Diagnostic(
            .missingPhrase, "the phrase '\(key.value)' has no form in \(languages.joined(separator: ", "))",
            at: key.span,
            help: "Add it under `phrases:`, such as \(key.value): {\(languages[0]): [\(key.value)]}.")
    }

    static func missingTimezone(_ name: Located<String>) -> Diagnostic {
        Diagnostic(
            .missingTimezone, "the hours '\(name.value)' need a timezone", at: name.span,
            help: "Add `timezone:` at the top of the flow, such as America/New_York.")
    }

    static func missingVoice(_ language: Located<String>, voices: Span) -> Diagnostic {
        Diagnostic(
            .missingVoice, "the language \(language.value) has no voice", at: language.span,
            notes: [.init("the voices are here", at: voices)],
            help: "Add `\(language.value):` under `voices`.")
    }

    // MARK: non-exhaustive-switch … reserved-name

    static func nonExhaustiveSwitch(_ step: Step, type: ValueType, missing: [String]) -> Diagnostic {
        Diagnostic(
            .nonExhaustiveSwitch,
            missing.isEmpty
                ? "a switch on \(type.display) can't name every value"
                : "this switch doesn't say what happens on \(missing.map { "'\($0)'" }.joined(separator: ", "))",
            at: step.verbSpan,
            help: missing.isEmpty
                ? "Add `otherwise:`."
                : "Add \(missing.count == 1 ? "this case" : "these cases"), or `otherwise:`.")
    }

    static func fallbackIsDynamic(at span: Span) -> Diagnostic {
        Diagnostic(
            .unexpectedHole, "`fallback` is rung when the server is down: it can't depend on a call",
            at: span,
            help: "Write a number, or a config such as \"${config.operator_number}\".")
    }

    static func recursiveFlow(_ names: [String], at span: Span, ways: [Located<String>]) -> Diagnostic {
        Diagnostic(
            .recursiveFlow, "flows run each other in a circle: \(names.joined(separator: " → "))", at: span,
            notes: ways.map { .init("'\($0.value)' is run here", at: $0.span) },
            help: "Use `goto` within a flow, or move what is repeated into one flow with a loop.")
    }

    static func reservedParameter(_ name: Located<String>) -> Diagnostic {
        Diagnostic(
            .reservedName, "a param can't be called '\(name.value)'", at: name.span,
            help: "The provider sends a parameter of that name itself; choose another one.")
    }

    static func reservedVariable(_ name: Located<String>) -> Diagnostic {
        Diagnostic(
            .reservedName, "a variable can't be called '\(name.value)'", at: name.span,
            help: "Every flow has that name for something else; choose another one.")
    }

    static func secretLogged(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .secretExposed, "'\(name)' would put a secret into the log", at: span,
            help: "Leave it out of `log`.")
    }

    static func secretShown(at span: Span) -> Diagnostic {
        Diagnostic(
            .secretExposed, "a secret would be shown here", at: span,
            help: "A secret may only stand in a fetch's headers, body or auth.")
    }

    static func notShowable(_ type: ValueType, at span: Span) -> Diagnostic {
        if case .optional(let wrapped) = type {
            return Diagnostic(
                .optionalUsed, "this may be none, and none can't be said", at: span,
                help:
                    "Write what to say instead, as in `${value ?? '…'}`, or test it before: it is \(wrapped.display) then."
            )
        }
        return Diagnostic(
            .typeMismatch, "\(type.display) can't be said or written as it is", at: span,
            help: TypeMessages.parts(of: type)?.replacing("Show", with: "Say") ?? "Say one of its elements.")
    }

    // MARK: unexpected-hole … unhandled-outcome

    static func unexpectedHole(_ what: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unexpectedHole, "`\(what)` can't hold a `${…}`", at: span,
            help: "It must be known when the flow is compiled: write the value itself.")
    }

    static func unhandledOutcomes(_ outcomes: [String], of step: Step) -> Diagnostic {
        let names = outcomes.map { "`\($0)`" }.joined(separator: ", ")
        let keys =
            outcomes.count == 1
            ? "`\(outcomes[0]):` or `otherwise:`" : "`otherwise:` for all of them, or each by itself,"
        return Diagnostic(
            .unhandledOutcome, "`\(step.verb.rawValue)` doesn't say what happens on \(names)",
            at: step.verbSpan,
            help: "Add \(keys) with a state or steps.")
    }

    static func unfitFlow(
        _ flow: Located<String>, _ reason: Callee.Unfit, as role: FlowRole?, at span: Span
    ) -> Diagnostic {
        let notes = [Diagnostic.Note("the flow is here", at: flow.span)]
        switch reason {
        case .role(let own?):
            return Diagnostic(
                .unfitFlow, "'\(flow.value)' is a \(own.rawValue) flow", at: span, notes: notes,
                help: own == .wait
                    ? "It can be the `wait` of `enqueue` and of a conference."
                    : "It can be the `whisper` of somebody who is dialled.")
        case .role(nil):
            let wanted = role?.rawValue ?? "wait"
            return Diagnostic(
                .unfitFlow, "'\(flow.value)' isn't a \(wanted) flow", at: span, notes: notes,
                help: "Add `runs: \(wanted)` to it: it is then checked for what may be done there.")
        case .channel(let channel):
            return Diagnostic(
                .unfitFlow, "'\(flow.value)' isn't for \(channel.rawValue)", at: span,
                notes: [.init("the flow is here", at: flow.span)],
                help: "Add \(channel.rawValue) to its `channel`, as in `channel: [voice, sms]`.")
        case .languages(let tags):
            return Diagnostic(
                .unfitFlow, "'\(flow.value)' doesn't speak \(tags.joined(separator: ", "))", at: span,
                notes: [.init("the flow is here", at: flow.span)],
                help: "Add the language there: a flow that is run speaks to the same person.")
        }
    }

    static func unverifiedPlace(_ verb: Verb, _ place: FlowPlace, at span: Span) -> Diagnostic {
        Diagnostic(
            .unverifiedOption, "`\(verb.rawValue)` isn't documented for \(place.title)", at: span,
            help: "It works in practice; try it before callers do.")
    }

    // MARK: unknown-…

    static func neverDeclined(at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownOutcome, "`declined` never comes: nobody who is dialled hears a whisper", at: span,
            help: "Give what is dialled a `whisper:`, as in `{number: …, whisper: NAME}`, or remove this.")
    }

    static func unknownLeave(_ name: Located<String>, of flow: Located<String>, known: [String])
        -> Diagnostic
    {
        Diagnostic(
            .unknownOutcome, "the wait flow never leaves by '\(name.value)'", at: name.span,
            notes: [.init("the wait flow is here", at: flow.span)]
        )
        .suggesting(
            name.value, among: known + ["bridged", "left", "full", "failed", "otherwise", "into"],
            else: known.isEmpty
                ? "Add `leave: \(name.value)` to it, or remove this."
                : "It leaves by \(known.joined(separator: ", ")).")
    }

    static func unknownFlow(_ name: String, at span: Span, known: [String]) -> Diagnostic {
        let some = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
        return Diagnostic(.unknownFlow, "there is no flow '\(name)' among the files given", at: span)
            .suggesting(
                name, among: known,
                else: "Give the file of that flow, or the folder of both; those given are \(some).")
    }

    static func unknownLanguage(_ tag: Located<String>, known: [String]) -> Diagnostic {
        let language = tag.value.prefix { $0 != "-" }
        let same = known.filter { $0.prefix { $0 != "-" } == language }
        return Diagnostic(.unknownLanguage, "the flow doesn't speak '\(tag.value)'", at: tag.span)
            .suggesting(
                tag.value, meant: same.count == 1 ? same[0] : nearest(tag.value, in: known),
                else: "It speaks \(known.joined(separator: ", ")); add it under `languages` if it should.")
    }

    static func unknownState(_ name: String, at span: Span, known: [String]) -> Diagnostic {
        let some = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
        return Diagnostic(.unknownState, "unknown state '\(name)'", at: span)
            .suggesting(
                name, among: known,
                else: known == ["start"]
                    ? "A flow of one list of steps has no other states: write steps here, or give it `states`."
                    : known.isEmpty ? nil : "The flow's states are: \(some).")
    }

    static func unknownText(_ name: Located<String>, known: [String]) -> Diagnostic {
        Diagnostic(.unknownName, "unknown text '\(name.value)'", at: name.span)
            .suggesting(
                name.value, among: known,
                else: known.isEmpty
                    ? "The flow has no `texts`." : "The flow's texts are: \(known.joined(separator: ", ")).")
    }

    static func unusedPhrase(_ name: Located<String>, known: [String]) -> Diagnostic {
        Diagnostic(.unknownName, "no choice has the phrase '\(name.value)'", at: name.span)
            .suggesting(
                name.value, among: known,
                else: "Add it to a choice's key, as in `1, \(name.value): …`, or remove it.")
    }

    static func unknownTimezone(_ name: Located<String>, meant: String?) -> Diagnostic {
        Diagnostic(.unknownTimezone, "unknown timezone '\(name.value)'", at: name.span)
            .suggesting(
                name.value, meant: meant,
                else: "Write an IANA name such as America/New_York or Europe/Berlin.")
    }

    static func unknownVariableType(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownVariableType, "the type of '\(name)' can't be told from what it is set to", at: span,
            help: "Declare it under `vars`, such as \(name): {type: text}.")
    }

    static func unknownVoice(_ voice: Located<String>) -> Diagnostic {
        Diagnostic(.unknownVoice, "the voice '\(voice.value)' isn't known here", at: voice.span)
            .suggesting(
                voice.value, among: Voice.all,
                else:
                    "Providers add voices; if this one is new, leave it. Known ones are such as Polly.Joanna-Neural."
            )
    }

    static func deprecatedVoice(_ voice: Located<String>, instead: String) -> Diagnostic {
        Diagnostic(
            .deprecated, "the provider no longer lists the voice '\(voice.value)'", at: voice.span,
            help: "Take \(instead).")
    }

    static func wrongVoice(_ voice: Located<String>, speaks own: String, insteadOf language: String)
        -> Diagnostic
    {
        Diagnostic(
            .wrongVoice, "'\(voice.value)' speaks \(own), not \(language)", at: voice.span,
            help: "Take a voice of \(language).")
    }

    static func otherAccent(_ voice: Located<String>, speaks own: String, insteadOf language: String)
        -> Diagnostic
    {
        Diagnostic(
            .otherAccent, "'\(voice.value)' speaks \(own), and the language is \(language)", at: voice.span,
            help:
                "Take a voice of \(language), or name the language \(own): the provider may refuse the pair.")
    }

    static func unsureRecognition(_ problem: Problem, at span: Span) -> Diagnostic {
        Diagnostic(
            .unsureRecognition, "speech may not be understood here: \(problem.message)", at: span,
            help: "Choose another language or model, or ask for keys only.")
    }

    static func costlyCharacter(_ text: Located<String>, _ segments: Int, insteadOf cheap: Int) -> Diagnostic
    {
        var span = text.span
        var offset: UInt32 = 0
        var shown = ""
        var twin: (text: String, looksAlike: Bool) = ("", false)
        for scalar in text.value.unicodeScalars {
            if GSM7.width(of: scalar) == nil {
                shown = escaped(scalar)
                twin = GSM7.twin(of: scalar) ?? twin
                // Where the source is the text itself, the character is marked alone.
                if Int(span.upper - span.lower) == text.value.utf8.count {
                    let start = span.lower + offset
                    span = Span(
                        source: span.source, lower: start, upper: start + UInt32(scalar.utf8.count))
                }
                break
            }
            offset += UInt32(scalar.utf8.count)
        }
        var diagnostic = Diagnostic(
            .costlyCharacter,
            "'\(shown)' makes this message \(segments) segments, and \(cheap) would do", at: span,
            help:
                "Write `\(twin.text)` for it: all else is in GSM-7's table, where a segment holds more than twice as much."
        )
        // What only looks a little otherwise, as a straight quote does, is what was meant.
        let alike = text.value.unicodeScalars.allSatisfy {
            GSM7.width(of: $0) != nil || GSM7.twin(of: $0)?.looksAlike ?? false
        }
        if let plain = FlowLowering.plain(text.value) {
            diagnostic.fix = Fix(text.span, from: text.value, to: plain, isSafe: alike)
        }
        return diagnostic
    }

    static func longMessage(_ segments: Int, bound: Int, mayBeUCS2: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            .longMessage, "this message may need \(segments) segments, and `max_segments` is \(bound)",
            at: span,
            help: mayBeUCS2
                ? "It would be cut. Shorten it, bound what is put in, as in `${first(name, 20)}`, or allow more; a character outside GSM-7's table leaves 70 to a segment."
                : "It would be cut. Shorten it, bound what is put in, as in `${first(name, 20)}`, or allow more."
        )
    }

    static func longPrompt(seconds: Int, isQuestion: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            .longPrompt, "this takes about \(seconds) seconds to hear", at: span,
            help: isQuestion
                ? "Ask shorter, or say the long part before in a `say`."
                : "Say less, or split it and ask between the parts.")
    }

    static func keyWithoutChoice(_ key: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .promptKeys, "the prompt names the key \(key), and no choice has it", at: span,
            help: "Add the choice, or correct the prompt: whoever presses it gives a wrong answer.")
    }

    static func unnamedKey(_ key: String, at span: Span, prompt: Span) -> Diagnostic {
        Diagnostic(
            .promptKeys, "the prompt doesn't name the key \(key)", at: span,
            notes: [.init("the prompt is here", at: prompt)],
            help: "Name it, so that callers know of it, or remove the choice.")
    }

    static func unusedName(_ name: Located<String>, _ what: String, _ help: String) -> Diagnostic {
        Diagnostic(.unusedName, "the \(what) '\(name.value)' is used nowhere", at: name.span, help: help)
    }

    // MARK: unreachable-… wrong-channel

    static func unreachableState(_ name: Located<String>) -> Diagnostic {
        Diagnostic(
            .unreachableState, "nothing leads to state '\(name.value)'", at: name.span,
            help: "Lead a choice or a `goto` there, or remove it.")
    }

    static func unreachableStep(_ step: Step) -> Diagnostic {
        Diagnostic(
            .unreachableStep, "this step is never reached", at: step.verbSpan,
            help: "The step before it always leads elsewhere: remove this one or move it.")
    }

    static func wrongAssignment(
        _ name: String, type: ValueType, value: ValueType, at span: Span, first: Span?
    ) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(name)' is \(type.display), and this is \(value.display)", at: span,
            notes: first.map { [.init("'\(name)' is first set here", at: $0)] } ?? [],
            help: "One name has one type in a flow: use another name or convert the value.")
    }

    /// - Parameter isShared: the flow runs in other channels too.
    static func wrongChannel(_ step: Step, runsOn channels: [FlowChannel], isShared: Bool) -> Diagnostic {
        Diagnostic(
            .wrongChannel, "`\(step.verb.rawValue)` runs only in \(words(channels))", at: step.verbSpan,
            help: isShared
                ? "Put it behind `if: channel == '\(channels.first?.rawValue ?? "voice")'`."
                : "Remove it, or write the flow for `channel: \(channels.first?.rawValue ?? "voice")`.")
    }

    static func wrongChannel(_ option: Step.Option, runsOn channels: [FlowChannel]) -> Diagnostic {
        Diagnostic(
            .wrongChannel, "`\(option.name)` means something only in \(words(channels))", at: option.keySpan,
            help: "Remove it.")
    }

    static func wrongChannel(_ event: Located<HandlerEvent>) -> Diagnostic {
        Diagnostic(
            .wrongChannel, "`on: \(event.value.rawValue)` happens only in \(words(event.value.channels))",
            at: event.span, help: "Remove it.")
    }

    private static func words(_ channels: [FlowChannel]) -> String {
        channels.map(\.rawValue).joined(separator: " and ")
    }
}

// MARK: wrong-place

extension CheckMessages {
    static func wrongPlace(_ verb: Verb, _ wrong: Project.Played.Place, at span: Span) -> Diagnostic {
        let row = VerbTable.row(of: verb)
        let headline: String
        switch (verb, wrong.place) {
        case (.leave, _), (.accept, _), (.decline, _):
            headline = "`\(verb.rawValue)` means something only in \(row.places[0].title)"
        case (.log, _): headline = "`log` isn't possible in \(wrong.place.title): it would count every round"
        default: headline = "`\(verb.rawValue)` isn't possible in \(wrong.place.title)"
        }
        return Diagnostic(
            .wrongPlace, headline, at: span,
            notes: wrong.use.map { [.init("it is played there because of this", at: $0)] } ?? [],
            help: help(verb, wrong.place))
    }

    private static func help(_ verb: Verb, _ place: FlowPlace) -> String {
        switch (verb, place) {
        case (.hangup, .whisper), (.end, .whisper), (.leave, .whisper): "End it with `accept` or `decline`."
        case (.hangup, .queueWhisper), (.end, .queueWhisper), (.leave, .queueWhisper): "End it with `accept`."
        case (.leave, .call), (.accept, .call), (.decline, .call): "Use `goto`, `hangup` or `end`."
        case (.accept, .queueWait), (.decline, .queueWait): "Let it run off its end, or use `leave`."
        case (.decline, .queueWhisper): "The provider only lets it end: `accept`."
        case (.accept, _), (.decline, _), (.leave, _): "Let it run off its end."
        case (.log, _): "Write it before the step that the caller waits in."
        default:
            "Possible are \(words(VerbTable.rows.filter { $0.places.contains(place) }.map { "`\($0.verb.rawValue)`" }))."
        }
    }

    private static func words(_ words: [String]) -> String { words.joined(separator: ", ") }

    static func fetchInWait(_ method: String, _ wait: Project.Played.Place, of step: Step) -> Diagnostic {
        Diagnostic(
            .wrongPlace, "a \(method) isn't possible in \(wait.place.title)",
            at: (step.option("method") ?? step.option("json") ?? step.option("form"))?.keySpan
                ?? step.verbSpan,
            notes: wait.use.map { [.init("it is played there because of this", at: $0)] } ?? [],
            help:
                "The provider asks for the document again at each end, so that it would happen every time: use a GET, or do it before the step that the caller waits in."
        )
    }

    static func returnInRole(_ role: Located<FlowRole>, at span: Span) -> Diagnostic {
        Diagnostic(
            .wrongPlace, "nothing runs a \(role.value.rawValue) flow: there is nowhere to return to",
            at: span,
            notes: [.init("it is one by this", at: role.span)],
            help: role.value == .wait
                ? "Let it run off its end, or use `leave`." : "Use `accept` or `decline`.")
    }

    static func roleInMessages(_ role: Located<FlowRole>) -> Diagnostic {
        Diagnostic(
            .wrongChannel, "a \(role.value.rawValue) flow is heard in calls only", at: role.span,
            help: "Write `channel: voice`.")
    }
}

extension FlowPlace {
    /// Behind "in".
    fileprivate var title: String {
        switch self {
        case .call: "a call"
        case .queueWait: "a wait flow"
        case .conferenceWait: "the wait flow of a conference"
        case .whisper: "a whisper flow"
        case .queueWhisper: "the whisper flow of a queue"
        }
    }
}

// MARK: wrong-params, wrong-return

extension CheckMessages {
    static func missingParams(_ params: [(name: String, span: Span)], of flow: Located<String>, at span: Span)
        -> Diagnostic
    {
        let names = params.map { "'\($0.name)'" }.joined(separator: ", ")
        return Diagnostic(
            .wrongParams, "'\(flow.value)' needs a value for \(names)", at: span,
            notes: params.map { .init("declared here", at: $0.span) },
            help: "Add it under `with:`, or make it optional there.")
    }

    static func unknownParam(_ name: Located<String>, of flow: Located<String>, known: [String]) -> Diagnostic
    {
        Diagnostic(.wrongParams, "'\(flow.value)' has no param '\(name.value)'", at: name.span)
            .suggesting(
                name.value, among: known,
                else: known.isEmpty ? "It takes none." : "It has \(known.joined(separator: ", ")).")
    }

    static func missingReturnValue(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            .wrongReturn, "this `return` hands nothing back, and the flow returns \(type.display)", at: span,
            help: "Write the value behind it, as in `return: ${value}`.")
    }

    static func returnsNothing(_ flow: Located<String>, at span: Span) -> Diagnostic {
        Diagnostic(
            .wrongReturn, "'\(flow.value)' returns nothing", at: span,
            notes: [.init("the flow is here", at: flow.span)],
            help: "Add `returns:` with a type there, or leave `into` out.")
    }

    static func unexpectedReturnValue(at span: Span) -> Diagnostic {
        Diagnostic(
            .wrongReturn, "the flow doesn't say what it returns", at: span,
            help: "Add `returns:` with the value's type at the top of the flow, or leave the value out.")
    }
}

// MARK: TwiML by the verb table

extension CheckMessages {
    static func handoffWithoutAgent(at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownKey, "only a virtual agent hands off", at: span,
            help: "Remove `handoff`; what a relay hands over is in `into:`.")
    }

    static func noSIPAddress(at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "a call is referred to a SIP address", at: span,
            help: "Write it as sip:name@example.com.")
    }

    static func partlyKnown(_ example: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unexpectedHole, "only a part of this is a hole", at: span,
            help: "Write it out, such as \(example), or as one hole whose value is one of such words.")
    }

    static func unknownWords(_ type: ValueType, _ example: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "nobody can tell whether \(type.display) is a word that the provider knows",
            at: span,
            help: "Write it out, such as \(example), or give the hole a type that lists words that it knows.")
    }

    static func noWebSocket(at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "the address must begin with wss:// and a host", at: span,
            help: "Write the host out, such as wss://media.example.com/calls; holes may stand behind it.")
    }

    static func nothingSpoken(_ option: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "`\(option)` is about speech, and only keys are listened to here", at: span,
            help: "Remove it, or let the caller speak: a phrase as a choice, or `input: [dtmf, speech]`.")
    }

    static func nothingTyped(_ option: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .invalidValue, "`\(option)` is about keys, and only speech is listened to here", at: span,
            help: "Remove it, or let the caller press keys: a key as a choice, or `input: [dtmf, speech]`.")
    }

    static func unknownModel(_ model: String, at span: Span, known: [String]) -> Diagnostic {
        Diagnostic(.invalidValue, "there is no speech model '\(model)'", at: span)
            .suggesting(model, among: known, else: "There is \(known.prefix(8).joined(separator: ", ")) ….")
    }
}

// MARK: proofs

extension CheckMessages {
    static func silentLoop(
        _ way: String, isSilence: Bool, waits: Bool, at span: Span, notes: [Diagnostic.Note]
    ) -> Diagnostic {
        let who =
            !waits
            ? "these steps go round for ever"
            : isSilence
                ? "a caller who stays silent goes round for ever" : "the call goes round for ever by itself"
        return Diagnostic(
            .silentLoop, "\(who): \(way)", at: span, notes: notes,
            help: waits
                ? "Lead it to another state or an end, or count the rounds with `set` and leave them by a test such as `tries >= 3`."
                : "Lead one of them out, or count the rounds with `set` and leave them by a test such as `tries >= 3`."
        )
    }

    static func uncheckedCounter(_ name: String, at span: Span) -> Diagnostic.Note {
        .init("'\(name)' is counted here, but no test of it on the way ends the rounds", at: span)
    }

    static func unevenCounter(_ name: String, at span: Span) -> Diagnostic.Note {
        .init(
            "'\(name)' is tested on the way, but set here to something else than itself and a number more",
            at: span)
    }

    static func unchangedCounter(_ name: String, at span: Span) -> Diagnostic.Note {
        .init("'\(name)' is tested here, but nothing on the way changes it", at: span)
    }

    static func deadEnd(_ way: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .deadEnd, "no way leads from here to an end\(way.isEmpty ? "" : ": \(way) → …")", at: span,
            help: "Give it a choice or an `otherwise` that leads to `end`, or to a state that ends.")
    }

    static func slowFetch(_ milliseconds: Int, tries: Int, timeout: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .tooSlow,
            "this fetch may take \(seconds(milliseconds)): \(tries) tries of \(seconds(timeout)) each",
            at: span,
            help: "Stay within 11s: the provider gives up at 15s. Use a shorter `timeout` or fewer retries.")
    }

    static func slowAnswer(_ fetches: [(time: Int, span: Span)], milliseconds: Int) -> Diagnostic {
        let sum = fetches.map { seconds($0.time) }.joined(separator: " + ")
        let last = fetches.last?.span ?? Span(source: 0, lower: 0, upper: 0)
        return Diagnostic(
            .tooSlow, "an answer may take \(seconds(milliseconds)) on the way to here: \(sum)", at: last,
            notes: fetches.dropLast().map { .init("up to \(seconds($0.time)) here", at: $0.span) },
            help:
                "Stay within 11s from one text to its answer: the provider gives up at 15s. Use shorter timeouts or fewer retries."
        )
    }

    static func manyFetches(_ tries: Int, at span: Span, bound: Int) -> Diagnostic {
        Diagnostic(
            .tooSlow, "one text may lead to \(tries) fetches before it is answered", at: span,
            help: "At most \(bound) are made for one answer, retries counted: leave some out.")
    }

    static func repeatedFetch(at span: Span) -> Diagnostic {
        Diagnostic(
            .tooSlow, "this fetch comes back to itself without waiting for the caller", at: span,
            help: "Ask the caller on the way round, or let `retry` try it again.")
    }

    private static func seconds(_ milliseconds: Int) -> String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}

// MARK: overlapping-hours

extension CheckMessages {
    static func overlappingTimes(at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            .overlappingHours, "these hours overlap with others", at: span,
            notes: [.init("the other ones are here", at: first)],
            help: "Let each span end before the next one begins, or write one for both.")
    }

    static func dayTwice(at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            .overlappingHours, "this day is closed twice", at: span,
            notes: [.init("it is closed here already", at: first)], help: "Remove one of them.")
    }

    static func closedAndOpen(at span: Span, closed: Span) -> Diagnostic {
        Diagnostic(
            .overlappingHours, "this day is closed, too", at: span,
            notes: [.init("it is closed here", at: closed)],
            help: "Remove it from `closed`: a day under `open_on` has just the hours that it says.")
    }
}

// MARK: unsafe-number, secret-exposed

extension CheckMessages {
    static func unsafeNumber(
        _ sink: Sink, from origin: String, notes: [Diagnostic.Note], at span: Span
    ) -> Diagnostic {
        let help: String =
            switch sink.kind {
            case .number, .recipient, .callerID:
                "Say which are meant, as in `allow: [\"+1\", \"+44\"]`, or write `allow: any` to take every number; a choice among your own numbers needs neither."
            case .client, .sip, .application, .queue, .conference, .referral:
                "Say how it must begin, as in `allow: [support-]`, or write `allow: any` to take everything; a choice among your own names needs neither."
            case .host:
                "Take the host from config or write it out, say which are meant, as in `allow: [\"https://api.example.com/\"]`, or write `allow: any`."
            case .redirect, .stream:
                "Take the host from config or write it out, or write `allow: any` to take every host."
            }
        return Diagnostic(
            .unsafeNumber, "\(sink.kind.rawValue) comes from \(origin)", at: span, notes: notes, help: help)
    }

    static func secretExposed(
        _ name: String, in place: SecretPlace, notes: [Diagnostic.Note], at span: Span
    ) -> Diagnostic {
        let what: String =
            switch place {
            case .log(let field): "'\(field)' would put a secret into the log"
            case .url: "a secret would stand in a URL"
            case .document: "a secret would be shown here"
            }
        return Diagnostic(
            .secretExposed, "\(what): it comes from \(name)", at: span, notes: notes,
            help: "A secret may only stand in a fetch's headers, body or auth.")
    }

    static func secretForStranger(at span: Span) -> Diagnostic {
        Diagnostic(
            .secretExposed, "a secret would go to a host that the caller chooses", at: span,
            help: "Write the host out or take it from config, or send no secret there.")
    }
}
