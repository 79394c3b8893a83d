import FlowLang
import FlowProgram

extension FlowLowering {
    mutating func lowerSet(_ step: Step) {
        guard case .assignments(let assignments)? = step.argument else { return }
        for assignment in assignments {
            if assignment.name.value == "language" {
                lowerLanguage(assignment)
            } else {
                lower(assignment, of: step)
            }
        }
    }

    private mutating func lower(_ assignment: Assignment, of step: Step) {
        guard let slot = typer.names.variable(named: assignment.name.value) else { return }
        if let type = typer.names.variables[slot].type, declaredSlots.contains(slot) {
            guard let value = typer.scalar(assignment.value, as: type, facts: code.facts) else {
                return code.facts.assign(variable: slot, isPresent: true)
            }
            assign(slot, presentType(of: assignment.value, value, as: type), at: assignment.value.span)
            code.emit(.set([Operation.Setting(variable: slot, value: value)]), at: assignment.name.span)
        } else {
            let readUnknown = typer.readsUnknownVariable
            typer.readsUnknownVariable = false
            let typed = typer.inferred(assignment.value, facts: code.facts)
            let isOpen = typer.readsUnknownVariable
            typer.readsUnknownVariable = isOpen || readUnknown
            if isOpen, typed.type == .invalid {
                // Its type may be found yet; until then it counts as set.
                return code.facts.assign(variable: slot, isPresent: true)
            }
            assign(slot, typed.type, at: assignment.value.span)
            code.emit(
                .set([Operation.Setting(variable: slot, value: typed.expression)]), at: assignment.name.span)
        }
    }

    /// A variable of an optional type is present behind a value that surely is.
    private mutating func presentType(
        of template: Template, _ value: TypedExpression, as type: ValueType
    ) -> ValueType {
        guard case .optional(let wrapped) = type else { return type }
        if case .literal(let literal) = value { return literal == .none ? .none : wrapped }
        guard let expression = template.wholeHole else { return wrapped }
        let found = typer.diagnostics
        let typed = typer.type(expression, facts: code.facts)
        typer.diagnostics = found
        if case .optional = typed.type { return type }
        return typed.type == .none ? .none : wrapped
    }

    private mutating func lowerLanguage(_ assignment: Assignment) {
        let words = ValueType.words(languages.map(\.tag))
        if let tag = assignment.value.literal {
            guard languageIndex(Located(tag, assignment.value.span)) != nil else { return }
            code.emit(.setLanguage(.literal(.text(tag))), at: assignment.name.span)
        } else if let value = typer.scalar(assignment.value, as: words, facts: code.facts) {
            code.emit(.setLanguage(value), at: assignment.name.span)
        }
    }
}
