import FlowLang
import FlowProgram

// Calls, by the function table.

extension Typer {
    mutating func type(
        call name: Located<String>, _ arguments: [Expression], _ whole: Expression, _ facts: Facts
    ) -> Typed {
        guard let function = FunctionName(rawValue: name.value), let row = FunctionTable.row(function) else {
            for argument in arguments { _ = type(argument, facts: facts) }
            diagnostics.report(TypeMessages.unknownFunction(name.value, at: name.span))
            return .invalid
        }
        let typed = function == .if ? branches(arguments, facts) : arguments.map { type($0, facts: facts) }
        let fitting = row.signatures.filter { $0.takes(count: arguments.count) }
        guard !fitting.isEmpty else {
            diagnostics.report(TypeMessages.wrongCount(row, arguments.count, at: whole.span))
            return .invalid
        }
        if typed.contains(where: \.isInvalid) { return .invalid }
        for signature in fitting {
            if let result = result(of: signature, typed) {
                return finished(row, signature, typed, result, arguments, whole)
            }
        }
        report(fitting, row, typed, arguments)
        return .invalid
    }

    /// The branches of `if` know what its condition says.
    private mutating func branches(_ arguments: [Expression], _ facts: Facts) -> [Typed] {
        guard arguments.count == 3 else { return arguments.map { type($0, facts: facts) } }
        let (condition, whenTrue, whenFalse) = test(arguments[0], facts: facts)
        return [condition, type(arguments[1], facts: whenTrue), type(arguments[2], facts: whenFalse)]
    }

    private func result(of signature: FunctionSignature, _ typed: [Typed]) -> ValueType? {
        let operands = typed.map(\.operand)
        for (index, operand) in operands.enumerated() {
            guard let rule = signature.rule(at: index), rule.accepts(operand) else { return nil }
        }
        return signature.result(operands)
    }

    private mutating func finished(
        _ row: FunctionRow, _ signature: FunctionSignature, _ typed: [Typed], _ result: ValueType,
        _ arguments: [Expression], _ whole: Expression
    ) -> Typed {
        if signature.readsZone, !needsZone("\(row.name.rawValue)() of a datetime", whole.span) {
            return .invalid
        }
        let parts = typed.map(\.expression)
        switch row.name {
        case .if:
            if let test = parts[0].literal { return Typed(test.isTrue ? parts[1] : parts[2], result) }
            return Typed(.conditional(parts[0], parts[1], parts[2]), result)
        case .matches:
            if let fault = patternFault(parts[1]) {
                diagnostics.report(TypeMessages.invalidPattern(fault, at: arguments[1].span))
                return .invalid
            }
        default: break
        }
        let literals = parts.compactMap(\.literal)
        guard literals.count == parts.count, row.name != .format else {
            return Typed(.call(row.name, parts), result)
        }
        return folded(row, literals, result, arguments, whole)
    }

    /// A call of literals is computed now. A text that is no date, time, number or phone is a mistake of the author's.
    private mutating func folded(
        _ row: FunctionRow, _ literals: [Value], _ result: ValueType, _ arguments: [Expression],
        _ whole: Expression
    ) -> Typed {
        let context = FunctionContext(language: "en", clock: CivilClock(timezone: nil, zones: NoZones()))
        let value = row.body(literals, context)
        switch row.name {
        case .date, .time, .phone, .number:
            if value == .none, let argument = arguments.first {
                let text = literals.first?.asText ?? ""
                diagnostics.report(TypeMessages.notReadable(text, as: result.unwrapped, at: argument.span))
                return .invalid
            }
            return Typed(.literal(value), result.unwrapped)
        default: return Typed(.literal(value), result)
        }
    }

    private func patternFault(_ pattern: TypedExpression) -> String? {
        guard let text = pattern.literal?.asText else { return "it must be written out in quotes" }
        do throws(Pattern.Fault) {
            _ = try Pattern(text)
            return nil
        } catch {
            return error.reason
        }
    }

    /// Names the first argument that no signature takes.
    private mutating func report(
        _ signatures: [FunctionSignature], _ row: FunctionRow, _ typed: [Typed], _ arguments: [Expression]
    ) {
        for (index, part) in typed.enumerated() {
            let rules = signatures.compactMap { $0.rule(at: index) }
            if rules.contains(where: { $0.accepts(part.operand) }) { continue }
            if part.type.isOptional {
                _ = needed(part, arguments[index])
            } else {
                diagnostics.report(
                    TypeMessages.wrongArgument(row, rules, part.type, at: arguments[index].span))
            }
            return
        }
        let (first, last) = (typed[0], typed[typed.count - 1])
        let span = arguments[0].span.joined(with: arguments[arguments.count - 1].span)
        diagnostics.report(TypeMessages.argumentsDiffer(row, first.type, last.type, at: span))
    }
}

/// For functions of literals, none of which is an instant.
private struct NoZones: ZoneRules {
    func offset(of zone: String, at instant: Int64) -> Int { 0 }
    func knows(_ zone: String) -> Bool { false }
}
