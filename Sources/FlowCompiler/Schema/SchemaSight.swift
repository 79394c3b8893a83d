package import FlowLang

/// Whether an editor with the schema sees a problem, or only `flowc check` does.
package enum SchemaSight {
    case always
    /// Depends on what is wrong: a range of a duration, a shape that a name gives away.
    case sometimes
    case never
}

extension DiagnosticCode {
    /// Structure is the schema's; bytes, names, types, ways and prompts aren't.
    package var schemaSight: SchemaSight {
        switch self {
        case .unknownKey, .unknownVerb, .missingVerb, .severalVerbs, .invalidName,
            .invalidLanguage:
            .always
        case .missingKey, .missingValue, .unexpectedShape, .reservedName, .invalidValue, .unexpectedHole,
            .invalidChoiceKey,
            .typeSyntax, .hoursSyntax, .mergeKey:
            .sometimes
        default: .never
        }
    }
}
