package import FlowLang
package import FlowProgram

// Scalars: how one is read is decided by its place.

extension Typer {
    /// A scalar in a place of known type; nil after a reported problem.
    package mutating func scalar(
        _ template: Template, as expected: ValueType, facts: Facts
    ) -> TypedExpression? {
        if let expression = template.wholeHole {
            return fitted(type(expression, facts: facts), expression, as: expected)
        }
        if let text = template.literal { return literal(text, template, as: expected) }
        guard let typed = concatenation(template, facts, allowsSecret: expected.unwrapped == .secret) else {
            return nil
        }
        switch expected.unwrapped {
        case .invalid: return nil
        case .text, .secret:
            if typed.type.isUsable(as: expected) { return typed.expression }
        default: break
        }
        diagnostics.report(TypeMessages.mismatch(expected: expected, found: typed.type, at: template.span))
        return nil
    }

    /// A scalar whose place has no type yet: the value of a variable that is declared nowhere.
    package mutating func inferred(_ template: Template, facts: Facts) -> Typed {
        if let expression = template.wholeHole { return widened(type(expression, facts: facts)) }
        guard let text = template.literal else {
            return concatenation(template, facts, allowsSecret: true) ?? .invalid
        }
        if !template.isQuoted, let literal = unquoted(text) { return literal }
        return type(text: text, template.span)
    }

    /// Anything that can be shown, as a text: for URLs, headers, queries.
    package mutating func text(
        _ template: Template, facts: Facts, allowsSecret: Bool = false
    ) -> TypedExpression? {
        if let text = template.literal { return .literal(.text(text)) }
        guard let typed = concatenation(template, facts, allowsSecret: allowsSecret) else { return nil }
        return typed.expression
    }

    /// May stand in the hole of a prompt.
    package func isShowable(_ type: ValueType) -> Bool {
        switch type {
        case .optional, .record, .list, .none, .secret: false
        default: true
        }
    }

    /// A typed expression in a place of known type; nil after a reported problem.
    package mutating func fitted(
        _ typed: Typed, _ expression: Expression, as expected: ValueType
    ) -> TypedExpression? {
        if typed.isInvalid || expected == .invalid { return nil }
        if typed.type.isUsable(as: expected) || typed.expression.isAdmitted(by: expected) {
            return typed.expression
        }
        if typed.type.isOptional, typed.type != .none, typed.type.unwrapped.isUsable(as: expected) {
            reportOptional(typed, expression)
            return nil
        }
        diagnostics.report(
            TypeMessages.mismatch(
                expected: expected, found: typed.type, source: expression.shortSource, at: expression.span))
        return nil
    }

    private mutating func literal(_ text: String, _ template: Template, as expected: ValueType)
        -> TypedExpression?
    {
        if expected == .invalid { return nil }
        if !template.isQuoted, text == "none", expected.isOptional { return .literal(.none) }
        if let value = value(of: text, as: expected) { return .literal(value) }
        let hole = hole(meantBy: text)
        diagnostics.report(
            TypeMessages.notReadable(text, as: expected.unwrapped, hole: hole, at: template.span))
        return nil
    }

    /// `tries + 1` where `"${tries + 1}"` was meant: it begins with a name that is there, and goes on as an expression.
    private mutating func hole(meantBy text: String) -> String? {
        let name = text.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
        let rest = text.dropFirst(name.count).drop { $0 == " " }
        guard !name.isEmpty, "+-*/%.([".contains(rest.first ?? "+") else { return nil }
        let isKnown =
            names.variable(named: String(name)) != nil
            || ["call", "message", "contact", "config", "now", "today", "person"].contains(String(name))
        return isKnown ? "\"${\(text)}\"" : nil
    }

    /// What an unquoted scalar is, if it isn't a text.
    private func unquoted(_ text: String) -> Typed? {
        switch text {
        case "true": return Typed(.literal(.bool(true)), .bool)
        case "false": return Typed(.literal(.bool(false)), .bool)
        case "none": return Typed(.literal(.none), .none)
        default: break
        }
        let bytes = Array(text.utf8)
        if let integer = writtenInteger(bytes) { return Typed(.literal(.integer(integer)), .integer) }
        return writtenNumber(bytes).map { Typed(.literal(.number($0)), .number) }
    }

    /// A list that was written out may be replaced by a longer one.
    private func widened(_ typed: Typed) -> Typed {
        guard case .list(let element, let limit) = typed.type, element != .none else { return typed }
        switch typed.expression {
        case .literal, .list: break
        default: return typed
        }
        var result = typed
        result.type = .list(element, limit: max(limit, ValueType.defaultListLimit))
        return result
    }

    // Texts with holes

    /// Literal text and holes side by side; one whole hole too.
    private mutating func concatenation(_ template: Template, _ facts: Facts, allowsSecret: Bool) -> Typed? {
        var parts: [TypedExpression] = []
        var limit = 0
        var isSecret = false
        var isComplete = true
        for segment in template.segments {
            switch segment {
            case .literal(let text):
                parts.append(.literal(.text(text.value)))
                limit += text.value.unicodeScalars.count
            case .hole(let expression, _):
                guard let part = shown(expression, facts, allowsSecret: allowsSecret) else {
                    isComplete = false
                    continue
                }
                parts.append(part.expression)
                limit += part.type.shownLimit
                isSecret = isSecret || part.type == .secret
            }
        }
        guard isComplete else { return nil }
        let type: ValueType = isSecret ? .secret : .text(limit: min(limit, ValueType.maxTextLimit))
        if parts.count == 1, case .text? = parts[0].literal { return Typed(parts[0], type) }
        let literals = parts.compactMap(\.literal)
        guard literals.count == parts.count else { return Typed(.concatenation(parts), type) }
        return Typed(
            .literal(.text(literals.map(\.plainText).joined().cut(to: ValueType.maxTextLimit))), type)
    }

    /// A hole's value; nil after a reported problem.
    private mutating func shown(_ expression: Expression, _ facts: Facts, allowsSecret: Bool) -> Typed? {
        guard var typed = needed(type(expression, facts: facts), expression) else { return nil }
        if typed.type == .secret, !allowsSecret {
            diagnostics.report(TypeMessages.secretShown(at: expression.span))
            return nil
        }
        guard typed.type == .secret || isShowable(typed.type) else {
            diagnostics.report(TypeMessages.notShowable(typed.type, at: expression.span))
            return nil
        }
        if case .money(let currency) = typed.type {
            let decimals = Int64(currencyDecimals(currency))
            typed.expression = .call(.format, [typed.expression, .literal(.integer(decimals))])
        }
        return typed
    }
}

extension TypedExpression {
    /// Whether all that it can be was written out by the author, and fits.
    fileprivate func isAdmitted(by type: ValueType) -> Bool {
        switch self {
        case .literal(let value): type.admits(value)
        case .conditional(_, let then, let otherwise):
            then.isAdmitted(by: type) && otherwise.isAdmitted(by: type)
        default: false
        }
    }
}

extension ValueType {
    /// The most scalars that `Value.plainText` gives for a value of this type.
    fileprivate var shownLimit: Int {
        switch self {
        case .bool: 5
        case .integer: 17
        case .number: 340
        case .date, .time: 10
        case .datetime: 24
        case .duration, .money: 40
        default: scalarLimit ?? 0
        }
    }
}
