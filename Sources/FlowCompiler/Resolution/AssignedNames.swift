import FlowLang
import FlowProgram

/// Every variable of a flow: declared, or put somewhere by a step. In the order of the file.
func assignedNames(in flow: Flow) -> [NameTable.VariableEntry] {
    var names = AssignedNames()
    for item in flow.params { names.add(item.name, takesAnswer: true) }
    for item in flow.vars { names.add(item.name) }
    for handler in flow.handlers {
        names.add(handler.steps)
        if let kind = NoticeKind(rawValue: handler.event.value.rawValue), let form = kind.form {
            names.add(hidden: NameTable.VariableEntry.notice(kind), type: .record(form.type))
        }
    }
    if let choices = flow.choices {
        names.add([choices])
        names.add(hidden: NameTable.VariableEntry.interruptedWait, type: .optional(.integer))
    }
    for state in flow.states { names.add(state.steps) }
    return names.entries
}

private struct AssignedNames {
    var entries: [NameTable.VariableEntry] = []
    private var slots: [String: Int] = [:]

    mutating func add(_ name: Located<String>, takesAnswer: Bool = false) {
        defer { if takesAnswer, let slot = slots[name.value] { entries[slot].takesAnswer = true } }
        if let slot = slots[name.value] {
            entries[slot].assignments.append(name.span)
        } else {
            slots[name.value] = entries.count
            entries.append(
                NameTable.VariableEntry(
                    name: name.value, type: nil, isSensitive: false, assignments: [name.span]))
        }
    }

    /// A variable that no author can name.
    mutating func add(hidden name: String, type: ValueType? = nil) {
        guard slots[name] == nil else { return }
        slots[name] = entries.count
        entries.append(NameTable.VariableEntry(name: name, type: type))
    }

    /// The depth is that of the file, which is bounded.
    mutating func add(_ steps: [Step]) {
        for step in steps {
            if step.verb == .set, case .assignments(let assignments)? = step.argument {
                for assignment in assignments where assignment.name.value != "language" {
                    add(assignment.name)
                }
            }
            for option in step.options {
                switch option.value {
                case .template(let template) where option.name == "into":
                    if let name = template.literal { add(Located(name, template.span), takesAnswer: true) }
                case .template(let template) where option.name == "confirm":
                    // What waits to be confirmed has a place of its own.
                    if template.literal == "true", case .template(let into)? = step.option("into")?.value,
                        let name = into.literal
                    {
                        add(hidden: NameTable.VariableEntry.unconfirmed(name))
                    }
                case .target(let target): add(target)
                case .choices(let choices): for choice in choices { add(choice.target) }
                case .cases(let cases): for item in cases { add(item.target) }
                case .template, .prompt, .prompts, .expression, .phrases, .assignments, .data, .type, .flow,
                    .list, .object, .records:
                    break
                }
            }
        }
    }

    private mutating func add(_ target: Target) {
        if case .steps(let steps) = target.kind { add(steps) }
    }
}
