/// Reads the YAML tree as a flow. Each method reads one thing and goes on after a problem; what belongs
/// to one kind of thing stands in a file of its own.
struct Reader {
    let file: SourceFile
    /// True if lines are missing from the tree: then nothing is said of what isn't there.
    let hasGaps: Bool
    var problems: Problems
    /// Somewhere another flow is named, or a queue is left.
    var namesFlows = false

    mutating func report(_ problem: Diagnostic) {
        if hasGaps, [.missingKey, .missingValue, .missingVerb].contains(problem.code) { return }
        problems.report(problem)
    }

    // MARK: shapes

    /// Nothing is written; a lone `#` is read as a comment.
    mutating func reportMissing(_ node: YAMLNode, of what: Subject) {
        let rest = file.bytes[min(Int(node.span.upper), file.bytes.count)...].drop { $0 == UInt8(ascii: " ") }
        report(SyntaxMessages.missingValue(what, isCommented: rest.first == UInt8(ascii: "#"), at: node.span))
    }

    /// A mapping's entries; anything else is reported, with `what` should be there.
    mutating func entries(_ node: YAMLNode, of what: Subject) -> [YAMLEntry]? {
        switch node.kind {
        case .mapping(let entries): return entries
        case .invalid: return nil
        case .scalar(let scalar) where scalar.isMissing:
            reportMissing(node, of: what)
        case .scalar, .sequence:
            report(SyntaxMessages.unexpectedShape(node, wanted: what))
        }
        return nil
    }

    mutating func items(_ node: YAMLNode, of what: Subject) -> [YAMLNode]? {
        switch node.kind {
        case .sequence(let items): return items
        case .invalid: return nil
        case .scalar(let scalar) where scalar.isMissing:
            reportMissing(node, of: what)
        case .scalar, .mapping:
            report(SyntaxMessages.unexpectedShape(node, wanted: what))
        }
        return nil
    }

    mutating func scalar(_ node: YAMLNode, of what: Subject) -> YAMLScalar? {
        switch node.kind {
        case .scalar(let scalar) where scalar.isMissing:
            reportMissing(node, of: what)
        case .scalar(let scalar): return scalar
        case .invalid: return nil
        case .sequence, .mapping:
            report(SyntaxMessages.unexpectedShape(node, wanted: what))
        }
        return nil
    }

    /// A scalar that can't hold a hole.
    mutating func word(_ node: YAMLNode, of what: Subject) -> Located<String>? {
        guard let scalar = scalar(node, of: what) else { return nil }
        if holdsHole(scalar.text) {
            report(SyntaxMessages.unexpectedHole(what, at: node.span))
            return nil
        }
        return Located(scalar.text, node.span)
    }

    /// One scalar or a list of them.
    mutating func words(_ node: YAMLNode, of what: Subject) -> [Located<String>] {
        if case .sequence(let items) = node.kind { return items.compactMap { word($0, of: what) } }
        return word(node, of: what).map { [$0] } ?? []
    }

    mutating func unknownKey(_ key: Located<String>, of what: Subject, valid: [String]) {
        // To look for the nearest key takes time.
        if problems.count(at: key.span) { return }
        report(SyntaxMessages.unknownKey(key.value, of: what, valid: valid, at: key.span))
    }
}

func holdsHole(_ text: String) -> Bool {
    var before: UInt8 = 0
    var beforeThat: UInt8 = 0
    for byte in text.utf8 {
        if byte == UInt8(ascii: "{"), before == UInt8(ascii: "$"), beforeThat != UInt8(ascii: "$") {
            return true
        }
        (beforeThat, before) = (before, byte)
    }
    return false
}
