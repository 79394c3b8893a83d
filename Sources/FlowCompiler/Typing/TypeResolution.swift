package import FlowLang
package import FlowProgram

// Types as written become types.

extension Typer {
    /// The most parts of a type with its named types written out.
    static let maxTypeParts = 2_000
    /// How deeply the parts may lie; less than the depth of a JSON answer.
    static let maxTypeDepth = 40

    /// The declared types, in any order, into `names.namedTypes`. One that holds itself is reported.
    package mutating func resolve(_ declarations: [Flow.TypeDeclaration]) {
        var pending: [String: Flow.TypeDeclaration] = [:]
        for declaration in declarations where pending[declaration.name.value] == nil {
            pending[declaration.name.value] = declaration
        }
        for declaration in declarations {
            _ = resolved(named: declaration.name.value, at: declaration.name.span, &pending, [])
        }
    }

    /// `.invalid` after a reported problem.
    package mutating func resolve(_ type: TypeExpression) -> ValueType {
        var pending: [String: Flow.TypeDeclaration] = [:]
        return resolve(type, &pending, [], depth: 0).type
    }

    private typealias Sized = (type: ValueType, size: TypeSize)

    private mutating func resolved(
        named name: String, at span: Span, _ pending: inout [String: Flow.TypeDeclaration],
        _ open: [Located<String>]
    ) -> Sized? {
        if let type = names.namedTypes[name] { return (type, typeSizes[name] ?? TypeSize()) }
        if let first = open.firstIndex(where: { $0.value == name }) {
            let way = open[first...].map(\.value) + [name]
            diagnostics.report(TypeMessages.recursiveType(way, at: span))
            return (.invalid, TypeSize())
        }
        guard let declaration = pending[name] else { return nil }
        guard open.count < Typer.maxTypeDepth else {
            diagnostics.report(TypeMessages.typeTooLarge(at: span))
            return (.invalid, TypeSize())
        }
        var sized = resolve(declaration.type, &pending, open + [declaration.name], depth: 0)
        if case .record(var record) = sized.type {
            record.name = name
            sized.type = .record(record)
        }
        names.namedTypes[name] = sized.type
        typeSizes[name] = sized.size
        return sized
    }

    private mutating func resolve(
        _ type: TypeExpression, _ pending: inout [String: Flow.TypeDeclaration], _ open: [Located<String>],
        depth: Int
    ) -> Sized {
        var result: Sized
        if depth > Typer.maxTypeDepth {
            diagnostics.report(TypeMessages.typeTooLarge(at: type.span))
            return (.invalid, TypeSize())
        }
        switch type.kind {
        case .name(let name, let arguments):
            if let builtin = builtin(name, arguments, type.span) { return (builtin, TypeSize()) }
            guard let named = resolved(named: name, at: type.span, &pending, open) else {
                var known = BuiltinType.allCases.map(\.rawValue)
                if suggestions.allow(names.namedTypes.count + pending.count) {
                    known += names.namedTypes.keys.sorted() + pending.keys.sorted()
                }
                diagnostics.report(TypeMessages.unknownType(name, known, at: type.span))
                return (.invalid, TypeSize())
            }
            if let argument = arguments.first {
                diagnostics.report(TypeMessages.typeArguments(name, at: argument.span))
                return (.invalid, TypeSize())
            }
            result = named
        case .words(let words): result = (enumeration(words), TypeSize())
        case .record(let fields): result = record(fields, &pending, open, depth)
        case .list(let element, let limit):
            let inner = resolve(element, &pending, open, depth: depth + 1)
            result = (list(inner.type, limit), TypeSize(around: [inner.size]))
        case .optional(let inner):
            let sized = resolve(inner, &pending, open, depth: depth + 1)
            result = (sized.type.madeOptional, TypeSize(around: [sized.size]))
        case .invalid: result = (.invalid, TypeSize())
        }
        if result.type == .invalid { return (.invalid, TypeSize()) }
        if result.size.parts > Typer.maxTypeParts || result.size.depth > Typer.maxTypeDepth {
            diagnostics.report(TypeMessages.typeTooLarge(at: type.span))
            result = (.invalid, TypeSize())
        }
        return result
    }

    private mutating func record(
        _ fields: [TypeExpression.Field], _ pending: inout [String: Flow.TypeDeclaration],
        _ open: [Located<String>],
        _ depth: Int
    ) -> Sized {
        var sizes: [TypeSize] = []
        var resolvedFields: [RecordType.Field] = []
        var seen: [String: Span] = [:]
        var isInvalid = false
        for field in fields {
            let sized = resolve(field.type, &pending, open, depth: depth + 1)
            sizes.append(sized.size)
            isInvalid = isInvalid || sized.type == .invalid
            if let first = seen.updateValue(field.name.span, forKey: field.name.value) {
                diagnostics.report(TypeMessages.duplicateField(field.name.value, first, at: field.name.span))
                continue
            }
            let type = field.isOptional ? sized.type.madeOptional : sized.type
            resolvedFields.append(RecordType.Field(name: field.name.value, type: type))
        }
        if isInvalid { return (.invalid, TypeSize()) }
        return (.record(RecordType(name: nil, fields: resolvedFields)), TypeSize(around: sizes))
    }

    private mutating func enumeration(_ words: [Located<String>]) -> ValueType {
        var result: [String] = []
        var seen: Set<String> = []
        for word in words {
            if seen.insert(word.value).inserted {
                result.append(word.value)
            } else {
                diagnostics.report(TypeMessages.duplicateWord(word.value, at: word.span))
            }
        }
        return .words(result)
    }

    private mutating func list(_ element: ValueType, _ limit: Located<String>?) -> ValueType {
        if element == .invalid { return .invalid }
        guard let limit else { return .list(element, limit: ValueType.defaultListLimit) }
        let bounds = 1...ValueType.maxListLimit
        guard let count = count(limit.value, in: bounds) else {
            diagnostics.report(TypeMessages.outOfBounds("a list", bounds, at: limit.span))
            return .invalid
        }
        return .list(element, limit: count)
    }

    // Built-in types

    /// nil if no built-in type has the name.
    private mutating func builtin(_ name: String, _ arguments: [Located<String>], _ span: Span) -> ValueType?
    {
        guard let builtin = BuiltinType.allCases.first(where: { $0.rawValue.isName(name) }) else {
            return nil
        }
        guard let argument = arguments.first else {
            if let type = builtin.plain { return type }
            diagnostics.report(TypeMessages.missingCurrency(at: span))
            return .invalid
        }
        guard arguments.count == 1, builtin.takesArgument else {
            diagnostics.report(TypeMessages.typeArguments(name, at: argument.span))
            return .invalid
        }
        switch builtin {
        case .text: return text(argument)
        case .digits: return digits(argument)
        default: return money(argument)
        }
    }

    private mutating func text(_ argument: Located<String>) -> ValueType {
        let bounds = 1...ValueType.maxTextLimit
        if let limit = count(argument.value, in: bounds) { return .text(limit: limit) }
        diagnostics.report(TypeMessages.outOfBounds("a text", bounds, at: argument.span))
        return .invalid
    }

    /// `6` or `2..4`
    private mutating func digits(_ argument: Located<String>) -> ValueType {
        let bounds = 1...ValueType.defaultDigitsLimit
        if let length = count(argument.value, in: bounds) { return .digits(length...length) }
        let ends = argument.value.split(separator: "..", omittingEmptySubsequences: false).map { part in
            count(trimmed(String(part)), in: bounds)
        }
        if ends.count <= 2, let low = ends.first ?? nil, let high = ends.last ?? nil, low <= high {
            return .digits(low...high)
        }
        diagnostics.report(TypeMessages.outOfBounds("digits", bounds, at: argument.span))
        return .invalid
    }

    private mutating func money(_ argument: Located<String>) -> ValueType {
        let letters = argument.value.utf8
        if letters.count == 3, letters.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) {
            return .money(argument.value)
        }
        diagnostics.report(TypeMessages.missingCurrency(at: argument.span))
        return .invalid
    }

    private func count(_ text: String, in bounds: ClosedRange<Int>) -> Int? {
        guard let value = writtenInteger(Array(text.utf8)), let count = Int(exactly: value),
            bounds.contains(count)
        else { return nil }
        return count
    }
}

/// How large a type is with its named types written out.
struct TypeSize: Sendable {
    var parts = 1
    var depth = 1

    init() {}

    init(around sizes: [TypeSize]) {
        parts = sizes.reduce(1) { $0 + $1.parts }
        depth = sizes.reduce(0) { Swift.max($0, $1.depth) } + 1
    }
}
