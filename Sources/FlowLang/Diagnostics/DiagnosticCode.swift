/// Every kind of problem, of all phases. The word is the same in the output, in the corpus, in
/// docs/diagnostics.md and for `flowc explain`.
public enum DiagnosticCode: String, Sendable, CaseIterable {
    // Bytes and YAML
    case fileTooLarge = "file-too-large"
    case invalidUTF8 = "invalid-utf8"
    case invalidCharacter = "invalid-character"
    case turnedText = "turned-text"
    case yamlSyntax = "yaml-syntax"
    case tabIndent = "tab-indent"
    case unclosedQuote = "unclosed-quote"
    case unquotedColon = "unquoted-colon"
    case unquotedHole = "unquoted-hole"
    case cutText = "cut-text"
    case tooDeep = "too-deep"
    case tooManyNodes = "too-many-nodes"
    case severalDocuments = "several-documents"
    case yamlDirective = "yaml-directive"
    case yamlTag = "yaml-tag"
    case mergeKey = "merge-key"
    case unknownAlias = "unknown-alias"
    case duplicateKey = "duplicate-key"
    case complexKey = "complex-key"
    case missingValue = "missing-value"

    // Structure
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case unknownVerb = "unknown-verb"
    case missingVerb = "missing-verb"
    case severalVerbs = "several-verbs"
    case unexpectedShape = "unexpected-shape"
    case invalidName = "invalid-name"
    case reservedName = "reserved-name"
    case invalidValue = "invalid-value"
    case unexpectedHole = "unexpected-hole"
    case invalidChoiceKey = "invalid-choice-key"
    case invalidLanguage = "invalid-language"
    case expressionSyntax = "expression-syntax"
    case typeSyntax = "type-syntax"
    case hoursSyntax = "hours-syntax"

    // Names
    case unknownState = "unknown-state"
    case unknownFlow = "unknown-flow"
    case unknownOutcome = "unknown-outcome"
    case unknownName = "unknown-name"
    case unknownField = "unknown-field"
    case unknownFunction = "unknown-function"
    case unknownType = "unknown-type"
    case unknownLanguage = "unknown-language"
    case unknownTimezone = "unknown-timezone"
    case duplicateName = "duplicate-name"
    case duplicateFlow = "duplicate-flow"
    case differingConfig = "differing-config"
    case missingTimezone = "missing-timezone"
    case recursiveType = "recursive-type"

    // Types
    case typeMismatch = "type-mismatch"
    case wrongArguments = "wrong-arguments"
    case optionalUsed = "optional-used"
    case unassignedVariable = "unassigned-variable"
    case unknownVariableType = "unknown-variable-type"
    case digitsCompared = "digits-compared"
    case invalidPattern = "invalid-pattern"
    case nonExhaustiveSwitch = "non-exhaustive-switch"
    case duplicateCase = "duplicate-case"
    case overlappingHours = "overlapping-hours"
    case wrongParams = "wrong-params"
    case wrongReturn = "wrong-return"

    // The way
    case missingEnd = "missing-end"
    case unreachableStep = "unreachable-step"
    case unreachableState = "unreachable-state"
    case unhandledOutcome = "unhandled-outcome"
    case missingOtherwise = "missing-otherwise"
    case misplacedTarget = "misplaced-target"
    case misplacedReject = "misplaced-reject"
    case silentLoop = "silent-loop"
    case deadEnd = "dead-end"
    case tooSlow = "too-slow"
    case wrongChannel = "wrong-channel"
    case wrongPlace = "wrong-place"
    case handlerStep = "handler-step"

    // Flows that run flows
    case recursiveFlow = "recursive-flow"
    case unfitFlow = "unfit-flow"

    // Prompts and languages
    case missingLanguage = "missing-language"
    case missingVoice = "missing-voice"
    case unknownVoice = "unknown-voice"
    case wrongVoice = "wrong-voice"
    case otherAccent = "other-accent"
    case unsureRecognition = "unsure-recognition"
    case promptKeys = "prompt-keys"
    case longPrompt = "long-prompt"
    case longMessage = "long-message"
    case costlyCharacter = "costly-character"
    case missingPhrase = "missing-phrase"
    case ambiguousChoice = "ambiguous-choice"
    case misplacedPart = "misplaced-part"
    case invalidTwiML = "invalid-twiml"
    case invalidMarkup = "invalid-markup"
    case unspokenMarkup = "unspoken-markup"

    // Safety
    case unsafeNumber = "unsafe-number"
    case secretExposed = "secret-exposed"

    // Exports
    case notForFunction = "not-for-function"
    case notStatic = "not-static"

    // What may not hold, and what nothing needs
    case carrierKeyword = "carrier-keyword"
    case unverifiedOption = "unverified-option"
    case foreignHole = "foreign-hole"
    case deprecated
    case unusedName = "unused-name"

    // More than anybody reads
    case tooManyProblems = "too-many-problems"
    case tooManyWarnings = "too-many-warnings"

    public var severity: Severity {
        switch self {
        case .unreachableStep, .unreachableState, .unknownVoice, .unverifiedOption, .foreignHole,
            .unspokenMarkup, .carrierKeyword, .otherAccent, .unsureRecognition, .promptKeys, .longPrompt,
            .longMessage, .costlyCharacter, .deprecated, .unusedName, .turnedText, .tooManyWarnings:
            .warning
        default: .error
        }
    }
}
