import FlowLang
import FlowProgram

/// A value is of the type of its place, always.
///
/// The typer (`Typing/`) finds the type of every expression and holds it against its place: an operator, an argument, an option, a
/// field of JSON; an optional fits nowhere but in another one, until a condition has shown that it is there (`Facts`). What remains is
/// said here: one name has one type in a flow, and every write fits it. The machine then has no way for a value of a wrong type.
extension FlowLowering {
    /// Gives a variable its type, or checks that a value fits the one that it has.
    mutating func assign(_ slot: Int, _ value: ValueType, at span: Span) {
        let entry = typer.names.variables[slot]
        guard value != .invalid else {
            // What follows from a reported problem stays silent.
            if entry.type == nil {
                typer.names.variables[slot].type = .invalid
                typesFound = true
            }
            noteInterruptWrite(slot, isPresent: true)
            return code.facts.assign(variable: slot, isPresent: true)
        }
        let isDeclared = declaredSlots.contains(slot)
        switch entry.type {
        case nil:
            typer.names.variables[slot].type = value == .none ? nil : value
            if value != .none { typesFound = true }
        case let type?:
            if value.isUsable(as: type) || type == .invalid { break }
            if !isDeclared, let wider = type.joined(with: value), wider != type {
                typer.names.variables[slot].type = wider
                typesWidened = true
            } else {
                typer.diagnostics.report(
                    CheckMessages.wrongAssignment(
                        entry.name, type: type, value: value, at: span, first: entry.assignments.first))
            }
        }
        noteInterruptWrite(slot, isPresent: !value.isOptional)
        code.facts.assign(variable: slot, isPresent: !value.isOptional)
        if handlerEvent != nil {
            setByHandlers[slot] = setByHandlers[slot, default: true] && !value.isOptional
        }
    }
}
