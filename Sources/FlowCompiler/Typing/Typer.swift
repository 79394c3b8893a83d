package import FlowLang
package import FlowProgram

/// Gives expressions their meaning and their types: names are resolved, types found, and a new tree made in which nothing is
/// unknown. Problems are collected; what follows from one stays silent.
package struct Typer: Sendable {
    package var names: NameTable
    package var diagnostics = DiagnosticList()
    /// Set when a variable was read whose type isn't known yet.
    package var readsUnknownVariable = false
    /// While a problem is explained: how the step is reached that is looked at, and what was found unset there.
    var trail: Int?
    var unset: [(slot: Int, trail: Int, span: Span)] = []
    var suggestions = Suggestions()
    var paths = PathTable()
    var typeSizes: [String: TypeSize] = [:]
    private var depth = 0
    /// Too deep an expression was reported, and its other branches aren't.
    private var isTooDeep = false

    /// An expression nested more deeply is refused.
    static let maxDepth = 100

    package init(names: NameTable) {
        self.names = names
    }

    /// The expression with its type; `.invalid` after a reported problem.
    package mutating func type(_ expression: Expression, facts: Facts) -> Typed {
        guard enter(expression) else { return .invalid }
        defer { leave() }
        switch expression.kind {
        case .none: return Typed(.literal(.none), .none)
        case .bool(let value): return Typed(.literal(.bool(value)), .bool)
        case .integer(let value): return Typed(.literal(.integer(clamped(value))), .integer)
        case .number(let value): return Typed(.literal(.number(clamped(value))), .number)
        case .text(let text): return type(text: text, expression.span)
        case .duration(let value): return Typed(.literal(.duration(clamped(value))), .duration)
        case .list(let elements): return type(list: elements, facts)
        case .name(let name): return type(name: name, expression.span, facts)
        case .field(let base, let field): return type(field: field, of: base, facts)
        case .index(let base, let index): return type(index: index, of: base, facts)
        case .call(let name, let arguments): return type(call: name, arguments, expression, facts)
        case .not:
            return test(expression, facts: facts).typed
        case .negate(let operand): return type(negated: operand, facts)
        case .binary(let operation, let left, let right):
            return type(binary: operation, left, right, expression, facts)
        case .invalid: return .invalid
        }
    }

    /// False, and reported, where expressions are nested too deeply.
    mutating func enter(_ expression: Expression) -> Bool {
        guard depth < Typer.maxDepth else {
            if !isTooDeep { diagnostics.report(TypeMessages.tooDeep(at: expression.span)) }
            isTooDeep = true
            return false
        }
        depth += 1
        return true
    }

    mutating func leave() {
        depth -= 1
        if depth == 0 { isTooDeep = false }
    }

    /// A text that is written out has the usual limit, so that a variable made from it can take others;
    /// where it has to fit, its own length counts.
    mutating func type(text: String, _ span: Span) -> Typed {
        let length = text.unicodeScalars.count
        guard length <= ValueType.maxTextLimit else {
            diagnostics.report(
                TypeMessages.notReadable(text, as: .text(limit: ValueType.maxTextLimit), at: span))
            return .invalid
        }
        let limit = Swift.max(length, ValueType.defaultTextLimit)
        return Typed(.literal(.text(text)), .text(limit: limit))
    }

    private mutating func type(list elements: [Expression], _ facts: Facts) -> Typed {
        var common: Operand?
        var parts: [TypedExpression] = []
        var isInvalid = false
        for element in elements {
            guard let part = needed(type(element, facts: facts), element) else {
                isInvalid = true
                continue
            }
            parts.append(part.expression)
            guard let soFar = common else {
                common = part.operand
                continue
            }
            guard let joined = soFar.joined(with: part.operand) else {
                diagnostics.report(TypeMessages.noCommonType(soFar.type, part.type, at: element.span))
                isInvalid = true
                continue
            }
            common = Operand(type: joined)
        }
        if isInvalid { return .invalid }
        let literals = parts.compactMap(\.literal)
        let expression: TypedExpression =
            literals.count == parts.count ? .literal(.list(literals)) : .list(parts)
        return Typed(expression, .list(common?.type ?? .none, limit: parts.count))
    }

    private mutating func type(index: Expression, of base: Expression, _ facts: Facts) -> Typed {
        let list = needed(type(base, facts: facts), base)
        let place = needed(type(index, facts: facts), index)
        guard let list, let place else { return .invalid }
        guard let element = list.type.element else {
            diagnostics.report(TypeMessages.notIndexed(list.type, at: base.span))
            return .invalid
        }
        guard place.type == .integer else {
            diagnostics.report(TypeMessages.mismatch(expected: .integer, found: place.type, at: index.span))
            return .invalid
        }
        return Typed(.index(list.expression, place.expression), element.madeOptional)
    }

    /// A value that has to be there: an optional is reported and gives nil.
    mutating func needed(_ typed: Typed, _ expression: Expression) -> Typed? {
        switch typed.type {
        case .invalid: return nil
        case .none:
            diagnostics.report(TypeMessages.noneUsed(at: expression.span))
            return nil
        case .optional:
            reportOptional(typed, expression)
            return nil
        default: return typed
        }
    }

    mutating func reportOptional(_ typed: Typed, _ expression: Expression) {
        let source = expression.shortSource
        if let slot = typed.unsetVariable, let entry = names.entry(slot) {
            if let trail { unset.append((slot, trail, expression.span)) }
            diagnostics.report(TypeMessages.unassigned(entry, source: source, at: expression.span))
            return
        }
        var assignments: [Span] = []
        if let path = typed.path, path.isVariable, let entry = names.entry(path.variable ?? -1) {
            assignments = entry.assignments
        }
        diagnostics.report(TypeMessages.optionalUsed(source: source, assignments, at: expression.span))
    }
}

/// An expression and its type.
package struct Typed: Sendable {
    package var expression: TypedExpression
    package var type: ValueType
    /// What a condition on it says something about.
    package var path: FactPath?
    /// The variable that some way leaves unset, if that alone makes it an optional.
    var unsetVariable: Int?

    package static let invalid = Typed(.literal(.none), .invalid)

    package init(_ expression: TypedExpression, _ type: ValueType) {
        self.expression = expression
        self.type = type
    }

    var isInvalid: Bool { type == .invalid }
    package var operand: Operand { Operand(type: type, literal: expression.literal) }
}

extension Expression {
    /// The expression as a help sentence can repeat it; nil if it is too long for that.
    var shortSource: String? {
        switch kind {
        case .name(let name): name
        case .field(let base, let field): base.shortSource.map { "\($0).\(field.value)" }
        case .index(let base, let index):
            if case .integer(let value) = index.kind {
                base.shortSource.map { "\($0)[\(value)]" }
            } else {
                nil
            }
        case .call(let name, let arguments):
            arguments.count == 1 ? arguments[0].shortSource.map { "\(name.value)(\($0))" } : nil
        default: nil
        }
    }
}
